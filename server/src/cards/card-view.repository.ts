// SQL that reads cards whole: one statement for the card, its draft, signatures, reply and clocks.
import type { AccountView } from '@rejoinder/contracts/rooms';
import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { Row } from '../db/tables.ts';

type DraftPart = Pick<
  Row<'drafts'>,
  | 'draft_id'
  | 'generation'
  | 'text'
  | 'findings'
  | 'empty'
  | 'too_long'
  | 'authors'
  | 'signed'
  | 'likest'
  | 'facts'
  | 'pictures'
  | 'kind'
  | 'supersedes'
> & { channel?: AccountView['channel'] | null };
export type CardRow = Row<'cards'> & {
  draft: DraftPart | null;
  sign_offs: Row<'sign_offs'>[] | null;
  job: Row<'publish_jobs'> | null;
  clocks: Row<'clocks'>[] | null;
};

export function selectCards(db: Executor, roomId: string, cardIds: string[]): Promise<CardRow[]> {
  return select(db, sql`c.room_id = ${roomId} and c.card_id = any(${cardIds})`);
}

export function selectAllCards(db: Executor, roomId: string): Promise<CardRow[]> {
  return select(db, sql`c.room_id = ${roomId}`);
}

async function select(db: Executor, where: RawBuilder<unknown>): Promise<CardRow[]> {
  const { rows } = await sql<CardRow>`
    select c.*,
      (select json_build_object('draft_id', d.draft_id, 'generation', d.generation, 'text', d.text, 'findings', d.findings, 'empty', d.empty, 'too_long', d.too_long, 'authors', d.authors, 'signed', d.signed, 'likest', d.likest, 'facts', d.facts, 'pictures', d.pictures, 'kind', d.kind, 'supersedes', d.supersedes,
          'channel', case when d.empty and d.pictures is not null then (select a.channel from accounts a where a.room_id = c.room_id and a.account_id = c.account_id) end)
        from drafts d where d.room_id = c.room_id and d.card_id = c.card_id) as draft,
      (select json_agg(s order by s.signed_at, s.sign_off_id) from sign_offs s where s.room_id = c.room_id and s.card_id = c.card_id) as sign_offs,
      (select to_json(j) from publish_jobs j where j.room_id = c.room_id and j.card_id = c.card_id order by j.queued_at desc, j.job_id desc limit 1) as job,
      (select json_agg(k order by k.clock_id collate "C") from clocks k where k.room_id = c.room_id and k.card_id = c.card_id) as clocks
    from cards c where ${where} order by c.card_id`.execute(db);
  return rows;
}
