// What ingest is compared with besides COPY: a bare Fastify and pg handler. Checks the signature, knows repeats, and requests that wait share
// one insert; no log, no triage, no order, no look at what was sent.
import { createHmac } from 'node:crypto';
import type { SourceMention } from '@rejoinder/contracts/mentions';
import Fastify from 'fastify';
import pg from 'pg';

type Waiting = { mentions: SourceMention[]; resolve: () => void; reject: (error: Error) => void };

const pool = new pg.Pool({ connectionString: process.env.PLAIN_URL ?? '', max: 2 });
const key = Buffer.from((process.env.SECRET ?? '').replace(/^whsec_/, ''), 'base64');
const waiting: Waiting[] = [];
let running = false;
const ROWS = 1_000;

const INSERT = `
with given as (
  select 'bare' as room_id, now() as received_at, g.platform || g.native_id as mention_id, g.* from unnest($1::text[], $2::text[], $3::text[], $4::text[],
    $5::text[], $6::bigint[], $7::text[], $8::timestamptz[], $9::timestamptz[], $10::text[], $11::text[])
    as g(platform, native_id, url, handle, name, followers, text, posted_at, edited_at, in_reply_to, lang)
), fresh as (
  insert into keys (room_id, platform, native_id, mention_id, received_at)
  select room_id, platform, native_id, mention_id, received_at from given on conflict do nothing returning mention_id
)
insert into rows (room_id, received_at, mention_id, source_id, platform, native_id, url, author_handle, author_name, author_followers, text,
  posted_at, edited_at, in_reply_to, lang)
select room_id, received_at, mention_id, 'src', platform, native_id, url, handle, name, followers, text, posted_at, edited_at, in_reply_to, lang
from given join fresh using (mention_id)`;

async function drain(): Promise<void> {
  running = true;
  while (waiting.length > 0) {
    let rows = 0;
    let count = 0;
    while (count < waiting.length && rows < ROWS) rows += waiting[count++]?.mentions.length ?? 0;
    const group = waiting.splice(0, count);
    const all = group.flatMap((each) => each.mentions);
    const column = (of: (m: SourceMention) => unknown): unknown[] => all.map(of);
    try {
      await pool.query({
        name: 'store',
        text: INSERT,
        values: [
          column((m) => m.platform),
          column((m) => m.nativeId),
          column((m) => m.url),
          column((m) => m.author.handle),
          column((m) => m.author.name),
          column((m) => m.author.followers),
          column((m) => m.text),
          column((m) => m.postedAt),
          column((m) => m.editedAt),
          column((m) => m.inReplyTo),
          column((m) => m.lang),
        ],
      });
      for (const each of group) each.resolve();
    } catch (error) {
      for (const each of group) each.reject(error as Error);
    }
  }
  running = false;
}

const app = Fastify({ logger: false, bodyLimit: 1024 * 1024 });
app.removeAllContentTypeParsers();
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.post('/hook', async (request, reply) => {
  const body = request.body as Buffer;
  const { headers } = request;
  const signed = createHmac('sha256', key)
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`)
    .update(body)
    .digest('base64');
  if (headers['webhook-signature'] !== `v1,${signed}`) return reply.code(401).send({ ok: false });
  const { events } = JSON.parse(body.toString()) as { events: { mention: SourceMention }[] };
  await new Promise<void>((resolve, reject) => {
    waiting.push({ mentions: events.map((event) => event.mention), resolve, reject });
    if (!running) void drain();
  });
  return { stored: events.length };
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
console.log('ready');
