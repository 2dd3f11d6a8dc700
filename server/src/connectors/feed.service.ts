// Feeds (RSS, Atom, JSON Feed): polls with ETag and If-Modified-Since; the cursor is saved with the batch it belongs to.
import { createHash } from 'node:crypto';
import type { SourceEvent, SourceMention } from '@rejoinder/contracts/mentions';
import { parseFeed } from 'feedsmith';
import { holdOf } from '../db/installation.ts';
import type { Deps } from '../deps.ts';
import { Blocked, type Egress, type EgressResponse } from '../http/egress.ts';
import { ingestBatch } from '../ingest/ingest.service.ts';
import { readItems } from './feed-items.ts';
import { dueFeeds, type SourceRow, updatePolled } from './sources.repository.ts';

const TIMEOUT_MS = 20_000;
const LARGEST = 8 * 1024 * 1024;
const LONGEST_PAUSE_S = 3600;

/** What is wrong with a feed, in words for the people of the room. */
class FeedFault extends Error {}

/** Polls every feed whose time has come; after downtime each is polled once and takes up where it stood (IN-6). */
export async function pollDueFeeds(deps: Deps, egress: Egress): Promise<void> {
  if (await holdOf(deps.db)) return;
  const due = await dueFeeds(deps.db, deps.now(), 4);
  await Promise.all(due.map((source) => pollFeed(deps, egress, source)));
}

export async function pollFeed(deps: Deps, egress: Egress, source: SourceRow): Promise<void> {
  const now = deps.now();
  const next = (seconds: number): string => new Date(Date.parse(now) + seconds * 1000).toISOString();
  try {
    const cursor = source.cursor ?? {};
    const headers: Record<string, string> = {
      accept: 'application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, */*;q=0.5',
    };
    if (cursor.etag) headers['if-none-match'] = cursor.etag;
    if (cursor.lastModified) headers['if-modified-since'] = cursor.lastModified;
    const response = await egress.fetch(source.url ?? '', { headers, timeoutMs: TIMEOUT_MS, maxBytes: LARGEST });
    const checked = {
      last_checked_at: now,
      next_poll_at: next(source.every_seconds),
      state: 'running' as const,
      says: null,
    };
    if (response.status === 304) return await updatePolled(deps.db, source, checked);
    if (response.status !== 200) throw new FeedFault(saysOf(response));
    const known = new Map(Object.entries(parseSeen(cursor.seen ?? null)));
    const { events, seen } = changesIn(response.body, known, Date.parse(now));
    const saved = JSON.stringify({
      etag: response.headers.get('etag'),
      lastModified: response.headers.get('last-modified'),
      seen: JSON.stringify(seen),
    });
    await ingestBatch(deps, {
      roomId: source.room_id,
      sourceId: source.source_id,
      events,
      async alongside(tx) {
        await updatePolled(tx, source, { ...checked, cursor: saved });
        return true;
      },
    });
  } catch (error) {
    const pause = Math.min(LONGEST_PAUSE_S, Math.max(30, source.every_seconds * 2));
    deps.log.warn({ err: error, sourceId: source.source_id }, 'a feed could not be read');
    await updatePolled(deps.db, source, {
      state: 'failing',
      says: `${wordsFor(error)} It is tried again every ${pause} seconds.`,
      last_checked_at: now,
      next_poll_at: next(pause),
    });
  }
}

/**
 * What a feed's document says that was not known: new items are created, items whose content changed are edited.
 * An item that disappeared means nothing (connectors.md). `known` maps native ids to content hashes.
 * @throws when the document is no feed
 */
export function changesIn(
  document: string,
  known: Map<string, string>,
  now: number,
): { events: SourceEvent[]; seen: Record<string, string> } {
  const events: SourceEvent[] = [];
  const seen: Record<string, string> = {};
  for (const mention of readItems(parse(document), now)) {
    // Two items with one id: the first stands, else the two would edit each other at every poll.
    if (Object.hasOwn(seen, mention.nativeId)) continue;
    const hash = createHash('sha256').update(mention.text).digest('base64url').slice(0, 16);
    seen[mention.nativeId] = hash;
    const before = known.get(mention.nativeId);
    if (before === undefined) events.push({ type: 'created', mention });
    else if (before !== hash)
      events.push({ type: 'edited', mention: { ...mention, editedAt: mention.editedAt ?? laterThan(mention, now) } });
  }
  return { events, seen };
}

/** A feed that changes an item without saying when: any instant after the posting serves, and a further change is later still. */
function laterThan(mention: SourceMention, now: number): string {
  return new Date(Math.max(Date.parse(mention.postedAt) + 1, now)).toISOString();
}

function parseSeen(text: string | null): Record<string, string> {
  return text === null ? {} : (JSON.parse(text) as Record<string, string>);
}

function parse(document: string): ReturnType<typeof parseFeed> {
  try {
    return parseFeed(document);
  } catch {
    throw new FeedFault('What came is not a feed (RSS, Atom, RDF or JSON Feed).');
  }
}

function saysOf({ status, headers }: EgressResponse): string {
  const moved = headers.get('location');
  if (status >= 300 && status < 400 && moved)
    return `The feed has moved to ${moved.slice(0, 300)}. Add it there and pause this one.`;
  if (status === 401 || status === 403) return `The feed may not be read from here (${status}).`;
  if (status === 404 || status === 410) return `There is no feed at this address any more (${status}).`;
  return `The feed answered ${status}.`;
}

const BY_CODE: Record<string, string> = {
  ECONNREFUSED: 'Nobody answers at this address.',
  ECONNRESET: 'The connection broke.',
  ENOTFOUND: 'The name in the address is not known.',
  EAI_AGAIN: 'The name in the address could not be looked up.',
  EHOSTUNREACH: 'There is no way to this address.',
  ENETUNREACH: 'There is no way to this address.',
};

function wordsFor(error: unknown): string {
  if (error instanceof FeedFault || error instanceof Blocked) return error.message;
  const { code, message } = error as { code?: string; message?: string };
  const known = BY_CODE[code ?? ''];
  if (known) return known;
  if (/no answer in time/.test(message ?? '')) return 'The feed did not answer in time.';
  if (/too large/.test(message ?? '')) return 'The feed is larger than 8 MiB.';
  return `The feed could not be read: ${message ?? 'unknown reason'}.`;
}
