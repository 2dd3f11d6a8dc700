// Signed webhooks as real senders post them: bodies and signatures made before the clock starts, several kept-alive connections.
import { createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { SourceMention } from '@rejoinder/contracts/mentions';
import { stormAtRate } from '@rejoinder/scenario/crisis';

export type Delivery = { headers: Record<string, string>; body: string; mentions: SourceMention[] };

/** Mentions of the storm, no two benches' rounds alike: `seed` names them apart. */
export function mentionsFor(seed: string, count: number, perSecond = 200): SourceMention[] {
  const startAt = new Date(Date.now() - 60_000).toISOString();
  const found: SourceMention[] = [];
  for (const { event } of stormAtRate({ seed, startAt, count, perSecond }))
    if (event.type === 'created') found.push({ ...event.mention, nativeId: `${seed}-${event.mention.nativeId}` });
  return found;
}

/** Standard Webhooks' signature, by hand: HMAC-SHA256 over id.timestamp.body. */
export function deliveriesOf(mentions: SourceMention[], batch: number, secret: string, seed: string): Delivery[] {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const timestamp = String(Math.floor(Date.now() / 1000));
  const made: Delivery[] = [];
  for (let i = 0; i < mentions.length; i += batch) {
    const part = mentions.slice(i, i + batch);
    const body = JSON.stringify({ events: part.map((mention) => ({ type: 'created', mention })) });
    const id = `${seed}-${i}`;
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    made.push({
      headers: {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
      body,
      mentions: part,
    });
  }
  return made;
}

export type Sender = {
  post: (path: string, headers: Record<string, string>, body: string) => Promise<string>;
  close: () => void;
};

/**
 * As little of an HTTP/1.1 client as gets a request answered, so that the processor goes to the server: each socket carries one request after the
 * other, and of an answer only status and length are read. Throws on any status but 200.
 */
export function sender(origin: string, connections: number): Sender {
  const { hostname, port } = new URL(origin);
  const idle: Line[] = [];
  const all = new Set<Line>();
  const waiting: (() => void)[] = [];
  const lineFor = async (): Promise<Line> => {
    // A server hangs up on a line that was idle for long.
    for (let free = idle.pop(); free; free = idle.pop()) {
      if (!free.socket.destroyed) return free;
      all.delete(free);
    }
    if (all.size >= connections) {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return lineFor();
    }
    const made = openLine(hostname, Number(port));
    all.add(made);
    return made;
  };
  return {
    async post(path, headers, body) {
      const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const line = await lineFor();
      const { status, said } = await line.ask(
        `POST ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\n${head.join('')}\r\n${body}`,
      );
      idle.push(line);
      waiting.shift()?.();
      if (status !== 200) throw new Error(`${path} answered ${status}: ${said}`);
      return said;
    },
    close: () => {
      for (const { socket } of all) socket.destroy();
    },
  };
}

type Answered = { status: number; said: string };
type Line = { socket: Socket; ask: (request: string) => Promise<Answered> };

function openLine(host: string, port: number): Line {
  const socket = connect({ host, port, noDelay: true });
  let heard = '';
  let settle: { resolve: (answer: Answered) => void; reject: (why: Error) => void } | null = null;
  // What we answer with is plain ASCII up to the body, and short.
  socket.setEncoding('latin1');
  socket.on('data', (part: string) => {
    heard += part;
    const end = heard.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(heard)?.[1] ?? Number.NaN);
    if (Number.isNaN(length))
      return void socket.destroy(new Error(`an answer without a length: ${heard.slice(0, 200)}`));
    if (heard.length < end + 4 + length) return;
    const answer = { status: Number(heard.slice(9, 12)), said: heard.slice(end + 4) };
    heard = '';
    settle?.resolve(answer);
  });
  const failed = (why: Error): void => settle?.reject(why);
  socket.on('error', failed);
  socket.on('close', () => failed(new Error('the server hung up')));
  return {
    socket,
    ask: (request) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        socket.write(request);
      }),
  };
}

/** Sends everything over `connections` at once, each one after the other. Answers ms until the last acknowledgement. */
export async function deliverAll(
  to: Sender,
  path: string,
  deliveries: Delivery[],
  connections: number,
): Promise<number> {
  let next = 0;
  const started = performance.now();
  const worker = async (): Promise<void> => {
    for (let delivery = deliveries[next++]; delivery; delivery = deliveries[next++])
      await to.post(path, delivery.headers, delivery.body);
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return performance.now() - started;
}
