// A line to PostgreSQL that goes dead without a word: given up in time, told as passing, and nothing half done is left behind.
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isPassing, openDatabase } from '../../server/src/db/database.ts';
import { createSignIn } from '../../server/src/people/sign-in.ts';
import { type FreshDatabase, freshDatabase } from '../support/cluster.ts';
import { type FaultProxy, faultProxy, through } from './fault-proxy.ts';

const SILENT_MS = 250;

describe('a dead line to the database', () => {
  let database: FreshDatabase;
  let line: FaultProxy;
  let opened: ReturnType<typeof openDatabase>;

  beforeAll(async () => {
    database = await freshDatabase();
    const { hostname, port } = new URL(database.url);
    line = await faultProxy({ host: hostname, port: Number(port) });
    opened = openDatabase(through(database.url, line), 2, undefined, SILENT_MS);
    await sql`create table kept (n int)`.execute(opened.db);
  });
  afterAll(async () => {
    await line.close();
    await opened.db.destroy();
    await database.drop();
  });
  const kept = async (): Promise<number[]> =>
    (await sql<{ n: number }>`select n from kept order by n`.execute(opened.db)).rows.map(({ n }) => n);

  it('[F6] is given up after a while, what waits in it too, and asked to try again', async () => {
    // Both connections are there already: a new one would be waited for 10 s.
    await Promise.all([kept(), kept()]);
    line.set({ do: 'silent' });
    const asked = await Promise.allSettled([
      sql`select 1`.execute(opened.db),
      opened.db.transaction().execute((tx) => sql`insert into kept values (1)`.execute(tx)),
    ]);
    for (const each of asked) {
      if (each.status === 'fulfilled') throw new Error('answered on a dead line');
      expect(isPassing(each.reason), String(each.reason)).toBe(true);
    }
    line.set({ do: 'pass' });
    await expect.poll(() => kept().catch((error: Error) => error.message)).toEqual([]);
  });

  it('[F6] does not leave half a transaction behind, nor a connection that answers the question before', async () => {
    const work = opened.db.transaction().execute(async (tx) => {
      await sql`insert into kept values (2)`.execute(tx);
      line.set({ do: 'silent' });
      await sql`insert into kept values (3)`.execute(tx);
    });
    await expect(work).rejects.toThrow();
    line.set({ do: 'pass' });
    await expect.poll(() => kept().catch((error: Error) => error.message)).toEqual([]);
    const answers = await Promise.all(
      [4, 5, 6, 7].map((n) => sql<{ n: number }>`select ${n}::int as n`.execute(opened.db)),
    );
    expect(answers.map(({ rows }) => rows[0]?.n)).toEqual([4, 5, 6, 7]);
  });

  it('[F5] that breaks under a sign-in ends that one attempt and nothing else', async () => {
    const onError = vi.fn();
    const origin = 'http://localhost:3000';
    const signIn = createSignIn({
      databaseUrl: through(database.url, line),
      origin,
      secret: 'a secret of the test, long enough to sign with',
      onError,
    });
    const attempt = () =>
      signIn.handle(
        new Request(`${origin}/api/auth/sign-in/email`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin },
          body: JSON.stringify({ email: 'nobody@house.example', password: 'correct horse battery' }),
        }),
      );
    expect((await attempt()).status).toBe(401);
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query('begin');
    await other.query('lock table "user" in access exclusive mode');
    const asked = attempt().then(
      ({ status }) => status,
      () => 500,
    );
    await vi.waitFor(async () => {
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      expect((await other.query(waiting)).rowCount).toBe(1);
    });
    line.reset();
    expect(await asked).toBe(500);
    await other.end();
    expect(onError).toHaveBeenCalled();
    expect((await attempt()).status).toBe(401);
    await signIn.close();
  });
});
