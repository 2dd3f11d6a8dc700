// Judges a draft again when what it is judged by changed: the card's class, the plan, or what was sent to others (DR-5).
import type { RoomEvent } from '@rejoinder/contracts/events';
import { readCard } from '../cards/card-view.service.ts';
import { lockCards } from '../cards/cards.repository.ts';
import { asksForLikeness } from '../cards/sent-replies.service.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import { draftOfCard, lockDraftOfCard, updateDraft, writtenDrafts } from './drafts.repository.ts';
import { asRow, isSeen, judgeDraft } from './judging.ts';
import { picturesUnder } from './pictures.service.ts';
import { voidOtherWords } from './voiding.ts';

/** Handles `card.assessed`, `card.moved` (fields may come with it), `playbook.adopted` and replies that leave or do not. The same judgement writes nothing. */
export async function judgeDraftsAgain(
  _deps: Deps,
  change: Change,
  roomId: string,
  events: RoomEvent[],
): Promise<void> {
  const { tx } = change;
  const cardIds = new Set<string>();
  for (const event of events) {
    if (event.type === 'card.assessed' || event.type === 'card.moved') cardIds.add(event.data.card.id);
    const isReply = event.type.startsWith('reply.');
    const isForAll = isReply
      ? asksForLikeness((await roomContext(tx, roomId)).playbook)
      : event.type === 'playbook.adopted';
    if (isForAll) for (const id of await writtenDrafts(tx, roomId)) cardIds.add(id);
  }
  await judgeCardsAgain(change, roomId, cardIds);
}

/** Writes and tells only what is judged otherwise now than it was. */
export async function judgeCardsAgain(change: Change, roomId: string, cardIds: Iterable<string>): Promise<void> {
  const changed: string[] = [];
  for (const cardId of [...cardIds].sort()) if (await isJudgedOtherwise(change, roomId, cardId)) changed.push(cardId);
  if (changed.length === 0) return;
  await lockCards(change.tx, roomId, changed);
  for (const cardId of changed) await judgeOne(change, roomId, cardId);
}

/** A look without locks, so that moves that change no judgement hold nobody up. */
async function isJudgedOtherwise({ tx }: Change, roomId: string, cardId: string): Promise<boolean> {
  const draft = await draftOfCard(tx, roomId, cardId);
  if (!draft || (draft.empty && draft.pictures === null)) return false;
  const card = await readCard(tx, roomId, cardId);
  const { playbook } = await roomContext(tx, roomId);
  if (draft.pictures !== picturesUnder(playbook, draft)) return true;
  return card !== undefined && isSeen(draft, await judgeDraft(tx, playbook, { roomId, card }, draft.text));
}

async function judgeOne({ tx, log, now: at }: Change, roomId: string, cardId: string): Promise<void> {
  const draft = await lockDraftOfCard(tx, roomId, cardId);
  const before = await readCard(tx, roomId, cardId);
  if (!draft || !before) return;
  const { playbook } = await roomContext(tx, roomId);
  const now = await judgeDraft(tx, playbook, { roomId, card: before }, draft.text);
  if (!isSeen(draft, now) && draft.pictures === picturesUnder(playbook, draft)) return;
  await updateDraft(tx, roomId, draft.draft_id, {
    ...asRow(now),
    pictures: picturesUnder(playbook, draft),
  });
  const card = await readCard(tx, roomId, cardId);
  if (!card) return;
  // Another plan may make signatures be about the facts too, or no longer.
  const why = 'The plan changed what a signature is about.';
  const isOther = draft.signed && card.fingerprint !== before.fingerprint;
  const signOffs = isOther ? await voidOtherWords(tx, card, roomId, draft.draft_id, at, why) : [];
  if (signOffs.length === 0) log({ type: 'draft.changed', data: { card } });
  else log({ type: 'draft.voided', data: { card: (await readCard(tx, roomId, cardId)) ?? card, signOffs, why } });
}
