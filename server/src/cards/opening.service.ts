// From verdicts to cards: opens one for an author who needs an answer, joins further posts to it, reopens a closed one.
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { MentionView, Verdict } from '@rejoinder/contracts/mentions';
import { reopening } from '@rejoinder/playbook/reopening';
import type { Change } from '../db/event-log.ts';
import type { NewRow, Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { readMentions } from '../ingest/mentions.repository.ts';
import { accountsOf } from '../rooms/rooms.repository.ts';
import { heldContext, type RoomContext } from '../rooms/rooms.service.ts';
import { storiesNow } from '../stories/stories.repository.ts';
import { readCards } from './card-view.service.ts';
import {
  cardsHolding,
  type Heating,
  heatCards,
  insertCards,
  linkMentions,
  lockCards,
  newestCardsOf,
  reopenCard,
  updateCard,
} from './cards.repository.ts';
import { insertClocks } from './clocks.repository.ts';
import { clocksThatBegin, restartClocks } from './clocks.ts';
import { becomePublic, isOnlyPrivate } from './private-messages.service.ts';
import { authorsWrote } from './standing-still.ts';

const EXCERPT = 280;

type Post = { mention: MentionView; verdict: Verdict };

/** Handles `mention.triaged`. Natural key: a mention belongs to one card, so a repeated run links nothing new (CA-2). */
export async function cardsFromVerdicts(
  deps: Deps,
  change: Change,
  roomId: string,
  events: RoomEvent[],
): Promise<void> {
  const verdicts = events
    .flatMap((event) => (event.type === 'mention.triaged' ? event.data.verdicts : []))
    .filter((v) => v.verdict !== 'leave');
  if (verdicts.length === 0) return;
  const merged = await storiesNow(change.tx, roomId);
  const mentions = new Map(
    (
      await readMentions(
        change.tx,
        roomId,
        verdicts.map((v) => v.mentionId),
      )
    ).map((m) => [m.id, m]),
  );
  const byAuthor = new Map<string, Post[]>();
  for (const verdict of verdicts) {
    const mention = mentions.get(verdict.mentionId);
    if (!mention || mention.cardId || mention.deletedAt) continue;
    const key = `${mention.platform} ${mention.author.handle}`;
    const storyId = verdict.storyId && (merged.get(verdict.storyId) ?? verdict.storyId);
    byAuthor.set(key, [...(byAuthor.get(key) ?? []), { mention, verdict: { ...verdict, storyId } }]);
  }
  if (byAuthor.size === 0) return;
  const authors = [...byAuthor.values()].flatMap(([first]) =>
    first ? [{ platform: first.mention.platform, handle: first.mention.author.handle }] : [],
  );
  const known = await newestCardsOf(change.tx, roomId, authors);
  await lockCards(
    change.tx,
    roomId,
    known.map((card) => card.card_id),
  );
  // Held until the end: clocks begin under the level, the plan and the state that the room has then (RM-7, CK-18).
  const context = await heldContext(change.tx, roomId);
  // Read again under the lock: the card may just have been closed, or its posts read (CA-6).
  const newest = new Map(
    (await newestCardsOf(change.tx, roomId, authors)).map((card) => [`${card.platform} ${card.author_handle}`, card]),
  );
  const opening: { author: string; posts: Post[] }[] = [];
  const heating: { card: Row<'cards'>; posts: Post[] }[] = [];
  for (const [author, posts] of byAuthor) {
    const card = newest.get(author);
    const within = card ? reopening(context.playbook, card.stage).within : 0;
    const reopens = card?.closed_at && Date.parse(change.now) - Date.parse(card.closed_at) <= within;
    if (card && (!card.closed_at || reopens)) heating.push({ card, posts });
    // Whoever comes back later than the plan's days is heard too, also where triage still counted on the old card.
    else if (card || posts.some((post) => post.verdict.verdict === 'open')) opening.push({ author, posts });
  }
  await open(
    deps,
    change,
    context,
    opening.map((o) => o.posts),
  );
  await heat(change, context, heating);
}

async function open(deps: Deps, { tx, now, log }: Change, context: RoomContext, groups: Post[][]): Promise<void> {
  if (groups.length === 0) return;
  const { room } = context;
  const accounts = await accountsOf(tx, room.room_id);
  const made = groups.map((posts) => ({ posts, row: newCard(deps, context, posts, now, accounts) }));
  await insertCards(
    tx,
    made.map(({ row }) => row),
  );
  await insertClocks(
    tx,
    made.flatMap(({ row }) =>
      clocksThatBegin(context, row.card_id, {
        posted: row.first_posted_at,
        opened: now,
        entered: { stage: row.stage, at: now },
      }),
    ),
  );
  const links = made.flatMap(({ row, posts }) =>
    posts.map(({ mention }) => ({
      room_id: room.room_id,
      card_id: row.card_id,
      mention_id: mention.id,
      received_at: mention.receivedAt,
    })),
  );
  await linkMentions(tx, links);
  const cards = await readCards(
    tx,
    room.room_id,
    made.map(({ row }) => row.card_id),
  );
  log({ type: 'card.opened', data: { cards, mentions: links.map((l) => ({ id: l.mention_id, cardId: l.card_id })) } });
}

async function heat(
  change: Change,
  context: RoomContext,
  groups: { card: Row<'cards'>; posts: Post[] }[],
): Promise<void> {
  if (groups.length === 0) return;
  const { tx, now, log } = change;
  const { room, playbook } = context;
  const links: NewRow<'card_mentions'>[] = [];
  const heated: Heating[] = [];
  for (const { card, posts } of groups) {
    const newest = newestOf(posts);
    const isNewest = isOnlyPrivate(card) || newest.mention.postedAt >= card.last_posted_at;
    const { card_id, reply_to_mention, reply_to_native, reply_to_url } = card;
    heated.push({
      card_id,
      posts_count: card.posts_count + posts.length,
      posts_unseen: card.posts_unseen + posts.length,
      heat: card.heat + posts.length,
      severity: Math.max(card.severity, ...posts.map((p) => p.verdict.severity)),
      last_posted_at: isNewest ? newest.mention.postedAt : card.last_posted_at,
      excerpt: isNewest ? excerptOf(newest.mention.text) : card.excerpt,
      ...(isNewest ? answering(newest.mention) : { reply_to_mention, reply_to_native, reply_to_url }),
    });
    if (card.closed_at !== null) {
      const stage = reopening(playbook, card.stage).to;
      // A new round: what was asked, pointed to and ticked in the last one does not answer for it.
      const talk = card.private_talk && JSON.stringify({ ...card.private_talk, since: null, backAt: null });
      const anew = { follow_up: null, checks: null, recorded: null, private_talk: talk };
      const posted = oldestOf(posts).mention.postedAt;
      const round = { closed_at: null, was_closed_at: null, round_at: now, round_posted_at: posted };
      await reopenCard(tx, room.room_id, card_id, { stage, entered_stage_at: now, ...round, ...anew });
      await restartClocks(tx, context, card_id, { posted, opened: now, entered: { stage, at: now } });
    }
    for (const { mention } of posts)
      links.push({
        room_id: room.room_id,
        card_id: card.card_id,
        mention_id: mention.id,
        received_at: mention.receivedAt,
      });
  }
  await heatCards(tx, room.room_id, heated);
  const wrote = groups.map(({ card, posts }) => [card.card_id, oldestOf(posts).mention.postedAt] as const);
  await authorsWrote(tx, context, new Map(wrote), now);
  await linkMentions(tx, links);
  for (const { card, posts } of groups)
    if (isOnlyPrivate(card)) await becomePublic(change, context, card, oldestOf(posts).mention.postedAt);
  const cards = await readCards(
    tx,
    room.room_id,
    groups.map(({ card }) => card.card_id),
  );
  log({ type: 'card.heated', data: { cards, mentions: links.map((l) => ({ id: l.mention_id, cardId: l.card_id })) } });
}

/** Handles edits and deletions in `mention.received`: the excerpt follows the newest post that still stands. */
export async function postsChanged(
  _deps: Deps,
  { tx, log }: Change,
  roomId: string,
  events: RoomEvent[],
): Promise<void> {
  const changed = events.flatMap((event) =>
    event.type === 'mention.received' ? [...event.data.edited, ...event.data.deleted] : [],
  );
  const held = await cardsHolding(
    tx,
    roomId,
    changed.map((m) => m.id),
  );
  const cardIds = [...new Set(held.map((h) => h.card_id))].sort();
  if (cardIds.length === 0) return;
  await lockCards(tx, roomId, cardIds);
  for (const cardId of cardIds) {
    const links = await tx
      .selectFrom('card_mentions')
      .select('mention_id')
      .where('room_id', '=', roomId)
      .where('card_id', '=', cardId)
      .execute();
    const posts = (
      await readMentions(
        tx,
        roomId,
        links.map((l) => l.mention_id),
      )
    ).filter((m) => !m.deletedAt);
    const newest = posts.sort((a, b) => (a.postedAt < b.postedAt ? 1 : -1))[0];
    await updateCard(tx, roomId, cardId, { excerpt: newest ? excerptOf(newest.text) : '' });
  }
  log({ type: 'card.postsChanged', data: { cards: await readCards(tx, roomId, cardIds) } });
}

function newCard(deps: Deps, { room, playbook }: RoomContext, posts: Post[], now: string, accounts: Row<'accounts'>[]) {
  const newest = newestOf(posts);
  const first = oldestOf(posts);
  const suggested = posts.map((p) => p.verdict.suggestedClass).find((c) => c !== null);
  return {
    room_id: room.room_id,
    card_id: deps.newId('card'),
    version: 1,
    stage: playbook.stages[0]?.id ?? 'new',
    entered_stage_at: now,
    opened_at: now,
    closed_at: null,
    platform: newest.mention.platform,
    author_handle: newest.mention.author.handle,
    author_name: newest.mention.author.name,
    author_followers: newest.mention.author.followers,
    excerpt: excerptOf(newest.mention.text),
    posts_count: posts.length,
    posts_unseen: posts.length,
    first_posted_at: first.mention.postedAt,
    last_posted_at: newest.mention.postedAt,
    ...answering(newest.mention),
    account_id: accounts.find((a) => a.platform === newest.mention.platform)?.account_id ?? null,
    story_id: newest.verdict.storyId,
    severity: Math.max(...posts.map((p) => p.verdict.severity)),
    heat: posts.length - 1,
    fields: JSON.stringify(suggested ? { suggested_class: suggested } : {}),
    owner_id: null,
    owner_accepted_at: null,
    follow_up: null,
    remedy: null,
  };
}

const answering = (mention: MentionView) => ({
  reply_to_mention: mention.id,
  reply_to_native: mention.nativeId,
  reply_to_url: mention.url,
});
const newestOf = (posts: Post[]): Post => posts.reduce((a, b) => (b.mention.postedAt >= a.mention.postedAt ? b : a));
const oldestOf = (posts: Post[]): Post => posts.reduce((a, b) => (b.mention.postedAt < a.mention.postedAt ? b : a));
const excerptOf = (text: string): string =>
  text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT - 1).toWellFormed()}…`;
