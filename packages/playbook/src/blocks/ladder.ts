// Reads who is asked when time runs out: the block `ladder ID`.
import type { Ladder, ReachBy } from '@rejoinder/contracts/playbooks';
import { sayDuration } from '../durations.ts';
import { sayRoles } from '../levels.ts';
import { sayPerLevel } from '../say.ts';
import { everywhere, keys, list, perLevel, placed } from '../shapes/joined.ts';
import { maybe, needs, or } from '../shapes/shape.ts';
import { choice, count, duration, ref, words } from '../shapes/single.ts';
import type { Block } from './block.ts';
import { REACH_BY, sayChannels } from './contacts.ts';

/** People a step can name besides roles. */
export const WHOM = ['owner', 'primary', 'deputy', 'out_of_hours', 'signers'] as const;

const STEP = keys({
  whom: needs(
    ref('role', WHOM),
    'Who is asked: the card’s owner, a contact of its department, those who have to sign, or a role.',
  ),
  after: or(perLevel(duration), everywhere(0), 'How long after the step before; per level. At once where left out.'),
  channels: or<ReachBy[]>(list(choice(REACH_BY)), ['board'], 'How they are asked, in order.'),
});

const LADDER = keys({
  name: maybe(words, 'The ladder as people call it.'),
  steps: needs(list(placed(STEP), 30), 'Who is asked, one after the other.'),
  accepts: or(count(9), 1, 'So many have to accept before it stops.'),
  on_empty: or(
    choice(['skip_and_show']),
    'skip_and_show' as const,
    'A step with nobody in it is passed over at once, and shown.',
  ),
  reopen_after: maybe(perLevel(duration), 'How long nothing may happen after somebody accepted; then it begins again.'),
});

export const ladder: Block = {
  kind: 'ladder',
  help: 'Who is asked, one after the other, when a promise is in danger.',
  idOf: 'ladder',
  required: false,
  data: LADDER.data,
  into: (playbook, reading, node, { id }) => {
    const steps: Ladder['steps'] = [];
    const values = LADDER.readEach(reading, node, (key, place, so) => {
      if (key === 'steps') {
        so.steps.forEach(({ at, value: step }, i) => {
          const clause = reading.rule(at, (plan) => sayStep(step, i, (role) => sayRoles(plan, [role])));
          steps.push({ ...step, clause });
        });
      } else if (key === 'accepts') {
        reading.rule(place, () =>
          so.accepts === 1 ? 'The first who accepts stops it.' : `It stops once ${so.accepts} people have accepted.`,
        );
      } else if (key === 'on_empty') {
        reading.rule(place, () => 'A step with nobody in it is passed over at once, and shown.');
      } else if (key === 'reopen_after') {
        reading.rule(
          place,
          () =>
            `It begins again when nothing has happened for ${sayPerLevel(so.reopenAfter ?? {}, sayDuration)} after somebody accepted.`,
        );
      }
    });
    if (values.steps.length === 0)
      reading.faults.add(node.at, 'This ladder has no step.', '`steps:` with at least one');
    const clause = steps[0]?.clause ?? `${reading.heading || 'Plan'} §1`;
    playbook.ladders.push({ id, ...values, name: values.name ?? id, steps, clause });
  },
};

type Said = Omit<Ladder['steps'][number], 'clause'>;

function sayStep(step: Said, at: number, role: (id: string) => string): string {
  const people: Record<string, string> = {
    owner: 'the owner of the card',
    primary: 'the contact of the department',
    deputy: 'the deputy of that contact',
    out_of_hours: 'the contact outside hours',
    signers: 'those who have to sign',
  };
  const whom = people[step.whom] ?? role(step.whom);
  const isAtOnce = Object.values(step.after).every((seconds) => seconds === 0);
  const when = isAtOnce ? (at === 0 ? 'First' : 'With them') : `After ${sayPerLevel(step.after, sayDuration)},`;
  return `${when} ${whom}, by ${sayChannels(step.channels)}.`;
}
