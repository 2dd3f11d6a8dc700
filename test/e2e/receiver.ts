// A scripted platform: takes signed replies over HTTP, keeps the exact bytes, and answers as it is told.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

export type Delivered = {
  /** The text inside the body. */
  text: string;
  inReplyTo: string;
  idempotencyKey: string;
  body: string;
};

export type Receiver = {
  url: string;
  /** What came in with a good signature, in order. */
  delivered: Delivered[];
  /** Deliveries whose signature did not hold. */
  forged: number;
  /** Tells the receiver the secret it verifies with. */
  trust: (secret: string) => void;
  close: () => Promise<void>;
};

export async function startReceiver(): Promise<Receiver> {
  let webhook: Webhook | null = null;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const { headers } = request;
      try {
        webhook?.verify(body, headers as Record<string, string>);
      } catch {
        receiver.forged += 1;
        response.writeHead(401).end();
        return;
      }
      const { data } = JSON.parse(body) as { data: { text: string; in_reply_to: string } };
      const idempotencyKey = String(headers['idempotency-key']);
      receiver.delivered.push({ text: data.text, inReplyTo: data.in_reply_to, idempotencyKey, body });
      const id = `reply-${receiver.delivered.length}`;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id, url: `https://bsky.example/${id}`, text: data.text }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const receiver: Receiver = {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/replies`,
    delivered: [],
    forged: 0,
    trust: (secret) => {
      webhook = new Webhook(secret);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
