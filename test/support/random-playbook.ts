// Valid playbook documents at random: few names, many doors, so that moves are allowed and refused about as often.
import { GUARD_NAMES } from '@rejoinder/contracts/guards';
import fc from 'fast-check';

export const RANDOM_ROLES = ['ada', 'ben', 'cleo', 'dora'] as const;
const CLASSES = ['c1', 'c2'];
const LEVELS = [1, 2, 3];

/** One guard with its value, as it stands in a list in flow form. */
const leaf = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...GUARD_NAMES.filter(
        (name) =>
          ![
            'has_fields',
            'class_in',
            'level_at_least',
            'sign_offs_valid',
            'actor_has_role',
            'elapsed',
            'not_moved_within',
          ].includes(name),
      ),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.oneof(
      fc.constantFrom('{ has_fields: [class] }', '{ has_fields: [class, department] }', '{ has_fields: [note] }'),
      fc.constantFrom(...CLASSES).map((id) => `{ class_in: [${id}] }`),
      fc.constantFrom(...LEVELS).map((level) => `{ level_at_least: ${level} }`),
      fc.constant('{ sign_offs_valid: reply }'),
      fc.subarray([...RANDOM_ROLES], { minLength: 1 }).map((roles) => `{ actor_has_role: [${roles.join(', ')}] }`),
      fc.constantFrom('{ elapsed: 5m }', '{ elapsed: { 1: 10m, 2: 1m, 3: 1m } }', '{ not_moved_within: 2m }'),
    ),
  },
);
const joined: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 2, withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom('all', 'any', 'not'), fc.array(tie('any'), { minLength: 1, maxLength: 3 }))
      .map(([how, of]) => `{ ${how}: [${of.join(', ')}] }`),
    fc
      .tuple(fc.constantFrom(...LEVELS), fc.array(tie('any'), { minLength: 1, maxLength: 2 }))
      .map(([level, of]) => `{ at_level: { ${level}: [${of.join(', ')}] } }`),
  ),
})).any;

type Use = { guard: string; strength: string; bothWays: boolean; to: number | null };
const use: fc.Arbitrary<Use> = fc.record({
  guard: joined,
  strength: fc.constantFrom('block', 'block', 'block', 'warn', 'note'),
  bothWays: fc.boolean(),
  to: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(9) }),
});

const stage = fc.record({
  workedBy: fc.subarray([...RANDOM_ROLES], { minLength: 2 }),
  text: fc.constantFrom('editable', 'edits-void-sign-offs', 'editable', 'edits-void-sign-offs', 'frozen', 'none'),
  limit: fc.option(
    fc.record({
      cards: fc.oneof(
        fc.integer({ min: 1, max: 3 }).map(String),
        fc
          .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 2 }))
          .map(([a, b]) => `{ 1: ${a}, 2: ${b}, 3: 1 }`),
      ),
      perPerson: fc.integer({ min: 1, max: 2 }),
      strength: fc.constantFrom('block', 'warn', 'note'),
    }),
    { nil: null },
  ),
  enter: fc.array(use, { maxLength: 1 }),
  leave: fc.array(use, { maxLength: 2 }),
  next: fc.option(fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }), { nil: null }),
  checklist: fc.subarray(['Looked up', 'Called', 'Told legal']),
});

const agreement = fc.oneof(
  fc.subarray([...RANDOM_ROLES], { minLength: 1 }).map((roles) => `{ any: [${roles.join(', ')}] }`),
  fc.subarray([...RANDOM_ROLES], { minLength: 1, maxLength: 2 }).map((roles) => `{ all: [${roles.join(', ')}] }`),
  fc.constant(`{ quorum: 2, of: [${RANDOM_ROLES.join(', ')}] }`),
  fc.constant('{ all: [ada], if_liability: [dora] }'),
);

const seed = fc.record({
  abilities: fc.array(fc.subarray(['move', 'sign', 'own', 'triage', 'draft', 'publish', 'settle']), {
    minLength: RANDOM_ROLES.length,
    maxLength: RANDOM_ROLES.length,
  }),
  money: fc.array(fc.constantFrom(null, 0, 50, 500), {
    minLength: RANDOM_ROLES.length,
    maxLength: RANDOM_ROLES.length,
  }),
  kinds: fc.boolean(),
  stages: fc.array(stage, { minLength: 3, maxLength: 6 }),
  agreement,
  crisis: fc.boolean(),
  required: fc.subarray(['class', 'department'], { maxLength: 1 }),
  likeness: fc.constantFrom(null, 'block', 'warn'),
  over: fc.option(fc.subarray([...GUARD_NAMES], { minLength: 1 }), { nil: null }),
  /** The stage replies go out from, where there is one. */
  asksSignatures: fc.boolean(),
  sendsFrom: fc.option(fc.nat(2), { nil: null, freq: 9 }),
});

