// COPY of the same rows into tables like ours: as fast as PostgreSQL takes them, nothing else done with them.
import type { SourceMention } from '@rejoinder/contracts/mentions';
import type pg from 'pg';

/** The tables a webhook's mentions go to, shaped and indexed like ours: identities, and rows partitioned by time. */
const TABLES = `
create table rows (room_id text not null, received_at timestamptz not null, mention_id text not null, source_id text not null, platform text not null,
  native_id text not null, url text, author_handle text not null, author_name text not null, author_followers bigint, text text not null,
  posted_at timestamptz not null, edited_at timestamptz, deleted_at timestamptz, in_reply_to text, lang text,
  primary key (room_id, received_at, mention_id)) partition by range (received_at);
create table rows_default partition of rows default;
create table keys (room_id text not null, platform text not null, native_id text not null, mention_id text not null, received_at timestamptz not null,
  revised_at timestamptz, deleted_at timestamptz, primary key (room_id, platform, native_id))`;

export const makeTables = (client: pg.Client): Promise<unknown> => client.query(TABLES);
export const emptyTables = (client: pg.Client): Promise<unknown> => client.query('truncate rows, keys');

/** What one commit copies: identities and rows, as COPY reads them. */
export type Chunk = { keys: Buffer; rows: Buffer };

/** One chunk a batch; made before the clock starts. */
export function chunksOf(mentions: SourceMention[], batch: number, roomId: string): Chunk[] {
  const now = new Date().toISOString();
  const chunks: Chunk[] = [];
  for (let i = 0; i < mentions.length; i += batch) {
    const part = mentions.slice(i, i + batch).map((m, k) => ({ ...m, id: `men_${i + k}` }));
    chunks.push({
      keys: lines(part.map((m) => [roomId, m.platform, m.nativeId, m.id, now, m.editedAt, null])),
      rows: lines(
        part.map((m) => [
          roomId,
          now,
          m.id,
          'src',
          m.platform,
          m.nativeId,
          m.url,
          m.author.handle,
          m.author.name,
          m.author.followers,
          m.text,
          m.postedAt,
          m.editedAt,
          null,
          m.inReplyTo,
          m.lang,
        ]),
      ),
    });
  }
  return chunks;
}

type Value = string | number | null;
const lines = (rows: Value[][]): Buffer => Buffer.from(rows.map((row) => `${row.map(field).join('\t')}\n`).join(''));

const field = (value: Value): string =>
  value === null
    ? '\\N'
    : String(value).replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');

type Connection = {
  query: (text: string) => void;
  sendCopyFromChunk: (chunk: Buffer) => void;
  endCopyFrom: () => void;
};

/** Copies and commits chunk after chunk. */
export async function copyIn(client: pg.Client, chunks: Chunk[]): Promise<void> {
  for (const { keys, rows } of chunks) {
    await client.query('begin');
    await copyInto(client, 'keys', keys);
    await copyInto(client, 'rows', rows);
    await client.query('commit');
  }
}

/** One COPY FROM STDIN. pg has no word for it, but lets a query of one's own speak the protocol. */
function copyInto(client: pg.Client, table: string, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let failed: Error | null = null;
    const nothing = (): void => undefined;
    const copy = {
      submit(connection: Connection) {
        connection.query(`copy ${table} from stdin`);
      },
      handleCopyInResponse(connection: Connection) {
        connection.sendCopyFromChunk(chunk);
        connection.endCopyFrom();
      },
      handleCommandComplete: nothing,
      handleReadyForQuery() {
        if (failed) reject(failed);
        else resolve();
      },
      handleError(error: Error) {
        failed = error;
        reject(error);
      },
    };
    client.query(copy as unknown as pg.Submittable);
  });
}
