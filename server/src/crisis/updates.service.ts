// Updates to colleagues and to the public: recorded as posted, each with the time of the next, which the room then owes.
import type { CrisisKept, RoomPromise, UpdateView } from '@rejoinder/contracts/crisis';
import type { Actor } from '@rejoinder/contracts/people';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { RoomView } from '@rejoinder/contracts/rooms';
import { VOICE } from '@rejoinder/contracts/voice-numbers';
import { rolesThatMay, sayRoles } from '@rejoinder/playbook/levels';
import { type Audience, afterUpdate, clockPromise, nextUpdateBy, updatesAt } from '@rejoinder/playbook/room-promises';
import type { Change } from '../db/event-log.ts';
import type { Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { setPromises } from '../escalation/room-promises.service.ts';
import { Problem, refuse } from '../http/problems.ts';
import { promisesOf, updateRoom } from '../rooms/rooms.repository.ts';
import { readUrl } from '../rooms/rooms.service.ts';
import { refuseUnclean } from './clean-words.ts';
import { insertUpdate } from './crisis.repository.ts';
import { noteCriteria } from './criteria.service.ts';
import {
  changeCrisis,
  crisisContext,
  endLadders,
  type Locked,
  type OnRoom,
  personOf,
  viewNow,
} from './standing.service.ts';
import { tellRoles } from './telling.service.ts';

type Posting = { audience: Audience; text: string; url: string | null; nextAt: string | null };

export function postUpdate(
  deps: Deps,
  actor: Actor,
  on: OnRoom,
  input: Posting,
): Promise<{ room: RoomView; update: UpdateView }> {
  return changeCrisis(deps, actor, on, ['update', input], async (change, locked) => {
    const { tx, now, log } = change;
    const { playbook, room } = locked;
    refuseOthers(locked, actor);
    const text = input.text.trim();
    if (text === '') throw new Problem('not-valid', 'An update has words.', [{ path: '/text', says: 'empty' }]);
    if (input.audience === 'public' && input.url === null)
      throw refuse(
        'CR-10',
        clauseOf(playbook, room.level),
        'Say where the public can read it: the address of the post.',
      );
    // Internal words travel by e-mail and chat, so that personal data has no place in them either.
    refuseUnclean(playbook, text, input.audience === 'public' ? undefined : [VOICE.personalData]);
    await checkNext(change, locked, input.audience, input.nextAt);
    // What was missed until now is written down before it is mended.
    await noteCriteria(tx, locked, now);
    const before = await promisesOf(tx, on.roomId);
    const nextAt = await keepUpdatePromise(change, locked, input.audience, input.nextAt);
    await endLadders(deps, change, on.roomId, before);
    const url = input.url === null ? null : readUrl(input.url);
    const update: UpdateView = {
      id: deps.newId('upd'),
      audience: input.audience,
      text,
      url,
      statementId: null,
      nextAt,
      at: now,
      by: personOf(actor),
    };
    await insertUpdate(tx, asRow(on.roomId, update));
    if (update.audience === 'public') await saidLast(change, locked, { kind: 'update', text, url, at: now });
    else await tellColleagues(deps, change, locked, actor, update);
    await noteCriteria(tx, await crisisContext(tx, on.roomId), now);
    const view = await viewNow(tx, on.roomId);
    log({ type: 'crisis.updatePosted', data: { room: view, update } });
    return { room: view, update };
  });
}

/** The next update must be named where the plan says so: ahead, and no later than its pace (CR-11). @throws Refused */
export async function checkNext(
  { tx, now }: Change,
  { room, playbook }: Locked,
  audience: Audience,
  nextAt: string | null,
): Promise<void> {
  const kept = (await promisesOf(tx, room.room_id)).find(({ id }) => id === `update:${audience}`);
  const latest = kept ? nextUpdateBy(playbook, room.level, audience, kept.startedAt, now) : null;
  const clause = clauseOf(playbook, room.level);
  if (latest && nextAt === null && updatesAt(playbook, room.level)?.namesNext)
    throw refuse('CR-11', clause, `Every update names the time of the next; ${latest} at the latest.`);
  const next = asInstant(nextAt);
  if (next !== null && next <= now) throw refuse('CR-11', clause, 'The next update lies ahead, not behind.');
  if (next !== null && latest !== null && next > latest)
    throw refuse('CR-11', clause, `The plan allows until ${latest} for the next update.`);
}

/**
 * The promise of an update is kept: the next one is owed, when `nextAt` says or at the latest when the plan does (CR-11). Answers the
 * instant. Clocks of the room that an update stops or starts follow.
 */
export async function keepUpdatePromise(
  { tx, now }: Change,
  { room, playbook }: Locked,
  audience: Audience,
  nextAt: string | null,
): Promise<string | null> {
  const running = await promisesOf(tx, room.room_id);
  const kept = running.find(({ id }) => id === `update:${audience}`);
  const next = asInstant(nextAt);
  const after = running
    .filter(({ id }) => !clocksWith(playbook, 'stops').includes(id))
    .map((each) => (each === kept ? afterUpdate(playbook, { level: room.level, now }, each, next) : each));
  const started = clocksWith(playbook, 'starts').flatMap((id) =>
    clockPromise(playbook, id.slice('clock:'.length), room.level, now, undefined, now),
  );
  const promises = [...after.filter(({ id }) => !started.some((each) => each.id === id)), ...started];
  await setPromises(tx, room.room_id, promises);
  return promises.find(({ id }) => id === `update:${audience}`)?.dueAt ?? next;
}

const asInstant = (at: string | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Clocks of the whole room that a posted update starts or stops. */
const clocksWith = (playbook: Playbook, key: 'starts' | 'stops'): RoomPromise['id'][] =>
  playbook.clocks.filter((clock) => clock[key] === 'update_posted').map(({ id }) => `clock:${id}`);

/** The newest word of ours to everybody, for the wall. */
export async function saidLast(
  { tx }: Change,
  { room, crisis }: Locked,
  lastStatement: NonNullable<CrisisKept['lastStatement']>,
): Promise<void> {
  await updateRoom(tx, room.room_id, { crisis: JSON.stringify({ ...crisis, lastStatement }) });
}

export const asRow = (roomId: string, update: UpdateView): Row<'crisis_updates'> => ({
  room_id: roomId,
  update_id: update.id,
  audience: update.audience,
  text: update.text,
  url: update.url,
  statement_id: update.statementId,
  next_at: update.nextAt,
  at: update.at,
  by_id: update.by.userId,
  by_name: update.by.name,
});

/** CR-10: those the plan names at this level, whoever commands, and who may raise the level where it names nobody. */
function refuseOthers({ playbook, room, crisis }: Locked, actor: Actor): void {
  const named = updatesAt(playbook, room.level)?.by ?? [];
  const who = named.length > 0 ? named : rolesThatMay(playbook, 'raise_level');
  const commands = crisis.commander?.userId === actor.id;
  if (actor.kind === 'person' && (commands || actor.roles.some((role) => who.includes(role)))) return;
  throw refuse(
    'CR-10',
    clauseOf(playbook, room.level),
    `Updates come from ${sayRoles(playbook, who)}, or from whoever commands.`,
    [],
    who,
  );
}

async function tellColleagues(
  deps: Deps,
  { tx, now }: Change,
  locked: Locked,
  actor: Actor,
  update: UpdateView,
): Promise<void> {
  const roles = updatesAt(locked.playbook, locked.room.level)?.to ?? [];
  await tellRoles(
    deps,
    tx,
    { roomId: locked.room.room_id, roles, except: actor.id },
    {
      about: { kind: 'update', id: update.id, cardId: null },
      urgent: false,
      title: `Update on ${locked.room.name}`,
      says: `${actor.name} wrote how it stands.${update.nextAt === null ? '' : ` The next update comes by ${update.nextAt}.`}`,
      path: `/rooms/${locked.room.room_id}/crisis`,
    },
    now,
  );
}

const clauseOf = (playbook: Playbook, level: number): string =>
  updatesAt(playbook, level)?.clause ?? playbook.updates[0]?.clause ?? 'Updates';
