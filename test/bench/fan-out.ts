// How many events a room's thousand boards get a second, the whole way from the webhook, against bare socket.io sending the same batches.
import { fileURLToPath } from 'node:url';
import { type EventBatch, PROTOCOL } from '@rejoinder/contracts/live';
import { startChild } from './support/child.ts';
import { type Delivery, deliveriesOf, mentionsFor, sender } from './support/deliveries.ts';
import { isTiny, median, quantile, report, round } from './support/figures.ts';
import { ground } from './support/ground.ts';
import { batchOf, type LiveSocket, openLive, rangeOf } from './support/live-sockets.ts';

const SOCKETS = isTiny ? 40 : 1_000;
/** A token stands for a person; one person may hold fifty sockets. */
const SOCKETS_A_TOKEN = 40;
const BATCH = 10;
const ROUNDS = isTiny ? 1 : 3;
/** Webhooks a round, and how many senders; each posts again once every board has what the first board had. */
const WEBHOOKS = isTiny ? 6 : 100;
const SENDERS = 16;
/** Batches on their way when the bare server sends. */
const BARE_IN_FLIGHT = 4;
const RATE = isTiny ? 50 : 200;
const RATE_MS = isTiny ? 600 : 6_000;
const r = report(
  'fan-out',
  `${SOCKETS} boards in one room, batched events, against bare socket.io with the same batches`,
);

await using g = await ground({ tokens: Math.ceil(SOCKETS / SOCKETS_A_TOKEN) });
const server = await g.serve();
const bare = await startChild(fileURLToPath(new URL('support/bare-live-server.ts', import.meta.url)), {
  env: { PLAIN_URL: g.plainUrl },
  ready: 'ready ',
});
const bareOrigin = `http://127.0.0.1:${bare.line.split(' ')[1]}`;

/** What the boards of one server have: the last seq of each, and everything the first of them read. */
type Boards = {
  lasts: Float64Array;
  batches: EventBatch[];
  /** Wall-clock time of arrival minus the event's own time, of every event on every board, while on. */
  delays: number[] | null;
  lastAt: number;
};
const boardsOf = (): Boards => ({ lasts: new Float64Array(SOCKETS), batches: [], delays: null, lastAt: 0 });
const oursBoards = boardsOf();
const bareBoards = boardsOf();
/** A board that was cut off would be waited for in vain. */
const lost: string[] = [];
const stampOf = new Map<number, number>();

async function openBoards(
  boards: Boards,
  origin: string,
  headersOf: (i: number) => Record<string, string>,
  asked: object,
): Promise<LiveSocket[]> {
  const open: LiveSocket[] = [];
  for (let i = 0; i < SOCKETS; i += 20) {
    const some = Array.from({ length: Math.min(20, SOCKETS - i) }, (_, k) =>
      openLive({
        origin,
        path: '/live',
        headers: headersOf(i + k),
        hello: ['watch', asked],
        // The first board is read whole, the others as far as the numbers of their batches.
        ...(i + k === 0 ? {} : { keep: 300 }),
        onLost(why) {
          lost.push(why);
        },
        onBatch({ frame, at }) {
          const { from, to } = rangeOf(frame);
          if (i + k === 0) {
            const batch = batchOf<EventBatch>(frame);
            boards.batches.push(batch);
            for (const event of batch.events) stampOf.set(event.seq, Date.parse(event.at));
          }
          boards.lastAt = at;
          boards.lasts[i + k] = to;
          if (boards.delays) {
            const now = Date.now();
            for (let seq = from; seq <= to; seq++) {
              const stamp = stampOf.get(seq);
              if (stamp !== undefined) boards.delays.push(now - stamp);
            }
          }
        },
      }),
    );
    open.push(...(await Promise.all(some)));
  }
  return open;
}

const oursSockets = await openBoards(
  oursBoards,
  server.origin,
  (i) => ({ authorization: g.tokens[Math.floor(i / SOCKETS_A_TOKEN)] ?? '' }),
  { roomId: g.roomId, since: 0, protocol: PROTOCOL },
);
const bareSockets = await openBoards(bareBoards, bareOrigin, () => ({}), {});
const path = `/api/hooks/${g.roomId}/${g.source.id}`;
const to = sender(server.origin, SENDERS);
const sent = (delivery: Delivery): Promise<string> => to.post(path, delivery.headers, delivery.body);