/** Every document reads without a fault. The role `keeper` may do everything about people, levels and plans, and moves nothing. */
export const randomPlaybook: fc.Arbitrary<string> = seed.map((so) => {
  const ids = so.stages.map((_, i) => `s${i}`);
  const id = (n: number) => ids[n % ids.length] ?? 's0';
  const block = (kind: string, body: string) => `\n\`\`\`yaml ${kind}\n${body}\n\`\`\`\n`;
  const roles = RANDOM_ROLES.map((role, i) => {
    const may = [
      ...new Set([
        'view',
        ...(so.abilities[i] ?? []),
        ...(i < 2 ? ['move', 'own', 'triage', 'draft', 'sign', 'publish', 'settle'] : []),
      ]),
    ];
    const money = so.money[i] ?? null;
    const promises = so.kinds ? ', promises: [refund]' : '';
    const authority = money === null ? '' : `, authority: { money: ${money}${promises} }`;
    return `${role}: { name: ${role.toUpperCase()}, may: [${may.join(', ')}]${authority} }`;
  });
  roles.push(
    'keeper: { name: Keeper, may: [view, raise_level, lower_level, manage_people, manage_sources, adopt_playbook, break_glass] }',
  );
  const sends: Use = { guard: 'posted_and_matches', strength: 'block', bothWays: false, to: null };
  const signed: Use = { ...sends, guard: '{ sign_offs_valid: reply }' };
  const sender = so.sendsFrom === null ? -1 : so.sendsFrom % ids.length;
  const uses = (all: Use[], isLeave: boolean) =>
    all
      .map(({ guard, strength, bothWays, to }) => {
        // A joined guard is `{ name: value }`; beside it stand the other keys.
        const named = guard.startsWith('{') ? guard.slice(2, -2) : `${guard}: true`;
        const lines = [`  - ${named}`, `    strength: ${strength}`, `    both_ways: ${bothWays}`];
        if (isLeave && to !== null) lines.push(`    to: [${id(to)}]`);
        return lines.join('\n');
      })
      .join('\n');
  const stages = so.stages.map((each, i) => {
    const last = i === so.stages.length - 1;
    const next = each.next === null ? 'all' : `[${[...new Set(each.next.map(id))].join(', ')}]`;
    const lines = [
      `worked_by: [${each.workedBy.join(', ')}]`,
      `text: ${each.text}`,
      ...(each.limit
        ? [
            `limit: { cards: ${each.limit.cards}, per_person: ${each.limit.perPerson}, strength: ${each.limit.strength} }`,
          ]
        : []),
      ...(each.enter.length > 0 || (i === sender && so.asksSignatures)
        ? [`enter:\n${uses(i === sender && so.asksSignatures ? [signed] : each.enter, false)}`]
        : []),
      ...(each.leave.length > 0 || i === sender
        ? [`leave:\n${uses(i === sender ? [...each.leave, sends] : each.leave, true)}`]
        : []),
      `next: ${last ? '[]' : next}`,
      ...(each.checklist.length > 0 ? [`checklist: [${each.checklist.join(', ')}]`] : []),
      ...(last ? ['final: true'] : []),
    ];
    return `\n## Stage ${i}\n\nText.\n${block(`stage s${i}`, lines.join('\n'))}`;
  });
  const level = (n: number) => `${n}: { name: L${n}, may_raise: [keeper], may_lower: [keeper] }`;
  const likeness =
    so.likeness === null ? '' : block('voice', `likeness: { ceiling: 50%, why: No., strength: ${so.likeness} }`);
  return `---
playbook: random
version: 1
owner: ada
---

# Random

## Roles
${block('roles', roles.join('\n'))}
## Levels
${block('levels', LEVELS.map(level).join('\n'))}
## What came in
${block(
  'triage',
  `classes:\n  c1: { name: One, words: [ruined] }\n  c2: { name: Two }\ndepartments: { d1: Dep }\nfields:\n  note: { name: Note }\n  liability: { name: L, choices: { no: "No", yes: "Yes" } }\n  private_reason: { name: Why }\nrequired: [${so.required.join(', ')}]`,
)}${so.crisis ? `\n## Crisis\n${block('crisis', 'victim: { name: V, allowed: [inform], forbidden: [deny] }')}` : ''}${stages.join('')}
## Signatures
${block('sign-off reply', `agree: ${so.agreement}\nlifetime: 1h`)}
## Clock
${block('clock public-reply', 'name: First\nstarts: mention_posted\nstops: public_reply_published\ntarget: 3h')}
## Voice
${likeness}${
  so.over === null
    ? ''
    : `\n## Glass\n${block('break-glass', `who: [keeper, ada, ben]\nover: [${[...new Set([...so.over, ...(so.asksSignatures ? ['sign_offs_valid'] : [])])].join(', ')}]\nreview_within: 1d\nreviewed_by: [keeper, cleo]`)}`
}`;
});
