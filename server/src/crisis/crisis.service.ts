// The crisis of a room, step by step: declared with its commander and type, worked on, stood down when its criteria held, reviewed.
import type { CrisisKept, CrisisStep } from '@rejoinder/contracts/crisis';
import type { Actor } from '@rejoinder/contracts/people';
import type { Refusal } from '@rejoinder/contracts/problems';
import type { RoomView } from '@rejoinder/contracts/rooms';
import { sayRoles } from '@rejoinder/playbook/levels';
import { isOver } from '@rejoinder/playbook/room-promises';
import { refuseStep, STEPS, whoDecides } from '@rejoinder/playbook/room-state';
import { lockOpenCards } from '../cards/cards.repository.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { type Reckoned, settleRoomClocks } from '../escalation/relevel.service.ts';
import { setPromises } from '../escalation/room-promises.service.ts';
import { Problem, Refused, refuse } from '../http/problems.ts';
import { findMember } from '../people/people.repository.ts';
import { crisisOf, findRoom, lockRoom } from '../rooms/rooms.repository.ts';
import { forgetCriteria, frozenOf } from './crisis.repository.ts';
import { noteCriteria } from './criteria.service.ts';
import { changeLevel, levelOf } from './level.service.ts';
import { crisisContext, type Locked, type OnRoom, personOf, viewNow, writeStanding } from './standing.service.ts';

type Declaring = { commanderId: string; kind: string | null; level: number; reason: string };

/** Declares a crisis, and raises the level in the same commit where it is higher (CR-1). */
export function declareCrisis(deps: Deps, actor: Actor, on: OnRoom, input: Declaring): Promise<RoomView> {
  const { roomId, operationId } = on;
  const request = JSON.stringify(['declare', input]);
  return deps.events.change({ roomId, actor, operationId, request }, async (change) => {
    const { tx, now, log } = change;
    // Cards before the room, as when the level is set.
    await lockOpenCards(tx, roomId);
    await lockRoom(tx, roomId);
    const locked = await crisisContext(tx, roomId);
    const { room, playbook, crisis } = locked;
    levelOf(playbook, input.level);
    if (input.level < room.level)
      throw refuse(
        'CR-1',
        clauseAt(locked, room.level),
        `The room is at level ${room.level} already; declaring cannot lower it.`,
      );
    const facts = { crisis, level: input.level, actor, reason: input.reason, now, lacks: [], held: 0 };
    refuseWith(refuseStep(playbook, facts, 'declare'));
    const commander = await commanderOf(change, locked, input.commanderId);
    const kind = kindOf(locked, input.kind);
    const raised = input.level > room.level;
    const reason = input.reason.trim();
    await forgetCriteria(tx, roomId);
    // A clock of the room that stood still belongs to the crisis before.
    if (isOver(crisis.state)) await setPromises(tx, roomId, []);
    if (raised) await changeLevel(deps, change, locked, input.level, reason);
    const risen = crisisOf((await findRoom(tx, roomId)) ?? room);
    const again = isOver(crisis.state);
    const declared: CrisisKept = {
      ...risen,
      state: 'declared',
      since: now,
      by: personOf(actor),
      why: reason,
      commander,
      kind,
      declaredAt: now,
      // A new crisis begins with its own freeze, its own words and its own retrospective.
      ...(again ? { freeze: null, retrospectiveAt: null, lastStatement: null, baseline: null } : {}),
    };
    await writeStanding(deps, change, locked, declared, { level: input.level, raised: again && !raised });
    const more = await clocksBy(change, locked, 'declared', input.level);
    const view = await viewNow(tx, roomId);
    log({ type: 'crisis.declared', data: { room: view, from: crisis.state, reason, ...more } });
    return view;
  });
}

/** Takes the crisis a step on or back (CR-2 to CR-7). */
export function stepCrisis(
  deps: Deps,
  actor: Actor,
  on: OnRoom,
  { step, reason }: { step: CrisisStep; reason: string },
): Promise<RoomView> {
  const { roomId, operationId } = on;
  const request = JSON.stringify(['step', step, reason]);
  return deps.events.change({ roomId, actor, operationId, request }, async (change) => {
    const { tx, now, log } = change;
    // Cards before the room, as when the level is set.
    await lockOpenCards(tx, roomId);
    await lockRoom(tx, roomId);
    const locked = await crisisContext(tx, roomId);
    const { room, playbook, crisis } = locked;
    const { lacks } = step === 'stand_down' ? await noteCriteria(tx, locked, now) : { lacks: [] };
    const held = (await frozenOf(tx, roomId)).filter((each) => each.released === null).length;
    const facts = { crisis, level: room.level, actor, reason, now, lacks, held };
    refuseWith(refuseStep(playbook, facts, step));
    const next: CrisisKept = {
      ...crisis,
      state: STEPS[step].to,
      since: now,
      by: personOf(actor),
      why: reason.trim(),
      ...(step === 'call_off' ? { commander: null, kind: null, declaredAt: null } : {}),
    };
    await writeStanding(deps, change, locked, next, {
      level: room.level,
      raised: step === 'resume' && isOver(crisis.state),
    });
    const more = await clocksBy(change, locked, next.state, room.level);
    const view = await viewNow(tx, roomId);
    log({ type: 'crisis.stepped', data: { room: view, from: crisis.state, step, reason: reason.trim(), ...more } });
    return view;
  });
}

/** The clocks of cards that stand still, or go on, by this step (CK-18). */
async function clocksBy(
  { tx, now }: Change,
  { room, playbook, crisis }: Locked,
  state: CrisisKept['state'],
  level: number,
): Promise<{ clocks?: Reckoned[] }> {
  const stoodDown = state === 'stood_down';
  if (stoodDown === (crisis.state === 'stood_down')) return {};
  const clocks = await settleRoomClocks(tx, { roomId: room.room_id, playbook, level, stoodDown, now });
  return clocks.length > 0 ? { clocks } : {};
}

function refuseWith(refusal: Refusal | null): void {
  if (refusal !== null) throw new Refused(refusal);
}

/** Somebody in the room who may decide on its end: whoever commands has to be able to finish it. */
async function commanderOf({ tx }: Change, locked: Locked, userId: string): Promise<CrisisKept['commander']> {
  const { room, playbook } = locked;
  const member = await findMember(tx, room.room_id, userId);
  if (!member)
    throw new Problem('not-valid', 'Whoever commands is a member of the room.', [
      { path: '/commanderId', says: 'no member' },
    ]);
  const who = whoDecides(playbook);
  if (!member.roles.some((role) => who.includes(role)))
    throw refuse(
      'CR-1',
      playbook.standDown?.clause ?? clauseAt(locked, room.level),
      `Whoever commands is ${sayRoles(playbook, who)}; ${member.name} is not.`,
      [{ do: 'see-room', part: 'people', says: 'Give somebody the role' }],
      who,
    );
  return { userId: member.user_id, name: member.name };
}

function kindOf({ playbook }: Locked, kind: string | null): string | null {
  if (playbook.crisis.length === 0) return null;
  if (playbook.crisis.some((each) => each.id === kind)) return kind;
  const clause = playbook.crisis[0]?.clause ?? 'Crisis';
  throw refuse('CR-1', clause, `Say of which type it is: ${playbook.crisis.map((each) => each.name).join('; ')}.`);
}

const clauseAt = ({ playbook }: Locked, level: number): string =>
  playbook.levels.find((each) => each.level === level)?.clause ?? 'Levels';
