// How a reply reaches its platform. A channel says what happened in one of four words and never throws.
import { Webhook } from 'standardwebhooks';
import { Blocked, type Egress } from '../http/egress.ts';

/** What is sent: the frozen bytes of one job. `key` is the same at every attempt. */
export type Outgoing = {
  key: string;
  url: string;
  secret: string;
  platform: string;
  account: string;
  inReplyTo: string;
  text: string;
  fingerprint: string;
  at: string;
};

/**
 * `published`: the receiver confirmed. `rejected`: definitely not posted. `later`: definitely not posted, try again after
 * `seconds`. `unknown`: the request may have been acted on; nobody may try again blindly (D4).
 */
export type Delivery =
  | { outcome: 'published'; id: string | null; url: string | null; matches: boolean }
  | { outcome: 'rejected'; says: string }
  | { outcome: 'later'; seconds: number; says: string }
  | { outcome: 'unknown'; says: string };

export type Channel = (outgoing: Outgoing, deadlineMs: number) => Promise<Delivery>;

/** A receiver may not park a reply for longer than this (T16). */
const LONGEST_WAIT = 3600;
const NEVER_CONNECTED = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/;

/** Signed webhook out (Standard Webhooks): 2xx confirms, 429 and 503 with Retry-After wait, other 4xx reject, all else is unknown. */
export function webhookChannel(egress: Egress): Channel {
  return async (outgoing, deadlineMs) => {
    const body = JSON.stringify({
      type: 'reply.publish',
      timestamp: outgoing.at,
      data: {
        platform: outgoing.platform,
        account: outgoing.account,
        in_reply_to: outgoing.inReplyTo,
        text: outgoing.text,
        fingerprint: outgoing.fingerprint,
      },
    });
    const signedAt = new Date();
    const headers = {
      'content-type': 'application/json',
      'webhook-id': outgoing.key,
      'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
      'webhook-signature': new Webhook(outgoing.secret).sign(outgoing.key, signedAt, body),
      'idempotency-key': outgoing.key,
    };
    try {
      const response = await egress.fetch(outgoing.url, { method: 'POST', headers, body, timeoutMs: deadlineMs });
      return judge(response, outgoing.text);
    } catch (error) {
      if (error instanceof Blocked) return { outcome: 'rejected', says: error.message };
      const text = `${(error as Error).message} ${((error as { cause?: Error }).cause ?? {}).toString()} ${((error as { cause?: { code?: string } }).cause ?? {}).code ?? ''}`;
      if (NEVER_CONNECTED.test(text))
        return { outcome: 'later', seconds: 30, says: 'The receiver could not be reached; nothing was sent.' };
      return {
        outcome: 'unknown',
        says: 'The connection broke or timed out after the request was sent. It may have been posted: look before anything is sent again.',
      };
    }
  };
}

function judge(response: { status: number; headers: Headers; body: string }, sent: string): Delivery {
  const { status } = response;
  if (status >= 200 && status < 300) {
    const answer = readJson(response.body);
    const posted = typeof answer.text === 'string' ? answer.text : null;
    return {
      outcome: 'published',
      id: asText(answer.id),
      url: asText(answer.url),
      matches: posted === null || posted === sent,
    };
  }
  if (status === 429 || (status === 503 && response.headers.has('retry-after'))) {
    return {
      outcome: 'later',
      seconds: retryAfter(response.headers.get('retry-after')),
      says: `The receiver asked to wait (${status}).`,
    };
  }
  if (status >= 300 && status < 500)
    return {
      outcome: 'rejected',
      says: `The receiver refused it (${status}${response.body ? `: ${response.body.slice(0, 200)}` : ''}).`,
    };
  return {
    outcome: 'unknown',
    says: `The receiver answered ${status}; whether it posted is not known. Look before anything is sent again.`,
  };
}

/** Seconds or an HTTP date; absurd values are cut to an hour. */
export function retryAfter(header: string | null, now: number = Date.now()): number {
  const seconds =
    header === null ? 30 : /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Math.min(LONGEST_WAIT, Math.max(1, Number.isFinite(seconds) ? Math.ceil(seconds) : 30));
}

/** The rehearsal's channel: answers as a platform would and reaches nothing (RM-2). */
export const rehearsalChannel: Channel = async (outgoing) => ({
  outcome: 'published',
  id: `rehearsal-${outgoing.key}`,
  url: null,
  matches: true,
});

function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const asText = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= 2000 ? value : typeof value === 'number' ? String(value) : null;
