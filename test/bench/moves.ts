// How soon others see a card move, and how many moves a room takes, against an insert and an emit with no rules at all.
import { fileURLToPath } from 'node:url';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { startChild } from './support/child.ts';
import { deliverAll, deliveriesOf, mentionsFor, sender } from './support/deliveries.ts';
import { isTiny, median, quantile, report, round } from './support/figures.ts';
import { ground } from './support/ground.ts';
import { batchOf, openLive } from './support/live-sockets.ts';

const ROUNDS = isTiny ? 1 : 3;
const QUIET_MOVES = isTiny ? 4 : 40;
const QUIET_MS = isTiny ? 60 : 75;
const BUSY_MOVES = isTiny ? 20 : 600;
const BUSY_AT_ONCE = 8;
const WATCHERS = 5;
const CARDS = 24;
const r = report('moves', 'card moved over HTTP to seen by others, against insert-and-emit');

await using g = await ground({ people: 2, roles: ['social_lead', 'commander'] });
const plain = await g.plain();
await plain.query(
  'create table moves (id bigint generated always as identity primary key, card_id text, from_stage text, to_stage text, at timestamptz)',
);
await plain.end();
const ours = await g.serve();
const bareChild = await startChild(fileURLToPath(new URL('support/bare-live-server.ts', import.meta.url)), {
  env: { PLAIN_URL: g.plainUrl },
  ready: 'ready ',
});
const bareOrigin = `http://127.0.0.1:${bareChild.line.split(' ')[1]}`;
const [mover, watcher] = g.people;
if (!mover || !watcher) throw new Error('no people');

/** Where a card stands now; moves go to and fro between two stages, forward under the plan's guards, back with a reason. */
type Card = { id: string };
const cards = await openCards();

async function openCards(): Promise<Card[]> {
  const to = sender(ours.origin, 4);
  const path = `/api/hooks/${g.roomId}/${g.source.id}`;
  await deliverAll(to, path, deliveriesOf(mentionsFor('cards', 120), 40, g.source.secret, 'cards'), 1);
  to.close();
  let board: BoardState | undefined;
  for (let i = 0; i < 200 && Object.keys(board?.cards ?? {}).length < CARDS; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const answer = await fetch(`${ours.origin}/api/rooms/${g.roomId}/board`, {
      headers: { cookie: mover?.cookie ?? '' },
    });
    board = (await answer.json()) as BoardState;
  }
  const found = Object.values(board?.cards ?? {}).slice(0, CARDS);
  return found.map(({ id }) => ({ id }));
}

/** One server as the bench uses it: how a card is moved there, and who waits to see it. */
type Side = { move: (card: Card) => Promise<void>; waiting: Map<string, (at: number) => void> };
type Batch = { events: { type: string; data: { card?: { id: string }; cardId?: string } }[] };

function sideOf(
  origin: string,
  pathOf: (card: Card) => string,
  bodyOf: (id: string, to: string) => object,
  cookie: string,
): Side {
  const to = sender(origin, BUSY_AT_ONCE);
  const owned = new Set<string>();
  return {
    waiting: new Map(),
    async move(card) {
      const target = owned.has(card.id) ? 'new' : 'owned';
      const body = JSON.stringify(bodyOf(card.id, target));
      const headers = {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'operation-id': crypto.randomUUID(),
        origin,
        cookie,
      };
      await to.post(pathOf(card), headers, body);
      if (target === 'owned') owned.add(card.id);
      else owned.delete(card.id);
    },
  };
}

const assessed = { class: 'complaint', department: 'logistics' };
const oursSide = sideOf(
  ours.origin,
  (card) => `/api/rooms/${g.roomId}/cards/${card.id}/move`,
  (_id, to) => ({ to, via: 'drag', reason: 'Bench.', ...(to === 'owned' ? { fields: assessed } : {}) }),
  mover.cookie,
);
const bareSide = sideOf(
  bareOrigin,
  () => '/move',
  (cardId, to) => ({ cardId, from: to === 'owned' ? 'new' : 'owned', to }),
  '',
);

