import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintPlaybook, type Outside } from '../lint.ts';
import { readPlaybook } from '../read.ts';

const DEFAULT = readFileSync(new URL('../../../../server/playbooks/default.md', import.meta.url), 'utf8');

type Change = [was: string | RegExp, is: string];

function planWith(changes: Change[]) {
  const text = changes.reduce((all, [was, is]) => {
    expect(typeof was === 'string' ? all.includes(was) : was.test(all), String(was)).toBe(true);
    return all.replace(was, is);
  }, DEFAULT);
  const read = readPlaybook(text);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults, null, 1));
  return read.playbook;
}

const today = '2026-10-01';
const staffed = Object.fromEntries(planWith([]).roles.map((role) => [role.id, 1]));
const block = (kind: string): Change => [new RegExp(`\`\`\`yaml ${kind}\\n[\\s\\S]*?\`\`\``), ''];

const office: Change = [
  'out_of_hours: Night dispatcher, channels: [board, chat, phone], hours: office',
  'channels: [board]',
];
const never = 'primary: Duty desk, deputy: Shift manager on call,';
const verified = (day: string): Change => [never, `${never} last_verified: ${day},`];
const hard: Change = ['final: true\n', 'final: true\nlimit: { cards: 100 }\n'];

/** Rule, what is found, the changes that make it so, what is told from outside. */
const finds: [string, string, Change[], Outside?][] = [
  [
    'LI-4',
    'would have to be Complaint and Question at once',
    [['  - owner_accepted', '  - class_in: [complaint]\n  - class_in: [question]']],
  ],
  [
    'LI-4',
    'one rule asks for what another forbids',
    [['  - owner_accepted', '  - owner_accepted\n  - not: owner_accepted']],
  ],
  [
    'LI-4',
    'asks for what another forbids',
    [['  - owner_accepted', '  - class_in: [troll]\n  - not: { class_in: [troll, rant] }']],
  ],
  ['LI-7', 'with 2 hours for deputies', [['after: { 1: 40m, 2: 10m, 3: 10m }', 'after: { 1: 2h, 2: 10m, 3: 10m }']]],
  [
    'LI-33',
    'Head of logistics has no account, so the chat of the room does not ask Head of logistics',
    [['channels: [board, chat, phone]', 'channels: [board, chat]']],
  ],
  [
    'LI-31',
    'First public reply stops with our first word, so it can never wait for the person',
    [['stops: public_reply_published\n', 'stops: public_reply_published\npauses: [waiting_for_author]\n']],
  ],
  [
    'LI-31',
    'Whoever writes after the stand-down has no First public reply until the crisis is reviewed',
    [['stops: public_reply_published\n', 'stops: public_reply_published\npauses: [stood_down]\n']],
  ],
  [
    'LI-31',
    'Holding line stops with our first word',
    [['stops: holding_posted\n', 'stops: holding_posted\npauses: [stood_down, waiting_for_author]\n']],
  ],
  [
    'LI-32',
    'No stage names Holding line under `clocks`, so it never begins',
    [['starts: level_raised\nstops: holding_posted\n', 'starts: stage_entered\nstops: card_closed\n']],
  ],
  ['LI-13', 'Nobody is Legal to sign', [], { staffed: { ...staffed, legal: 0 } }],
  [
    'LI-13',
    'Nobody is Social lead or Publisher to work Publish',
    [],
    { staffed: { ...staffed, social_lead: 0, publisher: 0 } },
  ],
  ['LI-13', 'Nobody is Executive to break the glass', [], { staffed: { ...staffed, executive: 0 } }],
  ['LI-13', 'Nobody is Commander to lower the level from 2', [], { staffed: { ...staffed, commander: 0 } }],
  ['LI-14', 'Billing and refunds has no contact', [[/^billing: {9}\{.*\n/m, '']]],
  ['LI-15', 'Duty desk has no deputy', [['deputy: Shift manager on call, ', '']]],
  ['LI-15', 'Duty desk has no deputy', [['Shift manager on call', 'Duty desk']]],
  ['LI-16', 'Nobody signs when Subject expert stays silent', [[', expert: department }', ' }']]],
  ['LI-17', 'Duty desk was last reached 91 days ago', [verified('2026-07-02')], { today }],
  ['LI-17', 'Nobody has written down when Duty desk was last reached', [], { today }],
  [
    'LI-18',
    'does not end with a role',
    [[/ {2}- \{ whom: executive, after: 10m.*\n/, '  - { whom: owner, after: 10m }\n']],
  ],
  ['LI-18', 'ends with a role nobody holds', [], { staffed: { ...staffed, executive: 0 } }],
  ['LI-19', 'may start in New, where a card has no department yet', [[/^no_department.*\n/m, '']]],
  [
    'LI-20',
    'takes 40 minutes; the last warning of First public reply leaves 36 minutes',
    [['whom: deputy, after: { 1: 10m,', 'whom: deputy, after: { 1: 20m,']],
  ],
  [
    'LI-20',
    'after Sign-off leaves 50 minutes',
    [['whom: signers, after: { 1: 20m, 2: 5m', 'whom: signers, after: { 1: 20m, 2: 50m']],
  ],
  [
    'LI-21',
    'Outside the hours of office nobody is asked in place of Head of billing',
    [['Senior clerk, out_of_hours: Duty desk', 'Senior clerk']],
  ],
  [
    'LI-21',
    'Desk time stands still outside the hours of office',
    [
      [
        '```yaml clock public-reply',
        '```yaml clock desk\nname: Desk time\nstarts: card_opened\nstops: card_closed\ncalendar: office\ntarget: 1h\n```\n\n```yaml clock public-reply',
      ],
      ['clocks: [public-reply]', 'clocks: [public-reply, desk]'],
    ],
  ],
  ['LI-22', 'Closed is the last stage and takes no more cards', [hard]],
  [
    'LI-22',
    'Owned and Drafting lead to each other',
    [
      ['limit: { cards: 40, per_person: 5, strength: warn }', 'limit: { cards: 40 }'],
      ['text: editable\n', 'text: editable\nlimit: { cards: 10 }\n'],
      ['next: [sign-off]', 'next: [sign-off, owned]'],
      ['limit: { cards: 12, strength: warn }', 'limit: { cards: 12 }'],
      ['next: [publish]\n', 'next: [drafting]\n'],
    ],
  ],
  [
    'LI-23',
    '“holding-unclear” says what How we speak §4 bans',
    [['text: We know that {what}.', 'text: We’re sorry for any inconvenience caused. We know that {what}.']],
  ],
  [
    'LI-23',
    'The pointer says what How we speak §2 bans',
    [['pointer: I have sent', 'pointer: I’m sorry if you felt hurt by {it}, I have sent'.replace(' by {it}', '')]],
  ],
  [
    'LI-24',
    '“holding-unclear” ran out on 2026-09-30',
    [['levels: [2, 3]\n', 'levels: [2, 3]\nvalid_until: 2026-09-30\n'.replace('\nvalid', '\n  valid')]],
    { today },
  ],
  ['LI-25', 'At level 2, Serious, nothing says how often colleagues hear.', [[/^2: \{ internal: 2h.*\n/m, '']]],
  ['LI-25', 'nothing says how often the public hears.', [['public: { every: 1h, for: 2h, afterwards: 4h }, ', '']]],
  ['LI-26', 'Nobody measures `closing_statement_posted`', [['kind: closing', 'kind: correction']]],
  ['LI-26', 'Nobody measures `retrospective_scheduled`', [block('retrospective')]],
  ['LI-26', 'Nobody measures `volume_below_baseline_for`', [], { measured: ['no_breach_open'] }],
  [
    'LI-27',
    'Nobody may pass over `no_personal_data`',
    [['over: [sign_offs_valid,', 'over: [no_personal_data, sign_offs_valid,']],
  ],
  [
    'LI-27',
    'Nobody may pass over `actor_has_role`',
    [['over: [sign_offs_valid,', 'over: [actor_has_role, sign_offs_valid,']],
  ],
  [
    'LI-27',
    'Nobody may pass over `account_allowed`',
    [['over: [sign_offs_valid,', 'over: [account_allowed, sign_offs_valid,']],
  ],
  ['LI-28', 'fewer than two roles', [['who: [commander, executive]', 'who: [commander, commander]']]],
  ['LI-28', 'Legal is to break the glass and may not', [['who: [commander, executive]', 'who: [commander, legal]']]],
  ['LI-29', '`checklist_complete` asks for something', [['  - owner_accepted', '  - checklist_complete']]],
  ['LI-29', '`strategy_allowed` asks for something', [block('crisis')]],
  [
    'LI-29',
    '`owner_authority_covers_remedy` asks for something',
    [
      [/, authority: \{ money: [^{}]*\} \}$/m, ' }'],
      [/, authority: \{ money: \{[^{}]*\} \} \}$/m, ' }'],
      [/, authority: \{ money: 500 \} \}$/m, ' }'],
      [/, authority: \{ money: 5000 \} \}$/m, ' }'],
    ],
  ],
];

