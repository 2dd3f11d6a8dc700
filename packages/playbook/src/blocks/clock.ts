// Reads by when: the block `clock ID`.
import type { PlanClock } from '@rejoinder/contracts/playbooks';
import { sayDuration } from '../durations.ts';
import { sayList } from '../levels.ts';
import { sayPerLevel } from '../say.ts';
import { keys, list, perLevel, turned } from '../shapes/joined.ts';
import { maybe, needs, or } from '../shapes/shape.ts';
import { choice, count, duration, ref, share, words } from '../shapes/single.ts';
import type { Block } from './block.ts';
import { readRuled } from './ruled.ts';

const STARTS = {
  mention_posted: 'the person posted',
  card_opened: 'the card opened',
  stage_entered: 'the card entered the stage',
  level_raised: 'the level was raised',
  update_posted: 'the last update went out',
};
const STOPS = {
  public_reply_published: 'a reply stands in public',
  follow_up_recorded: 'we came back in public, or the person declined',
  card_closed: 'the card is closed',
  stage_left: 'the card leaves the stage',
  holding_posted: 'a holding text stands in public',
  update_posted: 'the next update is out',
};
const PAUSES = { waiting_for_author: 'we wait for the person', stood_down: 'the room has stood down' };
const IGNORED = {
  internal_note: 'a note among ourselves',
  like: 'a like',
  private_message: 'a private message',
  holding_text: 'a holding text',
  draft_edited: 'an edit of the draft',
  signed: 'a signature',
};
type Names<T> = readonly (keyof T & string)[];
const namesOf = <T extends object>(of: T): Names<T> => Object.keys(of) as unknown as Names<T>;

const WARNINGS = turned(list(share), (shares, reading, at) => {
  const isRising = shares.every((each, i) => each < 1 && (i === 0 || each > (shares[i - 1] ?? 0)));
  if (!isRising || shares.length > 4)
    reading.faults.add(at, 'The warning points do not rise.', 'at most four rising shares below 100%, `[50%, 80%]`');
  return shares;
});

const CLOCK = keys({
  name: maybe(words, 'The promise as people call it.'),
  starts: needs(choice(namesOf(STARTS)), 'What starts it.'),
  stops: needs(choice(namesOf(STOPS)), 'What stops it; nothing else does.'),
  pauses: or(list(choice(namesOf(PAUSES))), [], 'While this holds, time does not run.'),
  never_stopped_by: or(list(choice(namesOf(IGNORED))), [], 'What people may take for a stop and is none.'),
  calendar: or(ref('calendar'), 'always', 'The hours in which it runs; day and night where left out.'),
  from_level: or(count(9), 1, 'The lowest level at which it runs.'),
  target: needs(perLevel(duration), 'How long from start to due; per level.'),
  warn_at: or(WARNINGS, [0.5, 0.8], 'Warning points as rising shares of the target.'),
  on_warning: maybe(ref('ladder'), 'The ladder that starts at the last warning.'),
  on_breach: maybe(ref('ladder'), 'The ladder that starts when time has run out.'),
});

export const clock: Block = {
  kind: 'clock',
  help: 'A promised time: what starts and stops it, how long it is, and who is asked when it runs out.',
  idOf: 'clock',
  required: true,
  data: CLOCK.data,
  into: (playbook, reading, node, { id, at }) => {
    const { values, clauseOf } = readRuled(reading, node, CLOCK, {
      starts: (so) => `The clock starts when ${STARTS[so.starts]}.`,
      stops: (so) => `It stops when ${STOPS[so.stops]}.`,
      pauses: (so) => `It stands still while ${sayList(so.pauses.map((each) => PAUSES[each]))}.`,
      never_stopped_by: (so) => `It is never stopped by ${sayList(so.neverStoppedBy.map((each) => IGNORED[each]))}.`,
      calendar: (so) =>
        so.calendar === 'always' ? 'It runs day and night.' : `It runs in the hours of ${so.calendar}.`,
      from_level: (so) => `It runs from level ${so.fromLevel} on.`,
      target: (so) =>
        `${so.name ?? id}: ${sayPerLevel(so.target, sayDuration)}${so.calendar === 'always' ? ', day and night' : ''}.`,
      warn_at: (so) =>
        `It warns after ${sayList(
          so.warnAt.map((each) => `${Math.round(each * 100)} %`),
          'and',
        )} of the time.`,
      on_warning: (so, plan) => `At the last warning starts ${ladderName(plan.ladders, so.onWarning)}.`,
      on_breach: (so, plan) => `When time has run out starts ${ladderName(plan.ladders, so.onBreach)}.`,
    });
    if (!reading.levels.includes(values.fromLevel))
      reading.faults.add(at, `There is no level ${values.fromLevel}.`, `one of ${reading.levels.join(', ')}`);
    const made: PlanClock = { id, ...values, name: values.name ?? id, clause: clauseOf('target') };
    playbook.clocks.push(made);
  },
};

export function ladderName(ladders: readonly { id: string; name: string }[], id: string | null): string {
  return `the ladder “${ladders.find((each) => each.id === id)?.name ?? id ?? ''}”`;
}
