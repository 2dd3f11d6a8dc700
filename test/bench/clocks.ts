// How late a deadline is told while 100,000 clocks run, what a backlog takes against a bare update-and-insert, and what raising the level of a big room takes.
import type { BoardState } from '@rejoinder/contracts/rooms';
import pg from 'pg';
import { deliverAll, deliveriesOf, mentionsFor, sender } from './support/deliveries.ts';
import { isTiny, median, quantile, report, round } from './support/figures.ts';
import { ground } from './support/ground.ts';
import { batchOf, openLive } from './support/live-sockets.ts';

const ROOMS = isTiny ? 2 : 20;
const CARDS = isTiny ? 20 : 5_000;
/** Deadlines a second, for so many seconds. */
const RATE = isTiny ? 10 : 500;
const SECONDS = isTiny ? 2 : 20;
const LADDERS = isTiny ? 10 : 1_000;
const RAISES = isTiny ? 1 : 3;
const HOUR = 3_600_000;
/** In one room more, a promise that only the raised level makes: it begins on every open card. */
const LOUDER = `\n\`\`\`yaml clock louder\nstarts: mention_posted\nstops: card_closed\nfrom_level: 2\ntarget: 2h\nwarn_at: [50%]\n\`\`\`\n`;
const r = report('clocks', 'deadlines told to boards, level raised over open cards, against a bare update-and-insert');

await using g = await ground({ people: 1, roles: ['commander', 'social_lead'] });
const [person] = g.people;
if (!person) throw new Error('no people');
const db = new pg.Client({ connectionString: g.databaseUrl });
await db.connect();
const rooms = await furnish();
const server = await g.serve();

type Told = {
  type: string;
  data: {
    clock?: { warnAt: string[]; dueAt: string };
    ladder?: { startedAt: string };
    step?: number;
    card?: { id: string };
  };
};
type Hearer = (roomId: string, event: Told, at: number) => void;
let hear: Hearer = () => undefined;
for (const roomId of rooms)
  await openLive({
    origin: server.origin,
    path: '/live',
    headers: { cookie: person.cookie },
    hello: ['watch', { roomId, since: 0, protocol: 2 }],
    onBatch({ frame, at }) {
      for (const event of batchOf<{ events: Told[] }>(frame).events) hear(roomId, event, performance.timeOrigin + at);
    },
  });
r.say(`${ROOMS * CARDS} clocks run in ${ROOMS} rooms, one board open in each`);

await storm();
await ladders();
await backlog();
await raise();
await db.end();
r.end();
process.exit();

/** One card by the front door, then copies of it and of its room. */
async function furnish(): Promise<string[]> {
  const first = await g.serve();
  const to = sender(first.origin, 1);
  await deliverAll(
    to,
    `/api/hooks/${g.roomId}/${g.source.id}`,
    deliveriesOf(mentionsFor('cards', 40), 40, g.source.secret, 'cards'),
    1,
  );
  to.close();
  let cardId: string | undefined;
  while (cardId === undefined) {
    await wait(100);
    const answer = await fetch(`${first.origin}/api/rooms/${g.roomId}/board`, {
      headers: { cookie: person?.cookie ?? '' },
    });
    cardId = Object.values(((await answer.json()) as BoardState).cards).find((card) => card.clocks.length > 0)?.id;
  }
  await first.kill();
  const roomIds = [g.roomId, ...Array.from({ length: ROOMS - 1 }, (_, i) => `${g.roomId}-${i}`)];
  for (const roomId of roomIds.slice(1))
    for (const table of ['rooms', 'playbooks', 'members']) await copy(table, roomId);
  await db.query('update playbooks set text = text || $2 where room_id = $1', [roomIds[RAISES], LOUDER]);
  await db.query('delete from clocks where card_id <> $1', [cardId]);
  await db.query('delete from ladder_runs');
  for (const roomId of roomIds) await copyCards(roomId, cardId);
  await db.query('delete from cards where card_id not like $1', ['%-x%']);
  await db.query('delete from clocks where card_id not like $1', ['%-x%']);
  await db.query('analyze');
  return roomIds;
}

async function copy(table: string, roomId: string): Promise<void> {
  await db.query(
    `insert into ${table} select (json_populate_record(t, json_build_object('room_id', $1::text))).* from ${table} t where room_id = $2`,
    [roomId, g.roomId],
  );
}

