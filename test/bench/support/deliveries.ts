// Signed webhooks as real senders post them: bodies and signatures made before the clock starts, several kept-alive connections.
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
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

/** A light HTTP client: kept-alive sockets, no parsing; throws on any status but 200. */
export function sender(origin: string, connections: number): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { port } = new URL(origin);
  return {
    post: (path, headers, body) =>
      new Promise((resolve, reject) => {
        const call = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
          let said = '';
          response.setEncoding('utf8');
          response.on('data', (text: string) => {
            said += text;
          });
          response.on('end', () => {
            if (response.statusCode === 200) resolve(said);
            else reject(new Error(`${path} answered ${response.statusCode}: ${said}`));
          });
        });
        call.on('error', reject);
        call.end(body);
      }),
    close: () => agent.destroy(),
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
