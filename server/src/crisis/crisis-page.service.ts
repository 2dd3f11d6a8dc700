// What the page of the crisis shows beside the room itself, and the two facts people set there: the retrospective and the ordinary day.
import type { ReplyOf } from '@rejoinder/contracts/calls';
import type { UpdateView } from '@rejoinder/contracts/crisis';
import type { Actor } from '@rejoinder/contracts/people';
import type { RoomView } from '@rejoinder/contracts/rooms';
import { sayDuration } from '@rejoinder/playbook/durations';
import { sayRoles } from '@rejoinder/playbook/levels';
import { whoDecides } from '@rejoinder/playbook/room-state';
import type { Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { refuse } from '../http/problems.ts';
import { crisisOf, updateRoom } from '../rooms/rooms.repository.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import { frozenOf, newestUpdates } from './crisis.repository.ts';
import { noteCriteria, readCriteria } from './criteria.service.ts';
import { asFrozenItem } from './freeze.service.ts';
import { volumeOf } from './room-facts.service.ts';
import { changeCrisis, crisisContext, type Locked, type OnRoom, personOf, viewNow } from './standing.service.ts';

const UPDATES_SHOWN = 50;

export async function crisisPage(deps: Deps, roomId: string): Promise<ReplyOf<'crisis'>> {
  const context = await roomContext(deps.db, roomId);
  const now = deps.now();
  return {
    criteria: await readCriteria(deps.db, context, now),
    volume: await volumeOf(deps.db, context, now),
    updates: (await newestUpdates(deps.db, roomId, UPDATES_SHOWN)).map(asUpdate),
    freeze: crisisOf(context.room).freeze,
    frozen: (await frozenOf(deps.db, roomId)).map(asFrozenItem),
  };
}

/** The date of the retrospective: not further off than the plan says, by those who decide or lead it (CR-8). */
export function setRetrospective(deps: Deps, actor: Actor, on: OnRoom, at: string): Promise<RoomView> {
  return changeCrisis(deps, actor, on, ['retrospective', at], async ({ tx, now, log }, locked) => {
    const { playbook, room, crisis } = locked;
    const plan = playbook.retrospective;
    const clause = plan?.clause ?? 'Retrospective';
    refuseOthers(locked, actor, plan?.ledBy ? [plan.ledBy] : [], 'CR-8', clause);
    const instant = new Date(at).toISOString();
    if (instant <= now) throw refuse('CR-8', clause, 'The retrospective lies ahead, not behind.');
    const latest = plan && new Date(Date.parse(now) + plan.within * 1000).toISOString();
    if (plan && latest && instant > latest)
      throw refuse('CR-8', clause, `The plan wants it within ${sayDuration(plan.within)}: by ${latest}.`);
    await updateRoom(tx, room.room_id, { crisis: JSON.stringify({ ...crisis, retrospectiveAt: instant }) });
    await noteCriteria(tx, await crisisContext(tx, on.roomId), now);
    const view = await viewNow(tx, on.roomId);
    log({ type: 'crisis.retrospectiveSet', data: { room: view } });
    return view;
  });
}

/** Says what an ordinary day is, where the room has not listened long enough to measure one; with a reason, for everybody to see (CR-9). */
export function setBaseline(
  deps: Deps,
  actor: Actor,
  on: OnRoom,
  { perHour, reason }: { perHour: number; reason: string },
): Promise<RoomView> {
  return changeCrisis(deps, actor, on, ['baseline', perHour, reason], async ({ tx, now, log }, locked) => {
    const { playbook, room, crisis } = locked;
    const clause = playbook.standDown?.clause ?? 'Stand-down';
    refuseOthers(locked, actor, [], 'CR-9', clause);
    if (reason.trim() === '')
      throw refuse('CR-9', clause, 'Say how you know what an ordinary day is.', [
        { do: 'give-reason', says: 'Say why' },
      ]);
    const baseline = { perHour, reason: reason.trim(), at: now, by: personOf(actor) };
    await updateRoom(tx, room.room_id, { crisis: JSON.stringify({ ...crisis, baseline }) });
    await noteCriteria(tx, await crisisContext(tx, on.roomId), now);
    const view = await viewNow(tx, on.roomId);
    log({ type: 'crisis.baselineSet', data: { room: view } });
    return view;
  });
}

function refuseOthers({ playbook, crisis }: Locked, actor: Actor, also: string[], rule: string, clause: string): void {
  const who = [...new Set([...whoDecides(playbook), ...also])];
  const commands = crisis.commander?.userId === actor.id;
  if (actor.kind === 'person' && (commands || actor.roles.some((role) => who.includes(role)))) return;
  throw refuse(rule, clause, `That is for ${sayRoles(playbook, who)}, or for whoever commands.`, [], who);
}

const asUpdate = (row: Row<'crisis_updates'>): UpdateView => ({
  id: row.update_id,
  audience: row.audience,
  text: row.text,
  url: row.url,
  statementId: row.statement_id,
  nextAt: row.next_at,
  at: row.at,
  by: { userId: row.by_id, name: row.by_name },
});
