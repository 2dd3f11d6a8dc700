import { describe, expect, it } from 'vitest';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';
import type { KeyData, ShapeData } from './shapes/shape.ts';
import { choicesAt, helpAt, sayForm, vocabulary } from './vocabulary.ts';

const HEAD = { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'T', description: 'D.' };
const NAME = '^[a-z][a-z0-9]*([_-][a-z0-9]+)*$';
const flag: ShapeData = { is: 'flag' };
const FLAG = { type: 'boolean' };
const key = (holds: ShapeData, required = false): KeyData => ({ help: 'H.', required, holds });
const strict = (more: object) => ({ type: 'object', ...more, additionalProperties: false });
const named: ShapeData = { is: 'named', of: flag, names: [], to: null, also: [] };
const besides = { a: key(flag), b: key(flag) };

describe('one description of a value', () => {
  it.each<[ShapeData, JsonSchema, string]>([
    [{ is: 'words' }, { type: ['string', 'number', 'boolean'] }, 'words'],
    [{ is: 'zone' }, { type: ['string', 'number', 'boolean'] }, 'a time zone'],
    [{ is: 'pattern' }, { type: ['string', 'number', 'boolean'] }, 'a phrase'],
    [{ is: 'mask' }, { type: 'string', pattern: '[#@]' }, 'a mask'],
    [{ is: 'name' }, { type: 'string', pattern: NAME }, 'a name'],
    [
      { is: 'duration' },
      { type: 'string', pattern: '^(?!$)(\\d{1,6}d)?(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,7}s)?$' },
      'a duration',
    ],
    [{ is: 'share' }, { type: 'string', pattern: '^(\\d{1,2}|100)%$' }, 'a share such as `50%`'],
    [flag, FLAG, '`true` or `false`'],
    [{ is: 'date' }, { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' }, 'a date'],
    [{ is: 'count', least: 1, most: 9 }, { type: 'integer', minimum: 1, maximum: 9 }, 'a whole number up to 9'],
    [{ is: 'money', least: 0, most: 5 }, { type: 'number', minimum: 0, maximum: 5 }, 'a number'],
    [{ is: 'choice', of: ['a', 'b'] }, { enum: ['a', 'b'] }, '`a`, `b`'],
    [{ is: 'written', pattern: '^a$', example: 'a' }, { type: 'string', pattern: '^a$' }, 'such as `a`'],
    [{ is: 'reference', to: ['role'], also: [] }, { type: 'string', description: 'a role' }, 'a role'],
    [
      { is: 'reference', to: ['role', 'stage'], also: ['x', 'y'] },
      { type: 'string', description: 'a role or stage, or x, y' },
      '`x` or `y` or a role or a stage',
    ],
    [
      { is: 'list', of: flag, most: 3 },
      { anyOf: [{ type: 'array', items: FLAG, maxItems: 3 }, FLAG, { type: 'null' }] },
      'a list: `true` or `false`',
    ],
    [
      { is: 'per-level', of: flag },
      { anyOf: [strict({ patternProperties: { '^[1-9]$': FLAG } }), FLAG] },
      '`true` or `false`; per level',
    ],
    [{ is: 'by-level', of: flag }, strict({ patternProperties: { '^[1-9]$': FLAG } }), 'by level: `true` or `false`'],
    [
      { is: 'either', of: [flag, { is: 'date' }] },
      { anyOf: [FLAG, { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' }] },
      '`true` or `false`, or a date',
    ],
    [named, strict({ properties: {}, patternProperties: { [NAME]: FLAG } }), 'by name: `true` or `false`'],
    [
      { ...named, to: 'role', besides },
      strict({
        properties: { a: { ...FLAG, description: 'H.' }, b: { ...FLAG, description: 'H.' } },
        patternProperties: { [`^(?!(a|b)$)${NAME.slice(1)}`]: FLAG },
      }),
      'by role: `true` or `false`',
    ],
    [
      { ...named, names: ['x', 'y'], besides: { a: key(flag) } },
      strict({ properties: { x: FLAG, y: FLAG, a: { ...FLAG, description: 'H.' } } }),
      'by name: `true` or `false`',
    ],
    [
      { is: 'keys', keys: besides },
      {
        ...strict({ properties: { a: { ...FLAG, description: 'H.' }, b: { ...FLAG, description: 'H.' } } }),
        type: ['object', 'null'],
      },
      '{ a, b }',
    ],
    [
      { is: 'keys', keys: { a: key(flag, true), b: key(flag) } },
      {
        ...strict({ properties: { a: { ...FLAG, description: 'H.' }, b: { ...FLAG, description: 'H.' } } }),
        required: ['a'],
      },
      '{ a, b }',
    ],
  ])('[PB-16] [PB-17] %j has its schema and its form in words', (data, schema, form) => {
    // The description of the whole stands before the form; a form with one of its own keeps that.
    expect(jsonSchemaOf('T', 'D.', data)).toEqual({ ...HEAD, ...schema });
    expect(sayForm(data)).toBe(form);
  });

  it.each(['card', 'room'] as const)(
    '[PB-17] guards about the %s stand once under $defs, alone or with their value',
    (about) => {
      const schema = jsonSchemaOf('T', 'D.', {
        is: 'keys',
        keys: { a: key({ is: 'guards', about }), b: key({ is: 'guards', about }) },
      });
      const each = { $ref: `#/$defs/${about}-guard` };
      const use = { anyOf: [{ type: 'array', items: each }, each, { type: 'null' }] };
      expect(schema.properties).toEqual({ a: { ...use, description: 'H.' }, b: { ...use, description: 'H.' } });
      const defs = schema.$defs as Record<
        string,
        { anyOf: { enum?: string[]; required?: string[]; properties?: Record<string, unknown> }[] }
      >;
      expect(Object.keys(defs)).toEqual([`${about}-guard`]);
      const [alone, ...ways] = defs[`${about}-guard`]?.anyOf ?? [];
      const known = vocabulary.guards.filter((guard) => guard.about === about || guard.about === 'both');
      expect(ways.map((way) => way.required)).toEqual(known.map((guard) => [guard.name]));
      expect(
        ways.every(
          (way) =>
            'additionalProperties' in way &&
            way.additionalProperties === false &&
            'type' in way &&
            way.type === 'object',
        ),
      ).toBe(true);
      expect(alone?.enum).toEqual(
        known
          .filter((guard) => guard.argument === null || guard.name === 'readers_confirmed')
          .map((guard) => guard.name),
      );
      const beside = about === 'card' ? ['strength', 'says', 'to', 'both_ways'] : ['says', 'held_for'];
      for (const way of ways) expect(Object.keys(way.properties ?? {}).slice(1)).toEqual(beside);
      const argument = (name: string) => ways.find((way) => way.required?.[0] === name)?.properties?.[name];
      expect(argument('all')).toEqual(use);
      expect(argument('at_level')).toEqual(strict({ patternProperties: { '^[1-9]$': use } }));
      expect(argument(about === 'card' ? 'voice_clean' : 'freeze_confirmed')).toEqual({ enum: [true, null] });
      const roles = { type: 'string', description: 'a role' };
      const list = { anyOf: [{ type: 'array', items: roles, maxItems: 400 }, roles, { type: 'null' }] };
      if (about === 'card') expect(argument('actor_has_role')).toEqual(list);
      else expect(argument('readers_confirmed')).toEqual({ anyOf: [list, { type: 'null' }] });
    },
  );

  it.each<[string | null, string[], object]>([
    [
      'clock',
      ['starts'],
      { words: ['mention_posted', 'card_opened', 'stage_entered', 'level_raised', 'update_posted'], names: [] },
    ],
    ['clock', ['target', '2'], { form: 'a duration', words: [] }],
    ['clock', ['target', '0'], { form: '' }],
    ['clock', ['target', 'x'], { form: '' }],
    ['clock', ['target', '12'], { form: '' }],
    ['updates', ['12', 'by'], { form: '' }],
    ['channels', [], { names: [], words: [] }],
    ['stage', ['leave'], { form: 'guards' }],
    ['stand-down', ['criteria'], { form: 'a list: guards about the room' }],
    ['clock', ['calendar'], { names: ['calendar'], form: 'a calendar' }],
    [
      'ladder',
      ['steps', 'whom'],
      { words: ['owner', 'primary', 'deputy', 'out_of_hours', 'signers'], names: ['role'] },
    ],
    ['updates', ['1', 'names_next'], { words: ['true', 'false'], form: '`true` or `false`' }],
    ['updates', ['x', 'names_next'], { words: [], form: '' }],
    ['contacts', [], { words: ['no_department'], names: ['department'] }],
    ['contacts', ['goods', 'channels'], { words: ['board', 'push', 'chat', 'email', 'sms', 'phone'] }],
    ['stage', ['next'], { words: ['all'], names: ['stage'], form: '`all`, or a list: a stage' }],
    ['stage', ['leave', 'at_level', '2', 'not', 'elapsed', '1'], { form: 'a duration' }],
    ['stage', ['leave', 'voice_clean'], { words: ['true', 'false'] }],
    ['stage', ['leave', 'freeze_confirmed'], { words: [], form: '' }],
    ['stage', ['worked_by', 'x'], { form: '', names: [] }],
    ['sign-off', ['deputies', 'roles', 'legal'], { names: ['role'] }],
    [null, ['currency'], { form: 'such as `EUR`' }],
  ])('[PB-16] in %s at %j stands what may stand there', (kind, path, is) => {
    expect(choicesAt(kind, path)).toMatchObject(is);
  });

  it('[PB-16] names of a fixed list are keys, and help is only for keys', () => {
    expect(Object.keys(choicesAt('crisis', []).keys)).toEqual(['victim', 'accidental', 'preventable']);
    expect(choicesAt('crisis', []).keys.victim).toMatchObject({ help: '', required: false, holds: { is: 'keys' } });
    expect(Object.values(choicesAt('stage', ['leave']).keys).some((each) => each.required)).toBe(false);
    expect(Object.keys(choicesAt('roles', []).keys)).toEqual(['not_one_person']);
    expect(Object.keys(choicesAt('updates', ['1', 'public']).keys)).toEqual(['every', 'for', 'afterwards']);
    expect(Object.keys(choicesAt('stand-down', ['criteria']).keys).slice(-2)).toEqual(['says', 'held_for']);
    expect([helpAt('stage', ['constructor']), helpAt('nothing', []), helpAt(null, [])]).toEqual([null, null, null]);
    expect(helpAt(null, ['owner'])).toBe('The role that looks after the plan.');
    const once = vocabulary.blocks.filter((block) => !block.takesId).map((block) => block.kind);
    expect(
      vocabulary.blocks
        .map((block) => block.kind)
        .filter((kind) => !once.includes(kind))
        .toSorted(),
    ).toEqual(['clock', 'ladder', 'sign-off', 'stage']);
    expect(
      vocabulary.blocks
        .filter((block) => block.required)
        .map((block) => block.kind)
        .toSorted(),
    ).toEqual(['clock', 'levels', 'roles', 'sign-off', 'stage', 'triage']);
  });
});
