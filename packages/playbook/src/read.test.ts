import { readFileSync } from 'node:fs';
import type { Fault } from '@rejoinder/contracts/playbooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KINDS, readPlaybook } from './read.ts';

const DEFAULT = readFileSync(new URL('../../../server/playbooks/default.md', import.meta.url), 'utf8');

function faultsOf(text: string): Fault[] {
  const read = readPlaybook(text);
  return 'faults' in read ? read.faults : [];
}

function planOf(text: string) {
  const read = readPlaybook(text);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults, null, 1));
  return read.playbook;
}

/** The default plan with one piece of text replaced, and the line at which the new piece stands. */
function spoilt(was: string, is: string): { text: string; line: number } {
  expect(DEFAULT).toContain(was);
  const line = DEFAULT.slice(0, DEFAULT.indexOf(was)).split('\n').length;
  return { text: DEFAULT.replace(was, is), line };
}

describe('the default plan', () => {
  it('[PB-2] reads without a fault and has its nine stages in order', () => {
    const plan = planOf(DEFAULT);
    const ids = plan.stages.map((stage) => stage.id);
    expect(ids).toEqual(['new', 'watch', 'owned', 'drafting', 'sign-off', 'publish', 'private', 'follow-up', 'closed']);
    expect(plan.roles.map((role) => role.id)).toContain('publisher');
    expect(plan.clocks[0]).toMatchObject({
      id: 'public-reply',
      target: { 1: 10_800, 2: 3_600, 3: 3_600 },
      warnAt: [0.5, 0.8],
    });
    expect(plan.signOffs[0]?.agree['2']).toEqual({
      need: 'all',
      quorum: 2,
      roles: ['comms', 'department'],
      ifLiability: ['legal'],
    });
    expect(plan.stages.at(-1)?.final).toBe(true);
  });

  it('[PB-6] takes the heading for the name of the column and the paragraph for its purpose', () => {
    const plan = planOf(DEFAULT);
    const signing = plan.stages.find((stage) => stage.id === 'sign-off');
    expect(signing?.title).toBe('Sign-off');
    expect(signing?.purpose).toContain('change a comma and they are asked again');
    expect(signing?.text).toBe('edits-void-sign-offs');
    expect(plan.stages.every((stage) => stage.sentence.endsWith('.'))).toBe(true);
  });

  it('[PB-7] names every rule by heading and number, once, in the order of the document', () => {
    const plan = planOf(DEFAULT);
    const clauses = plan.rules.map((rule) => rule.clause);
    expect(new Set(clauses).size).toBe(clauses.length);
    expect(plan.rules.map((rule) => rule.line)).toEqual(plan.rules.map((rule) => rule.line).toSorted((a, b) => a - b));
    expect(plan.rules.every((rule) => rule.sentence.length > 8 && /[.?!]”?$/.test(rule.sentence))).toBe(true);
    const guard = plan.stages.find((stage) => stage.id === 'new')?.leave[0];
    expect(guard?.clause).toBe('New §4');
    expect(plan.rules.find((rule) => rule.clause === guard?.clause)?.sentence).toBe(
      '“Class” and “Department” are filled in.',
    );
  });
});

