// What somebody typed as the text was frozen: kept for its author until it is put back or let go.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table draft_set_aside (
      room_id text not null,
      draft_id text not null,
      aside_id text not null,
      generation int not null,
      user_id text not null,
      bytes bytea not null,
      words text not null,
      takes int not null,
      at timestamptz not null,
      ended_at timestamptz,
      how text,
      primary key (room_id, draft_id, aside_id)
    )`.execute(db);
}
