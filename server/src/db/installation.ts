// What tells a restored or cloned database from the one that ran here before: a count of sendings, kept in the data folder too, and the address.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import type { Db, Executor } from './database.ts';

export type Hold = { since: string; why: string };

/** The hold on outbox and sources; null while they run (D11). */
export async function holdOf(db: Executor): Promise<Hold | null> {
  const row = await db.selectFrom('installation').select(['held_since', 'held_why']).executeTakeFirst();
  return row?.held_since ? { since: row.held_since, why: row.held_why ?? '' } : null;
}

/** An earlier hold stays as it is. */
export async function hold(db: Executor, why: string, now: string): Promise<void> {
  await db
    .updateTable('installation')
    .set({ held_since: now, held_why: why })
    .where('held_since', 'is', null)
    .execute();
}

export async function letGo(db: Executor): Promise<void> {
  await db.updateTable('installation').set({ held_since: null, held_why: null }).execute();
}

/**
 * Looks at every start whether this database is the one that ran here last: it must know of every sending that the data folder knows of,
 * and must not have run under another address. If not, it is held. Answers the hold, new or old.
 */
export async function checkForRestore(db: Db, dataDir: string, origin: string, now: string): Promise<Hold | null> {
  const before = await db.selectFrom('installation').select('origin').executeTakeFirst();
  const { rows } = await sql<{ sends: number }>`
    select case when is_called then last_value else 0 end::int as sends from reply_sends`.execute(db);
  const knows = rows[0]?.sends ?? 0;
  const sent = await sendsKept(dataDir);
  if (sent > knows)
    await hold(
      db,
      `This database knows of ${knows} sendings, but ${sent} left this installation: it was restored from a backup.`,
      now,
    );
  else if (before?.origin && before.origin !== origin)
    await hold(
      db,
      `This database ran at ${before.origin} before, and now at ${origin}: it may be a copy of another installation.`,
      now,
    );
  await db.updateTable('installation').set({ origin }).execute();
  return holdOf(db);
}

/** Keeps the count of sendings outside the database, before the sending itself. The highest number stays, whatever comes late. */
export function keepSends(dataDir: string): (sends: number) => Promise<void> {
  let highest = 0;
  let writing: Promise<void> = Promise.resolve();
  return (sends) => {
    highest = Math.max(highest, sends);
    writing = writing.catch(() => undefined).then(() => write(dataDir, highest));
    return writing;
  };
}

const fileOf = (dataDir: string): string => path.join(dataDir, 'reply-sends');

async function write(dataDir: string, sends: number): Promise<void> {
  if (sends <= (await sendsKept(dataDir))) return;
  await mkdir(dataDir, { recursive: true });
  await writeFile(`${fileOf(dataDir)}.new`, `${sends}\n`, { flush: true });
  await rename(`${fileOf(dataDir)}.new`, fileOf(dataDir));
}

/** 0 where nothing was kept yet, or what was kept is no number. */
async function sendsKept(dataDir: string): Promise<number> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch(() => '');
  return /^\d{1,15}\s*$/.test(text) ? Number(text) : 0;
}
