// Reads cards whole, as the board shows them: one statement for the card, its draft, signatures, reply and clocks.
import type { CardView, ClockView, DraftView, ReplyView, SignOffView } from '@rejoinder/contracts/cards';
import { fingerprint } from '@rejoinder/signoff/fingerprint';
import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { Row } from '../db/tables.ts';

type DraftPart = Pick<
  Row<'drafts'>,
  'draft_id' | 'generation' | 'text' | 'findings' | 'empty' | 'too_long' | 'authors'
>;
type CardRow = Row<'cards'> & {
  draft: DraftPart | null;
  sign_offs: Row<'sign_offs'>[] | null;
  job: Row<'publish_jobs'> | null;
  clocks: Row<'clocks'>[] | null;
};

export async function readCards(db: Executor, roomId: string, cardIds: string[]): Promise<CardView[]> {
  if (cardIds.length === 0) return [];
  return select(db, sql`c.room_id = ${roomId} and c.card_id = any(${cardIds})`);
}

/** Every card of the room, closed ones too. */
export function readAllCards(db: Executor, roomId: string): Promise<CardView[]> {
  return select(db, sql`c.room_id = ${roomId}`);
}

export async function readCard(db: Executor, roomId: string, cardId: string): Promise<CardView | undefined> {
  return (await readCards(db, roomId, [cardId]))[0];
}

async function select(db: Executor, where: RawBuilder<unknown>): Promise<CardView[]> {
  const { rows } = await sql<CardRow>`
    select c.*,
      (select json_build_object('draft_id', d.draft_id, 'generation', d.generation, 'text', d.text, 'findings', d.findings, 'empty', d.empty, 'too_long', d.too_long, 'authors', d.authors)
        from drafts d where d.room_id = c.room_id and d.card_id = c.card_id) as draft,
      (select json_agg(s order by s.signed_at, s.sign_off_id) from sign_offs s where s.room_id = c.room_id and s.card_id = c.card_id) as sign_offs,
      (select to_json(j) from publish_jobs j where j.room_id = c.room_id and j.card_id = c.card_id order by j.queued_at desc, j.job_id desc limit 1) as job,
      (select json_agg(k order by k.clock_id) from clocks k where k.room_id = c.room_id and k.card_id = c.card_id) as clocks
    from cards c where ${where} order by c.card_id`.execute(db);
  return rows.map(asCardView);
}

function asCardView(row: CardRow): CardView {
  const { draft } = row;
  return {
    id: row.card_id,
    version: row.version,
    stage: row.stage,
    enteredStageAt: row.entered_stage_at,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    platform: row.platform,
    author: { handle: row.author_handle, name: row.author_name, followers: row.author_followers },
    excerpt: row.excerpt,
    posts: {
      count: row.posts_count,
      unseen: row.posts_unseen,
      firstPostedAt: row.first_posted_at,
      lastPostedAt: row.last_posted_at,
    },
    replyTo: { mentionId: row.reply_to_mention, nativeId: row.reply_to_native, url: row.reply_to_url },
    account: row.account_id,
    storyId: row.story_id,
    severity: row.severity,
    heat: row.heat,
    fields: row.fields,
    owner: row.owner_id ? { userId: row.owner_id, acceptedAt: row.owner_accepted_at } : null,
    draft: draft && {
      id: draft.draft_id,
      generation: draft.generation,
      empty: draft.empty,
      tooLong: draft.too_long,
      findings: JSON.parse(draft.findings) as DraftView['findings'],
      authors: draft.authors,
    },
    signOffs: (row.sign_offs ?? []).map(asSignOffView),
    fingerprint:
      draft && row.account_id
        ? fingerprint({ text: draft.text, account: row.account_id, replyTo: row.reply_to_native })
        : null,
    reply: row.job && asReplyView(row.job),
    clocks: (row.clocks ?? []).map(asClockView),
    followUp: row.follow_up,
    remedy: row.remedy,
  };
}

/** JSON built by PostgreSQL prints instants in its own way; contracts have one form. */
const iso = (instant: string): string => new Date(instant).toISOString();
const isoOrNull = (instant: string | null): string | null => (instant === null ? null : iso(instant));

export const asSignOffView = (row: Row<'sign_offs'>): SignOffView => ({
  id: row.sign_off_id,
  userId: row.user_id,
  name: row.name,
  role: row.role,
  fingerprint: row.fingerprint,
  signedAt: iso(row.signed_at),
  expiresAt: isoOrNull(row.expires_at),
  voidedAt: isoOrNull(row.voided_at),
  voidReason: row.void_reason,
});

const asReplyView = (row: Row<'publish_jobs'>): ReplyView => ({
  jobId: row.job_id,
  state: row.state,
  fingerprint: row.fingerprint,
  attempt: row.attempt,
  queuedAt: iso(row.queued_at),
  publishedAt: isoOrNull(row.published_at),
  url: row.url,
  says: row.says,
  matches: row.matches,
});

export const asClockView = (row: Row<'clocks'>): ClockView => ({
  clock: row.clock_id,
  clause: row.clause,
  startedAt: iso(row.started_at),
  warnAt: row.warn_at.map(iso),
  dueAt: iso(row.due_at),
  stoppedAt: isoOrNull(row.stopped_at),
  warned: row.warned,
  breachedAt: isoOrNull(row.breached_at),
});
