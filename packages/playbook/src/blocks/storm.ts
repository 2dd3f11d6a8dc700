// Reads what changes in a crisis: the blocks `freeze`, `updates` and `stand-down`.
import type { Cadence, LevelUpdates, StandDown } from '@rejoinder/contracts/playbooks';
import { sayDuration } from '../durations.ts';
import { sayList, sayRoles } from '../levels.ts';
import type { Located } from '../located.ts';
import { readRoomGuard } from '../read-guard.ts';
import { sayPerLevel } from '../say.ts';
import { byLevel, either, everywhere, isScalar, keys, list, perLevel, turned } from '../shapes/joined.ts';
import { maybe, needs, or, type Shape } from '../shapes/shape.ts';
import { choice, count, duration, flag, ref } from '../shapes/single.ts';
import type { Block } from './block.ts';
import { readRuled } from './ruled.ts';

const FROZEN = ['scheduled_posts', 'advertising', 'campaigns', 'automatic_replies', 'newsletters'] as const;

const FREEZE = keys({
  from_level: or(count(9), 2, 'The lowest level at which it holds.'),
  what: needs(list(choice(FROZEN)), 'What is stopped.'),
  confirmed_by: needs(list(ref('role')), 'Who confirms that it is done.'),
  within: needs(perLevel(duration), 'How long they have; per level.'),
  released_by: needs(list(ref('role')), 'Who releases it, one thing after the other.'),
});

export const freeze: Block = {
  kind: 'freeze',
  help: 'What is stopped when the level rises, who confirms it, and who releases it.',
  idOf: null,
  required: false,
  data: FREEZE.data,
  into: (playbook, reading, node, { at }) => {
    const { values, clauseOf } = readRuled(reading, node, FREEZE, {
      from_level: (so) => `The freeze holds from level ${so.fromLevel} on.`,
      what: (so) => `Stopped are ${sayList(so.what.map(plain), 'and')}.`,
      confirmed_by: (so, plan) => `${sayRoles(plan, so.confirmedBy)} confirms that it is done.`,
      within: (so) => `It is confirmed within ${sayPerLevel(so.within, sayDuration)}.`,
      released_by: (so, plan) =>
        `${sayRoles(plan, so.releasedBy)} releases what was stopped, one thing after the other.`,
    });
    if (!reading.levels.includes(values.fromLevel))
      reading.faults.add(at, `There is no level ${values.fromLevel}.`, `one of ${reading.levels.join(', ')}`);
    playbook.freeze = { ...values, clause: clauseOf('what') };
  },
};

const CADENCE: Shape<Cadence> = turned(
  either(
    [
      turned(duration, (every) => ({ every, for: null, afterwards: null })),
      keys({
        every: needs(duration, 'How often.'),
        for: maybe(duration, 'For how long at this pace.'),
        afterwards: maybe(duration, 'How often after that.'),
      }),
    ],
    isScalar,
  ),
  (so, reading, at): Cadence => {
    if ((so.for === null) !== (so.afterwards === null))
      reading.faults.add(at, '`for` and `afterwards` belong together.', '`{ every: 1h, for: 2h, afterwards: 4h }`');
    return so;
  },
);

const UPDATES = byLevel(
  keys({
    internal: maybe(CADENCE, 'How often colleagues hear.'),
    public: maybe(CADENCE, 'How often the public hears.'),
    by: or(list(ref('role')), [], 'Who sees to it.'),
    to: or(list(ref('role')), [], 'Who hears inside.'),
    names_next: or(flag, true, 'Whether every update names the time of the next.'),
  }),
);

export const updates: Block = {
  kind: 'updates',
  help: 'How often colleagues and the public hear, at each level.',
  idOf: null,
  required: false,
  data: UPDATES.data,
  into: (playbook, reading, node) => {
    playbook.updates = UPDATES.read(reading, node).map(({ at, ...so }): LevelUpdates => {
      if (so.internal === null && so.public === null)
        reading.faults.add(at, 'No time stands here.', '`internal: 2h`, `public: 1h`, or both');
      const clause = reading.rule(at, (plan) => {
        const inside = so.internal && `colleagues hear ${sayCadence(so.internal)}`;
        const outside = so.public && `the public hears ${sayCadence(so.public)}`;
        const by = so.by.length === 0 ? '' : ` ${sayRoles(plan, so.by)} sees to it.`;
        const next = so.namesNext ? ' Every update names the time of the next.' : '';
        return `At level ${so.level} ${sayList(
          [inside, outside].filter((each) => each !== null),
          'and',
        )}.${by}${next}`;
      });
      return { ...so, clause };
    });
  },
};

type Criterion = StandDown['criteria'][number];

/** Keys that stand beside guards of stages alone. */
const DOOR_ONLY = ['strength', 'to', 'both_ways'];

/** A guard about the room, with `held_for` beside it where it has a time of its own. */
const CRITERION: Shape<Criterion | null> = {
  data: { is: 'guards', about: 'room' },
  read: (reading, node) => {
    const [rest, held] = withoutHeldFor(node);
    for (const { key, at } of rest.is === 'map' ? rest.entries : [])
      if (DOOR_ONLY.includes(key))
        reading.faults.add(at, `\`${key}\` belongs to a door; a criterion holds or does not.`, '`says` or `held_for`');
    const heldFor = held === null ? null : perLevel(duration).read(reading, held);
    const guard = readRoomGuard(reading, rest, reading.heading);
    return guard === null ? null : { guard, heldFor };
  },
  standIn: () => null,
};

const STAND_DOWN = keys({
  criteria: needs(
    list(CRITERION, 20),
    'Guards about the room that must hold; `held_for` beside one gives it a time of its own.',
  ),
  held_for: or(perLevel(duration), everywhere(3_600), 'How long all of them must hold without a break; per level.'),
  decided_by: needs(list(ref('role')), 'Who decides then.'),
});

export const standDown: Block = {
  kind: 'stand-down',
  help: 'What must hold, and for how long, before the room stands down.',
  idOf: null,
  required: false,
  data: STAND_DOWN.data,
  into: (playbook, reading, node) => {
    const { values, clause } = readRuled(reading, node, STAND_DOWN, {
      held_for: (so) => `All of this holds without a break for ${sayPerLevel(so.heldFor, sayDuration)}.`,
      decided_by: (so, plan) => `${sayRoles(plan, so.decidedBy)} decides then.`,
    });
    const criteria = values.criteria.filter((each) => each !== null);
    if (values.criteria.length === 0)
      reading.faults.add(node.at, 'No criterion stands here.', '`criteria:` with at least one guard about the room');
    playbook.standDown = {
      criteria,
      heldFor: values.heldFor,
      decidedBy: values.decidedBy,
      clause: criteria[0]?.guard.clause ?? clause,
    };
  },
};

function withoutHeldFor(node: Located): [Located, Located | null] {
  if (node.is !== 'map') return [node, null];
  const held = node.entries.find((entry) => entry.key === 'held_for');
  return [{ ...node, entries: node.entries.filter((entry) => entry !== held) }, held?.value ?? null];
}

function sayCadence({ every, for: first, afterwards }: Cadence): string {
  const often = (seconds: number): string => `every ${sayDuration(seconds).replace(/^1 (?=\w+$)/, '')}`;
  if (first === null || afterwards === null) return often(every);
  return `${often(every)} for the first ${sayDuration(first)}, then ${often(afterwards)}`;
}

const plain = (name: string): string => name.replaceAll('_', ' ');
