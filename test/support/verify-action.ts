// Wraps a change in a test: the board before, folded with the events since, must equal a fresh snapshot (EV-2).
import { applyAll } from '@rejoinder/board/apply';
import { EVENTS, type RoomEvent } from '@rejoinder/contracts/events';
import { Check, Errors } from 'typebox/value';
import { expect } from 'vitest';
import { verifyLog } from '../../server/src/db/event-log.ts';
import type { World } from './world.ts';

/** Told by timers, which run beside every test: where its clock was moved, one may fire in the middle of anything. */
const BY_TIMERS = new Set<RoomEvent['type']>([
  'clock.warned',
  'clock.breached',
  'draft.deputyAsked',
  'room.unattended',
  'room.attended',
  'ladder.started',
  'ladder.asked',
  'ladder.skipped',
  'ladder.exhausted',
  'ladder.reopened',
  'ladder.ended',
  'crisis.promiseWarned',
  'crisis.promiseMissed',
]);

/** Runs the action, lets the flow settle, and proves fold, schemas, gapless seq and hash chain. Answers the result and what was told, timers left out. */
export async function verifyAction<T>(w: World, action: () => Promise<T>): Promise<{ result: T; events: RoomEvent[] }> {
  const { result, events } = await verifyWithTimers(w, action);
  return { result, events: events.filter((event) => !BY_TIMERS.has(event.type)) };
}

/** The same, with what timers told. */
export async function verifyWithTimers<T>(
  w: World,
  action: () => Promise<T>,
): Promise<{ result: T; events: RoomEvent[] }> {
  await w.settled();
  const before = await w.board();
  const result = await action();
  await w.settled();
  const after = await w.board();
  // A timer may log one more line while this is read; the snapshot says up to where it counts.
  const logged = await w.app.deps.events.read(w.room.id, before.seq, 100_000);
  const events = logged.filter((event) => event.seq <= after.seq);
  expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => before.seq + 1 + i));
  for (const event of events) {
    const { data } = EVENTS[event.type];
    if (!Check(data, event.data))
      throw new Error(
        `${event.type} holds what its schema does not allow: ${JSON.stringify(Errors(data, event.data).slice(0, 3))}`,
      );
  }
  const folded = applyAll(before, events);
  expect(folded.gap).toBe(false);
  expect(folded.state).toEqual(after);
  expect(await verifyLog(w.app.deps.db, w.room.id)).toMatchObject({ ok: true });
  return { result, events };
}
