// What was said privately with a person: who reads and writes it, and when its words are redacted. The board hears figures alone (PV).
import type { CardView } from '@rejoinder/contracts/cards';
import type { Actor } from '@rejoinder/contracts/people';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { PrivateEntry, PrivateKind } from '@rejoinder/contracts/private-talk';
import { sayRoles } from '@rejoinder/playbook/levels';
import {
  isPrivateStage,
  privateStage,
  redactDueAt,
  rolesInPrivate,
  rolesThatWritePrivately,
} from '@rejoinder/playbook/private-talk';
import type { Tx } from '../db/database.ts';
import type { Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import { readCard } from './card-view.service.ts';
import { lockCard, updateCard } from './cards.repository.ts';
import { cardNow, changeCard, type OnCard } from './cards.service.ts';
import { dueRedactions, entriesOf, figuresOf, insertEntry, redactEntries } from './private-talk.repository.ts';
import { authorsWrote } from './standing-still.ts';

const CLOCK: Actor = { kind: 'system', id: 'system:clock', name: 'Clock', roles: [] };
const AT_ONCE = 100;

/** The words, for those who work the private stage. @throws Problem `not-found`; Refused by PV-1 */
export async function privateTalk(deps: Deps, actor: Actor, { roomId, cardId }: OnCard) {
  const { playbook } = await roomContext(deps.db, roomId);
  if (!(await readCard(deps.db, roomId, cardId))) throw new Problem('not-found');
  refuseOutsiders(playbook, actor, rolesInPrivate(playbook), 'read');
  return { entries: (await entriesOf(deps.db, roomId, cardId)).map(asEntry) };
}

/** Somebody writes down what was said. The request is kept as a digest only, and the answer holds no word. */
export function notePrivately(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  input: { kind: PrivateKind; text: string; saidAt?: string | undefined },
): Promise<{ card: CardView }> {
  return changeCard(deps, actor, on, 'draft', ['private', input], async ({ tx, now }, { card, room, playbook }) => {
    refuseOutsiders(playbook, actor, rolesThatWritePrivately(playbook), 'written');
    const text = input.text.replaceAll('\0', '').toWellFormed().trim();
    const saidAt = instantOr(input.saidAt, now);
    if (text === '') throw new Problem('not-valid', 'There are no words to keep.', [{ path: '/text', says: 'empty' }]);
    const entry = {
      room_id: on.roomId,
      entry_id: deps.newId('pm'),
      card_id: on.cardId,
      kind: input.kind,
      text,
      said_by: input.kind === 'from_them' ? card.author.name || card.author.handle : actor.name,
      said_at: saidAt,
      recorded_by: actor.id,
      recorded_at: now,
    };
    await insertEntry(tx, entry);
    if (input.kind === 'from_them') await authorsWrote(tx, { room, playbook }, new Map([[on.cardId, saidAt]]), now);
    await writeFigures(tx, on, card, playbook, { now, anew: true });
    return (after) => ({
      type: 'card.privateNoted',
      data: { card: after, entry: { id: entry.entry_id, kind: entry.kind } },
    });
  });
}

/** Replaces words by hand: of one entry, or of all. Who and when stay (PV-6). */
export function redactPrivately(deps: Deps, actor: Actor, on: OnCard, entryId: string | null) {
  return changeCard(deps, actor, on, 'view', ['redact', entryId], async ({ tx, now }, { card, playbook }) => {
    refuseOutsiders(playbook, actor, rolesInPrivate(playbook), 'redacted');
    if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can take words away.');
    const how = { at: now, by: actor.name, why: 'asked' as const };
    const entries = await redactEntries(tx, on.roomId, on.cardId, entryId, how);
    if (entries === 0) return null;
    await writeFigures(tx, on, card, playbook, { now, anew: false });
    return (after) => ({ type: 'card.privateRedacted', data: { card: after, entries, why: 'asked' } });
  });
}

/** Redacts what is due, once, however long nobody looked; answers how many talks (PV-6). */
export async function redactDueTalks(deps: Deps): Promise<number> {
  let done = 0;
  for (const due of await dueRedactions(deps.db, deps.now(), AT_ONCE)) {
    try {
      if (await redactOne(deps, { roomId: due.room_id, cardId: due.card_id })) done++;
    } catch (error) {
      const { room_id: roomId, card_id: cardId } = due;
      deps.log.error({ err: error, roomId, cardId }, 'a private talk could not be redacted');
    }
  }
  return done;
}

async function redactOne(deps: Deps, on: OnCard): Promise<boolean> {
  return deps.events.change({ roomId: on.roomId, actor: CLOCK }, async ({ tx, now, log }) => {
    await lockCard(tx, on.roomId, on.cardId);
    const card = await cardNow(tx, on);
    const redactAt = card.private?.redactAt ?? null;
    if (redactAt === null || redactAt > now) return false;
    const how = { at: now, by: CLOCK.name, why: 'time' as const };
    const entries = await redactEntries(tx, on.roomId, on.cardId, null, how);
    const { playbook } = await roomContext(tx, on.roomId);
    await writeFigures(tx, on, card, playbook, { now, anew: false });
    log({ type: 'card.privateRedacted', data: { card: await cardNow(tx, on), entries, why: 'time' } });
    return true;
  });
}

/** Counts, and sets when the words go: never while the talk goes on, and `redact_after` from its end or, with `anew`, from what was said since. */
export async function writeFigures(
  tx: Tx,
  on: OnCard,
  card: CardView,
  playbook: Playbook,
  { now, anew }: { now: string; anew: boolean },
): Promise<void> {
  const figures = await figuresOf(tx, on.roomId, on.cardId);
  const { since = null, backAt = null, redactAt: before = null } = card.private ?? {};
  const isOver = card.closedAt !== null || (backAt !== null && !isPrivateStage(playbook, card.stage));
  const hasWords = figures.entries > figures.redacted;
  const redactAt = hasWords && isOver ? (anew || before === null ? redactDueAt(playbook, now) : before) : null;
  const talk = JSON.stringify({ ...figures, since, backAt });
  await updateCard(tx, on.roomId, on.cardId, { private_talk: talk, redact_at: redactAt });
}

const DONE = { read: 'read', written: 'written down', redacted: 'redacted' } as const;

function refuseOutsiders(playbook: Playbook, actor: Actor, who: string[], what: keyof typeof DONE): void {
  if (actor.roles.some((role) => who.includes(role))) return;
  const clause = privateStage(playbook)?.clause ?? playbook.private?.clause ?? 'Private';
  throw refuse('PV-1', clause, `What is said privately is ${DONE[what]} by ${sayRoles(playbook, who)}.`, [], who);
}

function instantOr(text: string | undefined, now: string): string {
  if (text === undefined) return now;
  const at = Date.parse(text);
  if (!Number.isNaN(at) && at <= Date.parse(now)) return new Date(at).toISOString();
  throw new Problem('not-valid', 'It cannot have been said later than now.', [
    { path: '/saidAt', says: 'an instant that has passed' },
  ]);
}

function asEntry(row: Row<'private_entries'>): PrivateEntry {
  const { redacted_at: at, redacted_by, redacted_why: why } = row;
  return {
    id: row.entry_id,
    kind: row.kind,
    text: row.text,
    by: row.said_by,
    platform: row.platform,
    saidAt: row.said_at,
    recordedAt: row.recorded_at,
    redacted: at === null || why === null ? null : { at, why, by: redacted_by ?? '' },
  };
}
