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
 * `seconds`; `asked` when the receiver itself wanted that. `unknown`: the request may have been acted on; nobody may try again blindly (D4).
 */
export type Delivery =
  | { outcome: 'published'; id: string | null; url: string | null; matches: boolean }
  | { outcome: 'rejected'; says: string }
  | { outcome: 'later'; seconds: number; asked: boolean; says: string }
  | { outcome: 'unknown'; says: string };

export type Channel = (outgoing: Outgoing, deadlineMs: number) => Promise<Delivery>;

/** A receiver may not park a reply for longer than this (T16). */
const LONGEST_WAIT = 3600;
/** Only while looking up and connecting do these mean that nothing was sent. */
const NEVER_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)$/;
/** The certificate did not hold: the connection was given up before the first byte of the request. */
const NOT_TRUSTED = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;

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
    const headers = signedHeaders(outgoing, body);
    if (!headers) return { outcome: 'rejected', says: 'The account has no key to sign with; nothing was sent.' };
    try {
      const response = await egress.fetch(outgoing.url, { method: 'POST', headers, body, timeoutMs: deadlineMs });
      return judge(response, outgoing.text);
    } catch (error) {
      return judgeError(error);
    }
  };
}

function signedHeaders(outgoing: Outgoing, body: string): Record<string, string> | null {
  const signedAt = new Date();
  try {
    return {
      'content-type': 'application/json',
      'webhook-id': outgoing.key,
      'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
      'webhook-signature': new Webhook(outgoing.secret).sign(outgoing.key, signedAt, body),
      'idempotency-key': outgoing.key,
    };
  } catch {
    return null;
  }
}

function judgeError(error: unknown): Delivery {
  if (error instanceof Blocked) return { outcome: 'rejected', says: error.message };
  const { code = '', syscall = '' } = error as { code?: string; syscall?: string };
  if (NEVER_CONNECTED.test(code) && /^(connect|getaddrinfo)/.test(syscall))
    return {
      outcome: 'later',
      seconds: 30,
      asked: false,
      says: 'The receiver could not be reached; nothing was sent.',
    };
  if (NOT_TRUSTED.test(code))
    return { outcome: 'rejected', says: `The receiver's certificate is not trusted (${code}); nothing was sent.` };
  return {
    outcome: 'unknown',
    says: 'The connection broke or timed out after the request was sent. It may have been posted: look before anything is sent again.',
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
      url: asLink(answer.url),
      matches: posted === null || posted === sent,
    };
  }
  if (status === 429 || (status === 503 && response.headers.has('retry-after'))) {
    return {
      outcome: 'later',
      seconds: retryAfter(response.headers.get('retry-after')),
      asked: true,
      says: `The receiver asked to wait (${status}).`,
    };
  }
  // 408 and 409 say that something of the request is or was being worked on.
  if (status >= 300 && status < 500 && status !== 408 && status !== 409) {
    const why = plain(response.body, 200);
    return { outcome: 'rejected', says: `The receiver refused it (${status}${why ? `: ${why}` : ''}).` };
  }
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
  typeof value === 'string' && value.length <= 2000
    ? plain(value, 2000)
    : typeof value === 'number'
      ? String(value)
      : null;

/** Only a web address becomes a link people may press. */
export const asLink = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= 2000 && /^https?:\/\//i.test(value) && URL.canParse(value)
    ? new URL(value).href
    : null;

/** What a stranger's answer says, without what no column and no page can hold. */
const plain = (text: string, most: number): string =>
  text
    .slice(0, most)
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
