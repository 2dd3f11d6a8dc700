// Signed webhook in (Standard Webhooks): proves the raw bytes, then hands the mentions to ingest under the delivery's id.
import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { SourceEvent } from '@rejoinder/contracts/mentions';
import { holdOf } from '../db/installation.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import type { IngestResult } from '../ingest/batch.ts';
import type { Ingest } from '../ingest/coalescer.ts';
import { readSourceEvent } from './source-events.ts';
import { findSource, type SourceRow } from './sources.repository.ts';

export type Delivery = {
  roomId: string;
  sourceId: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
};
export type DeliveryResult = IngestResult & { repeated: boolean };

const FIVE_MINUTES = 300;
const MOST_EVENTS = 1000;
const MEMORY_MS = 1000;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

export type WebhookIn = {
  receive: (delivery: Delivery) => Promise<DeliveryResult>;
  /** A source was paused or resumed: the next delivery looks at it anew. */
  forget: (roomId: string, sourceId: string) => void;
};
type Known = { held: boolean; source: SourceRow; key: KeyObject };

export function createWebhookIn(deps: Deps, ingest: Ingest): WebhookIn {
  /** Promises, so that deliveries that come together ask once. */
  const sources = new Map<string, { found: Promise<Known>; until: number }>();

  function sourceOf(roomId: string, sourceId: string): Promise<Known> {
    const name = `${roomId} ${sourceId}`;
    const known = sources.get(name);
    if (known && known.until > performance.now()) return known.found;
    const entry = { found: readSource(roomId, sourceId), until: performance.now() + MEMORY_MS };
    if (sources.size > 1000) sources.clear();
    sources.set(name, entry);
    entry.found.catch(() => {
      if (sources.get(name) === entry) sources.delete(name);
    });
    return entry.found;
  }

  async function readSource(roomId: string, sourceId: string): Promise<Known> {
    const source = await findSource(deps.db, roomId, sourceId);
    if (source?.kind !== 'webhook' || !source.secret_sealed) throw new Problem('not-found');
    return {
      source,
      held: (await holdOf(deps.db)) !== null,
      key: keyOf(deps.sealer.open(source.secret_sealed, sourceId)),
    };
  }

  return {
    async receive({ roomId, sourceId, headers, body }) {
      const { source, key, held } = await sourceOf(roomId, sourceId);
      const deliveryId = verify(key, headers, body);
      if (source.state === 'paused') throw new Problem('not-ready', 'This source is paused. Deliver again later.');
      if (held) throw new Problem('not-ready', 'This installation is on hold after a restore. Deliver again later.');
      const delivery = { id: deliveryId, bodyHash: hash('sha256', body, 'base64url') };
      const result = await ingest.submit({ roomId, sourceId, events: readEvents(body), delivery }, body.length);
      return { ...result, repeated: result.repeated === true };
    },
    forget: (roomId, sourceId) => void sources.delete(`${roomId} ${sourceId}`),
  };
}

/** A secret in the form of Standard Webhooks: base64 after an optional `whsec_`. */
const keyOf = (secret: string): KeyObject => createSecretKey(secret.replace(/^whsec_/, ''), 'base64');

/** Proves id, time and raw bytes, in constant time (IN-2). Answers the delivery's id. */
function verify(key: KeyObject, headers: Delivery['headers'], body: Buffer): string {
  const one = (name: string): string => {
    const value = headers[name];
    if (typeof value === 'string' && value !== '' && value.length <= 2000) return value;
    throw new Problem(
      'bad-request',
      `The header ${name} is missing. Sign deliveries as Standard Webhooks say: webhook-id, webhook-timestamp, webhook-signature.`,
    );
  };
  const id = one('webhook-id');
  const timestamp = one('webhook-timestamp');
  const signatures = one('webhook-signature');
  if (id.length > 200) throw new Problem('bad-request', 'webhook-id is longer than 200 characters.');
  if (!/^\d{1,12}$/.test(timestamp))
    throw new Problem('bad-request', 'webhook-timestamp is not a number of seconds since 1970.');
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > FIVE_MINUTES) throw new Problem('stale-signature');
  const wanted = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  if (!signatures.split(' ').some((each) => isSignature(each, wanted))) throw new Problem('bad-signature');
  return id;
}

/** `v1,` and the base64 of the HMAC; other versions are not ours to judge. */
function isSignature(text: string, wanted: Buffer): boolean {
  if (!text.startsWith('v1,')) return false;
  const given = Buffer.from(text.slice(3), 'base64');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** One event, or `{ events: [...] }`. Nothing is stored unless all are well formed (IN-4). */
function readEvents(body: Buffer): SourceEvent[] {
  let value: unknown;
  try {
    value = JSON.parse(UTF8.decode(body));
  } catch {
    throw new Problem('bad-request', 'The body is signed but is not JSON in UTF-8.');
  }
  const list =
    typeof value === 'object' && value !== null && 'events' in value ? (value as { events: unknown }).events : [value];
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_EVENTS)
    throw new Problem('not-valid', `Send one event, or { "events": [ … ] } with 1 to ${MOST_EVENTS} of them.`);
  const read = list.map((item) => readSourceEvent(item));
  const places = read.flatMap((event, i) => (typeof event === 'string' ? [{ path: `/events/${i}`, says: event }] : []));
  if (places.length > 0)
    throw new Problem(
      'not-valid',
      `${places.length} of ${list.length} events are not in the form docs/api.md describes; nothing was stored.`,
      places.slice(0, 20),
    );
  return read.filter((event) => typeof event !== 'string');
}
