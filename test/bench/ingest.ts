// How fast signed webhooks become stored mentions with log, dedupe and triage, against COPY of the same rows into a plain table.
import pg from 'pg';
import { chunksOf, copyIn, makePlainTable } from './support/copying.ts';
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
/** Rows a commit in the COPY that is compared with: a loader that must not lose more than this. */
const COPY_ROWS = 100;
const r = report('ingest', 'signed webhook to stored, logged and triaged, against COPY of the same rows');

await using g = await ground();
const server = await g.serve();
const copier = await g.plain();
await makePlainTable(copier);
const watcher = new pg.Client({ connectionString: g.databaseUrl });
await watcher.connect();
const path = `/api/hooks/${g.roomId}/${g.source.id}`;

type Round = {
  acknowledged: number;
  whole: number;
  copy: number;
  copyAtOnce: number;
  copyByBatch: number;
  cpu: number;
};
const rounds = new Map<number, Round[]>(PLAN.map(({ batch }) => [batch, []]));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function copyEach(chunks: Buffer[]): Promise<void> {
  for (const chunk of chunks) await copyIn(copier, [chunk]);
}

/** Waits until every event up to the head has been triaged and carded. Answers ms since `started`. */
async function caughtUp(started: number): Promise<number> {
  for (;;) {
    const { rows } = await watcher.query<{ done: boolean }>(
      `select coalesce(bool_and(c.seq >= e.seq), true) as done from
        (select 'triage' as handler, max(seq) as seq from events where room_id = $1 and type = 'mention.received'
         union all select 'cards', max(seq) from events where room_id = $1 and type = 'mention.triaged') e
        left join flow_cursors c on c.room_id = $1 and c.handler = e.handler where e.seq is not null`,
      [g.roomId],
    );
    const { rows: counts } = await watcher.query<{ left: string }>(
      `select (select count(*) from mentions where room_id = $1) - (select count(*) from mention_verdicts where room_id = $1) as left`,
      [g.roomId],
    );
    if (rows[0]?.done && Number(counts[0]?.left) === 0) return performance.now() - started;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

for (let round = 0; round <= ROUNDS; round++) {
  for (const { batch, mentions: planned, connections } of PLAN) {
    const count = isTiny ? batch * 4 : round === 0 ? Math.min(planned, 1_000) : planned;
    const seed = `r${round}b${batch}`;
    const mentions = mentionsFor(seed, count);
    const deliveries = deliveriesOf(mentions, batch, g.source.secret, seed);
    const whole = chunksOf(mentions, count, 'at-once');
    const hundreds = chunksOf(mentions, COPY_ROWS, 'by-hundreds');
    const parts = chunksOf(mentions, batch, 'by-batch');
    const to = sender(server.origin, connections);
    const cpu = server.cpuMs();
    const started = performance.now();
    const acknowledged = await deliverAll(to, path, deliveries, connections);
    const wholeWay = await caughtUp(started);
    const used = server.cpuMs() - cpu;
    to.close();
    const copyAtOnce = await timed(() => copyIn(copier, whole));
    const copy = await timed(() => copyEach(hundreds));
    const copyByBatch = await timed(() => copyEach(parts));
    await copier.query('truncate plain');
    // The first round only warms up.
    if (round > 0) {
      const rate = (ms: number): number => (count / ms) * 1000;
      rounds.get(batch)?.push({
        acknowledged: rate(acknowledged),
        whole: rate(wholeWay),
        copy: rate(copy),
        copyAtOnce: rate(copyAtOnce),
        copyByBatch: rate(copyByBatch),
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

for (const { batch, target, connections } of PLAN) {
  const of = (what: keyof Round): number => median((rounds.get(batch) ?? []).map((each) => each[what]));
  const ratio = (what: keyof Round, against: keyof Round): number =>
    median((rounds.get(batch) ?? []).map((each) => each[what] / each[against]));
  r.say(
    `batch ${batch}, ${connections} senders: ${round(of('acknowledged'))} mentions/s acknowledged, ${round(of('whole'))} triaged and carded too; ` +
      `server ${round(of('cpu'))} µs CPU a mention`,
  );
  r.say(
    `  COPY ${round(of('copy'))} rows/s with a commit every ${COPY_ROWS}, ${round(of('copyAtOnce'))} in one commit, ${round(of('copyByBatch'))} with a commit every ${batch}`,
  );
  for (const what of ['acknowledged', 'whole'] as const)
    r.say(
      `  ${what === 'whole' ? 'triaged and carded' : what} against COPY: ${round(ratio(what, 'copy'))}; one commit: ${round(ratio(what, 'copyAtOnce'))}; a commit every ${batch}: ${round(ratio(what, 'copyByBatch'))}`,
    );
  r.atLeast(`batch ${batch}: acknowledged against COPY`, ratio('acknowledged', 'copy'), target);
}
r.say(`stored: ${stored[0]?.mentions} mentions, ${stored[0]?.events} events`);
r.end();
