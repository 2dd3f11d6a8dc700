// Reads what is shown, practised and measured: the blocks `wall`, `rehearsal` and `measures`.
import type { PlanMeasure } from '@rejoinder/contracts/playbooks';
import { sayDuration } from '../durations.ts';
import { sayList, sayRoles } from '../levels.ts';
import type { Located } from '../located.ts';
import { sayPerLevel } from '../say.ts';
import { everywhere, keys, list, named, perLevel } from '../shapes/joined.ts';
import { maybe, needs, or, type Shape } from '../shapes/shape.ts';
import { amount, choice, count, duration, flag, ref, share } from '../shapes/single.ts';
import type { Block } from './block.ts';
import { readRuled } from './ruled.ts';

const SHOWN = [
  'level',
  'oldest_unanswered',
  'breaches',
  'cards_by_stage',
  'awaited_signatures',
  'next_update',
  'last_statement',
  'volume',
] as const;

const WALL = keys({
  shows: or(list(choice(SHOWN)), [...SHOWN], 'What is shown; never a name, a private text or personal data.'),
  old_after: or(duration, 10, 'After how long without news the wall says how old it is.'),
  stale_after: or(duration, 30, 'After how long it is unmistakable from across the room.'),
  link_lifetime: maybe(duration, 'How long a link to the wall is good.'),
});

export const wall: Block = {
  kind: 'wall',
  help: 'What the executives’ display shows.',
  idOf: null,
  required: false,
  data: WALL.data,
  into: (playbook, reading, node, { at }) => {
    const { values, clause } = readRuled(reading, node, WALL, {
      shows: (so) => `The wall shows ${sayList(so.shows.map(plain), 'and')}, and nobody’s name or words.`,
      old_after: (so) => `After ${sayDuration(so.oldAfter)} without news it says how old it is.`,
      stale_after: (so) => `After ${sayDuration(so.staleAfter)} without news nobody can overlook it.`,
      link_lifetime: (so) => `A link to the wall is good for ${sayDuration(so.linkLifetime ?? 0)}.`,
    });
    if (values.staleAfter < values.oldAfter)
      reading.faults.add(at, 'The wall would be stale before it is old.', '`stale_after` no shorter than `old_after`');
    playbook.wall = { ...values, clause };
  },
};

/** The figures there are, and what each is counted in. */
export const MEASURES = {
  share_answered: 'share',
  share_in_time: 'share',
  median_reply: 'duration',
  p90_reply: 'duration',
  breaches: 'count',
  loops_closed: 'share',
  remedies_delivered: 'share',
  satisfied: 'share',
  repeat_posts: 'count',
  acknowledged: 'duration',
} as const;
const NAMES = Object.keys(MEASURES) as (keyof typeof MEASURES)[];

const SAID = {
  share_answered: 'the share of people answered',
  share_in_time: 'the share answered in time',
  median_reply: 'the median time to the public reply',
  p90_reply: 'the time in which nine of ten have their public reply',
  breaches: 'promised times that ran out',
  loops_closed: 'the share of loops closed',
  remedies_delivered: 'the share of promises kept',
  satisfied: 'the share of people who say that it is right now',
  repeat_posts: 'people who had to write again',
  acknowledged: 'the time until somebody has the card',
} as const;

const REHEARSAL = keys({
  every: needs(duration, 'How often it is held.'),
  taken_by: or(list(ref('role')), [], 'Who takes part.'),
  lasts: maybe(duration, 'How long it lasts.'),
  pace: or(perLevel(count(10_000)), everywhere(10), 'How many posts a minute; per level.'),
  passed_when: or(list(choice(NAMES)), [], 'It is passed when these measures reach their targets.'),
});

export const rehearsal: Block = {
  kind: 'rehearsal',
  help: 'How often a storm is practised, by whom, and when it is passed.',
  idOf: null,
  required: false,
  data: REHEARSAL.data,
  into: (playbook, reading, node) => {
    const { values, clause } = readRuled(reading, node, REHEARSAL, {
      every: (so) => `A rehearsal is held every ${sayDuration(so.every)}; nothing in it is published.`,
      taken_by: (so, plan) => `${sayRoles(plan, so.takenBy, 'and')} take part.`,
      lasts: (so) => `It lasts ${sayDuration(so.lasts ?? 0)}.`,
      pace: (so) => `It tells ${sayPerLevel(so.pace, (each) => `${each} posts a minute`)}.`,
      passed_when: (so) =>
        `It is passed when the targets are reached for ${sayList(
          so.passedWhen.map((each) => SAID[each]),
          'and',
        )}.`,
    });
    playbook.rehearsal = { ...values, clause };
  },
};

/** A target in the unit of its measure is read as what it looks like: `95%`, `1h` or a number. */
const TARGET: Shape<number> = {
  data: { is: 'either', of: [share.data, duration.data, amount.data] },
  read: (reading, node) => unitOf(node).read(reading, node),
  standIn: () => 0,
};

function unitOf(node: Located): Shape<number> {
  const raw = node.is === 'scalar' ? node.raw.trim() : '';
  return raw.endsWith('%') ? share : /^\d+[dhms]/.test(raw) ? duration : amount;
}

const MEASURE = keys({
  target: maybe(perLevel(TARGET), 'What we hold ourselves to: a share `95%`, a duration or a number; per level.'),
  public: or(flag, false, '`true`: it stands in the public report.'),
});
const FIGURES = named(MEASURE, { names: NAMES });

export const measures: Block = {
  kind: 'measures',
  help: 'The figures of the report, and what we hold ourselves to.',
  idOf: null,
  required: false,
  data: FIGURES.data,
  into: (playbook, reading, node) => {
    playbook.measures = FIGURES.read(reading, node).flatMap(({ id, at, value }): PlanMeasure[] => {
      const measure = NAMES.find((each) => each === id);
      if (measure === undefined) return [];
      const target = value.target && sayPerLevel(value.target, (each) => sayFigure(measure, each));
      const clause = reading.rule(
        at,
        () =>
          `We measure ${SAID[measure]}${target === null ? '' : `, and hold ourselves to ${target}`}${value.public ? ', in public' : ''}.`,
      );
      return [{ id, ...value, clause }];
    });
  },
};

function sayFigure(measure: keyof typeof MEASURES, figure: number): string {
  const unit = MEASURES[measure];
  if (unit === 'share') return `${Math.round(figure * 100)} %`;
  return unit === 'duration' ? sayDuration(figure) : `at most ${figure}`;
}

const plain = (name: string): string => name.replaceAll('_', ' ');
