// Reads how bad it can get: the block `levels`, with what raises each.
import type { Level, Trigger } from '@rejoinder/contracts/playbooks';
import { sayDuration } from '../durations.ts';
import { mapOf } from '../expect.ts';
import { sayList, sayRoles } from '../levels.ts';
import type { Located } from '../located.ts';
import { sayPattern } from '../say.ts';
import { either, isScalar, keys, list, turned } from '../shapes/joined.ts';
import { maybe, needs, or, type Shape } from '../shapes/shape.ts';
import { amount, count, duration, pattern, ref, words } from '../shapes/single.ts';
import type { Block } from './block.ts';

const MEASURED = ['volume_over_baseline', 'reach', 'repeat_posts', 'severity'] as const;

const TRIGGER: Shape<Trigger> = turned(
  keys({
    volume_over_baseline: maybe(amount, 'Posts come at so many times the usual rate.'),
    reach: maybe(count(2_000_000_000), 'One post reaches more than so many people.'),
    repeat_posts: maybe(count(1_000), 'The same person writes for the so-manieth time.'),
    severity: maybe(count(100), 'A post is as severe as this, of 100.'),
    words: maybe(list(pattern), 'One of these words or phrases stands in a post.'),
    within: maybe(duration, 'How long one looks back.'),
  }),
  (so, reading, at): Trigger => {
    const given = {
      volume_over_baseline: so.volumeOverBaseline,
      reach: so.reach,
      repeat_posts: so.repeatPosts,
      severity: so.severity,
    };
    const on = MEASURED.filter((each) => given[each] !== null);
    if (on.length + (so.words === null ? 0 : 1) !== 1)
      reading.faults.add(
        at,
        'Here should stand one thing that raises the level.',
        `one of ${[...MEASURED, 'words'].join(', ')}`,
      );
    const [first] = on;
    if (first === undefined) return { on: 'words', words: so.words ?? [] };
    return { on: first, at: given[first] ?? 0, within: so.within };
  },
);

const LEVEL = keys({
  name: needs(words, 'The level as people call it.'),
  raised_by: or(
    list(either([words, TRIGGER], isScalar)),
    [],
    'What should make people raise to it: words, or what the board can measure (`{ reach: 50000 }`).',
  ),
  may_raise: or(list(ref('role')), [], 'Roles that may raise to it.'),
  may_lower: or(list(ref('role')), [], 'Roles that may lower from it.'),
  lower_after: or(duration, 0, 'How long it stays before it may be lowered.'),
  lower_takes: or(count(9), 1, 'How many people it takes to lower it.'),
});

/** The level numbers a document declares; used before any block is read, because values are given per level. */
export function levelNumbers(node: Located | null): number[] {
  if (node?.is !== 'map') return [1];
  const numbers = node.entries
    .map((entry) => Number(entry.key))
    .filter((number) => Number.isInteger(number) && number >= 1 && number <= 9);
  return numbers.length === 0 ? [1] : [...new Set(numbers)].sort((a, b) => a - b);
}

export const levels: Block = {
  kind: 'levels',
  help: 'How bad it can get, what raises a level, and who may raise and lower it.',
  idOf: null,
  required: true,
  data: { is: 'by-level', of: LEVEL.data },
  into: (playbook, reading, node) => {
    for (const entry of mapOf(reading, node)?.entries ?? []) {
      const level = Number(entry.key);
      const next = playbook.levels.length + 1;
      if (level !== next || level > 9) {
        const wants = `level ${next}; levels count up from 1, at most to 9`;
        reading.faults.add(entry.at, `Level ${entry.key.slice(0, 20)} stands here.`, wants);
        continue;
      }
      const value = LEVEL.read(reading, entry.value);
      const raisedBy = value.raisedBy.map((each) => (typeof each === 'string' ? each : sayTrigger(each)));
      const triggers = value.raisedBy.filter((each) => typeof each !== 'string');
      const made: Level = { level, ...value, raisedBy, triggers, clause: '' };
      made.clause = reading.rule(entry.at, (plan) => sayLevel(made, (roles) => sayRoles(plan, roles)));
      playbook.levels.push(made);
    }
  },
};

function sayLevel(level: Level, roles: (ids: readonly string[]) => string): string {
  const when = level.raisedBy.length === 0 ? '' : ` when ${sayList(level.raisedBy)}`;
  const who = level.mayRaise.length === 0 ? '' : ` ${roles(level.mayRaise)} may raise to it.`;
  const two = level.lowerTakes > 1 ? `, and takes ${level.lowerTakes} people` : '';
  const by = level.mayLower.length === 0 ? '' : ` by ${roles(level.mayLower)}`;
  const down = level.lowerAfter === 0 ? '' : ` It may be lowered after ${sayDuration(level.lowerAfter)}${by}${two}.`;
  return `Level ${level.level}, ${level.name}${when}.${who}${down}`;
}

function sayTrigger(trigger: Trigger): string {
  if (trigger.on === 'words') return `a post says ${sayList(trigger.words.map(sayPattern))}`;
  const back = trigger.within === null ? '' : ` within ${sayDuration(trigger.within)}`;
  const said = {
    volume_over_baseline: `posts come at ${trigger.at} times the usual rate`,
    reach: `one post reaches more than ${trigger.at} people`,
    repeat_posts: `the same person writes ${trigger.at} times`,
    severity: `a post is as severe as ${trigger.at} of 100`,
  };
  return said[trigger.on] + back;
}
