// Deputies: how long a role whose turn it is may be silent, kept as due instants, and who may sign in its place then.
import type { CardView, StandIn } from '@rejoinder/contracts/cards';
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { Actor } from '@rejoinder/contracts/people';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { REPLY_SIGN_OFF } from '@rejoinder/playbook/awaiting';
import { deputyFrom } from '@rejoinder/playbook/signing-turn';
import { awaitedSigners } from '@rejoinder/playbook/who-waits';
import { readAllCards, readCard } from '../cards/card-view.service.ts';
import { lockCards, updateCard } from '../cards/cards.repository.ts';
import { cardNow, type OnCard } from '../cards/cards.service.ts';
import type { Tx } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import { dueWaits, endWaits, type Wait, waitsOf, writeWait } from './waits.repository.ts';

const DESK: Actor = { kind: 'system', id: 'system:approvals', name: 'Sign-off desk', roles: [] };
const AT_ONCE = 200;

/**
 * Handles whatever may change whose turn it is: a role that is newly asked is waited for from the event's instant, one that is not asked
 * any more is not. Nothing of it is on the board until a silence is over, so nothing is logged. Safe to repeat.
 */
export async function followTurns(_deps: Deps, change: Change, roomId: string, events: RoomEvent[]): Promise<void> {
  const { tx } = change;
  const asked = new Map<string, string>();
  for (const event of events) {
    const isForAll = event.type === 'room.levelChanged' || event.type === 'playbook.adopted';
    const told = 'card' in event.data ? [event.data.card] : 'cards' in event.data ? event.data.cards : [];
    for (const card of isForAll ? await readAllCards(tx, roomId) : told)
      if (card.draft !== null && card.closedAt === null) asked.set(card.id, event.at);
  }
  const cardIds = [...asked.keys()].sort();
  const { room, playbook } = await roomContext(tx, roomId);
  if (!playbook.signOffs.some((each) => each.id === REPLY_SIGN_OFF && each.deputies !== null)) return;
  await lockCards(tx, roomId, cardIds);
  for (const cardId of cardIds) {
    const card = await readCard(tx, roomId, cardId);
    if (card) await followCard(tx, playbook, { roomId, level: room.level, at: asked.get(cardId) ?? change.now }, card);
  }
}

async function followCard(
  tx: Tx,
  playbook: Playbook,
  { roomId, level, at }: { roomId: string; level: number; at: string },
  card: CardView,
): Promise<void> {
  const known = await waitsOf(tx, roomId, card.id);
  const roles = rolesAsked(playbook, level, card, at);
  await endWaits(
    tx,
    roomId,
    card.id,
    known.filter((wait) => !roles.includes(wait.role) && wait.told_at === null).map((wait) => wait.role),
  );
  for (const role of roles) {
    const earlier = known.find((wait) => wait.role === role && isOfThisStay(wait, card));
    if (earlier?.told_at) continue;
    const askedAt = earlier?.asked_at ?? at;
    const found = deputyFrom(playbook, REPLY_SIGN_OFF, level, role, askedAt);
    if (found === null) continue;
    const row = { deputy: found.deputy, asked_at: askedAt, due_at: found.dueAt, told_at: null };
    if (earlier?.due_at !== row.due_at || earlier.deputy !== row.deputy)
      await writeWait(tx, { room_id: roomId, card_id: card.id, role, ...row });
  }
}

/**
 * Tells every silence that is over, in the order of the instants, each once; answers how many. One that cannot be told is logged and
 * looked at again at the next tick.
 */
export async function askDeputies(deps: Deps): Promise<number> {
  let told = 0;
  for (const due of await dueWaits(deps.db, deps.now(), AT_ONCE)) {
    try {
      if (await askDeputy(deps, due)) told++;
    } catch (error) {
      deps.log.error({ err: error, roomId: due.room_id, cardId: due.card_id }, 'a deputy could not be asked');
    }
  }
  return told;
}

async function askDeputy(
  deps: Deps,
  { room_id: roomId, card_id: cardId, role }: Pick<Wait, 'room_id' | 'card_id' | 'role'>,
) {
  return deps.events.change({ roomId, actor: DESK }, async ({ tx, now, log }) => {
    await lockCards(tx, roomId, [cardId]);
    const wait = (await waitsOf(tx, roomId, cardId)).find((each) => each.role === role);
    const card = await readCard(tx, roomId, cardId);
    if (!wait || wait.told_at !== null || wait.due_at > now || !card) return false;
    const { room, playbook } = await roomContext(tx, roomId);
    if (!isOfThisStay(wait, card) || !rolesAsked(playbook, room.level, card, now).includes(role)) {
      await endWaits(tx, roomId, cardId, [role]);
      return false;
    }
    const standIn: StandIn = { role, deputy: wait.deputy, silentSince: wait.asked_at, at: wait.due_at };
    await writeWait(tx, { ...wait, told_at: now });
    await writeStandIns(tx, { roomId, cardId }, [
      ...(card.standIns ?? []).filter((each) => each.role !== role),
      standIn,
    ]);
    log({ type: 'draft.deputyAsked', data: { card: await cardNow(tx, { roomId, cardId }), standIn } });
    return true;
  });
}

/** Who speaks is not silent: nobody stands in for these roles any more, until they are silent anew. */
export async function endSilence(tx: Tx, on: OnCard, card: CardView, roles: readonly string[]): Promise<void> {
  await endWaits(tx, on.roomId, on.cardId, roles);
  const left = (card.standIns ?? []).filter((each) => !roles.includes(each.role));
  if (left.length < (card.standIns ?? []).length) await writeStandIns(tx, on, left);
}

const rolesAsked = (playbook: Playbook, level: number, card: CardView, now: string): string[] =>
  awaitedSigners(playbook, card, level, now).flatMap((each) => (each.standsFor === null ? [each.role] : []));

const isOfThisStay = (wait: Wait, card: CardView): boolean => wait.asked_at >= card.enteredStageAt;

const writeStandIns = (tx: Tx, { roomId, cardId }: OnCard, standIns: StandIn[]): Promise<void> =>
  updateCard(tx, roomId, cardId, { stand_ins: standIns.length === 0 ? null : JSON.stringify(standIns) });
