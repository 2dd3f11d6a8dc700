// SQL of mentions: identity apart from the time-partitioned rows.
import type { MentionView, Reason } from '@rejoinder/contracts/mentions';
import { type RawBuilder, sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import { instantOf } from '../db/ids.ts';
import type { NewRow, Row } from '../db/tables.ts';
import { claiming, type Delivered } from './deliveries.repository.ts';

export type KeyRow = Row<'mention_keys'>;

/** Claims identities. Answers those that were new; the others are known already (IN-1). */
export async function claimKeys(tx: Tx, keys: NewRow<'mention_keys'>[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await sql<{ mention_id: string }>`
    insert into mention_keys (room_id, platform, native_id, mention_id, received_at, revised_at, deleted_at)
    select * from unnest(${keys.map((k) => k.room_id)}::text[], ${keys.map((k) => k.platform)}::text[], ${keys.map((k) => k.native_id)}::text[],
      ${keys.map((k) => k.mention_id)}::text[], ${keys.map((k) => k.received_at)}::timestamptz[], ${keys.map((k) => k.revised_at)}::timestamptz[], ${keys.map((k) => k.deleted_at)}::timestamptz[])
    on conflict do nothing returning mention_id`.execute(tx);
  return new Set(rows.map((row) => row.mention_id));
}

/** Locks the identities of edits and deletions. */
export async function lockKeys(
  tx: Tx,
  roomId: string,
  ids: { platform: string; nativeId: string }[],
): Promise<KeyRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<KeyRow>`
    select * from mention_keys where room_id = ${roomId}
      and (platform, native_id) in (select * from unnest(${ids.map((i) => i.platform)}::text[], ${ids.map((i) => i.nativeId)}::text[]))
    order by platform, native_id for update`.execute(tx);
  return rows;
}

export async function markRevised(
  tx: Tx,
  roomId: string,
  mentionId: string,
  key: { platform: string; native_id: string },
  change: { revised_at?: string; deleted_at?: string },
): Promise<void> {
  await tx
    .updateTable('mention_keys')
    .set(change)
    .where('room_id', '=', roomId)
    .where('platform', '=', key.platform)
    .where('native_id', '=', key.native_id)
    .where('mention_id', '=', mentionId)
    .execute();
}

type NewMention = NewRow<'mentions'>;

/**
 * Stores what is not known yet, identity and row in one statement, and counts it for its source. Answers the ids that were new (IN-1).
 * In the order of the identities, so that two batches with the same posts cannot wait for each other.
 */
export async function storeMentions(tx: Tx, rows: NewMention[]): Promise<Set<string>> {
  const [first] = rows;
  if (!first) return new Set();
  const stored = await sql<{ mention_id: string }>`with ${storing(rows, first)} select mention_id from fresh`.execute(
    tx,
  );
  return new Set(stored.rows.map((row) => row.mention_id));
}

/** The same for posts that deliveries of one source bring, of which only those are stored whose delivery is new: both in one statement (IN-3). */
export async function storeDelivered(
  tx: Tx,
  deliveries: Delivered[],
  rows: (NewMention & { deliveryId: string })[],
): Promise<{ claimed: Set<string>; stored: Set<string> }> {
  const [claimed, stored] = [new Set<string>(), new Set<string>()];
  const [first] = rows;
  if (!first) return { claimed, stored };
  const answer = await sql<{ id: string; delivery: boolean }>`
    with claimed as (${claiming(first.room_id, deliveries, first.received_at)}), ${storing(
      rows,
      first,
      rows.map((row) => row.deliveryId),
    )}
    select delivery_id as id, true as delivery from claimed union all select mention_id, false from fresh`.execute(tx);
  for (const { id, delivery } of answer.rows) (delivery ? claimed : stored).add(id);
  return { claimed, stored };
}

/** `given` are the rows, or those of claimed deliveries; `fresh` are the ids that were not known. Of two equal posts the first is stored. */
function storing(rows: NewMention[], first: NewMention, deliveryIds?: string[]): RawBuilder<unknown> {
  const column = <K extends keyof NewMention>(key: K) => rows.map((row) => row[key] ?? null);
  const delivered = deliveryIds
    ? { column: sql`, ${deliveryIds}::text[]`, name: sql`, delivery_id`, only: sql`join claimed using (delivery_id)` }
    : { column: sql``, name: sql``, only: sql`` };
  const columns = sql`platform, native_id, url, author_handle, author_name, author_followers, text, posted_at, edited_at, in_reply_to, lang`;
  return sql`
    given as (
      select mention_id, ${columns}, nth
      from unnest(${column('mention_id')}::text[], ${column('platform')}::text[], ${column('native_id')}::text[], ${column('url')}::text[],
        ${column('author_handle')}::text[], ${column('author_name')}::text[], ${column('author_followers')}::bigint[], ${column('text')}::text[],
        ${column('posted_at')}::timestamptz[], ${column('edited_at')}::timestamptz[], ${column('in_reply_to')}::text[], ${column('lang')}::text[]${delivered.column})
        with ordinality as g(mention_id, ${columns}${delivered.name}, nth) ${delivered.only}
    ), fresh as (
      insert into mention_keys (room_id, platform, native_id, mention_id, received_at, revised_at)
      select ${first.room_id}, platform, native_id, mention_id, ${first.received_at}::timestamptz, edited_at from given order by platform, native_id, nth
      on conflict do nothing returning mention_id
    ), kept as (
      insert into mentions (room_id, received_at, source_id, mention_id, ${columns})
      select ${first.room_id}, ${first.received_at}::timestamptz, ${first.source_id}, mention_id, ${columns} from given join fresh using (mention_id)
    ), counted as (
      update sources set received = received + (select count(*) from fresh), last_item_at = ${first.received_at}
      where room_id = ${first.room_id} and source_id = ${first.source_id} and exists (select from fresh)
    )`;
}

/** An edit or a deletion is a sign of life of a source too. */
export async function markAlive(tx: Tx, roomId: string, sourceId: string, at: string): Promise<void> {
  await tx
    .updateTable('sources')
    .set({ last_item_at: at })
    .where('room_id', '=', roomId)
    .where('source_id', '=', sourceId)
    .execute();
}

export async function reviseMention(
  tx: Tx,
  roomId: string,
  mentionId: string,
  change: Partial<NewRow<'mentions'>>,
): Promise<void> {
  await tx
    .updateTable('mentions')
    .set(change)
    .where('room_id', '=', roomId)
    .where('received_at', '=', instantOf(mentionId))
    .where('mention_id', '=', mentionId)
    .execute();
}

type ViewRow = Row<'mentions'> & {
  severity: number | null;
  reasons: string | null;
  story_id: string | null;
  card_id: string | null;
};

const viewColumns = sql`m.*, v.severity, v.reasons, v.story_id, l.card_id`;
const viewJoins = sql`left join mention_verdicts v on v.room_id = m.room_id and v.mention_id = m.mention_id
  left join card_mentions l on l.room_id = m.room_id and l.mention_id = m.mention_id`;

/** Mentions by id; an id carries its instant, so only its own partition is read. */
export async function readMentions(db: Executor, roomId: string, ids: string[]): Promise<MentionView[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<ViewRow>`
    select ${viewColumns} from unnest(${ids}::text[], ${ids.map(instantOf)}::timestamptz[]) as wanted(id, at)
    join mentions m on m.room_id = ${roomId} and m.received_at = wanted.at and m.mention_id = wanted.id ${viewJoins} order by m.received_at, m.mention_id`.execute(
    db,
  );
  return rows.map(asMentionView);
}

/** The newest mentions, oldest first. */
export async function newestMentions(db: Executor, roomId: string, limit: number): Promise<MentionView[]> {
  const { rows } = await sql<ViewRow>`
    select ${viewColumns} from (select * from mentions where room_id = ${roomId} order by received_at desc, mention_id desc limit ${limit}) m
    ${viewJoins} order by m.received_at, m.mention_id`.execute(db);
  return rows.map(asMentionView);
}

/** The posts of a card, in the order they were posted. */
export async function mentionsOfCard(db: Executor, roomId: string, cardId: string): Promise<MentionView[]> {
  const links = await db
    .selectFrom('card_mentions')
    .select('mention_id')
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .execute();
  const found = await readMentions(
    db,
    roomId,
    links.map((link) => link.mention_id),
  );
  return found.sort((a, b) => (a.postedAt < b.postedAt ? -1 : a.postedAt > b.postedAt ? 1 : a.id < b.id ? -1 : 1));
}

function asMentionView(row: ViewRow): MentionView {
  return {
    id: row.mention_id,
    sourceId: row.source_id,
    platform: row.platform,
    nativeId: row.native_id,
    url: row.url,
    author: { handle: row.author_handle, name: row.author_name, followers: row.author_followers },
    text: row.text,
    postedAt: row.posted_at,
    receivedAt: row.received_at,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
    inReplyTo: row.in_reply_to,
    lang: row.lang,
    severity: row.severity,
    reasons: row.reasons === null ? [] : (JSON.parse(row.reasons) as Reason[]),
    storyId: row.story_id,
    cardId: row.card_id,
  };
}