describe('the linter', () => {
  /** Every case of a rule is found with clause, line, reason and repair. */
  const check = (rule: string) => {
    const cases = finds.filter((each) => each[0] === rule);
    expect(cases.length).toBeGreaterThan(0);
    for (const [, says, changes, outside] of cases) {
      const found = lintPlaybook(planWith(changes), outside).filter((each) => each.rule === rule);
      expect(found.map((each) => each.says).join('\n')).toContain(says);
      for (const each of found) {
        expect(each.clause).not.toBe('');
        expect(each.line).toBeGreaterThan(1);
        expect(each.why).toMatch(/\.$/);
        expect(each.wants).not.toBe('');
        expect(each.strength).toBe(rule === 'LI-17' && each.says.startsWith('Nobody') ? 'warn' : 'block');
      }
    }
  };
  const isContent = (rule: string, changes: Change[]) =>
    expect(lintPlaybook(planWith(changes), { today }).filter((each) => each.rule === rule)).toEqual([]);

  it('[LI-4] finds guards of one way that can never hold together', () => check('LI-4'));
  it('[LI-7] finds stages and deputies that outlast the clock', () => check('LI-7'));
  it('[LI-13] finds roles nobody holds', () => check('LI-13'));
  it('[LI-14] finds a department without a contact', () => check('LI-14'));
  it('[LI-15] finds a contact without a deputy', () => check('LI-15'));
  it('[LI-16] finds a signature nobody stands in for', () => check('LI-16'));
  it('[LI-17] finds a contact nobody has reached for 90 days', () => check('LI-17'));
  it('[LI-18] finds a ladder that does not end with somebody', () => check('LI-18'));
  it('[LI-19] finds a ladder that asks a department not yet known', () => check('LI-19'));
  it('[LI-20] finds a ladder longer than its time', () => check('LI-20'));
  it('[LI-21] finds business hours under a promise that runs day and night', () => check('LI-21'));
  it('[LI-22] finds hard limits that can stop each other', () => check('LI-22'));
  it('[LI-23] finds our own text that says what we ban', () => check('LI-23'));
  it('[LI-24] finds a text that has run out', () => check('LI-24'));
  it('[LI-25] finds a level without a time for updates', () => check('LI-25'));
  it('[LI-26] finds a criterion nobody measures', () => check('LI-26'));
  it('[LI-27] finds break-glass over what it may not pass over', () => check('LI-27'));
  it('[LI-28] finds break-glass without two who may', () => check('LI-28'));
  it('[LI-29] finds a guard without its ground', () => check('LI-29'));

  it('[LI-1] finds nothing in the default plan when everybody is there and was reached', () => {
    const everyone = planWith([]).contacts.map((contact) => contact.primary.name);
    const plan = planWith(
      everyone
        .filter((each) => each !== 'Duty desk')
        .map((each) => [`primary: ${each},`, `primary: ${each}, last_verified: 2026-09-01,`] as Change),
    );
    const measured = plan.standDown?.criteria.map((each) => each.guard.guard) ?? [];
    const found = lintPlaybook(plan, { today, staffed, measured });
    expect(found.map((each) => each.says)).toEqual(['Nobody has written down when Duty desk was last reached.']);
  });

  it('[LI-19] is content with a ladder of roles', () => {
    const steps = ['owner', 'primary', 'deputy'].map(
      (whom): Change => [new RegExp(` {2}- \\{ whom: ${whom},.*\\n`), ''],
    );
    isContent('LI-19', [[/^no_department.*\n/m, ''], ...steps]);
  });
  it('[LI-21] is content with a contact who is there day and night', () => isContent('LI-21', [office]));
  it('[LI-22] is content with a hard limit that empties', () =>
    isContent('LI-22', [['limit: { cards: 12, strength: warn }', 'limit: { cards: 12 }']]));
  it('[LI-24] is content with a text on its last day', () =>
    isContent('LI-24', [['levels: [2, 3]\n', 'levels: [2, 3]\n  valid_until: 2026-10-01\n']]));
  it('[LI-29] is content with a list that is there', () =>
    isContent('LI-29', [
      ['  - owner_accepted', '  - owner_accepted\n  - checklist_complete'],
      ['next: [drafting]', 'next: [drafting]\nchecklist: [Order looked up]'],
    ]));

  it('[LI-30] lints 500 lines in under 50 ms', () => {
    const plan = planWith([]);
    expect(DEFAULT.split('\n').length).toBeGreaterThan(500);
    lintPlaybook(plan, { today, staffed });
    const times = Array.from({ length: 5 }, () => {
      const start = process.threadCpuUsage();
      lintPlaybook(plan, { today, staffed });
      return process.threadCpuUsage(start).user / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
