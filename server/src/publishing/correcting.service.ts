// Corrects or takes back a published reply: a draft of its own, signed and published like any other, about the one that stands there.
import type { CardView, ReplyKind } from '@rejoinder/contracts/cards';
import type { Actor } from '@rejoinder/contracts/people';
import type { Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { changeCard, type LockedCard, type OnCard } from '../cards/cards.service.ts';
import { moveLocked } from '../cards/moving.service.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { insertUpdate, lockDraftOfCard, updateDraft } from '../drafts/drafts.repository.ts';
import { beginGeneration, textState } from '../drafts/drafts.service.ts';
import { asRow, judgeDraft } from '../drafts/judging.ts';
import { channelOf, picturesUnder } from '../drafts/pictures.service.ts';
import { firstUpdate } from '../drafts/plan-draft.service.ts';
import { Problem, refuse } from '../http/problems.ts';
import { lastPublishedOf, newestJobOf } from './jobs.repository.ts';
import { whyNotAbout } from './may-send.ts';

/** What a retraction says where the plan has no text for it; people write on from there. */
const TAKEN_BACK = 'We take back what we wrote here before: it was not right.';

/** Moves the card back to where replies are written, if it is not there, and starts the draft with the plan's text or the published one. */
export function correctReply(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  input: { kind: Exclude<ReplyKind, 'reply'>; reason: string },
): Promise<{ card: CardView }> {
  const reason = input.reason.trim();
  return changeCard(deps, actor, on, 'draft', ['correct', input], async (change, locked) => {
    const { tx, now } = change;
    const { card, playbook, room } = locked;
    if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can begin a correction.');
    const clause = playbook.stages.find((stage) => stage.id === card.stage)?.clause ?? 'Publish';
    if (reason === '')
      throw refuse('PU-21', clause, 'Say what is wrong with the published reply.', [
        { do: 'give-reason', says: 'Say why' },
      ]);
    const draft = await lockDraftOfCard(tx, on.roomId, on.cardId);
    const newest = await newestJobOf(tx, on.roomId, on.cardId);
    const published = await lastPublishedOf(tx, on.roomId, on.cardId);
    if (!draft || !published || published.kind === 'retraction')
      throw refuse('PU-21', clause, 'There is no published reply that could be corrected.');
    if (newest && ['approved', 'sending', 'held', 'unknown'].includes(newest.state))
      throw refuse(
        'PU-21',
        clause,
        'Another reply of this card is on its way. Wait for it, take it back, or settle it first.',
      );
    if (draft.supersedes !== null)
      throw refuse('PU-21', clause, 'A correction or retraction of this reply is being written already.', [
        { do: 'open-draft', from: null, to: null, says: 'Write on there' },
      ]);
    const { account, can } = await channelOf(tx, on.roomId, card);
    const cannot = whyNotAbout(input.kind, account, can);
    if (cannot !== null)
      throw refuse('PU-24', clause, cannot, [
        { do: 'open-draft', from: null, to: null, says: 'Write a further reply' },
      ]);
    const writing = await toWriting(change, locked, on, actor, input.kind, reason);
    const how = { how: 'anew' as const, reason: saysWhy(input.kind, reason), from: null };
    const generation = await beginGeneration(change, on, draft, { card: writing, playbook }, how);
    const text = startText(playbook, room.level, input.kind, published.text, now);
    const judged = await judgeDraft(tx, playbook, { roomId: on.roomId, card }, text);
    const row = { room_id: on.roomId, draft_id: draft.draft_id, generation };
    await insertUpdate(tx, { ...row, n: 1, bytes: firstUpdate(text), at: now });
    await updateDraft(tx, on.roomId, draft.draft_id, {
      kind: input.kind,
      supersedes: published.remote_id ?? published.job_id,
      n: 1,
      text,
      ...asRow(judged),
      // What is corrected keeps its pictures until somebody takes them out; what is taken back shows none.
      pictures: input.kind === 'correction' ? picturesUnder(playbook, published) : null,
    });
    return (after) => ({ type: 'draft.started', data: { card: after } });
  });
}

const saysWhy = (kind: string, reason: string): string =>
  `${kind === 'correction' ? 'To correct' : 'To take back'} the published reply: ${reason}`;

/** The card where its text may be written: as it is, or moved back by the rules of every move. @throws Refused */
async function toWriting(
  change: Change,
  locked: LockedCard,
  on: OnCard,
  actor: Actor,
  kind: string,
  reason: string,
): Promise<CardView> {
  const { card, playbook } = locked;
  if (textState(playbook, card.stage) === 'editable') return card;
  const to = writingStage(playbook.stages, card.stage);
  if (!to) throw refuse('PU-21', 'Publish', 'The plan has no stage before this one in which replies are written.');
  const move = { ...on, to, via: 'panel' as const, reason: saysWhy(kind, reason) };
  return (await moveLocked(change, locked, move, { actor, seenVersion: card.version, glass: false })).card;
}

/** The nearest stage before this one in which the text may be written. */
function writingStage(stages: readonly Stage[], from: string): string | undefined {
  const before = stages.slice(
    0,
    stages.findIndex((stage) => stage.id === from),
  );
  return before.findLast((stage) => stage.text === 'editable')?.id;
}

function startText(playbook: Playbook, level: number, kind: string, published: string, now: string): string {
  const today = now.slice(0, 10);
  const cleared = playbook.statements.find(
    (each) =>
      each.kind === kind && each.levels.includes(level) && (each.validUntil === null || each.validUntil >= today),
  );
  return cleared?.text ?? (kind === 'correction' ? published : TAKEN_BACK);
}
