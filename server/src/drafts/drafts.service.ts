// Drafts: starts one, says who may write in it now, and reads the exact words.
import type { CardView } from '@rejoinder/contracts/cards';
import type { DraftState, DraftText } from '@rejoinder/contracts/drafts';
import type { Actor } from '@rejoinder/contracts/people';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { fingerprint } from '@rejoinder/signoff/fingerprint';
import { aboutOf, picturesOf, picturesSigned, readCard, sheetSigned } from '../cards/card-view.service.ts';
import { updateCard } from '../cards/cards.repository.ts';
import { cardNow, changeCard, type OnCard } from '../cards/cards.service.ts';
import type { Executor } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { may } from '../playbooks/playbooks.service.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import {
  type DraftRow,
  draftOfCard,
  findDraft,
  insertDraft,
  lastSignedBy,
  lockDraftOfCard,
  placesOf,
  updateDraft,
} from './drafts.repository.ts';
import { insertGeneration } from './history.repository.ts';
import { voidAll } from './voiding.ts';

export type DraftKey = { roomId: string; draftId: string; generation: number };

const BLANK = {
  text: '',
  empty: true,
  too_long: false,
  findings: '[]',
  likest: null,
  facts: null,
  pictures: null,
  authors: [],
  signed: false,
  n: 0,
};

/** Starts the draft of a card, or its next generation (D2). Starting twice gives the one that is there. */
export function startDraft(deps: Deps, actor: Actor, on: OnCard, anew: boolean): Promise<{ card: CardView }> {
  return changeCard(deps, actor, on, 'draft', ['draft', anew], async (change, { card, playbook }) => {
    const { tx, now } = change;
    const draft = await lockDraftOfCard(tx, on.roomId, on.cardId);
    if (!draft) {
      const named = { room_id: on.roomId, draft_id: deps.newId('draft'), generation: 1 };
      await insertDraft(tx, { ...named, card_id: on.cardId, ...BLANK, changed_at: now });
      const by = { by_id: actor.id, by_name: actor.name, from_generation: null, from_n: null };
      await insertGeneration(tx, { ...named, how: 'started', at: now, reason: '', ...by });
    } else if (!anew) return null;
    else await beginGeneration(change, on, draft, { card, playbook }, { how: 'anew', reason: '', from: null });
    return (after) => ({ type: 'draft.started', data: { card: after } });
  });
}

/** Blanks the draft for its next generation; answers its number. Only where the text may be written; what was signed is void. */
export async function beginGeneration(
  { tx, now, log, actor }: Change,
  on: OnCard,
  draft: DraftRow,
  { card, playbook }: { card: CardView; playbook: Playbook },
  begun: { how: 'anew' | 'restored'; reason: string; from: { generation: number; n: number } | null },
): Promise<number> {
  const restored = begun.how === 'restored';
  if (textState(playbook, card.stage) !== 'editable')
    throw refuse(
      'DR-2',
      'Draft',
      `In this stage the text stands still. Move the card back to ${restored ? 'bring a version back' : 'start the draft anew'}.`,
    );
  const generation = draft.generation + 1;
  // A new text is a new card to who looks at it: their page asks for what happened.
  await updateCard(tx, on.roomId, on.cardId, {});
  await updateDraft(tx, on.roomId, draft.draft_id, { ...BLANK, generation, changed_at: now });
  await insertGeneration(tx, {
    room_id: on.roomId,
    draft_id: draft.draft_id,
    generation,
    how: begun.how,
    at: now,
    by_id: actor.id,
    by_name: actor.name,
    reason: begun.reason,
    from_generation: begun.from?.generation ?? null,
    from_n: begun.from?.n ?? null,
  });
  // Else the old words, typed once more, would be signed already (DR-4).
  const why = restored ? 'An earlier version was brought back.' : 'The draft was started anew.';
  const signOffs = await voidAll(tx, on.roomId, on.cardId, now, why);
  if (signOffs.length > 0) log({ type: 'draft.voided', data: { card: await cardNow(tx, on), signOffs, why } });
  return generation;
}

/** The exact words on the server, as a signer reads them. */
export async function draftText(deps: Deps, on: OnCard, actor: Actor): Promise<DraftText> {
  const card = await readCard(deps.db, on.roomId, on.cardId);
  const draft = await draftOfCard(deps.db, on.roomId, on.cardId);
  if (!card || !draft) throw new Problem('not-found', 'This card has no draft yet.');
  const mine = await lastSignedBy(deps.db, on.roomId, on.cardId, actor.id);
  return {
    draftId: draft.draft_id,
    generation: draft.generation,
    text: draft.text,
    fingerprint: fingerprintOf(draft, { ...card, account: card.account ?? '' }) ?? '',
    changedAt: draft.changed_at,
    ...(draft.pictures === null ? {} : { pictures: picturesOf(draft) }),
    mine: mine && { ...mine, pictures: picturesOf(mine) },
  };
}

/** What a signature over the draft's words as they stand would cover; null where the card has no account to answer from. */
export const fingerprintOf = (
  draft: Pick<DraftRow, 'text' | 'facts' | 'kind' | 'supersedes' | 'pictures'>,
  card: CardView,
): string | null =>
  card.account === null
    ? null
    : fingerprint({
        text: draft.text,
        account: card.account,
        replyTo: card.replyTo.nativeId,
        facts: sheetSigned(draft),
        ...aboutOf(draft),
        pictures: picturesSigned(draft),
      });

/** Whether a stage's text may be written at all. */
export function textState(playbook: Playbook, stageId: string): 'editable' | 'frozen' {
  const text = playbook.stages.find((stage) => stage.id === stageId)?.text;
  return text === 'editable' || text === 'edits-void-sign-offs' ? 'editable' : 'frozen';
}

/** What this person may do with the text in this stage, and why (DR-3). */
export function stateFor(playbook: Playbook, stageId: string, actor: Actor): DraftState {
  const title = playbook.stages.find((stage) => stage.id === stageId)?.title ?? stageId;
  if (!may(playbook, actor, 'draft')) return { state: 'read-only', says: 'Your roles let you read this draft.' };
  if (textState(playbook, stageId) === 'frozen')
    return { state: 'frozen', says: `In ${title} the text stands still. Move the card back to change it.` };
  return { state: 'editable', says: 'You can write.' };
}

/** What the draft socket needs to let someone in. @throws Problem `not-found`, `stale-generation` */
export async function enterDraft(
  db: Executor,
  roomId: string,
  draftId: string,
  generation: number,
  actor: Actor,
): Promise<DraftState> {
  const draft = await findDraft(db, roomId, draftId);
  if (!draft) throw new Problem('not-found');
  if (draft.generation !== generation) throw new Problem('stale-generation');
  const card = await readCard(db, roomId, draft.card_id);
  if (!card) throw new Problem('not-found');
  const { playbook } = await roomContext(db, roomId);
  return stateFor(playbook, card.stage, actor);
}

/** Where the cards of open drafts stand now, and which generation of each is the newest. */
export const placesOfDrafts = (db: Executor, keys: readonly DraftKey[]) =>
  placesOf(db, [...new Set(keys.map(({ roomId }) => roomId))], [...new Set(keys.map(({ draftId }) => draftId))]);

/** For people who have the draft open already: what each may do now that its card stands in this stage. */
export async function draftStatesOf(
  db: Executor,
  roomId: string,
  stageId: string,
): Promise<(actor: Actor) => DraftState> {
  const { playbook } = await roomContext(db, roomId);
  return (actor) => stateFor(playbook, stageId, actor);
}
