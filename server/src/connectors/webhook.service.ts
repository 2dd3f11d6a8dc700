// Signed webhook in (Standard Webhooks): proves the raw bytes, then hands the mentions to ingest under the delivery's id.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { SourceEvent } from '@rejoinder/contracts/mentions';
import { Compile } from 'typebox/schema';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import type { Ingest } from '../ingest/coalescer.ts';
import type { IngestResult } from '../ingest/ingest.service.ts';
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
const event = Compile(SourceEvent);

export type WebhookIn = { receive: (delivery: Delivery) => Promise<DeliveryResult> };

export function createWebhookIn(deps: Deps, ingest: Ingest): WebhookIn {
  const sources = new Map<string, { source: SourceRow; key: Buffer; until: number }>();

  async function sourceOf(roomId: string, sourceId: string): Promise<{ source: SourceRow; key: Buffer }> {
    const name = `${roomId} ${sourceId}`;
    const known = sources.get(name);
    if (known && known.until > performance.now()) return known;
    const source = await findSource(deps.db, roomId, sourceId);
    if (source?.kind !== 'webhook' || !source.secret_sealed) throw new Problem('not-found');
    const found = {
      source,
      key: keyOf(deps.sealer.open(source.secret_sealed, sourceId)),
      until: performance.now() + MEMORY_MS,
    };
    if (sources.size > 1000) sources.clear();
    sources.set(name, found);
    return found;
  }

  return {
    async receive({ roomId, sourceId, headers, body }) {
      const { source, key } = await sourceOf(roomId, sourceId);
      const deliveryId = verify(key, headers, body);
      if (source.state === 'paused') throw new Problem('not-ready', 'This source is paused. Deliver again later.');
      const result = await ingest.submit({ roomId, sourceId, events: readEvents(body), deliveryId });
      return { ...result, repeated: result.repeated === true };
    },
  };
}

/** A secret in the form of Standard Webhooks: base64 after an optional `whsec_`. */
const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

/** Proves id, time and raw bytes, in constant time (IN-2). Answers the delivery's id. */
function verify(key: Buffer, headers: Delivery['headers'], body: Buffer): string {
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
  const signature = one('webhook-signature');
  if (id.length > 200) throw new Problem('bad-request', 'webhook-id is longer than 200 characters.');
  const sentAt = Number(timestamp);
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Date.now() / 1000 - sentAt) > FIVE_MINUTES)
    throw new Problem('stale-signature');
  const wanted = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  if (!signature.split(' ').some((each) => isSignature(each, wanted))) throw new Problem('bad-signature');
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
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new Problem('bad-request', 'The body is signed but is not JSON.');
  }
  const list =
    typeof value === 'object' && value !== null && 'events' in value ? (value as { events: unknown }).events : [value];
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_EVENTS)
    throw new Problem('not-valid', `Send one event, or { "events": [ … ] } with 1 to ${MOST_EVENTS} of them.`);
  const places = list
    .flatMap((item, i) => (event.Check(item) ? [] : [{ path: `/events/${i}`, says: firstFault(item) }]))
    .slice(0, 20);
  if (places.length > 0)
    throw new Problem(
      'not-valid',
      `${places.length} event(s) are not in the form docs/api.md describes; nothing was stored.`,
      places,
    );
  for (const item of list as SourceEvent[]) refuseBadTimes(item);
  return list as SourceEvent[];
}

function firstFault(item: unknown): string {
  const [, errors] = event.Errors(item);
  const fault = errors.find((e) => e.instancePath !== '') ?? errors[0];
  return fault ? `${fault.instancePath || '/'} ${fault.message}` : 'not a mention event';
}

function refuseBadTimes(item: SourceEvent): void {
  const times =
    item.type === 'deleted'
      ? [item.at]
      : [item.mention.postedAt, ...(item.mention.editedAt ? [item.mention.editedAt] : [])];
  if (times.some((time) => Number.isNaN(Date.parse(time))))
    throw new Problem('not-valid', 'A time is not an ISO 8601 instant such as 2026-03-01T12:00:00Z.');
}
