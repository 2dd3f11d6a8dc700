// The JSON Schema (2020-12) of a block, made from the description that reads it, for editors and checks outside the project.
import { BESIDE_GUARD, GUARD_WORDS, type GuardWord } from './guard-words.ts';
import type { KeyData, ShapeData } from './shapes/shape.ts';

export type JsonSchema = { [key: string]: unknown };

const NAME = '^[a-z][a-z0-9]*([_-][a-z0-9]+)*$';
const DURATION = '^(?!$)(\\d{1,6}d)?(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,7}s)?$';
const TEXT = { type: ['string', 'number', 'boolean'] };

/** The schema of a block's YAML. What only the whole plan can tell, such as whether a name is declared, it leaves to the reader. */
export function jsonSchemaOf(title: string, description: string, data: ShapeData): JsonSchema {
  const defs: JsonSchema = {};
  const schema = schemaOf(data, defs);
  const rest = Object.keys(defs).length === 0 ? {} : { $defs: defs };
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, description, ...schema, ...rest };
}

function schemaOf(data: ShapeData, defs: JsonSchema): JsonSchema {
  switch (data.is) {
    case 'words':
    case 'zone':
    case 'pattern':
      return TEXT;
    case 'mask':
      return { type: 'string', pattern: '[#@]' };
    case 'name':
      return { type: 'string', pattern: NAME };
    case 'duration':
      return { type: 'string', pattern: DURATION };
    case 'share':
      return { type: 'string', pattern: '^(\\d{1,2}|100)%$' };
    case 'flag':
      return { type: 'boolean' };
    case 'date':
      return { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' };
    case 'count':
      return { type: 'integer', minimum: data.least, maximum: data.most };
    case 'money':
      return { type: 'number', minimum: data.least, maximum: data.most };
    case 'choice':
      return { enum: [...data.of] };
    case 'written':
      return { type: 'string', pattern: data.pattern };
    case 'reference':
      return {
        type: 'string',
        description: `a ${data.to.join(' or ')}${data.also.length > 0 ? `, or ${data.also.join(', ')}` : ''}`,
      };
    case 'list': {
      const of = schemaOf(data.of, defs);
      return { anyOf: [{ type: 'array', items: of, maxItems: data.most }, of, { type: 'null' }] };
    }
    case 'per-level': {
      const of = schemaOf(data.of, defs);
      return { anyOf: [levelsOf(of), of] };
    }
    case 'by-level':
      return levelsOf(schemaOf(data.of, defs));
    case 'named':
      return namedOf(data, defs);
    case 'keys':
      return keysOf(data.keys, defs);
    case 'either':
      return { anyOf: data.of.map((each) => schemaOf(each, defs)) };
    case 'guards': {
      const name = `${data.about}-guard`;
      if (!(name in defs)) {
        defs[name] = {};
        defs[name] = guardOf(data.about, defs);
      }
      const each = { $ref: `#/$defs/${name}` };
      return { anyOf: [{ type: 'array', items: each }, each, { type: 'null' }] };
    }
  }
}

function levelsOf(of: JsonSchema): JsonSchema {
  return { type: 'object', patternProperties: { '^[1-9]$': of }, additionalProperties: false };
}

function namedOf(data: Extract<ShapeData, { is: 'named' }>, defs: JsonSchema): JsonSchema {
  const of = schemaOf(data.of, defs);
  const beside = propertiesOf(data.besides ?? {}, defs);
  if (data.names.length > 0) {
    const named = Object.fromEntries(data.names.map((name) => [name, of]));
    return { type: 'object', properties: { ...named, ...beside }, additionalProperties: false };
  }
  const names = Object.keys(beside);
  const pattern = names.length === 0 ? NAME : `^(?!(${names.join('|')})$)${NAME.slice(1)}`;
  return { type: 'object', properties: beside, patternProperties: { [pattern]: of }, additionalProperties: false };
}

function keysOf(keys: Record<string, KeyData>, defs: JsonSchema): JsonSchema {
  const required = Object.entries(keys).flatMap(([key, each]) => (each.required ? [key] : []));
  const schema = { type: 'object', properties: propertiesOf(keys, defs), additionalProperties: false };
  return required.length === 0 ? { ...schema, type: ['object', 'null'] } : { ...schema, required };
}

function propertiesOf(keys: Record<string, KeyData>, defs: JsonSchema): Record<string, JsonSchema> {
  const out: Record<string, JsonSchema> = {};
  for (const [key, { help, holds }] of Object.entries(keys)) {
    const schema = schemaOf(holds, defs);
    out[key] = '$ref' in schema ? { description: help, allOf: [schema] } : { ...schema, description: help };
  }
  return out;
}

/** A guard: its name alone, or its name with its value and what may stand beside it. */
function guardOf(about: 'card' | 'room', defs: JsonSchema): JsonSchema {
  const known = GUARD_WORDS.filter((guard) => guard.about === about || guard.about === 'both');
  const alone = known.filter((guard) => guard.argument === null || guard.isOptional).map((guard) => guard.name);
  const beside = propertiesOf(BESIDE_GUARD[about], defs);
  const ways = known.map((guard) => ({
    type: 'object',
    description: guard.help,
    properties: { [guard.name]: argumentOf(guard, about, defs), ...beside },
    required: [guard.name],
    additionalProperties: false,
  }));
  return { anyOf: [{ enum: alone }, ...ways] };
}

function argumentOf(guard: GuardWord, about: 'card' | 'room', defs: JsonSchema): JsonSchema {
  const { argument } = guard;
  const here: ShapeData = { is: 'guards', about };
  if (argument === null) return { enum: [true, null] };
  if (argument.is === 'guards') return schemaOf(here, defs);
  if (argument.is === 'by-level') return schemaOf({ is: 'by-level', of: here }, defs);
  return guard.isOptional ? { anyOf: [schemaOf(argument, defs), { type: 'null' }] } : schemaOf(argument, defs);
}
