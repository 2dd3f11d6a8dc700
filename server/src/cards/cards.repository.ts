// SQL of cards. Locks are named.
import type { LadderView } from '@rejoinder/contracts/ladders';
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

/** Locks the card's row; everything a card shows is changed under this lock only. */
export async function lockCard(tx: Tx, roomId: string, cardId: string): Promise<{ version: number } | undefined> {
  return tx
    .selectFrom('cards')
    .select('version')
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .forUpdate()
    .executeTakeFirst();
}

export async function hasCard(db: Executor, roomId: string, cardId: string): Promise<boolean> {
  const row = await db
    .selectFrom('cards')
    .select('card_id')
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Locks many cards in one order, so that two batches cannot wait for each other. */
export async function lockCards(tx: Tx, roomId: string, cardIds: string[]): Promise<void> {
  if (cardIds.length === 0) return;
  await tx
    .selectFrom('cards')
    .select('card_id')
    .where('room_id', '=', roomId)
    .where('card_id', 'in', cardIds)
    .orderBy('card_id')
    .forUpdate()
    .execute();
}

/** Locks every open card of the room, in that same order. */
export async function lockOpenCards(tx: Tx, roomId: string): Promise<void> {
  await tx
    .selectFrom('cards')
    .select('card_id')
    .where('room_id', '=', roomId)
    .where('closed_at', 'is', null)
    .orderBy('card_id')
    .forUpdate()
    .execute();
}

/** Writes the change and raises the version. Where the words are judged by it, whoever types next looks again. */
export async function updateCard(
  tx: Tx,
  roomId: string,
  cardId: string,
  change: Partial<NewRow<'cards'>>,
): Promise<void> {
  const written = tx
    .updateTable('cards')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .execute();
  const isJudgedBy = change.stage !== undefined || change.fields !== undefined;
  await Promise.all([written, isJudgedBy && forgetFit(tx, roomId, cardId)]);
}

/** What a card shows of its ladders. Nobody's work on it is outdated by that, so its version stays. */
export async function showLadders(tx: Tx, roomId: string, cardId: string, ladders: LadderView[]): Promise<void> {
  await tx
    .updateTable('cards')
    .set({ ladders: ladders.length === 0 ? null : JSON.stringify(ladders) })
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .execute();
}

/** Rows travel as one JSON parameter: however many there are, the statement stays the same and its plan is kept. */
export async function insertCards(tx: Tx, cards: NewRow<'cards'>[]): Promise<void> {
  if (cards.length === 0) return;
  const rows = JSON.stringify(cards.map((card) => ({ ...card, fields: JSON.parse(card.fields) })));
  await sql`insert into cards select * from json_populate_recordset(null::cards, ${rows}::json)`.execute(tx);
}

/** Its version is raised by the heating that reopens it. */
export async function reopenCard(
  tx: Tx,
  roomId: string,
  cardId: string,
  change: Pick<
    NewRow<'cards'>,
    | 'stage'
    | 'entered_stage_at'
    | 'closed_at'
    | 'was_closed_at'
    | 'round_at'
    | 'round_posted_at'
    | 'follow_up'
    | 'checks'
    | 'recorded'
    | 'private_talk'
  >,
): Promise<void> {
  await forgetFit(tx, roomId, cardId);
  await tx.updateTable('cards').set(change).where('room_id', '=', roomId).where('card_id', '=', cardId).execute();
}

async function forgetFit(tx: Tx, roomId: string, cardId: string): Promise<void> {
  await tx
    .updateTable('drafts')
    .set({ fits: null })
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .where('fits', 'is not', null)
    .execute();
}

/** What a further post changes on an open card. */
export type Heating = Pick<
  Row<'cards'>,
  | 'card_id'
  | 'posts_count'
  | 'posts_unseen'
  | 'heat'
  | 'severity'
  | 'last_posted_at'
  | 'excerpt'
  | 'reply_to_mention'
  | 'reply_to_native'
  | 'reply_to_url'
>;

/** Writes many heated cards at once and raises their versions. */
export async function heatCards(tx: Tx, roomId: string, heated: Heating[]): Promise<void> {
  if (heated.length === 0) return;
  await sql`
    update cards c set version = c.version + 1, posts_count = h.posts_count, posts_unseen = h.posts_unseen, heat = h.heat, severity = h.severity,
      last_posted_at = h.last_posted_at, excerpt = h.excerpt, reply_to_mention = h.reply_to_mention, reply_to_native = h.reply_to_native, reply_to_url = h.reply_to_url
    from json_populate_recordset(null::cards, ${JSON.stringify(heated)}::json) h
    where c.room_id = ${roomId} and c.card_id = h.card_id`.execute(tx);
}

export type AuthorKey = { platform: string; handle: string };

/** The open card of each author, else the newest closed one. */
export async function newestCardsOf(tx: Tx, roomId: string, authors: AuthorKey[]): Promise<Row<'cards'>[]> {
  if (authors.length === 0) return [];
  const { rows } = await sql<Row<'cards'>>`
    select distinct on (platform, author_handle) * from cards
    where room_id = ${roomId} and (platform, author_handle) in (select * from unnest(${authors.map((a) => a.platform)}::text[], ${authors.map((a) => a.handle)}::text[]))
    order by platform, author_handle, (closed_at is null) desc, opened_at desc`.execute(tx);
  return rows;
}

/** Whether this author has an open card besides this one: there is at most one (CA-7). */
export async function hasOtherOpenCard(tx: Tx, roomId: string, cardId: string, author: AuthorKey): Promise<boolean> {
  const other = await tx
    .selectFrom('cards')
    .select('card_id')
    .where('room_id', '=', roomId)
    .where('platform', '=', author.platform)
    .where('author_handle', '=', author.handle)
    .where('closed_at', 'is', null)
    .where('card_id', '!=', cardId)
    .executeTakeFirst();
  return other !== undefined;
}

/** Holds a stage's count still, so that two cards cannot both take its last place. */
export async function lockStage(tx: Tx, roomId: string, stageId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`stage ${roomId}/${stageId}`}, 0))`.execute(tx);
}

export async function linkMentions(tx: Tx, links: NewRow<'card_mentions'>[]): Promise<void> {
  if (links.length === 0) return;
  await sql`
    insert into card_mentions select * from json_populate_recordset(null::card_mentions, ${JSON.stringify(links)}::json) order by mention_id
    on conflict do nothing`.execute(tx);
}

/** Cards that hold any of the mentions. */
export async function cardsHolding(
  db: Executor,
  roomId: string,
  mentionIds: string[],
): Promise<{ card_id: string; mention_id: string }[]> {
  if (mentionIds.length === 0) return [];
  return db
    .selectFrom('card_mentions')
    .select(['card_id', 'mention_id'])
    .where('room_id', '=', roomId)
    .where('mention_id', 'in', mentionIds)
    .execute();
}

/** Open cards per stage, and per stage those of one owner. */
export async function countStages(
  db: Executor,
  roomId: string,
  ownerId: string | null,
): Promise<{ counts: Record<string, number>; ofOwner: Record<string, number> }> {
  const { rows } = await sql<{ stage: string; n: number; owned: number }>`
    select stage, count(*)::int as n, (count(*) filter (where owner_id = ${ownerId}))::int as owned
    from cards where room_id = ${roomId} and closed_at is null group by stage`.execute(db);
  return {
    counts: Object.fromEntries(rows.map((r) => [r.stage, r.n])),
    ofOwner: Object.fromEntries(rows.map((r) => [r.stage, r.owned])),
  };
}

/** A name from a row's user id, for texts. */
export async function memberName(db: Executor, roomId: string, userId: string): Promise<string> {
  const row = await db
    .selectFrom('members')
    .select('name')
    .where('room_id', '=', roomId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.name ?? 'someone';
}

/** What was published to this person, oldest first. */
export async function publishedReplies(
  db: Executor,
  roomId: string,
  cardId: string,
): Promise<
  {
    text: string;
    publishedAt: string;
    url: string | null;
    kind?: Row<'publish_jobs'>['kind'];
    pictures: string | null;
  }[]
> {
  const rows = await db
    .selectFrom('publish_jobs')
    .select(['text', 'published_at', 'url', 'kind', 'pictures'])
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .where('state', '=', 'published')
    .orderBy('published_at')
    .execute();
  return rows.map(({ text, published_at, url, kind, pictures }) => ({
    text,
    publishedAt: published_at ?? '',
    url,
    ...(kind === 'reply' ? {} : { kind }),
    pictures,
  }));
}

/** Open cards that cannot be answered because their platform had no account. */
export async function cardsWithoutAccount(
  db: Executor,
  roomId: string,
): Promise<{ card_id: string; platform: string }[]> {
  return (
    db
      .selectFrom('cards')
      .select(['card_id', 'platform'])
      .where('room_id', '=', roomId)
      .where('closed_at', 'is', null)
      .where('account_id', 'is', null)
      // What began in private has nothing in public that could be answered.
      .where('reply_to_native', '!=', '')
      .execute()
  );
}
