// What people do to a card besides moving it: assess it, read its posts, follow up; and how any change of one card is made.
import type { CardView } from '@rejoinder/contracts/cards';
import type { NewEvent } from '@rejoinder/contracts/events';
import type { Actor } from '@rejoinder/contracts/people';
import type { Ability, Playbook } from '@rejoinder/contracts/playbooks';
import type { Executor, Tx } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import { readTimeline } from '../db/event-reading.ts';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { mentionsOfCard } from '../ingest/mentions.repository.ts';
import { type RoomContext, requireAbility, roomContext } from '../rooms/rooms.service.ts';
import { picturesOf, readCard } from './card-view.service.ts';
import { hasCard, lockCard, publishedReplies, updateCard } from './cards.repository.ts';

export type OnCard = { roomId: string; cardId: string; operationId?: string | undefined };

/** A card locked for one change, with everything a decision needs. */
export type LockedCard = RoomContext & { card: CardView };

/** For what only looks at things of a card. @throws Problem `not-found` when this room has no such card */
export async function requireCard(db: Executor, { roomId, cardId }: Pick<OnCard, 'roomId' | 'cardId'>): Promise<void> {
  if (!(await hasCard(db, roomId, cardId))) throw new Problem('not-found');
}

/** Loads and authorises together. @throws Problem `not-found`, `not-allowed` */
export async function cardFor(tx: Tx, actor: Actor, { roomId, cardId }: OnCard, ability: Ability): Promise<LockedCard> {
  const context = await roomContext(tx, roomId);
  if (!(await lockCard(tx, roomId, cardId))) throw new Problem('not-found');
  requireAbility(context, actor, ability);
  const card = await readCard(tx, roomId, cardId);
  if (!card) throw new Problem('not-found');
  return { ...context, card };
}

/** Reads the card again after the writes, for the event and the answer. */
export async function cardNow(tx: Tx, { roomId, cardId }: OnCard): Promise<CardView> {
  const card = await readCard(tx, roomId, cardId);
  if (!card) throw new Problem('not-found');
  return card;
}

type SingleCardEvent = Extract<NewEvent, { data: { card: CardView } }>;

/** One change of one card: lock, decide and write, log the event with the new view. */
export async function changeCard(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  ability: Ability,
  request: unknown,
  work: (change: Change, locked: LockedCard) => Promise<((card: CardView) => SingleCardEvent) | null>,
): Promise<{ card: CardView }> {
  return deps.events.change(
    { roomId: on.roomId, actor, operationId: on.operationId, request: JSON.stringify([on.cardId, request]) },
    async (change) => {
      const locked = await cardFor(change.tx, actor, on, ability);
      const eventOf = await work(change, locked);
      if (!eventOf) return { card: locked.card };
      const card = await cardNow(change.tx, on);
      change.log(eventOf(card));
      return { card };
    },
  );
}

/** Sets assessment fields (CA-3): only fields and choices of the plan; an empty string clears one. */
export function assessCard(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  input: { fields: Record<string, string>; seenVersion?: number | undefined },
) {
  return changeCard(deps, actor, on, 'triage', ['assess', input], async ({ tx }, { card, playbook }) => {
    refuseStale(card, input.seenVersion);
    await writeFields(tx, on, card, playbook, input.fields);
    return (after) => ({ type: 'card.assessed', data: { card: after, changed: Object.keys(input.fields) } });
  });
}

export async function writeFields(
  tx: Tx,
  { roomId, cardId }: OnCard,
  card: CardView,
  playbook: Playbook,
  fields: Record<string, string>,
): Promise<void> {
  const merged: Record<string, string> = { ...card.fields };
  for (const [id, value] of Object.entries(fields)) {
    const field = playbook.triage.fields.find((f) => f.id === id);
    if (!field)
      throw new Problem(
        'not-valid',
        `The playbook has no field "${id}". It has: ${playbook.triage.fields.map((f) => f.id).join(', ')}.`,
        [{ path: `/fields/${id}`, says: 'unknown field' }],
      );
    if (value !== '' && field.choices && !field.choices.some((choice) => choice.id === value)) {
      throw new Problem(
        'not-valid',
        `"${value}" is no choice for ${field.name}. Choose one of: ${field.choices.map((c) => c.id).join(', ')}.`,
        [{ path: `/fields/${id}`, says: 'not a choice' }],
      );
    }
    if (value === '') delete merged[id];
    else merged[id] = value;
  }
  await updateCard(tx, roomId, cardId, { fields: JSON.stringify(merged) });
}

/** The posts up to `count` have been read by someone who works on the card; posts that came since stay unseen. */
export function seePosts(deps: Deps, actor: Actor, on: OnCard, count: number) {
  return changeCard(deps, actor, on, 'view', ['see', count], async ({ tx }, { card }) => {
    if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can have read a post.');
    const unseen = Math.min(card.posts.unseen, Math.max(0, card.posts.count - count));
    if (unseen === card.posts.unseen) return null;
    await updateCard(tx, on.roomId, on.cardId, { posts_unseen: unseen });
    return (after) => ({ type: 'card.postsSeen', data: { card: after } });
  });
}

/** Someone acted on an older card than the one that is there (I5). */
export function refuseStale(card: CardView, seenVersion: number | undefined): void {
  if (seenVersion !== undefined && seenVersion !== card.version) {
    throw refuse(
      'CA-1',
      'Card',
      'The card changed since you saw it. Look at it as it is now and do it again; what you typed is kept.',
      [{ do: 'reload', says: 'Show the card as it is now' }],
    );
  }
}

const TIMELINE = 200;

/** A card with its conversation, its earlier replies and what happened to it. @throws Problem `not-found` */
export async function cardPage(deps: Deps, { roomId, cardId }: OnCard) {
  const card = await readCard(deps.db, roomId, cardId);
  if (!card) throw new Problem('not-found');
  return {
    card,
    posts: await mentionsOfCard(deps.db, roomId, cardId),
    replies: (await publishedReplies(deps.db, roomId, cardId)).map(({ pictures, ...reply }) =>
      pictures === null ? reply : { ...reply, pictures: picturesOf({ pictures }) },
    ),
    timeline: await readTimeline(deps.db, roomId, cardId, TIMELINE),
  };
}