const lowest = (boards: Boards): number => boards.lasts.reduce((a, b) => Math.min(a, b));
/** Resolves when every board has this seq. */
async function allHave(boards: Boards, seq: number): Promise<void> {
  while (lowest(boards) < seq) {
    if (lost.length > 0) throw new Error(`${lost.length} boards were cut off: ${lost[0]}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Posts as fast as the boards take it: what the first board had at an acknowledgement, all have before that sender posts again. */
async function flood(deliveries: Delivery[]): Promise<{ ms: number; events: number; batches: EventBatch[] }> {
  const before = lowest(oursBoards);
  oursBoards.batches.length = 0;
  const started = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let delivery = deliveries[next++]; delivery; delivery = deliveries[next++]) {
      await sent(delivery);
      const newest = oursBoards.lasts[0] ?? 0;
      await allHave(oursBoards, newest);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, worker));
  await quiet(oursBoards);
  return { ms: oursBoards.lastAt - started, events: lowest(oursBoards) - before, batches: [...oursBoards.batches] };
}

/** Nothing more came for a while, and everybody has the same. */
async function quiet(boards: Boards): Promise<void> {
  for (let last = -1; last !== boards.lasts[0] || lowest(boards) !== last; ) {
    last = boards.lasts[0] ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** The same batches, a few on their way at any time. */
async function sendBare(batches: EventBatch[], offset: number): Promise<number> {
  const started = performance.now();
  for (const [i, batch] of batches.entries()) {
    await allHave(bareBoards, batches[i - BARE_IN_FLIGHT]?.to ?? 0);
    bare.process.send({ send: offset + i });
    if (i === batches.length - 1) await allHave(bareBoards, batch.to);
  }
  return bareBoards.lastAt - started;
}

type Round = { ours: number; bare: number; mentions: number; frames: number; cpuOurs: number; cpuBare: number };
const rounds: Round[] = [];
let loaded = 0;
for (let i = 0; i <= ROUNDS; i++) {
  const webhooks = i === 0 ? Math.ceil(WEBHOOKS / 3) : WEBHOOKS;
  const deliveries = deliveriesOf(mentionsFor(`flood${i}`, webhooks * BATCH), BATCH, g.source.secret, `flood${i}`);
  const cpuOurs = server.cpuMs();
  const { ms, events, batches } = await flood(deliveries);
  const usedOurs = server.cpuMs() - cpuOurs;
  bare.process.send({ load: batches });
  const cpuBare = bare.cpuMs();
  const bareMs = await sendBare(batches, loaded);
  const usedBare = bare.cpuMs() - cpuBare;
  loaded += batches.length;
  // The first round only warms up.
  if (i === 0) continue;
  const deliveriesMade = events * SOCKETS;
  rounds.push({
    ours: (deliveriesMade / ms) * 1000,
    bare: (deliveriesMade / bareMs) * 1000,
    mentions: ((webhooks * BATCH) / ms) * 1000,
    frames: batches.length,
    cpuOurs: (usedOurs / (batches.length * SOCKETS)) * 1000,
    cpuBare: (usedBare / (batches.length * SOCKETS)) * 1000,
  });
}

/** At a stated rate, as a storm comes: when an event's transaction began, against when each board had it. */
async function atRate(): Promise<number[]> {
  const deliveries = deliveriesOf(
    mentionsFor('rate', Math.ceil((RATE * RATE_MS) / 1000), RATE),
    BATCH,
    g.source.secret,
    'rate',
  );
  const delays: number[] = [];
  oursBoards.delays = delays;
  const every = (1000 * BATCH) / RATE;
  const started = performance.now();
  const posted: Promise<string>[] = [];
  for (const [i, delivery] of deliveries.entries()) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, started + i * every - performance.now())));
    posted.push(sent(delivery));
  }
  await Promise.all(posted);
  await quiet(oursBoards);
  oursBoards.delays = null;
  return delays;
}
const delays = await atRate();
for (const socket of [...oursSockets, ...bareSockets]) socket.close();
await bare.kill();
to.close();

const of = (what: keyof Round): number => median(rounds.map((each) => each[what]));
r.say(
  `flood of webhooks with ${BATCH} mentions, ${SENDERS} senders: ${round(of('mentions'))} mentions/s to every board; ${round(of('frames'))} batches a round`,
);
r.say(
  `deliveries (an event on a board): ${round(of('ours'))}/s the whole way, ${round(of('bare'))}/s bare; server CPU a batch and board ${round(of('cpuOurs'))} µs, bare ${round(of('cpuBare'))} µs`,
);
r.say(
  `${RATE} mentions/s: stored to seen p50 ${round(median(delays))} ms, p95 ${round(quantile(delays, 0.95))} ms, p99 ${round(quantile(delays, 0.99))} ms over ${delays.length} deliveries`,
);
r.atLeast('deliveries/s against bare socket.io', median(rounds.map((each) => each.ours / each.bare)), 0.7);
r.atMost(`stored to seen at ${RATE} mentions/s, p99`, quantile(delays, 0.99), 250, ' ms');
r.end();
