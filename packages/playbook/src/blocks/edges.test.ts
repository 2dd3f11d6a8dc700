// Where blocks are at their edges: windows, zones, masks, purposes, levels and guards at the last value that holds and the first that does not.
import { describe, expect, it } from 'vitest';
import { blockRead } from '../block-for-tests.ts';

const isGood = (fence: string, body: string) => blockRead(fence, body).faults.length === 0;

describe('blocks at their edges', () => {
  it.each<[string, string, (value: string) => string, string[], string[]]>([
    [
      'windows of hours',
      'calendars',
      (value) => `a: { zone: UTC, open: { mon: "${value}" } }`,
      ['00:00-24:00', '09:59-19:00', '23:58-23:59', '20:00-20:01'],
      ['9:00-10:00', '24:00-24:01', '09:60-10:00', '09:00-24:01', 'x09:00-10:00', '09:00', '29:00-30:00'],
    ],
    [
      'zones',
      'calendars',
      (value) => `a: { zone: "${value}", open: {} }`,
      ['UTC', 'Europe/Berlin', 'America/Argentina/Salta', 'America/Port-au-Prince'],
      ['Europe', '+01:00', 'Europe/Berlin/', ' /', 'Europe Berlin', '1'],
    ],
    [
      'days',
      'calendars',
      (value) => `a: { zone: UTC, open: { ${value}: 09:00-10:00 } }`,
      ['mon', 'sun', 'mon-sun', 'sat-sun'],
      ['mon-mon', 'sun-mon', 'monday', 'Mon'],
    ],
    [
      'masks',
      'voice',
      (value) => `personal_data: { masks: ["${value}"] }`,
      ['####', 'RF-@@@@', 'a. /-#', `#${'1'.repeat(39)}`],
      ['###', 'abcd', `#${'1'.repeat(40)}`, '####!', ''],
    ],
    [
      'closeness',
      'voice',
      (value) => `banned: [{ id: a, near: [b, c], within: ${value}, why: d }]`,
      ['1', '12'],
      ['0', '13'],
    ],
    [
      'phrases word for word',
      'voice',
      (value) => `banned: [{ id: a, phrase: "${value}", why: d }]`,
      ['calm down', "don't"],
      ['calm*', 'calm (down)?', '(a|b)', 'a|b'],
    ],
    [
      'words that stand close',
      'voice',
      (value) => `banned: [{ id: a, near: ${value}, why: d }]`,
      ['[a, b]'],
      ['[a]', '[a, b, c]', '[]'],
    ],
    [
      'levels to begin at',
      'freeze',
      (value) => `from_level: ${value}\nwhat: campaigns\nconfirmed_by: lead\nwithin: 1h\nreleased_by: lead`,
      ['1', '3'],
      ['4', '0'],
    ],
    [
      'reach',
      'levels',
      (value) => `1: { name: A, raised_by: [{ reach: ${value} }] }\n2: { name: B }\n3: { name: C }`,
      ['1', '2000000000'],
      ['0', '2000000001'],
    ],
    [
      'severity',
      'levels',
      (value) => `1: { name: A, raised_by: [{ severity: ${value} }] }\n2: { name: B }\n3: { name: C }`,
      ['100'],
      ['101'],
    ],
    [
      'posts of one person',
      'levels',
      (value) => `1: { name: A, raised_by: [{ repeat_posts: ${value} }] }\n2: { name: B }\n3: { name: C }`,
      ['1000'],
      ['1001'],
    ],
    [
      'warning points',
      'clock a',
      (value) => `starts: card_opened\nstops: card_closed\ntarget: 1h\nwarn_at: ${value}`,
      ['[]', '99%', '[1%, 2%, 3%, 99%]'],
      ['[2%, 1%]', '[1%, 1%]', '[1%, 100%]', '[1%, 2%, 3%, 4%, 5%]'],
    ],
    [
      'quorums',
      'sign-off a',
      (value) => `agree: { quorum: ${value}, of: [lead, legal] }`,
      ['1', '2'],
      ['3', '0', '21'],
    ],
    ['the wall', 'wall', (value) => `old_after: 20s\nstale_after: ${value}`, ['20s', '21s'], ['19s']],
    [
      'figures',
      'measures',
      (value) => `breaches: { target: ${value} }`,
      ['50%', '1h', '5m30s', '0', '2.5', '" 5% "'],
      ['5x', 'h1', '"5 h"', '[1h]', '101%'],
    ],
    [
      'levels of a statement',
      'statements',
      (value) => `a: { kind: closing, text: B, levels: ${value} }`,
      ['1', '[1, 3]', '[]'],
      ['4', '[0]', '10'],
    ],
    [
      'slots',
      'statements',
      (value) => `a: { kind: closing, text: "${value}", slots: { b: B } }`,
      ['{b}', 'at {b} and {b}'],
      ['b', '{c}', '{b} {c}', '{ b }', '{b', `{${'b'.repeat(61)}}`],
    ],
    [
      'pairs',
      'roles',
      (value) =>
        `lead: { name: A, may: view }\nlegal: { name: B, may: view }\ncomms: { name: C, may: view }\nnot_one_person: ${value}`,
      ['[[author, only_signer]]', '[[only_signer, author]]'],
      ['[]', '[author]', '[[author]]', 'author', ''],
    ],
    [
      'cadences',
      'updates',
      (value) => `1: { public: ${value} }`,
      ['1h', '{ every: 1h }', '{ every: 1h, for: 2h, afterwards: 3h }'],
      ['{ for: 2h, afterwards: 3h }', '{ every: 1h, for: 2h }', '{ every: 1h, afterwards: 2h }', '[1h]', ''],
    ],
    [
      'guards without a value',
      'stage a',
      (value) => `worked_by: lead\ntext: none\nleave: [{ voice_clean: ${value} }]`,
      ['', 'true'],
      ['false', '1', 'x', '[]'],
    ],
    [
      'guards at levels',
      'stage a',
      (value) => `worked_by: lead\ntext: none\nleave: [{ at_level: ${value} }]`,
      ['{ 1: voice_clean }', '{ 2: [voice_clean], 3: [] }', '{}'],
      ['voice_clean', '{ 4: voice_clean }', '{ 1: freeze_confirmed }', '[voice_clean]'],
    ],
    [
      'readers',
      'stand-down',
      (value) => `criteria: [${value}]\ndecided_by: lead`,
      [
        'readers_confirmed',
        'readers_confirmed: lead',
        'readers_confirmed: true',
        'not: freeze_confirmed',
        'any: [freeze_confirmed, no_breach_open]',
      ],
      ['readers_confirmed: []', 'readers_confirmed: nobody', 'not: voice_clean', 'all: []', '[no_breach_open]'],
    ],
  ])('[PB-12] %s hold to the last value and no further', (_, fence, body, good, bad) => {
    expect(good.filter((value) => !isGood(fence, body(value)))).toEqual([]);
    expect(bad.filter((value) => isGood(fence, body(value)))).toEqual([]);
  });

  it('[PB-8] a plan has the levels it counts, from one to nine', () => {
    const levels = (count: number) =>
      Array.from({ length: count }, (_, i) => `${i + 1}: { name: L${i + 1} }`).join('\n');
    for (const count of [1, 3, 9]) {
      const { plan, faults } = blockRead('levels', levels(count));
      expect(faults).toEqual([]);
      expect(Object.keys(plan?.clocks[0]?.target ?? {})).toHaveLength(count);
    }
    expect(blockRead('levels', levels(10)).faults).toEqual([
      '10:1 Level 10 stands here. → level 10; levels count up from 1, at most to 9',
    ]);
    expect(blockRead('levels', '2: { name: B }\n1: { name: A }').faults[0]).toContain('1:1 Level 2 stands here.');
  });

  it('[PB-6] the purpose of a column is the paragraphs without their marks', () => {
    const purpose = 'The **reply** is [written](https://example.org/a) by *one* of `us`.\n\nThen [more](b), [x].';
    const { plan, faults } = blockRead(
      'wall',
      `\`\`\`\n\n## There\n\n${purpose}\n\n\`\`\`yaml stage a\nworked_by: lead\ntext: none`,
    );
    expect(faults).toEqual([]);
    expect(plan?.stages[0]?.purpose).toBe('The reply is written by one of us. Then more, [x].');
    expect(plan?.stages[1]?.purpose).toBe('');
  });

  it('[PB-12] a plan with types of crisis asks which it is, and which strategy a reply takes', () => {
    const { plan } = blockRead('crisis', 'victim: { name: Harmed, allowed: [inform], forbidden: [deny] }');
    expect(plan?.triage.fields.slice(-2)).toEqual([
      { id: 'crisis_type', name: 'Type of crisis', choices: [{ id: 'victim', name: 'Harmed' }] },
      {
        id: 'strategy',
        name: 'Strategy',
        choices: [
          { id: 'inform', name: 'Say what people need to know' },
          { id: 'deny', name: 'Say that it did not happen' },
        ],
      },
    ]);
  });

  it('[PB-12] an id is asked of the blocks that stand several times, and refused of the others', () => {
    for (const kind of ['stage', 'sign-off', 'clock', 'ladder'])
      expect(blockRead(kind, '').faults).toContain(`0:1 This ${kind} has no id. → \`yaml ${kind} ID\``);
    for (const kind of ['roles', 'levels', 'triage', 'wall', 'voice', 'freeze'])
      expect(blockRead(`${kind} a`, '').faults).toContain(`0:1 A ${kind} block takes no id. → \`yaml ${kind}\``);
  });
});