/** All in the room, as boards are; the first of them tells when it has a move. */
for (let i = 0; i < WATCHERS; i++) {
  for (const [side, origin, headers, asked] of [
    [oursSide, ours.origin, { cookie: watcher.cookie }, { roomId: g.roomId, since: 0, protocol: 2 }],
    [bareSide, bareOrigin, {}, {}],
  ] as const) {
    await openLive({
      origin,
      path: '/live',
      headers: { ...headers },
      hello: ['watch', asked],
      onBatch({ frame, at }) {
        if (i > 0) return;
        for (const { type, data } of batchOf<Batch>(frame).events)
          if (type === 'card.moved') side.waiting.get(data.card?.id ?? data.cardId ?? '')?.(at);
      },
    });
  }
}

/** Moves a card and answers ms from the request to the moment another board has it. */
async function moveAndSee({ move, waiting }: Side, card: Card): Promise<number> {
  const started = performance.now();
  const seen = new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`nobody saw ${card.id} move`)), 10_000);
    waiting.set(card.id, (at) => {
      clearTimeout(late);
      resolve(at - started);
    });
  });
  await Promise.all([move(card), seen]);
  waiting.delete(card.id);
  return seen;
}

async function quiet(side: Side): Promise<number[]> {
  const samples: number[] = [];
  for (let i = 0; i < QUIET_MOVES; i++) {
    const card = cards[i % cards.length];
    if (card) samples.push(await moveAndSee(side, card));
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
  return samples;
}

/** Several people at once, each one move after the other on cards of their own. */
async function busy(side: Side): Promise<{ perSecond: number; samples: number[] }> {
  const samples: number[] = [];
  let left = BUSY_MOVES;
  const started = performance.now();
  const share = Math.floor(cards.length / BUSY_AT_ONCE);
  await Promise.all(
    Array.from({ length: BUSY_AT_ONCE }, async (_, worker) => {
      for (let i = 0; left-- > 0; i++) {
        const card = cards[worker * share + (i % share)];
        if (card) samples.push(await moveAndSee(side, card));
      }
    }),
  );
  return { perSecond: (samples.length / (performance.now() - started)) * 1000, samples };
}

type Round = {
  quietOurs: number[];
  quietBare: number[];
  ours: number;
  bare: number;
  busyOurs: number[];
  busyBare: number[];
  cpu: number;
};
const rounds: Round[] = [];
for (let round = 0; round <= ROUNDS; round++) {
  const quietOurs = await quiet(oursSide);
  const quietBare = await quiet(bareSide);
  const cpu = ours.cpuMs();
  const busyOurs = await busy(oursSide);
  const used = ours.cpuMs() - cpu;
  const busyBare = await busy(bareSide);
  // The first round only warms up.
  if (round === 0) continue;
  rounds.push({
    quietOurs,
    quietBare,
    ours: busyOurs.perSecond,
    bare: busyBare.perSecond,
    busyOurs: busyOurs.samples,
    busyBare: busyBare.samples,
    cpu: used / BUSY_MOVES,
  });
}
await bareChild.kill();

const p50 = (what: (round: Round) => number[]): number => median(rounds.map((each) => median(what(each))));
const ratio = median(rounds.map((each) => median(each.quietOurs) / median(each.quietBare)));
const busyRatio = median(rounds.map((each) => median(each.busyOurs) / median(each.busyBare)));
const rate = median(rounds.map((each) => each.ours));
r.say(
  `one move every ${QUIET_MS} ms: seen after p50 ${round(p50((x) => x.quietOurs))} ms, p95 ${round(
    quantile(
      rounds.flatMap((x) => x.quietOurs),
      0.95,
    ),
  )} ms; bare ${round(p50((x) => x.quietBare))} ms`,
);
r.say(
  `${BUSY_AT_ONCE} at once, each waiting to be seen: ${round(rate)} moves/s, p50 ${round(p50((x) => x.busyOurs))} ms; bare ${round(median(rounds.map((x) => x.bare)))} moves/s, p50 ${round(p50((x) => x.busyBare))} ms (ratio of p50 ${round(busyRatio)}); server ${round(median(rounds.map((x) => x.cpu)))} ms CPU a move`,
);
r.atMost('seen by others, p50 against insert-and-emit', ratio, 8, '×');
r.atLeast('moves in one room with guards, log and chain', rate, 200, '/s');
r.end();
