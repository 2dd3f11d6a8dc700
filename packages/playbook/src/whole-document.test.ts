// What is wrong with a document as a whole: its head, its names, its limits; and what would be right instead of a name nobody knows.
import { describe, expect, it } from 'vitest';
import { FaultList } from './faults.ts';
import { nearest } from './nearest.ts';
import { namesIn, readPlaybook } from './read.ts';
import { oneOf, Reading } from './reading.ts';

const HEAD = '---\nplaybook: small\nversion: 1\nowner: lead\n---\n';
const BLOCKS = `# Small

## Roles

\`\`\`yaml roles
lead: { name: Lead, may: [view, sign] }
\`\`\`

## Levels

\`\`\`yaml levels
1: { name: Calm }
\`\`\`

## Triage

\`\`\`yaml triage
classes: { praise: { name: Praise } }
\`\`\`

## Done

\`\`\`yaml stage done
worked_by: lead
text: frozen
final: true
\`\`\`

## Signatures

\`\`\`yaml sign-off reply
agree: { all: lead }
\`\`\`

## Time

\`\`\`yaml clock first
starts: card_opened
stops: card_closed
target: 1h
\`\`\`
`;

function faultsOf(text: string): string[] {
  const read = readPlaybook(text);
  if (!('faults' in read)) return [];
  return read.faults.map(({ line, column, says, wants }) => `${line}:${column} ${says} → ${wants}`);
}

const planOf = (text: string) => {
  const read = readPlaybook(text);
  return 'playbook' in read ? read.playbook : null;
};

describe('the head of a document', () => {
  it('[PB-12] is read whole, and says nothing of what is left out', () => {
    const { id, version, title, owner, approvedBy, reviewBy, mustConfirmReading, currency } =
      planOf(HEAD + BLOCKS) ?? {};
    expect({ id, version, title, owner, approvedBy, reviewBy, mustConfirmReading, currency }).toEqual({
      id: 'small',
      version: 1,
      title: 'Small',
      owner: 'lead',
      approvedBy: null,
      reviewBy: null,
      mustConfirmReading: [],
      currency: 'EUR',
    });
    const more =
      'approved_by: { role: lead, on: 2026-09-01 }\nreview_by: 2027-01-01\nmust_confirm_reading: lead\ncurrency: CHF';
    expect(planOf(HEAD.replace('owner: lead', `owner: lead\n${more}`) + BLOCKS)).toMatchObject({
      approvedBy: { role: 'lead', on: '2026-09-01' },
      reviewBy: '2027-01-01',
      mustConfirmReading: ['lead'],
      currency: 'CHF',
    });
  });

  it('[PB-12] leaves every block that does not stand there empty', () => {
    expect(planOf(HEAD + BLOCKS)).toMatchObject({
      ...{ notOnePerson: [], contacts: [], calendars: [], crisis: [], ladders: [], channels: [], private: null },
      ...{ privatePolicy: null, statements: [], freeze: null, updates: [], standDown: null, retrospective: null },
      ...{ breakGlass: null, wall: null, rehearsal: null, measures: [] },
    });
    expect(planOf(HEAD + BLOCKS)?.triage.required).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    [
      'none',
      '',
      [
        '1:1 The document has no front matter. → `---` on the first line, then `playbook`, `version` and `owner`, then `---`',
      ],
    ],
    [
      'an empty one',
      '---\n---\n',
      [
        '2:1 `playbook` is missing here. → `playbook: …`',
        '2:1 `version` is missing here. → `version: …`',
        '2:1 `owner` is missing here. → `owner: …`',
      ],
    ],
    [
      'values of the wrong form',
      '---\nplaybook: Big plan\nversion: 1.5\nowner: leed\ncurrency: eur\nreview_by: 2026-00-10\napproved_by: { role: led }\n---\n',
      [
        '2:11 `Big plan` is not a name. → small letters, digits, - and _, beginning with a letter',
        '3:10 Here should be a whole number. → a number from 1 to 100000',
        '4:8 There is no role `leed` in this plan. → `lead`, or one of lead',
        '5:11 `eur` is not a currency. → such as `EUR`',
        '6:12 Here should be a date. → a date such as `2026-09-01`',
        '7:14 `on` is missing here. → `on: …`',
        '7:22 There is no role `led` in this plan. → `lead`, or one of lead',
      ],
    ],
    ['lines that cannot be read', '---\nplaybook: [a\n---\n', ['2:13 This is not readable YAML']],
  ])('[PB-3] [PB-5] is told what is wrong with it: %s', (_, head, is) => {
    expect(faultsOf(head + BLOCKS).map((each, i) => each.slice(0, is[i]?.length ?? 0))).toEqual(is);
  });
});

