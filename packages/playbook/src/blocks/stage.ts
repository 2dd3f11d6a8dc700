// Reads one column of the board: the block `stage ID`.
import type { Stage } from '@rejoinder/contracts/playbooks';
import { sayDuration } from '../durations.ts';
import { sayList, sayRoles, stageOf } from '../levels.ts';
import { readGuards } from '../read-guard.ts';
import { sayPerLevel } from '../say.ts';
import { either, everywhere, keys, list, perLevel, turned } from '../shapes/joined.ts';
import { maybe, needs, or, type Shape } from '../shapes/shape.ts';
import { choice, count, duration, flag, ref, words } from '../shapes/single.ts';
import type { Block } from './block.ts';
import { ladderName } from './clock.ts';
import { readRuled } from './ruled.ts';

const TEXTS = ['editable', 'edits-void-sign-offs', 'frozen', 'none'] as const;

const guards = (isLeave: boolean): Shape<Stage['enter']> => ({
  data: { is: 'guards', about: 'card' },
  read: (reading, node) => readGuards(reading, node, reading.heading, isLeave),
  standIn: () => [],
});

const LIMIT = turned(
  keys({
    cards: maybe(perLevel(count()), 'How many cards stand here at most; per level.'),
    per_person: maybe(perLevel(count()), 'How many of one owner; per level.'),
    strength: or(choice(['block', 'warn', 'note']), 'block' as const, '`warn`: more, with a reason.'),
  }),
  (so, reading, at) => {
    if (so.cards === null && so.perPerson === null)
      reading.faults.add(at, 'This limit says no number.', '`cards: 12` or `per_person: 5`');
    return { ...so, clause: '' };
  },
);

const STAGE = keys({
  worked_by: needs(list(ref('role')), 'Roles that work here; only they move the cards that stand here.'),
  text: needs(choice(TEXTS, 'none'), 'What may be done to the reply here.'),
  enter: or(guards(false), [], 'What must hold on the way in.'),
  leave: or(guards(true), [], 'What must hold on the way out.'),
  next: or(
    either([choice(['all']), list(ref('stage'))], (node) => node.is === 'scalar' && node.raw === 'all'),
    'all' as const,
    'Stages a card may go on to; `all` later ones where left out, `[]` for none.',
  ),
  limit: maybe(LIMIT, 'How many cards there may be.'),
  time_limit: maybe(perLevel(duration), 'How long a card should stay at most; per level.'),
  ladder: maybe(ref('ladder'), 'The ladder that starts when a card stays longer.'),
  clocks: or(list(ref('clock')), [], 'Clocks that run here.'),
  checklist: or(perLevel(list(words)), everywhere<string[]>([]), 'What is to be ticked here; per level.'),
  on_wall: or(flag, true, '`false` keeps the stage off the wall.'),
  final: or(flag, false, '`true`: cards here are closed.'),
  reopens: maybe(
    keys({
      within: needs(duration, 'How long after it was closed.'),
      to: needs(ref('stage'), 'The stage it opens in.'),
    }),
    'When the author comes back: how long, and where the card opens again.',
  ),
  says: maybe(words, 'The column’s sentence in your own words.'),
});

export const stage: Block = {
  kind: 'stage',
  help: 'A column of the board: who works it, what must hold before a card leaves, and how long it may take.',
  idOf: 'stage',
  required: true,
  data: STAGE.data,
  // Rules are numbered in the order in which they stand in the block.
  into: (playbook, reading, node, head) => {
    const { at, title, id } = head;
    if (title === '')
      reading.faults.add(at, 'This stage has no heading above it.', 'a heading; it becomes the name of the column');
    const { values, clause, clauseOf } = readRuled(reading, node, STAGE, {
      worked_by: (so, plan) => `${sayRoles(plan, so.workedBy)} may work here.`,
      text: (so) => sayText(so.text),
      next: (so, plan) => sayNext(so.next, (to) => stageOf(plan, to)?.title ?? to),
      time_limit: ({ timeLimit }) =>
        `A card should stay here for at most ${sayPerLevel(timeLimit ?? {}, sayDuration)}.`,
      ladder: (so, plan) => `When a card stays longer starts ${ladderName(plan.ladders, so.ladder)}.`,
      clocks: (so, plan) =>
        `Here runs ${sayList(
          so.clocks.map((each) => plan.clocks.find((clock) => clock.id === each)?.name ?? each),
          'and',
        )}.`,
      checklist: (so) => `To be ticked here: ${sayPerLevel(so.checklist, (items) => sayList(items, 'and'))}.`,
      on_wall: (so) => (so.onWall ? 'The wall shows this stage.' : 'The wall does not show this stage.'),
      final: (so) => (so.final ? 'Cards here are closed.' : 'Cards here are open.'),
      reopens: ({ reopens }, plan) =>
        `A card whose author comes back within ${sayDuration(reopens?.within ?? 0)} opens again in ${stageOf(plan, reopens?.to ?? '')?.title ?? reopens?.to}.`,
      limit: (so) => sayLimit(so.limit),
    });
    if (values.workedBy.length === 0) reading.faults.add(node.at, 'Nobody works this stage.', 'at least one role');
    playbook.stages.push({
      id,
      title,
      purpose: plain(head.purpose),
      sentence: values.says ?? '',
      clause,
      workedBy: values.workedBy,
      text: values.text,
      limit: values.limit && { ...values.limit, clause: clauseOf('limit') },
      enter: values.enter,
      leave: values.leave,
      next: values.next,
      clocks: values.clocks,
      onWall: values.onWall,
      timeLimit: values.timeLimit,
      ladder: values.ladder,
      checklist: values.checklist,
      final: values.final,
      reopens: values.reopens,
    });
  },
};

function sayLimit(limit: Stage['limit']): string {
  const { cards, perPerson } = limit ?? { cards: null, perPerson: null };
  const said = [
    cards ? sayPerLevel(cards, (each) => `${each} ${each === 1 ? 'card' : 'cards'}`) : '',
    perPerson ? `${sayPerLevel(perPerson, String)} of one person` : '',
  ].filter((each) => each !== '');
  const more = limit?.strength === 'block' ? '' : '; more only with a reason';
  return `At most ${sayList(said, 'and')} stand here${more}.`;
}

function sayText(text: Stage['text']): string {
  const said = {
    editable: 'The reply is written here.',
    'edits-void-sign-offs': 'The reply may still be changed here; every change voids the signatures on it.',
    frozen: 'The reply cannot be changed here.',
    none: 'No reply is written here.',
  };
  return said[text];
}

function sayNext(next: Stage['next'], title: (id: string) => string): string {
  if (next === 'all') return 'A card may go on to any later stage.';
  return next.length === 0 ? 'Nothing comes after this.' : `A card goes on to ${sayList(next.map(title))}.`;
}

/** A paragraph without its marks of emphasis. */
function plain(text: string): string {
  return text.replace(/\[([^[\]]{0,300})\]\([^()\s]{0,500}\)/g, '$1').replace(/[*`]/g, '');
}
