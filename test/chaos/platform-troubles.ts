// How a platform and the way to it treat the replies of a chaos run: every kind of yes, no, maybe and silence, by seeded chance.
import type { Act, Received } from '../support/receiver.ts';
import type { Fault } from './fault-proxy.ts';
import { chance, isLong } from './sizes.ts';

type Kind = { name: string; odds: number; act: () => Act };

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString();
const answer = (status: number, more: Partial<Act & { do: 'answer' }> = {}): Act => ({ do: 'answer', status, ...more });

const KINDS: Kind[] = [
  { name: '200', odds: 18, act: () => ({ do: 'accept' }) },
  { name: '200 late', odds: 10, act: () => ({ do: 'accept', lateMs: chance.int(50, isLong ? 3_000 : 300) }) },
  { name: '200 that says nothing we can read', odds: 3, act: () => answer(200, { body: '<html>ok', posts: true }) },
  { name: '200 with other words', odds: 5, act: () => ({ do: 'accept', body: { id: 'x', text: 'Other words.' } }) },
  { name: 'posts, then hangs', odds: 2, act: () => ({ do: 'hang', posts: true }) },
  { name: 'hangs', odds: 2, act: () => ({ do: 'hang' }) },
  { name: 'posts, then breaks off', odds: 8, act: () => ({ do: 'reset', posts: true }) },
  { name: 'breaks off', odds: 7, act: () => ({ do: 'reset' }) },
  { name: 'posts, then 500', odds: 5, act: () => answer(chance.pick([500, 502, 504]), { posts: true }) },
  { name: '500', odds: 4, act: () => answer(chance.pick([500, 502, 504])) },
  { name: 'posts, then 409', odds: 1, act: () => answer(409, { posts: true }) },
  {
    name: '429 with seconds',
    odds: 5,
    act: () => answer(429, { headers: { 'retry-after': String(chance.int(1, 4)) } }),
  },
  {
    name: '429 with a date',
    odds: 2,
    act: () => answer(429, { headers: { 'retry-after': inSeconds(chance.int(-5, 5)) } }),
  },
  { name: '429 with an absurd wait', odds: 1, act: () => answer(429, { headers: { 'retry-after': '99999999999' } }) },
  { name: '503 with Retry-After', odds: 2, act: () => answer(503, { headers: { 'retry-after': 'soon' } }) },
  { name: '401', odds: 3, act: () => answer(401, { body: 'revoked' }) },
  { name: '4xx', odds: 4, act: () => answer(chance.pick([400, 403, 404, 413, 422]), { body: 'no \u0000\u001b[31m' }) },
  { name: '3xx', odds: 1, act: () => answer(302, { headers: { location: 'http://127.0.0.1:1/' } }) },
];

/** What the platform does with a request; `counts` learns what that was. */
export function platformActs(counts: Map<string, number>): () => Act {
  const odds = KINDS.map((kind) => [kind, kind.odds] as const);
  return () => {
    const kind = chance.weighted(odds);
    counts.set(kind.name, (counts.get(kind.name) ?? 0) + 1);
    return kind.act();
  };
}

/** What the platform says when it is asked about a reply: the truth, or nothing that tells. */
export function platformTells(
  counts: Map<string, number>,
): (key: string, received: readonly Received[]) => { status: number; body?: unknown } {
  return (key, received) => {
    const posted = received.find((one) => one.posted && one.headers['webhook-id'] === key);
    const isClear = chance.chance(0.8);
    const kind = isClear ? (posted ? 'tells that it stands there' : 'tells that it does not') : 'tells nothing';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (!isClear) return { status: chance.pick([200, 500, 503]) };
    return posted ? { status: 200, body: { id: key, text: posted.text } } : { status: 404 };
  };
}

/** What happens on the way there; null is a clear way. Silence costs the whole patience of the sender and is rare. */
export function wayThere(): Fault | null {
  return chance.weighted<Fault | null>([
    [null, 80],
    [{ do: 'refuse' }, 3],
    [{ do: 'reset-after', bytes: chance.int(1, 700) }, 6],
    [{ do: 'reset-after', bytes: chance.int(1, 120), back: true }, 5],
    [{ do: 'slow', ms: chance.int(10, 200) }, 2],
    [{ do: 'drip', bytes: chance.int(20, 80), ms: 2 }, 3],
    [{ do: 'silent' }, 1],
  ]);
}
