// The decisive events of a room as plain sentences, for its crisis log.
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { StatementView } from '@rejoinder/contracts/statements';
import { withReadableInstants, writeTime } from './format.ts';
import { WORDS_CRISIS } from './words-crisis.ts';
import { WORDS_STATEMENT } from './words-statement.ts';

export const WORDS_CRISIS_LOG = {
  says: 'What was decided, said and missed, newest first. Nothing in it is edited; a wrong line is put right by another.',
  only: 'Show',
  parts: { all: 'Everything', decisions: 'Decisions', words: 'Words', late: 'Late', notes: 'Notes' },
  older: 'Show older ones',
  none: 'Nothing yet.',
  write: 'Write a line',
  text: 'What happened',
  when: 'When (now, where left empty)',
  do: 'Write it down',
  done: 'It is in the log.',
  missing: 'Write what happened.',
  correct: 'Put right',
  correcting: (text: string) => `Puts right: “${text}”`,
  cancel: 'Write a new line instead',
  corrected: 'put right below by a later line',
  print: 'Print',
  happened: (at: string) => `happened ${at}`,
} as const;

/** What happened, without who did it and when: those stand beside it. Null for what this page does not tell. */
export function tellEvent(event: RoomEvent, zone: string | undefined): string | null {
  const reason = (why: string): string => (why.trim() === '' ? '' : ` “${why}”`);
  const w = WORDS_STATEMENT;
  switch (event.type) {
    case 'room.opened':
      return 'The room was opened.';
    case 'room.levelChanged':
      return `Level ${event.data.from} → ${event.data.room.level}.${reason(event.data.reason)}`;
    case 'room.levelAsked':
      return `Agreed to lower the level to ${event.data.room.levelAsk?.to ?? 1}; it takes more people.`;
    case 'playbook.adopted':
      return `The plan runs in version ${event.data.room.playbook.version}.${reason(event.data.reason)}`;
    case 'crisis.declared':
      return `A crisis was declared; ${event.data.room.crisis.commander?.name ?? 'nobody'} commands.${reason(event.data.reason)}`;
    case 'crisis.stepped':
      return `${WORDS_CRISIS.states[event.data.from]} → ${WORDS_CRISIS.states[event.data.room.crisis.state]}.${reason(event.data.reason)}`;
    case 'crisis.freezeConfirmed':
      return 'Confirmed that what must stop has stopped.';
    case 'crisis.frozen':
      return `Held: ${event.data.item.name}.`;
    case 'crisis.released':
      return `Released: ${event.data.item.name}.${reason(event.data.item.released?.reason ?? '')}`;
    case 'crisis.retrospectiveSet':
      return withReadableInstants(`The retrospective is on ${event.data.room.crisis.retrospectiveAt}.`, zone);
    case 'crisis.baselineSet':
      return `An ordinary day has ${event.data.room.crisis.baseline?.perHour} posts an hour.${reason(event.data.room.crisis.baseline?.reason ?? '')}`;
    case 'crisis.promiseWarned':
      return `${event.data.promise.name} comes near: due ${writeTime(event.data.promise.dueAt, zone)}.`;
    case 'crisis.promiseMissed':
      return `${event.data.promise.name} was due at ${writeTime(event.data.promise.dueAt, zone)} and did not come.`;
    case 'crisis.updatePosted':
      return `${event.data.update.audience === 'public' ? 'Update to the public' : 'Update to colleagues'}: “${event.data.update.text}”`;
    case 'crisis.noted':
      return event.data.entry.text;
    case 'statement.prepared':
      return `${w.kinds[event.data.statement.kind]} prepared${event.data.statement.changed ? ' in other words' : ''}: “${event.data.statement.text}”`;
    case 'statement.signed':
      return `${w.kinds[event.data.statement.kind]} signed.`;
    case 'statement.glassAsked':
      return `Asked to let a statement out over missing signatures.${reason(event.data.statement.glass?.reason ?? '')}`;
    case 'statement.glassBroken':
      return `Two people let a statement out over missing signatures.${reason(event.data.statement.glass?.reason ?? '')}`;
    case 'statement.glassReviewed':
      return `A statement let out over missing signatures was reviewed.${reason(event.data.statement.glass?.reviewed?.note ?? '')}`;
    case 'statement.queued':
      return `${w.kinds[event.data.statement.kind]} queued for posting.`;
    case 'statement.posted':
      return `${w.kinds[event.data.statement.kind]} stands in public${whereOf(event.data.statement)}: “${event.data.statement.text}”`;
    case 'statement.rejected':
    case 'statement.unknown':
      return `${w.kinds[event.data.statement.kind]}: ${saysOf(event.data)}`;
    case 'statement.cancelled':
      return `${w.kinds[event.data.statement.kind]} taken back before it left.${reason(event.data.reason)}`;
    case 'statement.settled':
      return `${w.kinds[event.data.statement.kind]} settled: ${event.data.outcome === 'published' ? 'it was posted' : 'it was not posted'}.${reason(event.data.note)}`;
    case 'break-glass.asked':
      return `Asked for break-glass on a card.${reason(event.data.glass.reason)}`;
    case 'break-glass.used':
      return `Two people broke the glass on a card.${reason(event.data.glass.reason)}`;
    case 'break-glass.reviewed':
      return `A broken glass was reviewed.${reason(event.data.glass.reviewed?.note ?? '')}`;
    case 'clock.breached':
      return `A promised time of a card ran out: due ${writeTime(event.data.clock.promisedUntil, zone)}.`;
    default:
      return null;
  }
}

const whereOf = ({ posted, postings = [] }: StatementView): string => {
  const urls = [posted?.url, ...postings.map(({ url }) => url)].filter((url) => url !== null && url !== undefined);
  return urls.length === 0 ? '' : ` (${[...new Set(urls)].join(', ')})`;
};

const saysOf = ({ statement, accountId }: { statement: StatementView; accountId: string }): string =>
  statement.postings?.find((each) => each.accountId === accountId)?.says ?? '';
