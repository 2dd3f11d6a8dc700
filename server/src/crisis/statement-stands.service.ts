// A statement stands in public: recorded by the person who posted it, or confirmed by the platform. What follows is the same.
import type { Actor } from '@rejoinder/contracts/people';
import type { RoomView } from '@rejoinder/contracts/rooms';
import type { StatementLine, StatementView } from '@rejoinder/contracts/statements';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { setPromises } from '../escalation/room-promises.service.ts';
import { Problem } from '../http/problems.ts';
import { promisesOf } from '../rooms/rooms.repository.ts';
import { readUrl, requireAbility } from '../rooms/rooms.service.ts';
import { insertUpdate } from './crisis.repository.ts';
import { noteCriteria } from './criteria.service.ts';
import { crisisContext, endLadders, type Locked, personOf, viewNow } from './standing.service.ts';
import { changeStatement, type OnStatement } from './statement-change.service.ts';
import { refusePosted, refuseUnfit } from './statement-may-go.ts';
import { lineOf } from './statement-view.ts';
import { updateStatement } from './statements.repository.ts';
import { asRow as asUpdateRow, checkNext, keepUpdatePromise, saidLast } from './updates.service.ts';

/** A person posted exactly these words and says where; nothing unsigned is ever recorded as ours (CR-16). */
export function postStatement(
  deps: Deps,
  actor: Actor,
  on: OnStatement,
  { url: address, nextAt }: { url: string; nextAt: string | null },
): Promise<StatementLine & { room: RoomView }> {
  return changeStatement(deps, actor, on, ['posted', address, nextAt], async (change, locked, statement, at) => {
    requireAbility(locked, actor, 'publish');
    if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can say that they posted it.');
    const url = readUrl(address);
    refusePosted(locked, statement);
    refuseUnfit(locked, statement, at);
    await checkNext(change, locked, 'public', nextAt);
    const after = await standsInPublic(deps, change, locked, statement, { by: personOf(actor), url }, nextAt);
    const room = await viewNow(change.tx, on.roomId);
    change.log({ type: 'statement.posted', data: { room, statement: after } });
    return { room, ...lineOf(locked.playbook, after, at) };
  });
}

/**
 * The first time it stands: the promise of an update is kept, clocks that wait for it stop, the wall shows it, and criteria of the
 * stand-down are looked at, all in the caller's transaction (CR-26).
 */
export async function standsInPublic(
  deps: Deps,
  change: Change,
  locked: Locked,
  statement: StatementView,
  { by, url, accountId }: Omit<NonNullable<StatementView['posted']>, 'at'>,
  nextAt: string | null,
): Promise<StatementView> {
  const { tx, now } = change;
  const roomId = locked.room.room_id;
  await noteCriteria(tx, locked, now);
  const before = await promisesOf(tx, roomId);
  await stopClocks(change, locked, statement.kind);
  const next = await keepUpdatePromise(change, locked, 'public', nextAt);
  await endLadders(deps, change, roomId, before);
  const posted = { by, at: now, url, ...(accountId === undefined ? {} : { accountId }) };
  await updateStatement(tx, roomId, statement.id, { posted: JSON.stringify(posted) });
  const said = { text: statement.text, url, at: now };
  await insertUpdate(
    tx,
    asUpdateRow(roomId, {
      id: deps.newId('upd'),
      audience: 'public',
      statementId: statement.id,
      nextAt: next,
      by,
      ...said,
    }),
  );
  await saidLast(change, locked, { kind: statement.kind, ...said });
  await noteCriteria(tx, await crisisContext(tx, roomId), now);
  return { ...statement, posted };
}

/** A holding text in public stops the clocks that wait for one. */
async function stopClocks({ tx }: Change, { room, playbook }: Locked, kind: StatementView['kind']): Promise<void> {
  if (kind !== 'holding') return;
  const stopped = playbook.clocks.filter((clock) => clock.stops === 'holding_posted').map(({ id }) => `clock:${id}`);
  const running = await promisesOf(tx, room.room_id);
  await setPromises(
    tx,
    room.room_id,
    running.filter(({ id }) => !stopped.includes(id)),
  );
}