async function copyCards(roomId: string, cardId: string): Promise<void> {
  const far = new Date(Date.now() + 10 * HOUR).toISOString();
  await db.query(
    `insert into cards select (json_populate_record(t, json_build_object('room_id', $1::text, 'card_id', t.card_id || '-x' || n, 'author_handle', 'a' || n, 'opened_at', now(), 'entered_stage_at', now()))).*
     from cards t, generate_series(1, $2::int) n where room_id = $3 and card_id = $4`,
    [roomId, CARDS, g.roomId, cardId],
  );
  await db.query(
    `insert into clocks select (json_populate_record(t, json_build_object('room_id', $1::text, 'card_id', t.card_id || '-x' || n, 'started_at', now(), 'warn_at', array[$5::timestamptz, $5], 'due_at', $5::timestamptz, 'promised_until', $5::timestamptz, 'next_at', $5::timestamptz, 'warned', 0, 'breached_at', null, 'stopped_at', null))).*
     from clocks t, generate_series(1, $2::int) n where room_id = $3 and card_id = $4`,
    [roomId, CARDS, g.roomId, cardId, far],
  );
}

/** Gives the clocks of cards from..to of every room their next point, `each` of them, spread over so many seconds from `start` on. */
async function spread(
  from: number,
  count: number,
  seconds: number,
  point: 'first' | 'last',
  only?: string,
): Promise<void> {
  const far = new Date(Date.now() + 10 * HOUR).toISOString();
  const start = new Date(Date.now() + 3_000).toISOString();
  const at = `date_trunc('milliseconds', $1::timestamptz + random() * $2 * interval '1 second')`;
  await db.query(
    `update clocks k set ${point === 'first' ? 'warn_at = array[n.at, $3::timestamptz], warned = 0' : 'warn_at = array[k.started_at, n.at], warned = 1'}, next_at = n.at
     from (select room_id, card_id, ${at} as at from clocks where split_part(card_id, '-x', 2)::int between $4 and $5 and ($6::text is null or room_id = $6)) n
     where k.room_id = n.room_id and k.card_id = n.card_id and k.clock_id = 'public-reply' and $3::timestamptz is not null`,
    [start, seconds, far, from, from + count - 1, only ?? null],
  );
}

/** First warnings at a rate, all rooms together. */
async function storm(): Promise<void> {
  const late: number[] = [];
  hear = (_room, { type, data }, at) => {
    if (type === 'clock.warned') late.push(at - Date.parse(data.clock?.warnAt[0] ?? ''));
  };
  const each = Math.ceil((RATE * SECONDS) / ROOMS);
  const all = each * ROOMS;
  await spread(1, each, SECONDS, 'first');
  const began = server.cpuMs();
  await until(() => late.length >= all, `${all} deadlines`);
  const used = server.cpuMs();
  r.say(
    `${all} deadlines in ${SECONDS} s: p50 ${round(median(late))} ms, p95 ${round(quantile(late, 0.95))} ms, last ${round(Math.max(...late))} ms; server CPU ${round((used - began) / 1000)} s`,
  );
  r.atMost('deadline to board, p99', quantile(late, 0.99), 1_000, ' ms');
  r.holds(`each told once: ${late.length} of ${all}`, late.length === all);
}

/** Last warnings, each of which starts a ladder. */
async function ladders(): Promise<void> {
  const late: number[] = [];
  const asked: number[] = [];
  hear = (_room, { type, data }, at) => {
    if (type === 'clock.warned') late.push(at - Date.parse(data.clock?.warnAt[1] ?? ''));
    // The first step of a ladder: somebody is asked, or it is passed over at once because nobody is there.
    if ((type === 'ladder.asked' || type === 'ladder.skipped') && data.step === 0)
      asked.push(at - Date.parse(data.ladder?.startedAt ?? ''));
  };
  const each = Math.ceil(LADDERS / ROOMS);
  await spread(1, each, SECONDS, 'last');
  await until(() => asked.length >= each * ROOMS, 'every ladder takes its first step');
  r.say(
    `${each * ROOMS} last warnings in ${SECONDS} s, each with a ladder: told p99 ${round(quantile(late, 0.99))} ms, first step taken p50 ${round(median(asked))} ms, p99 ${round(quantile(asked, 0.99))} ms after the ladder's instant`,
  );
}

