// A message that was not sent yet may be withdrawn: what it asked for is answered.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `alter table messages drop constraint messages_state_check`,
  `alter table messages add constraint messages_state_check check (state in ('waiting', 'gathering', 'sending', 'delivered', 'failed', 'board', 'withheld', 'read', 'withdrawn'))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
