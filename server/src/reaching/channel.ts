// What every channel to our own people is like: it sends one message to one address and says what happened. None of them throws.
import type { ReachAbout } from '@rejoinder/contracts/reaching';
import { Blocked, type EgressResponse } from '../http/egress.ts';

/** One message as a channel gets it. `id` is the same at every attempt, so that a receiver can tell a repeat. */
export type Outgoing = {
  id: string;
  kind: ReachAbout['kind'] | 'test' | 'digest';
  to: string;
  room: string;
  urgent: boolean;
  title: string;
  says: string;
  /** Whole address of the page it leads to. */
  link: string;
  at: string;
};

/**
 * `delivered`: the other side took it. `failed`: it did not; `forGood` when trying again is of no use. `later`: the other side asked to
 * wait. A message that may have arrived counts as failed and is sent again: to our own people twice is better than never (RE-8).
 */
export type Sent =
  | { outcome: 'delivered'; says: string }
  /** `gone`: the address itself is no more. */
  | { outcome: 'failed'; says: string; forGood: boolean; gone?: boolean }
  | { outcome: 'later'; says: string; seconds: number };

export type Channel<Address> = { send: (message: Outgoing, address: Address) => Promise<Sent> };

/** How long the other side may take (RE-9). */
export const SEND_MS = 10_000;
export type Timing = { now: () => string; sendMs: number };
const LONGEST_WAIT_S = 3600;

/** What an HTTP answer means for a message. `now` in milliseconds. */
export function judgeAnswer(who: string, { status, headers, body }: EgressResponse, now: number): Sent {
  if (status >= 200 && status < 300) return { outcome: 'delivered', says: `${who} took it (${status}).` };
  const asks = headers.get('retry-after');
  if (status === 429 || (status === 503 && asks !== null))
    return { outcome: 'later', says: `${who} asked to wait (${status}).`, seconds: secondsOf(asks, now) };
  const why = plain(body, 160);
  const says = `${who} answered ${status}${why ? `: ${why}` : ''}.`;
  // A timeout (408) and a conflict (409) pass; every other 3xx and 4xx would come again.
  const forGood = status >= 300 && status < 500 && status !== 408 && status !== 409;
  return { outcome: 'failed', says, forGood, gone: status === 404 || status === 410 };
}

export function judgeError(who: string, error: unknown): Sent {
  if (error instanceof Blocked) return { outcome: 'failed', says: error.message, forGood: true };
  const { code, message } = error as { code?: string; message?: string };
  return {
    outcome: 'failed',
    says: `${who} could not be reached (${plain(code ?? message ?? 'unknown', 100)}).`,
    forGood: false,
  };
}

function secondsOf(header: string | null, now: number): number {
  const seconds =
    header === null ? 30 : /^\s*\d+\s*$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Math.min(LONGEST_WAIT_S, Math.max(1, Number.isFinite(seconds) ? Math.ceil(seconds) : 30));
}

/** What a stranger's answer says, on one line and without what no page can hold. */
export const plain = (text: string, most: number): string =>
  text
    .slice(0, most)
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
