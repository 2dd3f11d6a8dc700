// How fast signed webhooks become stored mentions with log, dedupe and triage, against COPY of the same rows and a bare handler.
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { freePort } from '../../server/src/db/postmaster.ts';
import { startChild } from './support/child.ts';
import { chunksOf, copyIn, emptyTables, makeTables } from './support/copying.ts';
import { deliverAll, deliveriesOf, mentionsFor, sender } from './support/deliveries.ts';
import { isTiny, median, report, round } from './support/figures.ts';
import { ground } from './support/ground.ts';

/** Mentions a round, senders at once, and the first target, by batch size. */
const PLAN = [
  { batch: 1, mentions: 3_000, connections: 64, target: 0.12 },
  { batch: 10, mentions: 6_000, connections: 32, target: 0.25 },
  { batch: 100, mentions: 10_000, connections: 16, target: 0.5 },
];
const ROUNDS = isTiny ? 1 : Number(process.env.BENCH_ROUNDS ?? 3);
/** Rows a commit of the COPY that is compared with: a loader that must not lose more than this. */
const COPY_ROWS = 100;
const r = report(
  'ingest',
  'signed webhook to stored, logged and triaged, against COPY of the same rows and a bare handler',
);

await using g = await ground();
const server = await g.serve();
const copier = await g.plain();
await makeTables(copier);
const barePort = String(await freePort());
const bare = await startChild(fileURLToPath(new URL('./support/bare-webhook-server.ts', import.meta.url)), {
  env: { PLAIN_URL: g.plainUrl, SECRET: g.source.secret, PORT: barePort },
  ready: 'ready',
});
const watcher = new pg.Client({ connectionString: g.databaseUrl });
await watcher.connect();
const path = `/api/hooks/${g.roomId}/${g.source.id}`;

/** Mentions, or rows, a second; `cpu` in µs of the server a mention. */
type Round = {
  acknowledged: number;
  triaged: number;
  carded: number;
  copy: number;
  copyByBatch: number;
  bare: number;
  cpu: number;
};
const rounds = new Map<number, Round[]>(PLAN.map(({ batch }) => [batch, []]));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Waits until a handler's place has reached the last event for it. Answers ms since `started`. */
async function caughtUp(handler: 'triage' | 'cards', type: string, started: number): Promise<number> {
  for (;;) {
    const { rows } = await watcher.query<{ done: boolean }>(
      `select coalesce((select seq from flow_cursors where room_id = $1 and handler = $2), 0)
        >= coalesce((select max(seq) from events where room_id = $1 and type = $3), 0)
        and (select count(*) from mentions where room_id = $1) = (select count(*) from mention_verdicts where room_id = $1) as done`,
      [g.roomId, handler, type],
    );
    if (rows[0]?.done) return performance.now() - started;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function send(
  origin: string,
  to: string,
  deliveries: ReturnType<typeof deliveriesOf>,
  connections: number,
): Promise<number> {
  const from = sender(origin, connections);
  const ms = await deliverAll(from, to, deliveries, connections);
  from.close();
  return ms;
}

for (let round = 0; round <= ROUNDS; round++) {
  for (const { batch, mentions: planned, connections } of PLAN) {
    const count = isTiny ? batch * 4 : round === 0 ? Math.min(planned, 1_000) : planned;
    const seed = `r${round}b${batch}`;
    const mentions = mentionsFor(seed, count);
    const deliveries = deliveriesOf(mentions, batch, g.source.secret, seed);
    const hundreds = chunksOf(mentions, COPY_ROWS, 'by-hundreds');
    const parts = chunksOf(mentions, batch, 'by-batch');
    const cpu = server.cpuMs();
    const started = performance.now();
    const acknowledged = await send(server.origin, path, deliveries, connections);
    const triaged = await caughtUp('triage', 'mention.received', started);
    const carded = await caughtUp('cards', 'mention.triaged', started);
    const used = server.cpuMs() - cpu;
    const bareMs = await send(`http://127.0.0.1:${barePort}`, '/hook', deliveries, connections);
    await emptyTables(copier);
    const copy = await timed(() => copyIn(copier, hundreds));
    const copyByBatch = await timed(() => copyIn(copier, parts));
    await emptyTables(copier);
    // The first round only warms up.
    if (round > 0) {
      const rate = (ms: number): number => (count / ms) * 1000;
      rounds.get(batch)?.push({
        acknowledged: rate(acknowledged),
        triaged: rate(triaged),
        carded: rate(carded),
        copy: rate(copy),
        copyByBatch: rate(copyByBatch),
        bare: rate(bareMs),
        cpu: (used / count) * 1000,
      });
    }
  }
}
const { rows: stored } = await watcher.query<{ mentions: string; events: string }>(
  'select (select count(*) from mentions where room_id = $1) as mentions, (select count(*) from events where room_id = $1) as events',
  [g.roomId],
);
await watcher.end();
await copier.end();
await bare.kill();

for (const { batch, target, connections } of PLAN) {
  const of = (what: keyof Round): number => median((rounds.get(batch) ?? []).map((each) => each[what]));
  const ratio = (what: keyof Round, against: keyof Round): number =>
    median((rounds.get(batch) ?? []).map((each) => each[what] / each[against]));
  r.say(
    `batch ${batch}, ${connections} senders: ${round(of('acknowledged'))} mentions/s acknowledged, ${round(of('triaged'))} triaged too, ` +
      `${round(of('carded'))} carded too; server ${round(of('cpu'))} µs CPU a mention`,
  );
  r.say(
    `  COPY ${round(of('copy'))} rows/s with a commit every ${COPY_ROWS}, ${round(of('copyByBatch'))} with a commit every ${batch}; bare handler ${round(of('bare'))}`,
  );
  r.say(
    `  against COPY: the bare handler ${round(ratio('bare', 'copy'))}, ours triaged ${round(ratio('triaged', 'copy'))}, carded ${round(ratio('carded', 'copy'))}; ` +
      `acknowledged against the bare handler ${round(ratio('acknowledged', 'bare'))}, against COPY with a commit every ${batch} ${round(ratio('acknowledged', 'copyByBatch'))}`,
  );
  r.atLeast(`batch ${batch}: acknowledged against COPY`, ratio('acknowledged', 'copy'), target);
}
r.say(`stored: ${stored[0]?.mentions} mentions, ${stored[0]?.events} events`);
r.end();
