// Reads what follows and what is exceptional: the blocks `retrospective` and `break-glass`.
import { GUARD_NAMES } from '@rejoinder/contracts/guards';
import { sayDuration } from '../durations.ts';
import { GUARD_WORDS } from '../guard-words.ts';
import { sayList, sayRoles } from '../levels.ts';
import { sayPerLevel } from '../say.ts';
import { keys, list, perLevel } from '../shapes/joined.ts';
import { maybe, needs, or } from '../shapes/shape.ts';
import { choice, count, duration, flag, ref, words } from '../shapes/single.ts';
import type { Block } from './block.ts';
import { readRuled } from './ruled.ts';

const RETROSPECTIVE = keys({
  within: needs(duration, 'How long after stand-down.'),
  led_by: maybe(ref('role'), 'Who leads it.'),
  attended_by: or(list(ref('role')), [], 'Who is there.'),
  asks: or(list(words), [], 'The questions it asks.'),
  publishes: or(flag, false, '`true`: “you said, we did” goes out in public.'),
});

export const retrospective: Block = {
  kind: 'retrospective',
  help: 'When and how we look back.',
  idOf: null,
  required: false,
  data: RETROSPECTIVE.data,
  into: (playbook, reading, node) => {
    const { values, clause } = readRuled(reading, node, RETROSPECTIVE, {
      within: (so) => `We look back within ${sayDuration(so.within)} of standing down.`,
      led_by: (so, plan) => `${sayRoles(plan, so.ledBy === null ? [] : [so.ledBy])} leads it.`,
      attended_by: (so, plan) => `Also there: ${sayRoles(plan, so.attendedBy, 'and')}.`,
      asks: (so) => `It asks: ${so.asks.join(' ')}`.replace(/([^.?!])$/, '$1.'),
      publishes: (so) =>
        so.publishes
          ? 'What people said and what we did about it goes out in public.'
          : 'Nothing of it goes out in public.',
    });
    playbook.retrospective = { ...values, clause };
  },
};

const MARKS = ['card', 'wall', 'report'] as const;

const BREAK_GLASS = keys({
  who: needs(list(ref('role'), 9), 'Two roles, held by two people.'),
  over: needs(list(choice(GUARD_NAMES)), 'Guards that may be passed over.'),
  from_level: or(count(9), 1, 'The lowest level at which it is offered.'),
  after: maybe(perLevel(duration), 'How long an approver has been silent before it is offered; per level.'),
  marks: or(list(choice(MARKS)), [...MARKS], 'Where it is shown until it has been reviewed.'),
  tells: or(list(ref('role')), [], 'Who is told at once.'),
  review_within: needs(duration, 'How long until it has been reviewed.'),
  reviewed_by: or(list(ref('role')), [], 'Who reviews it.'),
});

export const breakGlass: Block = {
  kind: 'break-glass',
  help: 'How two people go past a rule when waiting would do harm, and how it is reviewed.',
  idOf: null,
  required: false,
  data: BREAK_GLASS.data,
  into: (playbook, reading, node, { at }) => {
    const { values, clauseOf } = readRuled(reading, node, BREAK_GLASS, {
      who: (so, plan) => `It takes two people, ${sayRoles(plan, so.who, 'and')}, and a reason.`,
      over: (so) => `It may pass over these, and nothing else: ${so.over.map(sayGuard).join('; ')}.`,
      from_level: (so) => `It is offered from level ${so.fromLevel} on.`,
      after: (so) =>
        `It is offered once somebody who has to sign has been silent for ${sayPerLevel(so.after ?? {}, sayDuration)}.`,
      marks: (so) => `Until it has been reviewed it is marked on the ${sayList([...so.marks], 'and')}.`,
      tells: (so, plan) => `${sayRoles(plan, so.tells, 'and')} ${so.tells.length === 1 ? 'is' : 'are'} told at once.`,
      review_within: (so) => `It is reviewed within ${sayDuration(so.reviewWithin)}.`,
      reviewed_by: (so, plan) => `${sayRoles(plan, so.reviewedBy)} reviews it.`,
    });
    if (!reading.levels.includes(values.fromLevel))
      reading.faults.add(at, `There is no level ${values.fromLevel}.`, `one of ${reading.levels.join(', ')}`);
    playbook.breakGlass = { ...values, clause: clauseOf('who') };
  },
};

/** What the guard asks, to stand inside a sentence. */
function sayGuard(name: string): string {
  const help = GUARD_WORDS.find((guard) => guard.name === name)?.help ?? name;
  return (help.charAt(0).toLowerCase() + help.slice(1)).replace(/\.$/, '');
}
