// Reads whose signature a text needs: the block `sign-off ID`.
import type { Agreement } from '@rejoinder/contracts/playbooks';
import { sayDuration } from '../durations.ts';
import { sayList, sayRoles } from '../levels.ts';
import { sayAgreement, sayPerLevel } from '../say.ts';
import { everywhere, keys, list, named, perLevel, turned } from '../shapes/joined.ts';
import { maybe, needs, or, type Shape } from '../shapes/shape.ts';
import { choice, count, duration, ref } from '../shapes/single.ts';
import type { Block } from './block.ts';
import { readRuled } from './ruled.ts';

const ALWAYS_COVERED = ['text', 'account', 'reply_to'] as const;
const COVERS = [...ALWAYS_COVERED, 'media', 'fact_sheet'] as const;
const ALWAYS_VOIDS = ['edit', 'account_changed', 'reply_to_changed', 'new_post_from_author'] as const;
const VOIDS = [...ALWAYS_VOIDS, 'media_changed', 'fact_sheet_changed'] as const;
const HALF_DAY = 43_200;

const AGREEMENT: Shape<Agreement> = turned(
  keys({
    all: maybe(list(ref('role')), 'Every one of these roles.'),
    any: maybe(list(ref('role')), 'One of these roles.'),
    quorum: maybe(count(20), 'So many different roles of those under `of`.'),
    of: maybe(list(ref('role')), 'The roles of the quorum.'),
    if_liability: or(list(ref('role')), [], 'Needed as well when the words touch liability.'),
  }),
  (so, reading, at): Agreement => {
    const ways = [so.all, so.any, so.quorum].filter((each) => each !== null).length;
    if (ways !== 1)
      reading.faults.add(
        at,
        `Here stand ${ways} ways to agree.`,
        'one of `all: [..]`, `any: [..]`, or `quorum: 2` with `of: [..]`',
      );
    if ((so.quorum === null) !== (so.of === null))
      reading.faults.add(at, '`quorum` and `of` belong together.', '`{ quorum: 2, of: [comms, legal, expert] }`');
    const roles = [...new Set(so.all ?? so.any ?? so.of ?? [])];
    const ifLiability = [...new Set(so.ifLiability)];
    if (ways === 1 && roles.length === 0) reading.faults.add(at, 'Nobody would have to sign.', 'at least one role');
    if (so.any !== null) return { need: 'any', quorum: 1, roles, ifLiability };
    if (so.quorum === null) return { need: 'all', quorum: Math.max(roles.length, 1), roles, ifLiability };
    if (so.quorum > roles.length)
      reading.faults.add(
        at,
        `${so.quorum} of ${roles.length} roles can never sign.`,
        'a quorum no larger than the list',
      );
    return { need: 'quorum', quorum: so.quorum, roles, ifLiability };
  },
);

/** A list that holds at least what always counts. */
function atLeast<const T extends string>(
  of: readonly T[],
  always: readonly T[],
  says: (part: T) => string,
): Shape<T[]> {
  return turned(list(choice(of)), (given, reading, at) => {
    for (const part of always)
      if (!given.includes(part)) reading.faults.add(at, says(part), `[${[...always].join(', ')}]`);
    return given;
  });
}

const SIGN_OFF = keys({
  agree: needs(perLevel(AGREEMENT), 'Who must agree; per level.'),
  order: or(
    perLevel(choice(['parallel', 'in_order'])),
    everywhere<'parallel' | 'in_order'>('parallel'),
    'Whether all are asked at once, or each after the one before; per level.',
  ),
  covers: or(
    atLeast<(typeof COVERS)[number]>(
      COVERS,
      ALWAYS_COVERED,
      (part) => `A signature that leaves out \`${part}\` cannot be checked.`,
    ),
    [...ALWAYS_COVERED],
    'What a signature is about.',
  ),
  lifetime: or(perLevel(duration), everywhere(HALF_DAY), 'How long a signature stays good; per level.'),
  voided_by: or(
    atLeast<(typeof VOIDS)[number]>(VOIDS, ALWAYS_VOIDS, (part) => `\`${part}\` always voids a signature.`),
    [...ALWAYS_VOIDS],
    'What makes a signature void.',
  ),
  deputies: maybe(
    keys({
      after: needs(perLevel(duration), 'How long a role may be silent; per level.'),
      roles: needs(named(ref('role'), { to: 'role' }), 'Who may sign instead: `legal: executive`.'),
    }),
    'Who may sign for a role that stays silent.',
  ),
});

export const signOff: Block = {
  kind: 'sign-off',
  help: 'Whose signatures a text needs at each level, in which order, for how long, and who stands in.',
  idOf: 'sign-off',
  required: true,
  data: SIGN_OFF.data,
  into: (playbook, reading, node, { id }) => {
    const { values, clauseOf } = readRuled(reading, node, SIGN_OFF, {
      agree: (so, plan) => `To sign: ${sayPerLevel(so.agree, (each) => sayAgreement(plan, each))}.`,
      order: (so) =>
        capital(
          `${sayPerLevel(so.order, (each) => (each === 'parallel' ? 'all are asked at once' : 'each is asked once the one before has signed'))}.`,
        ),
      covers: (so) => `A signature is about ${sayList(so.covers.map(sayPart), 'and')} together.`,
      lifetime: (so) => `A signature holds for ${sayPerLevel(so.lifetime, sayDuration)}.`,
      voided_by: (so) => `A signature is void after ${sayList(so.voidedBy.map(sayPart))}.`,
      deputies: ({ deputies }, plan) => {
        const pairs = (deputies?.roles ?? []).map(
          ({ id: role, value }) => `${sayRoles(plan, [value])} for ${sayRoles(plan, [role])}`,
        );
        return `Whoever is silent for ${sayPerLevel(deputies?.after ?? {}, sayDuration)} is stood in for: ${sayList(pairs, 'and')}.`;
      },
    });
    const deputies = values.deputies && {
      after: values.deputies.after,
      roles: values.deputies.roles.map(({ id: role, value }) => ({ role, deputy: value })),
    };
    playbook.signOffs.push({ id, ...values, deputies, clause: clauseOf('agree') });
  },
};

function sayPart(part: string): string {
  const said: Record<string, string> = {
    text: 'the words',
    account: 'the account',
    reply_to: 'the post it answers',
    media: 'pictures and files',
    fact_sheet: 'the fact sheet',
    edit: 'any change of the words',
    account_changed: 'another account',
    reply_to_changed: 'another post to answer',
    media_changed: 'other pictures or files',
    fact_sheet_changed: 'a changed fact sheet',
    new_post_from_author: 'a new post of the person',
  };
  return said[part] ?? part;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
