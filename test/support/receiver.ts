// The other end of a publishing channel, scripted: it accepts, hangs, resets, refuses or lies, and keeps every byte it was sent.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/**
 * What the receiver does with the next request, after it has read all of it. What it accepts stands in public; `posts` says that
 * of one that answers otherwise, or not at all.
 */
export type Act =
  | { do: 'accept'; body?: unknown; lateMs?: number }
  | { do: 'answer'; status: number; headers?: Record<string, string>; body?: string; posts?: boolean }
  | { do: 'hang'; posts?: boolean }
  | { do: 'reset'; posts?: boolean }
  /** Accepts, or answers with `status`, but only when `letGo` is called. */
  | { do: 'wait'; status?: number };

export type Received = {
  path: string;
  headers: Record<string, string>;
  bytes: Buffer;
  body: string;
  text: string;
  posted: boolean;
};
export type Receiver = {
  url: string;
  received: Received[];
  /** What comes next, in order; after that everything is accepted. */
  script: (...acts: Act[]) => void;
  letGo: () => void;
  /** What stands at the platform under a key, as its read-back tells it; by default what was accepted, else 404. */
  standing: Map<string, { status: number; body?: unknown }>;
  /** Drops what is still scripted. */
  forget: () => void;
  /** Resolves when this many requests came in. */
  gets: (count: number) => Promise<void>;
  /** @throws when the signature of a request does not hold under this secret */
  verify: (secret: string, received: Received) => unknown;
  close: () => Promise<void>;
};

/**
 * @param choose what it does when nothing is scripted
 * @param tellOf what its read-back says of a key that `standing` says nothing of
 */
export async function receiver(
  choose: () => Act = () => ({ do: 'accept' }),
  tellOf: (key: string, received: readonly Received[]) => { status: number; body?: unknown } = () => ({ status: 404 }),
): Promise<Receiver> {
  const acts: Act[] = [];
  const received: Received[] = [];
  const waiting: (() => void)[] = [];
  const heard = new Set<() => void>();
  const standing: Receiver['standing'] = new Map();
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      const key = request.url?.split('/').at(-1) ?? '';
      const { status, body } = standing.get(key) ?? tellOf(key, received);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
      return;
    }
    void readAll(request).then(
      (bytes) => {
        const body = bytes.toString('utf8');
        const act = acts.shift() ?? choose();
        const headers = request.headers as Record<string, string>;
        received.push({ path: request.url ?? '', headers, bytes, body, text: textOf(body), posted: posts(act) });
        for (const tell of heard) tell();
        perform(act, received.length, request, response, waiting);
      },
      () => undefined,
    );
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/replies`,
    received,
    standing,
    script: (...next) => void acts.push(...next),
    letGo: () => {
      for (const go of waiting.splice(0)) go();
    },
    forget: () => {
      acts.length = 0;
    },
    gets: (count) =>
      new Promise((resolve) => {
        const tell = (): void => {
          if (received.length < count) return;
          heard.delete(tell);
          resolve();
        };
        heard.add(tell);
        tell();
      }),
    verify: (secret, { body, headers }) => new Webhook(secret).verify(body, headers),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** An address at which nobody listens. */
export async function nobody(): Promise<string> {
  const gone = await receiver();
  await gone.close();
  return gone.url;
}

function perform(
  act: Act,
  count: number,
  request: IncomingMessage,
  response: ServerResponse,
  waiting: (() => void)[],
): void {
  const accept = (body: unknown): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const posted = { id: `post-${count}`, url: `https://bsky.example/post-${count}` };
  if (act.do === 'accept' && act.lateMs) setTimeout(() => accept(act.body ?? posted), act.lateMs);
  else if (act.do === 'accept') accept(act.body ?? posted);
  else if (act.do === 'answer') response.writeHead(act.status, act.headers ?? {}).end(act.body ?? '');
  else if (act.do === 'reset') request.socket.resetAndDestroy();
  else if (act.do === 'wait') waiting.push(() => (act.status ? response.writeHead(act.status).end() : accept(posted)));
}

const posts = (act: Act): boolean => ('posts' in act ? act.posts === true : act.do === 'accept' || act.do === 'wait');

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function textOf(body: string): string {
  try {
    return (JSON.parse(body) as { data: { text: string } }).data.text;
  } catch {
    return '';
  }
}
