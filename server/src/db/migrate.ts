// Brings a database to the newest schema: our migrations, the sign-in tables, and the month partitions of mentions.
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrateSignIn } from '../people/sign-in.ts';
import { openDatabase, openPool } from './database.ts';
import * as foundation from './migrations/001-foundation.ts';
import * as deliveryBody from './migrations/002-delivery-body.ts';
import * as recorded from './migrations/003-recorded.ts';
import * as planReaders from './migrations/004-plan-readers.ts';
import * as planDrafts from './migrations/005-plan-drafts.ts';
import * as levelAsk from './migrations/006-level-ask.ts';
import * as historyComments from './migrations/007-history-comments.ts';
import * as draftSetAside from './migrations/008-draft-set-aside.ts';
import * as signOffTurns from './migrations/009-sign-off-turns.ts';
import * as publishing from './migrations/010-publishing.ts';
import * as privateTalk from './migrations/011-private-talk.ts';
import * as stories from './migrations/013-stories.ts';
import * as draftFits from './migrations/015-draft-fits.ts';
import * as clockPromise from './migrations/016-clock-promise.ts';
import * as duty from './migrations/017-duty.ts';
import * as reaching from './migrations/018-reaching.ts';
import * as ladders from './migrations/019-ladders.ts';
import * as crisis from './migrations/020-crisis.ts';
import * as pictures from './migrations/021-pictures.ts';
import * as standingStill from './migrations/022-standing-still.ts';
import * as statementsOut from './migrations/023-statements-out.ts';
import * as cardRounds from './migrations/024-card-rounds.ts';
import * as withdrawnMessages from './migrations/026-withdrawn-messages.ts';
import * as plainLog from './migrations/027-plain-log.ts';
import type { Tables } from './tables.ts';

const migrations = {
  '001-foundation': foundation,
  '002-delivery-body': deliveryBody,
  '003-recorded': recorded,
  '004-plan-readers': planReaders,
  '005-plan-drafts': planDrafts,
  '006-level-ask': levelAsk,
  '007-history-comments': historyComments,
  '008-draft-set-aside': draftSetAside,
  '009-sign-off-turns': signOffTurns,
  '010-publishing': publishing,
  '011-private-talk': privateTalk,
  '013-stories': stories,
  '015-draft-fits': draftFits,
  '016-clock-promise': clockPromise,
  '018-reaching': reaching,
  '017-duty': duty,
  '021-pictures': pictures,
  '019-ladders': ladders,
  '020-crisis': crisis,
  '022-standing-still': standingStill,
  '023-statements-out': statementsOut,
  '024-card-rounds': cardRounds,
  '026-withdrawn-messages': withdrawnMessages,
  '027-plain-log': plainLog,
};

/**
 * Safe to run at every start and from several nodes at once (Kysely takes an advisory lock).
 * @throws when a migration fails; nothing of that migration remains.
 */
export async function migrate(url: string, now: Date = new Date()): Promise<{ applied: string[] }> {
  const { db } = openDatabase(url, 2);
  // What breaks is told by the statement that needed it.
  const pool = openPool({ connectionString: url, max: 1 }, () => {});
  try {
    await refuseUnsafeDurability(db);
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error;
    await migrateSignIn(pool);
    await makePartitions(db, now);
    return { applied: (results ?? []).map((r) => r.migrationName) };
  } finally {
    await pool.end();
    await db.destroy();
  }
}

/** "Saved" means on disk: a database that does not flush is refused (F42). */
async function refuseUnsafeDurability(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')`.execute(
    db,
  );
  const off = rows.filter((row) => row.setting === 'off').map((row) => row.name);
  if (off.length > 0) {
    throw new Error(
      `PostgreSQL runs with ${off.join(', ')} switched off, so that "saved" would not mean saved. Switch it on and start again.`,
    );
  }
}

/** Month partitions of `mentions`, this month and the next two. What arrives outside them goes to the default partition. */
export async function makePartitions(db: Kysely<Tables>, now: Date): Promise<void> {
  for (let ahead = 0; ahead < 3; ahead++) {
    const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1));
    const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead + 1, 1));
    const name = `mentions_${from.toISOString().slice(0, 7).replace('-', '_')}`;
    const { rows } = await sql<{ found: string | null }>`select to_regclass(${name}) as found`.execute(db);
    if (rows[0]?.found) continue;
    await sql`create table if not exists ${sql.id(name)} partition of mentions for values from (${sql.lit(from.toISOString())}) to (${sql.lit(to.toISOString())})`.execute(
      db,
    );
  }
}
