// Import of an NDJSON file: read line by line in the background, with progress, bad lines named and the rest stored.
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { SourceEvent, SourceMention } from '@rejoinder/contracts/mentions';
import type { Actor } from '@rejoinder/contracts/people';
import { Compile } from 'typebox/schema';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import { ingestBatch } from '../ingest/ingest.service.ts';
import { findImport, insertImport, insertSource, updateImport } from './sources.repository.ts';

const BATCH = 200;
const MOST_BAD = 100;
const LONGEST_LINE = 64 * 1024;
const asMention = Compile(SourceMention);
const asEvent = Compile(SourceEvent);

type Progress = { lines: number; stored: number; known: number; bad: { line: number; says: string }[] };

/**
 * Reads the whole upload while the request lasts, stores in batches, and answers the import's id at the end of the upload.
 * A line is a source mention or a source event (docs/api.md). Safe to repeat: mentions that are known are counted, not doubled.
 */
export async function startImport(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; name: string; body: Readable },
): Promise<{ importId: string }> {
  const { roomId, name } = input;
  const importId = deps.newId('imp');
  const sourceId = deps.newId('src');
  await deps.events.change({ roomId, actor }, async ({ tx, now }) => {
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
  });
  const progress: Progress = { lines: 0, stored: 0, known: 0, bad: [] };
  try {
    await readLines(deps, roomId, sourceId, importId, input.body, progress);
    await save(deps, roomId, importId, progress, 'done');
  } catch (error) {
    progress.bad.push({ line: progress.lines, says: `The import stopped here: ${(error as Error).message}` });
    await save(deps, roomId, importId, progress, 'failed');
  }
  return { importId };
}

async function readLines(
  deps: Deps,
  roomId: string,
  sourceId: string,
  importId: string,
  body: Readable,
  progress: Progress,
): Promise<void> {
  let batch: SourceEvent[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const { stored, known } = await ingestBatch(deps, { roomId, sourceId, events: batch });
    progress.stored += stored;
    progress.known += known;
    batch = [];
    await save(deps, roomId, importId, progress, 'running');
  };
  for await (const line of createInterface({ input: body, crlfDelay: Number.POSITIVE_INFINITY })) {
    progress.lines++;
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (typeof read === 'string') {
      if (progress.bad.length < MOST_BAD) progress.bad.push({ line: progress.lines, says: read });
    } else batch.push(read);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
}

/** The event of a line, or what is wrong with it. */
export function readLine(line: string): SourceEvent | string {
  if (line.length > LONGEST_LINE) return 'The line is longer than 64 KiB.';
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'The line is not JSON.';
  }
  const event = asEvent.Check(value)
    ? (value as SourceEvent)
    : asMention.Check(value)
      ? ({ type: 'created', mention: value } as SourceEvent)
      : null;
  if (event) {
    const time = event.type === 'deleted' ? event.at : event.mention.postedAt;
    return Number.isNaN(Date.parse(time)) ? `"${time}" is not an ISO 8601 instant.` : event;
  }
  const [, errors] = (typeof value === 'object' && value !== null && 'type' in value ? asEvent : asMention).Errors(
    value,
  );
  const fault = errors.find((e) => e.instancePath !== '') ?? errors[0];
  return fault ? `${fault.instancePath || 'the line'} ${fault.message}` : 'The line is not a mention.';
}

async function save(
  deps: Deps,
  roomId: string,
  importId: string,
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
