// A draft store on three tables of its own in real PostgreSQL: no cards, no sign-offs. For tests of the loop alone.
import pg from 'pg';
import type { DraftKey, DraftStore } from '../../server/src/coedit/draft-store.ts';
import { Problem } from '../../server/src/http/problems.ts';

export type TableStore = DraftStore & {
  pool: pg.Pool;
  start(key: DraftKey): Promise<void>;
  text(key: DraftKey): Promise<string>;
  rows(key: DraftKey): Promise<number>;
  end(): Promise<void>;
};

const TABLES = `
create table if not exists loop_drafts (room_id text, draft_id text, generation int, n int, text text, primary key (room_id, draft_id));
create table if not exists loop_updates (room_id text, draft_id text, generation int, n int, bytes bytea, primary key (room_id, draft_id, generation, n));
create table if not exists loop_authors (room_id text, draft_id text, generation int, client_id bigint, user_id text, primary key (room_id, draft_id, generation, client_id));
`;

export function tableStore(url: string): TableStore {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => undefined);
  const where = (key: DraftKey): unknown[] => [key.roomId, key.draftId, key.generation];
  const inTransaction = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (cause) {
      await client.query('rollback').catch(() => undefined);
      throw cause;
    } finally {
      client.release();
    }
  };
  return {
    pool,
    async start({ roomId, draftId, generation }) {
      await pool.query(TABLES);
      await pool.query(
        `insert into loop_drafts values ($1, $2, $3, 0, '')
         on conflict (room_id, draft_id) do update set generation = $3, n = 0, text = ''`,
        [roomId, draftId, generation],
      );
    },
    async load(key) {
      const draft = await pool.query<{ generation: number; n: number }>(
        'select generation, n from loop_drafts where room_id = $1 and draft_id = $2',
        [key.roomId, key.draftId],
      );
      const found = draft.rows[0];
      if (!found) throw new Problem('not-found');
      if (found.generation !== key.generation) throw new Problem('stale-generation');
      const same = 'room_id = $1 and draft_id = $2 and generation = $3';
      const updates = await pool.query<{ bytes: Buffer; n: number }>(
        `select n, bytes from loop_updates where ${same} order by n`,
        where(key),
      );
      const authors = await pool.query<{ client_id: string; user_id: string }>(
        `select client_id, user_id from loop_authors where ${same}`,
        where(key),
      );
      return {
        updates: updates.rows.map((row) => row.bytes),
        n: updates.rows.at(-1)?.n ?? 0,
        authors: authors.rows.map((row) => ({ userId: row.user_id, clientIds: [Number(row.client_id)] })),
      };
    },
    append: (key, { update, text, authors }) =>
      inTransaction(async (client) => {
        const locked = await client.query<{ n: number; generation: number }>(
          'select n, generation from loop_drafts where room_id = $1 and draft_id = $2 for update',
          [key.roomId, key.draftId],
        );
        const draft = locked.rows[0];
        if (!draft || draft.generation !== key.generation) throw new Problem('stale-generation');
        const n = draft.n + 1;
        await client.query('insert into loop_updates values ($1, $2, $3, $4, $5)', [...where(key), n, update]);
        await client.query('update loop_drafts set n = $3, text = $4 where room_id = $1 and draft_id = $2', [
          key.roomId,
          key.draftId,
          n,
          text,
        ]);
        for (const { userId, clientIds } of authors)
          for (const clientId of clientIds)
            await client.query('insert into loop_authors values ($1, $2, $3, $4, $5) on conflict do nothing', [
              ...where(key),
              clientId,
              userId,
            ]);
        return { n };
      }),
    compact: (key, upTo, snapshot) =>
      inTransaction(async (client) => {
        await client.query('select pg_advisory_xact_lock(hashtext($1))', [key.draftId]);
        await client.query(
          'delete from loop_updates where room_id = $1 and draft_id = $2 and generation = $3 and n <= $4',
          [...where(key), upTo],
        );
        await client.query('insert into loop_updates values ($1, $2, $3, $4, $5)', [...where(key), upTo, snapshot]);
      }),
    async text({ roomId, draftId }) {
      const found = await pool.query<{ text: string }>(
        'select text from loop_drafts where room_id = $1 and draft_id = $2',
        [roomId, draftId],
      );
      return found.rows[0]?.text ?? '';
    },
    async rows(key) {
      const found = await pool.query<{ count: string }>(
        'select count(*) from loop_updates where room_id = $1 and draft_id = $2 and generation = $3',
        where(key),
      );
      return Number(found.rows[0]?.count);
    },
    end: () => pool.end(),
  };
}
