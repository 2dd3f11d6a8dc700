// Who confirmed that they read which version of a room's plan.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table playbook_readers (
      room_id text not null,
      playbook_id text not null,
      version int not null,
      user_id text not null,
      name text not null,
      roles text[] not null,
      at timestamptz not null,
      primary key (room_id, playbook_id, version, user_id)
    )`.execute(db);
}
