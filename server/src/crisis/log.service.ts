// The crisis log: the decisive events of a room read from its log page by page, and the lines people add to it.

import type { ScribeEntry } from '@rejoinder/contracts/crisis';
import { LOG_PARTS, type LogPart } from '@rejoinder/contracts/crisis-log';
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { Actor } from '@rejoinder/contracts/people';
import { VOICE } from '@rejoinder/contracts/voice-numbers';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { requireAbility } from '../rooms/rooms.service.ts';
import { refuseUnclean } from './clean-words.ts';
import { decisiveEvents, scribeEntryIs } from './log.repository.ts';
import { changeCrisis, type OnRoom } from './standing.service.ts';

const PAGE = 100;

/** Newest first. `next` is the seq to go on from, null at the beginning of the log (CR-18). */
export async function crisisLog(
  deps: Deps,
  roomId: string,
  { before, only }: { before?: number | undefined; only?: LogPart | undefined },
): Promise<{ events: RoomEvent[]; next: number | null }> {
  const types = only === undefined ? Object.values(LOG_PARTS).flat() : LOG_PARTS[only];
  const events = await decisiveEvents(deps.db, roomId, types, before ?? Number.MAX_SAFE_INTEGER, PAGE + 1);
  const page = events.slice(0, PAGE);
  return { events: page, next: events.length > PAGE ? (page.at(-1)?.seq ?? null) : null };
}

/** A line of the scribe; what was wrong in an earlier one is put right by another, never edited (CR-19). */
export function noteCrisis(
  deps: Deps,
  actor: Actor,
  on: OnRoom,
  input: { text: string; happenedAt: string | null; corrects: string | null },
): Promise<{ entry: ScribeEntry }> {
  return changeCrisis(deps, actor, on, ['note', input], async ({ tx, now, log }, locked) => {
    requireAbility(locked, actor, 'triage');
    const text = input.text.trim();
    if (text === '') throw new Problem('not-valid', 'A line has words.', [{ path: '/text', says: 'empty' }]);
    refuseUnclean(locked.playbook, text, [VOICE.personalData]);
    const happenedAt = input.happenedAt === null ? now : new Date(input.happenedAt).toISOString();
    if (happenedAt > now) throw refuse('CR-19', 'Crisis log', 'The log tells what happened, not what will.');
    if (input.corrects !== null && !(await scribeEntryIs(tx, on.roomId, input.corrects)))
      throw refuse('CR-19', 'Crisis log', 'There is no such line to put right.', [
        { do: 'reload', says: 'Show the log' },
      ]);
    const entry: ScribeEntry = { id: deps.newId('note'), text, happenedAt, corrects: input.corrects };
    log({ type: 'crisis.noted', data: { entry } });
    return { entry };
  });
}