describe('a document as a whole', () => {
  const without = (kind: string) => BLOCKS.replace(new RegExp(`\`\`\`yaml ${kind}[\\s\\S]*?\`\`\``), '');
  const lacks = (kind: string) => `1:1 The plan has no \`${kind}\` block. → a block \` \`\`\`yaml ${kind}\``;

  it.each(['roles', 'levels', 'triage', 'stage', 'sign-off', 'clock'])('[PB-3] lacks the block %s', (kind) => {
    expect(faultsOf(HEAD + without(kind))).toContain(lacks(kind));
    expect(faultsOf(HEAD + BLOCKS.replace(`yaml ${kind}`, `yaml ${kind}s`)).join('\n')).toContain(`${kind}s`);
  });

  it.each<[string, string, string[]]>([
    [
      'no title',
      BLOCKS.replace('# Small', ''),
      ['1:1 The plan has no title. → a heading `# …` below the front matter'],
    ],
    [
      'a title below',
      BLOCKS.replace('# Small', '## Small'),
      ['1:1 The plan has no title. → a heading `# …` below the front matter'],
    ],
    [
      'no last stage',
      BLOCKS.replace('final: true\n', ''),
      ['1:1 No stage is the last one. → `final: true` in one stage, so that cards can be closed'],
    ],
    [
      'a second block of a kind',
      `${BLOCKS}\n## More\n\`\`\`yaml levels\n1: { name: A }\n\`\`\``,
      [
        '49:1 A second `levels` block. → one of them',
        '50:1 Level 1 stands here. → level 2; levels count up from 1, at most to 9',
      ],
    ],
    [
      'a kind nobody knows',
      `${BLOCKS}\n\`\`\`yaml stages a\n\`\`\``,
      ['48:9 `stages` is not a kind of block. → `stage`, or one of '],
    ],
    [
      'a kind like none',
      `${BLOCKS}\n\`\`\`yaml ${'x'.repeat(70)}\n\`\`\``,
      [`48:9 \`${'x'.repeat(60)}\` is not a kind of block. → one of `],
    ],
    [
      'a stage without a heading',
      BLOCKS.replace('## Roles\n', '')
        .replace('# Small\n', '')
        .replace('## Levels\n', '')
        .replace('## Triage\n', '')
        .replace('## Done\n', ''),
      [
        '1:1 The plan has no title. → a heading `# …` below the front matter',
        '23:1 This stage has no heading above it. → a heading; it becomes the name of the column',
      ],
    ],
    [
      'a heading over rules twice',
      BLOCKS.replace('## Time', '## Done'),
      ['40:1 A second heading `Done` has rules below it. → another name; line 26 has this one'],
    ],
    [
      'a clock twice',
      `${BLOCKS}\n\`\`\`yaml clock first\nstarts: card_opened\nstops: card_closed\ntarget: 1h\n\`\`\``,
      ['48:1 The clock `first` is declared a second time. → each name once'],
    ],
    [
      'a block that cannot be read, whose name counts all the same',
      BLOCKS.replace('agree: { all: lead }', 'agree: [').replace(
        'text: frozen',
        'text: frozen\nenter: { sign_offs_valid: reply }',
      ),
      ['38:9 This is not readable YAML'],
    ],
  ])('[PB-3] [PB-9] is told what is wrong with it: %s', (_, text, is) => {
    expect(faultsOf(HEAD + text).map((each, i) => each.slice(0, is[i]?.length ?? 0))).toEqual(is);
  });

  it('[PB-9] one heading may stand over several blocks, and one without rules be there twice', () => {
    expect(faultsOf(HEAD + BLOCKS.replace('## Time\n', ''))).toEqual([]);
    expect(faultsOf(`${HEAD}${BLOCKS}\n## Notes\n\nWords.\n\n## Notes\n\n## Done\n`)).toEqual([]);
  });

  it('[PB-11] has its limits: characters, blocks, and characters of all blocks', () => {
    expect(faultsOf('x'.repeat(262_145))).toEqual(['1:1 The document has 262145 characters. → at most 262144']);
    expect(faultsOf(HEAD + BLOCKS + 'x '.repeat(120_000))).toEqual([]);
    const many = `${HEAD}${'```yaml x\n```\n'.repeat(201)}`;
    expect(faultsOf(many)).toEqual(['406:1 The document has 201 blocks. → at most 200']);
    expect(faultsOf(`${HEAD}${'```yaml x\n```\n'.repeat(200)}`)).not.toContain('at most');
    const large = `${HEAD}${`\`\`\`yaml x\n${'#'.repeat(24_577)}\n\`\`\`\n`.repeat(4)}`;
    expect(faultsOf(large)).toEqual(['1:1 The blocks have 98308 characters together. → at most 98304']);
  });

  it('[PB-16] tells the names of a text whose blocks are wrong', () => {
    expect(namesIn(HEAD + BLOCKS.replace('target: 1h', 'target: soon'))).toEqual({
      ...{ role: ['lead'], stage: ['done'], 'sign-off': ['reply'], clock: ['first'], ladder: [] },
      ...{ calendar: ['always'], class: ['praise'], department: [], field: ['class'] },
    });
  });
});

describe('what would be right', () => {
  it.each<[string, string[], string | null]>([
    ['legl', ['lead', 'legal'], 'legal'],
    ['LEGAL', ['legal'], 'legal'],
    ['leagl', ['lead', 'legal'], 'lead'],
    ['lgal', ['legal', 'lgall'], 'legal'],
    ['abc', ['xyz'], null],
    ['abcd', ['abxy'], 'abxy'],
    ['abcde', ['abxyz'], null],
    ['abc', ['abcdef'], null],
    ['abcd', ['ab'], 'ab'],
    ['', ['ab'], 'ab'],
    ['x'.repeat(40), ['x'.repeat(40)], 'x'.repeat(40)],
    ['x'.repeat(41), ['x'.repeat(41)], null],
    ['x'.repeat(40), ['x'.repeat(41)], null],
  ])('[PB-3] instead of %s of %j is %s', (given, known, is) => {
    expect(nearest(given, known)).toBe(is);
  });

  it('[PB-3] is told with the nearest first, and at most twenty-four names', () => {
    const names = Array.from({ length: 25 }, (_, i) => `name${i}x`);
    expect(oneOf('a', [])).toBe('one that is declared; none is');
    expect(oneOf('zzzzz', ['one', 'two'])).toBe('one of one, two');
    expect(oneOf('tow', ['one', 'two'])).toBe('`two`, or one of one, two');
    expect(oneOf('far away', names)).toBe(`one of ${names.slice(0, 24).join(', ')}, …`);
    expect(oneOf('far away', names.slice(1))).toBe(`one of ${names.slice(1).join(', ')}`);
  });

  it('[PB-4] at most two hundred faults are listed, in order, and the rest counted', () => {
    const faults = new FaultList();
    for (let i = 203; i > 0; i -= 1)
      faults.add({ line: 1 + (i % 2), column: i }, 'x'.repeat(301), 'y', i === 1 ? 'A §1' : undefined);
    expect(faults.count()).toBe(203);
    const all = faults.all();
    expect(all).toHaveLength(201);
    expect(all.at(-1)).toEqual({ line: 2, column: 203, says: '3 more faults follow.', wants: 'these mended first' });
    expect(all[0]).toEqual({ line: 1, column: 4, says: `${'x'.repeat(299)}…`, wants: 'y' });
    const few = new FaultList();
    few.add({ line: 1, column: 2 }, 'x'.repeat(300), 'y', 'A §1');
    few.add({ line: 1, column: 1 }, 'x', 'y');
    expect(few.all()).toEqual([
      { line: 1, column: 1, says: 'x', wants: 'y' },
      { line: 1, column: 2, says: 'x'.repeat(300), wants: 'y', clause: 'A §1' },
    ]);
  });

  it('[PB-7] a rule under no heading is one of the plan', () => {
    const reading = new Reading();
    const at = { line: 3, column: 1 };
    expect([reading.rule(at, () => 'A.'), reading.rule(at, () => 'B.'), reading.clause('C', 4, () => 'C.')]).toEqual([
      'Plan §1',
      'Plan §2',
      'C §1',
    ]);
  });
});
