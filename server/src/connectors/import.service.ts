// Import of an NDJSON file: set down first, then read line by line in the background, with progress, bad lines named and the rest stored.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SourceEvent } from '@rejoinder/contracts/mentions';
import type { Actor } from '@rejoinder/contracts/people';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import { ingestBatch } from '../ingest/ingest.service.ts';
import { linesOf } from './lines.ts';
import { readSourceEvent } from './source-events.ts';
import { failInterruptedImports, findImport, insertImport, insertSource, updateImport } from './sources.repository.ts';

const BATCH = 200;
const MOST_BAD = 100;
const LONGEST_LINE = 64 * 1024;
const INTERRUPTED = 'The server stopped during this import. Send the file again; nothing is stored twice.';

type Job = { roomId: string; sourceId: string; importId: string; folder: string };
type Progress = { lines: number; stored: number; known: number; bad: { line: number; says: string }[] };

export type Imports = {
  /** Takes the upload and answers an id to follow as soon as its last byte is here; storing goes on in the background. */
  start: (
    actor: Actor,
    input: { roomId: string; name: string; body: AsyncIterable<Buffer> },
  ) => Promise<{ importId: string }>;
  /** After a start: imports of an earlier process that nobody goes on with. */
  nameInterrupted: () => Promise<void>;
  /** Ends running imports after their batch; what they stored stays. */
  stop: () => Promise<void>;
};

/**
 * A line is a source mention or a source event (docs/api.md). Safe to repeat: mentions that are known are counted, not doubled.
 * One file after the other, so that two big ones leave the database room for people.
 */
export function createImports(deps: Deps): Imports {
  let queue: Promise<void> = Promise.resolve();
  let stopped = false;

  async function run(job: Job): Promise<void> {
    const progress: Progress = { lines: 0, stored: 0, known: 0, bad: [] };
    try {
      await readFile(deps, job, progress, () => stopped);
      await save(deps, job, progress, 'done');
    } catch (error) {
      const says = stopped ? INTERRUPTED : `The import stopped here: ${(error as Error).message}`;
      progress.bad.push({ line: progress.lines, says });
      await save(deps, job, progress, 'failed').catch((err) =>
        deps.log.error({ err, importId: job.importId }, 'the end of an import could not be saved'),
      );
    } finally {
      await rm(job.folder, { recursive: true, force: true });
    }
  }

  return {
    async start(actor, { roomId, name, body }) {
      if (stopped) throw new Problem('not-ready');
      const folder = await mkdtemp(path.join(tmpdir(), 'rejoinder-import-'));
      try {
        await pipeline(body, createWriteStream(path.join(folder, 'lines')));
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
      const job = { roomId, sourceId: deps.newId('src'), importId: deps.newId('imp'), folder };
      await begin(deps, actor, job, name);
      queue = queue.then(() => run(job));
      return { importId: job.importId };
    },
    nameInterrupted: () => failInterruptedImports(deps.db, INTERRUPTED),
    async stop() {
      stopped = true;
      await queue;
    },
  };
}

async function begin(deps: Deps, actor: Actor, { roomId, sourceId, importId }: Job, name: string): Promise<void> {
  await deps.events.change({ roomId, actor }, async ({ tx, now, log }) => {
    await insertSource(tx, {
      room_id: roomId,
      source_id: sourceId,
      kind: 'import',
      name,
      state: 'running',
      url: null,
      secret_sealed: null,
      every_seconds: 0,
      cursor: null,
      next_poll_at: null,
      last_item_at: null,
      last_checked_at: null,
      received: 0,
      says: null,
    });
    await insertImport(tx, {
      room_id: roomId,
      import_id: importId,
      name,
      state: 'running',
      lines: 0,
      stored: 0,
      known: 0,
      bad: '[]',
      started_at: now,
    });
    log({ type: 'source.added', data: { source: { id: sourceId, kind: 'import', name, state: 'running' } } });
  });
}

async function readFile(deps: Deps, job: Job, progress: Progress, isStopped: () => boolean): Promise<void> {
  let batch: SourceEvent[] = [];
  const flush = async (): Promise<void> => {
    if (isStopped()) throw new Error('stopped');
    if (batch.length > 0) {
      const { stored, known } = await ingestBatch(deps, { roomId: job.roomId, sourceId: job.sourceId, events: batch });
      progress.stored += stored;
      progress.known += known;
      batch = [];
    }
    await save(deps, job, progress, 'running');
  };
  for await (const line of linesOf(createReadStream(path.join(job.folder, 'lines')), LONGEST_LINE)) {
    progress.lines++;
    const read = line === null ? 'the line is longer than 64 KiB' : line.trim() === '' ? null : readLine(line);
    if (typeof read === 'string') {
      if (progress.bad.length < MOST_BAD) progress.bad.push({ line: progress.lines, says: read });
    } else if (read) batch.push(read);
    if (batch.length >= BATCH || progress.lines % (BATCH * 10) === 0) await flush();
  }
  await flush();
}

/** The event of a line, or what is wrong with it. */
export function readLine(line: string): SourceEvent | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'the line is not JSON';
  }
  return readSourceEvent(value, true);
}

async function save(
  deps: Deps,
  { roomId, importId }: Job,
  { lines, stored, known, bad }: Progress,
  state: 'running' | 'done' | 'failed',
): Promise<void> {
  await updateImport(deps.db, roomId, importId, { state, lines, stored, known, bad: JSON.stringify(bad) });
}

export async function importProgress(deps: Deps, roomId: string, importId: string) {
  const row = await findImport(deps.db, roomId, importId);
  if (!row) throw new Problem('not-found');
  return { state: row.state, lines: row.lines, stored: row.stored, known: row.known, bad: row.bad };
}
