// Comments on words of a reply: made, answered, resolved; whoever is named or answered is told.
import {
  type Anchor,
  COMMENT_LIMITS,
  type CommentView,
  type ThreadView,
  type Told,
} from '@rejoinder/contracts/comments';
import type { Actor } from '@rejoinder/contracts/people';
import { lockCard, updateCard } from '../cards/cards.repository.ts';
import { cardNow, type OnCard, requireCard } from '../cards/cards.service.ts';
import type { Change } from '../db/event-log.ts';
import type { Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { wordsAt } from '../drafts/anchors.ts';
import { draftOfCard, updatesOf } from '../drafts/drafts.repository.ts';
import { Problem } from '../http/problems.ts';
import { membersOf } from '../people/people.repository.ts';
import { commentsOfCard, commentsOfThread, insertComment, setResolved } from './comments.repository.ts';
import { namedIn } from './naming.ts';
import { tellOf } from './notices.service.ts';

type OnThread = OnCard & { threadId: string };
type Rows = Row<'draft_comments'>[];

/** @throws Problem `not-found` */
export async function readComments(deps: Deps, { roomId, cardId }: OnCard): Promise<{ threads: ThreadView[] }> {
  await requireCard(deps.db, { roomId, cardId });
  const byThread = Map.groupBy(await commentsOfCard(deps.db, roomId, cardId), (row) => row.thread_id);
  return { threads: [...byThread.values()].map(asThread) };
}

/** Comments on the words at the anchor as they are committed (CM-1). */
export async function addComment(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  input: { generation: number; anchor: Anchor; text: string },
): Promise<{ thread: ThreadView }> {
  const text = sound(input.text);
  return changeThread(deps, actor, on, ['comment', input], async (change) => {
    const { tx, now } = change;
    const draft = await draftOfCard(tx, on.roomId, on.cardId);
    if (!draft) throw new Problem('not-found', 'This card has no draft yet.');
    if (draft.generation !== input.generation) throw new Problem('stale-generation');
    const log = await updatesOf(tx, on.roomId, draft.draft_id, draft.generation);
    const words = wordsAt(
      log.map((row) => new Uint8Array(row.bytes)),
      input.anchor,
    );
    if (words === null || words.trim() === '')
      throw new Problem(
        'not-valid',
        'Those words are not in the reply any more. Select words that are there and comment again.',
      );
    const known = await commentsOfCard(tx, on.roomId, on.cardId);
    if (new Set(known.map((row) => row.thread_id)).size >= COMMENT_LIMITS.threads)
      throw new Problem('too-large', `A reply holds at most ${COMMENT_LIMITS.threads} comments.`);
    const id = deps.newId('comment');
    const quote = words.length > COMMENT_LIMITS.quote ? `${words.slice(0, COMMENT_LIMITS.quote - 1)}…` : words;
    const where = { draft_id: draft.draft_id, generation: draft.generation };
    await insertComment(tx, {
      ...where,
      ...(await said(change, on, text)),
      comment_id: id,
      thread_id: id,
      anchor: JSON.stringify(input.anchor),
      quote,
    });
    const open = known.filter((row) => row.comment_id === row.thread_id && row.resolved_at === null).length + 1;
    await updateCard(tx, on.roomId, on.cardId, { open_comments: open });
    return { threadId: id, added: true, now };
  });
}

/** Answers a comment; answering does not open a resolved one again. */
export async function answerComment(
  deps: Deps,
  actor: Actor,
  on: OnThread,
  input: { text: string },
): Promise<{ thread: ThreadView }> {
  const text = sound(input.text);
  return changeThread(deps, actor, on, ['answer', on.threadId, input], async (change) => {
    const rows = await commentsOfThread(change.tx, on.roomId, on.cardId, on.threadId);
    const [first] = rows;
    if (!first) throw new Problem('not-found');
    if (rows.length >= COMMENT_LIMITS.replies)
      throw new Problem('too-large', `A comment takes at most ${COMMENT_LIMITS.replies} answers. Begin another.`);
    await insertComment(change.tx, {
      ...(await said(change, on, text)),
      draft_id: first.draft_id,
      generation: first.generation,
      comment_id: deps.newId('comment'),
      thread_id: on.threadId,
      anchor: null,
      quote: '',
    });
    await updateCard(change.tx, on.roomId, on.cardId, {});
    return { threadId: on.threadId, added: true };
  });
}

/** Resolves a comment or opens it again; done twice it is done once. */
export function resolveComment(
  deps: Deps,
  actor: Actor,
  on: OnThread,
  input: { resolved: boolean },
): Promise<{ thread: ThreadView }> {
  return changeThread(deps, actor, on, ['resolve', on.threadId, input], async ({ tx, now }) => {
    const known = await commentsOfCard(tx, on.roomId, on.cardId);
    const first = known.find((row) => row.comment_id === on.threadId && row.thread_id === on.threadId);
    if (!first) throw new Problem('not-found');
    if ((first.resolved_at !== null) === input.resolved) return { threadId: on.threadId, added: false, same: true };
    await setResolved(tx, on.roomId, on.threadId, input.resolved ? { at: now, by: actor.name } : null);
    const open = known.filter((row) => row.comment_id === row.thread_id && row.resolved_at === null).length;
    await updateCard(tx, on.roomId, on.cardId, { open_comments: open + (input.resolved ? -1 : 1) });
    return { threadId: on.threadId, added: false };
  });
}

type Done = { threadId: string; added: boolean; same?: boolean };

/** One change of one thread under the card's lock, with its event and what it tells people. */
function changeThread(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  request: unknown,
  work: (change: Change) => Promise<Done>,
): Promise<{ thread: ThreadView }> {
  const { roomId, cardId, operationId } = on;
  return deps.events.change(
    { roomId, actor, operationId, request: JSON.stringify([cardId, request]) },
    async (change) => {
      if (!(await lockCard(change.tx, roomId, cardId))) throw new Problem('not-found');
      const { threadId, added, same } = await work(change);
      const thread = asThread(await commentsOfThread(change.tx, roomId, cardId, threadId));
      if (same) return { thread };
      const card = await cardNow(change.tx, on);
      if (added) {
        const tells = await tellOf(deps, change, on, thread);
        change.log({ type: 'comment.added', data: { card, thread, tells } });
      } else change.log({ type: 'comment.resolved', data: { card, thread } });
      return { thread };
    },
  );
}

/** What every comment row carries: who said what, when, and whom it names. */
async function said({ tx, now, actor }: Change, { roomId, cardId }: OnCard, text: string) {
  const members = (await membersOf(tx, roomId)).map((member) => ({ userId: member.user_id, name: member.name }));
  const told: Told[] = namedIn(text, members).filter((each) => each.userId !== actor.id);
  return {
    room_id: roomId,
    card_id: cardId,
    text,
    told: JSON.stringify(told),
    by_id: actor.id,
    by_name: actor.name,
    at: now,
    resolved_at: null,
    resolved_by: null,
  };
}

/** @throws Problem `not-valid` */
function sound(text: string): string {
  const clean = text.replaceAll('\0', '').trim();
  if (clean === '') throw new Problem('not-valid', 'Write what you want to say about these words.');
  return clean;
}

function asThread(rows: Rows): ThreadView {
  const [first] = rows;
  if (!first?.anchor) throw new Error('a thread of comments begins with an anchor');
  const comments: CommentView[] = rows.map((row) => ({
    id: row.comment_id,
    by: row.by_id,
    name: row.by_name,
    at: row.at,
    text: row.text,
    told: row.told,
  }));
  const { resolved_at: at, resolved_by: by } = first;
  return {
    id: first.thread_id,
    generation: first.generation,
    anchor: first.anchor,
    quote: first.quote,
    comments,
    resolved: at === null ? null : { at, by: by ?? '' },
  };
}
