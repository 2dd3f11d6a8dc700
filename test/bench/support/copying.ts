// COPY of the same mentions into a plain table: as fast as PostgreSQL takes rows, nothing else done with them.
import type { SourceMention } from '@rejoinder/contracts/mentions';
import type pg from 'pg';

const TABLE = `
create table plain (room_id text not null, received_at timestamptz not null, mention_id text not null, source_id text not null, platform text not null,
  native_id text not null, url text, author_handle text not null, author_name text not null, author_followers bigint, text text not null,
  posted_at timestamptz not null, edited_at timestamptz, deleted_at timestamptz, in_reply_to text, lang text, primary key (room_id, platform, native_id))`;

export const makePlainTable = (client: pg.Client): Promise<unknown> => client.query(TABLE);

/** The rows as COPY reads them, one chunk a batch; made before the clock starts. */
export function chunksOf(mentions: SourceMention[], batch: number, roomId: string): Buffer[] {
  const now = new Date().toISOString();
  const chunks: Buffer[] = [];
  for (let i = 0; i < mentions.length; i += batch) {
    const lines = mentions
      .slice(i, i + batch)
      .map((m, k) =>
        [
          roomId,
          now,
          `men_${i + k}`,
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
        ]
          .map(field)
          .join('\t'),
      );
    chunks.push(Buffer.from(`${lines.join('\n')}\n`));
  }
  return chunks;
}

const field = (value: string | number | null): string =>
  value === null
    ? '\\N'
    : String(value).replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');

type Connection = {
  query: (text: string) => void;
  sendCopyFromChunk: (chunk: Buffer) => void;
  endCopyFrom: () => void;
};

/** One COPY FROM STDIN, committed when it resolves. pg has no word for it, but lets a query of one's own speak the protocol. */
export function copyIn(client: pg.Client, chunks: Buffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let failed: Error | null = null;
    const nothing = (): void => undefined;
    const copy = {
      submit(connection: Connection) {
        connection.query('copy plain from stdin');
      },
      handleCopyInResponse(connection: Connection) {
        for (const chunk of chunks) connection.sendCopyFromChunk(chunk);
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
