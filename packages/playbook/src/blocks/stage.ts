// Reads one column of the board: the block `stage ID`.
import type { Stage, StageLimit } from '@rejoinder/contracts/playbooks';
import { sayDuration } from '../durations.ts';
import { choiceIn, countIn, flagIn, keysOf, listIn, perLevelIn, secondsIn, strengthIn, wordsIn } from '../expect.ts';
import type { Place } from '../faults.ts';
import { sayList, sayRoles, stageOf } from '../levels.ts';
import type { Located } from '../located.ts';
import { readGuards } from '../read-guard.ts';
import type { Reading } from '../reading.ts';
import { sayPerLevel } from '../say.ts';

const KEYS = [
  'worked_by',
  'text',
  'limit',
  'enter',
  'leave',
  'next',
  'clocks',
  'on_wall',
  'time_limit',
  'checklist',
  'final',
  'says',
];
const TEXTS = ['editable', 'edits-void-sign-offs', 'frozen', 'none'] as const;

type Head = { id: string; title: string; purpose: string; at: Place };

/** Rules are numbered in the order in which they stand in the block. */
export function readStage(reading: Reading, node: Located, head: Head): Stage {
  reading.declare('stage', head.id, head.at);
  const keys = keysOf(reading, node, KEYS, ['worked_by', 'text']);
  const stage: Stage = {
    id: head.id,
    title: head.title,
    purpose: plain(head.purpose),
    sentence: '',
    clause: '',
    workedBy: [],
    text: 'none',
    limit: null,
    enter: [],
    leave: [],
    next: 'all',
    clocks: [],
    onWall: true,
    timeLimit: null,
    checklist: [],
    final: false,
  };
  if (head.title === '')
    reading.faults.add(head.at, 'This stage has no heading above it.', 'a heading; it becomes the name of the column');
  for (const [key, value] of keys) readKey(reading, stage, key, value, head.title);
  stage.clause = stage.clause || `${head.title} §1`;
  return stage;
}

function readKey(reading: Reading, stage: Stage, key: string, value: Located, heading: string): void {
  const rule = (say: Parameters<Reading['clause']>[2]) => {
    const clause = reading.clause(heading, value.at.line, say);
    stage.clause = stage.clause || clause;
    return clause;
  };
  const refs = (kind: 'role' | 'stage' | 'clock') => {
    const list = listIn(reading, value);
    for (const each of list) reading.refer(kind, each.text, each.at);
    return list.map((each) => each.text);
  };
  if (key === 'worked_by') {
    stage.workedBy = refs('role');
    if (stage.workedBy.length === 0) reading.faults.add(value.at, 'Nobody works this stage.', 'at least one role');
    rule((playbook) => `${sayRoles(playbook, stage.workedBy)} may work here.`);
  } else if (key === 'text') {
    stage.text = choiceIn(reading, value, TEXTS, 'none');
    rule(() => sayText(stage.text));
  } else if (key === 'limit') {
    stage.limit = readLimit(reading, value, rule);
  } else if (key === 'enter') {
    stage.enter = readGuards(reading, value, heading, false);
  } else if (key === 'leave') {
    stage.leave = readGuards(reading, value, heading, true);
  } else if (key === 'next') {
    const isAll = value.is === 'scalar' && value.raw === 'all';
    stage.next = isAll ? 'all' : refs('stage');
    rule((playbook) => sayNext(stage, (id) => stageOf(playbook, id)?.title ?? id));
  } else if (key === 'clocks') {
    stage.clocks = refs('clock');
    rule(
      (playbook) =>
        `Here runs ${sayList(
          stage.clocks.map((id) => playbook.clocks.find((clock) => clock.id === id)?.name ?? id),
          'and',
        )}.`,
    );
  } else if (key === 'on_wall') {
    stage.onWall = flagIn(reading, value, true);
    rule(() => (stage.onWall ? 'The wall shows this stage.' : 'The wall does not show this stage.'));
  } else if (key === 'time_limit') {
    const limit = perLevelIn(reading, value, (each) => secondsIn(reading, each, 1));
    stage.timeLimit = limit;
    rule(() => `A card should stay here for at most ${sayPerLevel(limit, sayDuration)}.`);
  } else if (key === 'checklist') {
    stage.checklist = listIn(reading, value).map((each) => each.text);
    rule(() => `To be looked at here: ${sayList(stage.checklist, 'and')}.`);
  } else if (key === 'says') {
    // Its own words for the head of the column; the rules themselves are said one by one.
    stage.sentence = wordsIn(reading, value, '');
  } else if (key === 'final') {
    stage.final = flagIn(reading, value, false);
    rule(() => (stage.final ? 'Cards here are closed.' : 'Cards here are open.'));
  }
}

function readLimit(reading: Reading, node: Located, rule: (say: () => string) => string): StageLimit {
  const keys = keysOf(reading, node, ['cards', 'per_person', 'strength'], []);
  const cards = keys.has('cards') ? countIn(reading, keys.get('cards'), 1) : null;
  const perPerson = keys.has('per_person') ? countIn(reading, keys.get('per_person'), 1) : null;
  if (cards === null && perPerson === null)
    reading.faults.add(node.at, 'This limit says no number.', '`cards: 12` or `per_person: 5`');
  const strength = strengthIn(reading, keys.get('strength'));
  const said = [cards === null ? '' : `${cards} cards`, perPerson === null ? '' : `${perPerson} of one person`].filter(
    (each) => each !== '',
  );
  const clause = rule(
    () => `At most ${sayList(said, 'and')} stand here${strength === 'block' ? '' : '; more only with a reason'}.`,
  );
  return { cards, perPerson, strength, clause };
}

function sayText(text: Stage['text']): string {
  const words = {
    editable: 'The reply is written here.',
    'edits-void-sign-offs': 'The reply may still be changed here; every change voids the signatures on it.',
    frozen: 'The reply cannot be changed here.',
    none: 'No reply is written here.',
  };
  return words[text];
}

function sayNext(stage: Stage, title: (id: string) => string): string {
  if (stage.next === 'all') return 'A card may go on to any later stage.';
  return stage.next.length === 0 ? 'Nothing comes after this.' : `A card goes on to ${sayList(stage.next.map(title))}.`;
}

/** A paragraph without its marks of emphasis. */
function plain(text: string): string {
  return text.replace(/\[([^[\]]{0,300})\]\([^()\s]{0,500}\)/g, '$1').replace(/[*`]/g, '');
}