describe('faults', () => {
  const planted: [string, string, string, string, string][] = [
    ['a kind', '```yaml private\n', '```yaml privat\n', '`privat` is not a kind of block', '`private`'],
    [
      'a key',
      'worked_by: [social_lead, publisher]',
      'workedby: [social_lead, publisher]',
      '`workedby` is not a key',
      'worked_by',
    ],
    ['a guard', '  - owner_accepted', '  - owner_acepted', '`owner_acepted` is not a guard', '`owner_accepted`'],
    [
      'a role',
      'worked_by: [social_lead, publisher]',
      'worked_by: [social_leed, publisher]',
      'no role `social_leed`',
      '`social_lead`',
    ],
    ['a stage', 'next: [drafting]', 'next: [draughting]', 'no stage `draughting`', 'drafting'],
    ['an ability', 'may: [view, sign, break_glass]', 'may: [view, sing, break_glass]', '`sing` is not known', '`sign`'],
    [
      'a duration',
      'target: { 1: 3h, 2: 1h, 3: 1h }',
      'target: { 1: 3 hours, 2: 1h, 3: 1h }',
      'should be a duration',
      '30m',
    ],
    ['a pattern', '      - calm down', '      - (calm down', 'A `(` has no `)`', 'word*'],
    [
      'a field',
      'has_fields: [class, department]',
      'has_fields: [class, departement]',
      'no field `departement`',
      '`department`',
    ],
    ['a date', 'review_by: 2027-03-01', 'review_by: 2027-02-30', 'should be a date', '2026-09-01'],
    ['a share', 'warn_at: [50%, 80%]', 'warn_at: [80%, 50%]', 'do not rise', '[50%, 80%]'],
    ['a list of guards', '  - posted_and_matches', '  - [posted_and_matches]', 'a list within a list', '`all:`'],
  ];
  it.each(planted)(
    '[PB-3] %s that is not known is told with its line and what would be right',
    (_, was, is, says, wants) => {
      const { text, line } = spoilt(was, is);
      const faults = faultsOf(text);
      const fault = faults.find((each) => each.says.includes(says));
      expect(fault, JSON.stringify(faults)).toBeDefined();
      expect(fault?.wants).toContain(wants);
      expect(fault?.line).toBe(line + (is.split('\n').length > 2 ? 1 : 0));
    },
  );

  it('[PB-4] come all at once, in the order of the document', () => {
    const text = planted.reduce((all, [, was, is]) => all.replace(was, is), DEFAULT);
    const faults = faultsOf(text);
    expect(faults.length).toBeGreaterThanOrEqual(planted.length);
    expect(faults.map((fault) => fault.line)).toEqual(faults.map((fault) => fault.line).toSorted((a, b) => a - b));
  });

  it('[PB-4] are told once where one value stands for every level', () => {
    expect(faultsOf(spoilt('time_limit: { 1: 10m, 2: 5m, 3: 5m }', 'time_limit: soon').text)).toHaveLength(1);
  });

  it('[PB-5] have the line and column of the original, also with CRLF and a byte order mark', () => {
    const { text, line } = spoilt('  - owner_accepted', '  - owner_acepted');
    for (const each of [text, `\uFEFF${text}`, text.replaceAll('\n', '\r\n')]) {
      expect(faultsOf(each)).toMatchObject([{ line, column: 5 }]);
    }
  });

  it('[PB-8] a value per level stands for every level, and for no other', () => {
    expect(
      faultsOf(spoilt('time_limit: { 1: 10m, 2: 5m, 3: 5m }', 'time_limit: { 1: 10m, 3: 5m }').text),
    ).toMatchObject([{ says: 'Level 2 is missing here.' }]);
    expect(
      faultsOf(spoilt('time_limit: { 1: 10m, 2: 5m, 3: 5m }', 'time_limit: { 1: 10m, 2: 5m, 3: 5m, 4: 1m }').text),
    ).toMatchObject([{ says: 'There is no level 4.' }]);
    const plan = planOf(spoilt('time_limit: { 1: 10m, 2: 5m, 3: 5m }', 'time_limit: 7m').text);
    expect(plan.stages.find((stage) => stage.id === 'publish')?.timeLimit).toEqual({ 1: 420, 2: 420, 3: 420 });
  });

  it('[PB-9] a name declared twice is a fault, and so is a heading over two sets of rules', () => {
    expect(faultsOf(spoilt('```yaml stage owned', '```yaml stage watch').text).map((fault) => fault.says)).toContain(
      'The stage `watch` is declared a second time.',
    );
    const says = faultsOf(spoilt('## Owned', '## Watch').text).map((fault) => fault.says);
    expect(says).toContain('A second heading `Watch` has rules below it.');
  });

  it('[PB-10] doubled keys, anchors, aliases and tags are not read', () => {
    expect(faultsOf(spoilt('policy: personal_data_only', 'policy: either\npolicy: either').text)[0]?.says).toContain(
      'a second time',
    );
    expect(faultsOf(spoilt('policy: personal_data_only', 'policy: &a either').text)[0]?.says).toContain('anchored');
    expect(faultsOf(spoilt('policy: personal_data_only', 'policy: *a').text).length).toBeGreaterThan(0);
    expect(faultsOf(spoilt('policy: personal_data_only', 'policy: !!js/function either').text).length).toBeGreaterThan(
      0,
    );
    expect(faultsOf(spoilt('policy: personal_data_only', '__proto__: { policy: either }').text).length).toBeGreaterThan(
      0,
    );
  });

  it('[PB-12] every block is read, numbered and said', () => {
    const plan = planOf(DEFAULT);
    expect(plan.standDown).toMatchObject({ clause: 'When it is over §1', decidedBy: ['commander'] });
    expect(plan.rules.find((rule) => rule.clause === 'When it is over §1')?.sentence).toBe(
      'No promised time has run out and is still open.',
    );
    const kinds = DEFAULT.match(/^```yaml [a-z-]+/gm)?.map((fence) => fence.slice(8));
    expect(new Set(kinds)).toEqual(new Set(KINDS));
  });

  it('[PB-12] a criterion may have a time of its own, and nothing that belongs to a door', () => {
    const plan = planOf(spoilt('  - no_breach_open\n', '  - no_breach_open:\n    held_for: 6h\n').text);
    expect(plan.standDown?.criteria[0]).toMatchObject({ guard: { guard: 'no_breach_open' }, heldFor: { 1: 21_600 } });
    const [fault] = faultsOf(spoilt('  - no_breach_open\n', '  - no_breach_open:\n    strength: warn\n').text);
    expect(fault?.says).toContain('belongs to a door');
    expect(faultsOf(spoilt('  - no_breach_open\n', '  - owner_accepted\n').text)[0]?.says).toContain('about a card');
  });

  it('[PB-13] personal data may not be let off', () => {
    const [fault] = faultsOf(spoilt('  kinds: [email,', '  strength: warn\n  kinds: [email,').text);
    expect(fault?.says).toBe('Personal data in public is always blocked.');
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    '---\n',
    '```yaml stage new\n',
    '```yaml roles\n',
    '```\n',
    '# A\n',
    'a: ',
    '- ',
    '[',
    '{',
    '&a ',
    '*a ',
    '!!x ',
    '"',
    "'",
    '|\n',
    '? ',
    ': ',
    '\t',
    '\n',
    ' ',
    'next',
    '1',
    '~~~',
    '\0',
    '%',
    '<<: ',
  );
  const soup = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 60 })
    .map((all) => all.join(''));
  const cut = fc
    .tuple(fc.nat(DEFAULT.length), fc.nat(400), fc.string({ unit: 'binary', maxLength: 12 }))
    .map(([at, length, put]) => DEFAULT.slice(0, at) + put + DEFAULT.slice(at + length));

  it('[PB-1] gives a plan or faults with places, never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(soup, cut), (text) => {
        const read = readPlaybook(text);
        if ('playbook' in read) return;
        const lines = text.split(/\r\n|\n|\r/).length;
        expect(read.faults.length).toBeGreaterThan(0);
        for (const fault of read.faults) {
          expect(fault.line).toBeGreaterThanOrEqual(1);
          expect(fault.line).toBeLessThanOrEqual(lines + 1);
          expect(fault.column).toBeGreaterThanOrEqual(1);
          expect(fault.says).not.toBe('');
          expect(fault.wants).not.toBe('');
        }
      }),
      { numRuns: 150 },
    );
  });

  const block = (body: string) =>
    `---\nplaybook: a\nversion: 1\nowner: b\n---\n# A\n\n\`\`\`yaml voice\n${body}\n\`\`\`\n`;
  const hostile: [string, string][] = [
    ['brackets', block('['.repeat(30_000))],
    ['dashes', block('- '.repeat(15_000))],
    ['keys', block(Array.from({ length: 4_000 }, (_, i) => `k${i}: 1`).join('\n'))],
    ['stairs', block(Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'))],
    ['quotes', block(`a: "${'\\'.repeat(30_000)}`)],
    ['blocks', '```yaml roles\n```\n'.repeat(10_000)],
    ['headings', '#  \n'.repeat(60_000)],
    ['spaces', `${block('a: 1')}${' '.repeat(200_000)}`],
    ['size', 'x'.repeat(300_000)],
    ['list', '- a\n'.repeat(60_000)],
    ['marks', `# A\n\n${'**a*_`['.repeat(30_000)}`],
  ];
  it.each(hostile)('[PB-11] built to be slow (%s) ends in a fault', (_, text) => {
    const read = readPlaybook(text);
    expect('faults' in read && read.faults.length).toBeGreaterThan(0);
  });
});
