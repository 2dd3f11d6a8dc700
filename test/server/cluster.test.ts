// A clone per test file: migrated, its own, and gone when dropped.
import pg from 'pg';
import { expect, it } from 'vitest';
import { freshDatabase } from '../support/cluster.ts';

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

it('[DB-8] each clone is migrated and sees nothing of the other', async () => {
  const [one, two] = [await freshDatabase(), await freshDatabase()];
  await query(one.url, 'CREATE TABLE mine (n int)');
  expect(await query(one.url, "SELECT to_regclass('rooms')::text AS rooms, to_regclass('mine')::text AS mine")).toEqual(
    [{ rooms: 'rooms', mine: 'mine' }],
  );
  expect(await query(two.url, "SELECT to_regclass('rooms')::text AS rooms, to_regclass('mine')::text AS mine")).toEqual(
    [{ rooms: 'rooms', mine: null }],
  );
  await Promise.all([one.drop(), two.drop()]);
  await expect(query(one.url, 'SELECT 1')).rejects.toThrow('does not exist');
});
