// Judges a draft again when what it is judged by changed: the card's class, or the plan (DR-5).
import type { RoomEvent } from '@rejoinder/contracts/events';
import { readCard } from '../cards/card-view.service.ts';
import { lockCards } from '../cards/cards.repository.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import { draftOfCard, lockDraftOfCard, updateDraft, writtenDrafts } from './drafts.repository.ts';
import { isSeen, judgeText } from './judging.ts';

/** Handles `card.assessed`, `card.moved` (fields may come with it) and `playbook.adopted`. The same judgement writes nothing. */
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
    if (event.type === 'playbook.adopted') for (const id of await writtenDrafts(tx, roomId)) cardIds.add(id);
  }
  const changed: string[] = [];
  for (const cardId of [...cardIds].sort()) if (await isJudgedOtherwise(change, roomId, cardId)) changed.push(cardId);
  if (changed.length === 0) return;
  await lockCards(tx, roomId, changed);
  for (const cardId of changed) await judgeOne(change, roomId, cardId);
}

/** A look without locks, so that moves that change no judgement hold nobody up. */
async function isJudgedOtherwise({ tx }: Change, roomId: string, cardId: string): Promise<boolean> {
  const draft = await draftOfCard(tx, roomId, cardId);
  if (!draft || draft.empty) return false;
  const card = await readCard(tx, roomId, cardId);
  const { playbook } = await roomContext(tx, roomId);
  return (
    card !== undefined &&
    isSeen(draft, judgeText(playbook, draft.text, { platform: card.platform, class: card.fields.class ?? null }))
  );
}

async function judgeOne({ tx, log }: Change, roomId: string, cardId: string): Promise<void> {
  const draft = await lockDraftOfCard(tx, roomId, cardId);
  const before = await readCard(tx, roomId, cardId);
  if (!draft || !before) return;
  const { playbook } = await roomContext(tx, roomId);
  const judged = judgeText(playbook, draft.text, { platform: before.platform, class: before.fields.class ?? null });
  if (!isSeen(draft, judged)) return;
  await updateDraft(tx, roomId, draft.draft_id, {
    empty: judged.empty,
    too_long: judged.tooLong,
    findings: JSON.stringify(judged.findings),
  });
  const card = await readCard(tx, roomId, cardId);
  if (card) log({ type: 'draft.changed', data: { card } });
}