/** A room in which everything is due at once, as after an hour of downtime, against the least that writes the same. */
async function backlog(): Promise<void> {
  const roomId = rooms.at(-1) ?? '';
  const count = Math.floor(CARDS / 2);
  const from = CARDS - count + 1;
  let told = 0;
  let dueAt = 0;
  let lastAt = 0;
  let bytes = 0;
  hear = (room, event, at) => {
    if (room !== roomId || event.type !== 'clock.warned') return;
    dueAt = Date.parse(event.data.clock?.warnAt[0] ?? '');
    lastAt = at;
    bytes = Math.max(bytes, JSON.stringify(event.data).length);
    told += 1;
  };
  await spread(from, count, 0, 'first', roomId);
  await until(() => told >= count, 'the backlog is told');
  const ours = (told / (lastAt - dueAt)) * 1000;
  const bare = await bareBacklog(count, bytes);
  r.say(
    `backlog of ${count} in one room: ours ${round(ours)} points/s from their instant to the last on a board; bare update-and-insert ${round(bare)}; ratio ${round(ours / bare)}`,
  );
}

/** The same rows and bytes with nothing to decide: a hundred at a time, a commit each. */
async function bareBacklog(count: number, bytes: number): Promise<number> {
  const plain = await g.plain();
  await plain.query(
    'create table due (card_id text primary key, next_at timestamptz); create table told (seq bigint primary key, data text)',
  );
  await plain.query(`insert into due select 'c' || n, now() from generate_series(1, ${count}) n`);
  const data = 'x'.repeat(bytes);
  const began = performance.now();
  for (let i = 0; i < count; i += 100) {
    await plain.query('begin');
    const { rows } = await plain.query(
      'select card_id from due where next_at <= now() order by next_at limit 100 for update',
    );
    await plain.query('update due set next_at = null where card_id = any($1)', [rows.map((row) => row.card_id)]);
    await plain.query('insert into told select $1::int + n, $2 from generate_series(1, $3::int) n', [
      i,
      data,
      rows.length,
    ]);
    await plain.query('commit');
  }
  const took = performance.now() - began;
  await plain.end();
  return (count / took) * 1000;
}

/** Raises the level of rooms that hold only open cards: answered, and seen by a board with every clock in one event. */
async function raise(): Promise<void> {
  const answered: number[] = [];
  const seen: number[] = [];
  for (const roomId of rooms.slice(0, RAISES + 1)) {
    const open = Number(
      (await db.query('select count(*) as n from cards where room_id = $1 and closed_at is null', [roomId])).rows[0].n,
    );
    await db.query(
      "update clocks set warn_at = array[now() + interval '1 hour 30 minutes', now() + interval '2 hours 24 minutes'], due_at = now() + interval '3 hours', promised_until = now() + interval '3 hours', next_at = now() + interval '1 hour 30 minutes', warned = 0, started_at = now() where room_id = $1",
      [roomId],
    );
    let clocks = 0;
    let begun = 0;
    const began = performance.now();
    const board = new Promise<number>((resolve) => {
      hear = (room, event) => {
        if (room !== roomId || event.type !== 'room.levelChanged') return;
        const told = (event.data as { clocks?: { clocks: { clock: string }[] }[] }).clocks ?? [];
        clocks = told.length;
        begun = told.filter((card) => card.clocks.some(({ clock }) => clock === 'louder')).length;
        resolve(performance.now() - began);
      };
    });
    const reply = await fetch(`${server.origin}/api/rooms/${roomId}/level`, {
      method: 'PUT',
      headers: {
        cookie: person?.cookie ?? '',
        origin: server.origin,
        'content-type': 'application/json',
        'operation-id': crypto.randomUUID(),
      },
      body: JSON.stringify({ level: 2, reason: 'Bench.' }),
    });
    if (!reply.ok) throw new Error(`the level: ${reply.status} ${await reply.text()}`);
    const took = [performance.now() - began, await board] as const;
    r.say(
      `level raised over ${open} open cards: answered ${round(took[0])} ms, on a board with ${clocks} cards reckoned anew, a clock begun on ${begun}, ${round(took[1])} ms`,
    );
    if (roomId === rooms[RAISES]) {
      r.holds(`a clock begun on every open card: ${begun} of ${open}`, begun === open);
      r.atMost('level raised that begins a clock on every card', Math.max(...took), 2_000, ' ms');
      continue;
    }
    answered.push(took[0]);
    seen.push(took[1]);
    if (clocks !== open) r.holds(`every open card is in the one event: ${clocks} of ${open}`, false);
  }
  r.atMost('level raised, answered and on a board, median', Math.max(median(answered), median(seen)), 2_000, ' ms');
}

async function until(is: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 180_000;
  while (!is()) {
    if (Date.now() > end) throw new Error(`waited three minutes: ${what}`);
    await wait(20);
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
