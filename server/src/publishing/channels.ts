// How our words reach their platform. A channel says what happened in one of four words and never throws.
import { CHANNELS, type ChannelCan } from '@rejoinder/contracts/channels';
import type { PictureView } from '@rejoinder/contracts/pictures';
import { Webhook } from 'standardwebhooks';
import { Blocked, type Egress } from '../http/egress.ts';

/** What is sent: the frozen bytes of one job. `key` is the same at every attempt. */
export type Outgoing = {
  key: string;
  url: string;
  secret: string;
  platform: string;
  account: string;
  /** Null for words that answer nobody: a statement. */
  inReplyTo: string | null;
  text: string;
  fingerprint: string;
  at: string;
  /** Where the receiver can be asked about this key; null where it cannot. */
  readBack: string | null;
  /** What this corrects or takes back; left out for a first reply. */
  about?: { kind: string; supersedes: string } | undefined;
  /** In their order, with their bytes where they are sent; who only looks for a reply has them without. */
  pictures: readonly (PictureView & { data?: Uint8Array })[];
};

/**
 * `published`: the receiver confirmed. `rejected`: definitely not posted. `later`: definitely not posted, try again after
 * `seconds`; `asked` when the receiver itself wanted that. `locked-out`: definitely not posted, because the account's key or token no
 * longer counts. `unknown`: the request may have been acted on; nobody may try again blindly (D4).
 */
export type Delivery =
  | { outcome: 'published'; id: string | null; url: string | null; matches: boolean }
  | { outcome: 'rejected'; says: string }
  | { outcome: 'later'; seconds: number; asked: boolean; says: string }
  | { outcome: 'locked-out'; says: string }
  | { outcome: 'unknown'; says: string };

/** What a channel sees when it looks for a reply: it stands there, it does not and never will, or that cannot be said now. */
export type Found =
  | { outcome: 'found'; id: string | null; url: string | null; matches: boolean }
  | { outcome: 'absent' }
  | { outcome: 'unclear' };

/** Fits a platform's own API as well as a webhook or a mail server. Neither function throws. */
export type Channel = {
  /** What it can do; asked before a reply is queued, and shown beside the account. */
  can: ChannelCan;
  send: (outgoing: Outgoing, deadlineMs: number) => Promise<Delivery>;
  /** Only reads. Left out where a platform cannot be asked: then a person looks. */
  find?: (outgoing: Outgoing, deadlineMs: number) => Promise<Found>;
};
export type Channels = { webhook: Channel; rehearsal: Channel };

/** A receiver may not park a reply for longer than this (T16). */
const LONGEST_WAIT = 3600;
/** Only while looking up and connecting do these mean that nothing was sent. */
const NEVER_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)$/;
/** The certificate did not hold: the connection was given up before the first byte of the request. */
const NOT_TRUSTED = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;

/**
 * Signed webhook out (Standard Webhooks): 2xx confirms, 429 and 503 with Retry-After wait, 401 and 403 lock the account out, other 4xx
 * reject, all else is unknown.
 */
export const webhookChannel = (egress: Egress): Channel => ({
  can: CHANNELS.webhook,
  send: (outgoing, deadlineMs) => post(egress, outgoing, deadlineMs),
  find: (outgoing, deadlineMs) => readBack(egress, outgoing, deadlineMs),
});

const TYPES: Record<string, string> = { correction: 'reply.correct', retraction: 'reply.retract' };

async function post(egress: Egress, outgoing: Outgoing, deadlineMs: number): Promise<Delivery> {
  const body = JSON.stringify({
    type: outgoing.inReplyTo === null ? 'statement.publish' : (TYPES[outgoing.about?.kind ?? ''] ?? 'reply.publish'),
    timestamp: outgoing.at,
    data: {
      platform: outgoing.platform,
      account: outgoing.account,
      ...(outgoing.inReplyTo === null ? {} : { in_reply_to: outgoing.inReplyTo }),
      text: outgoing.text,
      fingerprint: outgoing.fingerprint,
      ...(outgoing.about ? { supersedes: outgoing.about.supersedes } : {}),
      ...(outgoing.pictures.length > 0 ? { pictures: outgoing.pictures.map(asSent) } : {}),
    },
  });
  const headers = signedHeaders(outgoing, body);
  if (!headers) return { outcome: 'rejected', says: 'The account has no key to sign with; nothing was sent.' };
  try {
    const response = await egress.fetch(outgoing.url, { method: 'POST', headers, body, timeoutMs: deadlineMs });
    return judge(response, outgoing);
  } catch (error) {
    return judgeError(error);
  }
}

/** GET of the account's read-back address, signed like a delivery: 200 tells what stands there, 404 and 410 that nothing ever will. */
async function readBack(egress: Egress, outgoing: Outgoing, deadlineMs: number): Promise<Found> {
  const headers = outgoing.readBack === null ? null : signedHeaders(outgoing, '');
  if (outgoing.readBack === null || headers === null) return { outcome: 'unclear' };
  const url = outgoing.readBack.replaceAll('{key}', encodeURIComponent(outgoing.key));
  try {
    const { status, body } = await egress.fetch(url, { method: 'GET', headers, timeoutMs: deadlineMs });
    if (status === 404 || status === 410) return { outcome: 'absent' };
    if (status !== 200) return { outcome: 'unclear' };
    const answer = readJson(body);
    // An answer that names neither the post nor its words may come from any page.
    if (answer.id === undefined && answer.url === undefined && answer.text === undefined) return { outcome: 'unclear' };
    return { outcome: 'found', ...standing(answer, outgoing) };
  } catch {
    return { outcome: 'unclear' };
  }
}

/** Where it stands and whether in the very words, and with the very pictures, that were sent. What the answer leaves out is believed. */
function standing(
  answer: Record<string, unknown>,
  sent: Outgoing,
): { id: string | null; url: string | null; matches: boolean } {
  const posted = typeof answer.text === 'string' ? answer.text : null;
  const shown = Array.isArray(answer.pictures) ? answer.pictures.map(String).join() : null;
  return {
    id: asText(answer.id),
    url: asLink(answer.url),
    matches:
      (posted === null || posted === sent.text) &&
      (shown === null || shown === sent.pictures.map(({ hash }) => hash).join()),
  };
}

const asSent = ({ hash, type, width, height, alt, data }: Outgoing['pictures'][number]) => ({
  hash,
  type,
  width,
  height,
  alt,
  data: Buffer.from(data ?? []).toString('base64'),
});

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

function judge(response: { status: number; headers: Headers; body: string }, sent: Outgoing): Delivery {
  const { status } = response;
  if (status >= 200 && status < 300) return { outcome: 'published', ...standing(readJson(response.body), sent) };
  if (status === 401 || status === 403) {
    const why = plain(response.body, 200);
    return {
      outcome: 'locked-out',
      says: `The receiver does not let this account in (${status}${why ? `: ${why}` : ''}).`,
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
export const rehearsalChannel: Channel = {
  can: CHANNELS.rehearsal,
  send: async (outgoing) => ({ outcome: 'published', id: `rehearsal-${outgoing.key}`, url: null, matches: true }),
};

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
