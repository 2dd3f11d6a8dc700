// Two servers on one database fire the same clocks and climb the same ladders, while they are killed, stand still, lose their database and
// their clocks leap: every point is told once and in order, every step is taken once and in order, and nothing waits once somebody can act.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RoomEvent } from '@rejoinder/contracts/events';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyLog } from '../../server/src/db/event-log.ts';
import { defaultPlaybookText } from '../../server/src/playbooks/playbooks.service.ts';
import { until } from '../coedit/typist.ts';
import { type Journey, journey } from '../support/journey.ts';
import { pause } from './fault-proxy.ts';
import { type Rig, rigOf } from './rig.ts';
import type { ServerProcess } from './server-process.ts';
import { chance, isLong, seed, size, told } from './sizes.ts';

const ROUNDS = size('rounds', { short: 3, long: 120 });
const CARDS = size('cards', { short: 6, long: 12 });
/** Points of a round fall due within so long. */
const SPREAD_MS = 2_500;
const HOUR = 3_600_000;
/** How late the last may be once somebody can act; the suite, beside other work, only asks that all come. */
const LATE_MS = isLong ? 2_000 : 30_000;

/** The shipped plan with ladders whose steps follow each other at once. */
const PLAN = defaultPlaybookText().replaceAll(
  /after: \{ 1: \d+m, 2: \d+m, 3: \d+m \}, channels/g,
  'after: 1s, channels',
);

describe('clocks and ladders', () => {
  let j: Journey;
  let rig: Rig;
  let other: ServerProcess;
  let folder: string;
  let cardIds: string[] = [];
  const faults = new Map<string, number>();
  /** When each line of the log was first seen, by the true clock. */
  const seen = new Map<number, number>();
  /** The instants at which every point was to be told, by card and what. */
  const due = new Map<string, number>();
  /** From when on somebody could act, without a break; null while nobody can. */
  let healthy: number | null = null;
  const spells: { from: number; to: number }[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rejoinder-shift-'));
    j = await journey({ realClock: true, playbookText: PLAN });
    await j.w.person('Cora', ['commander']);
    const hook = await j.w.webhook();
    const mentions = Array.from({ length: ROUNDS * CARDS }, (_, i) =>
      j.w.mention('my parcel is lost and nobody answers, I want a refund', {
        author: { handle: `late${i}`, name: `Late ${i}`, followers: 3 },
      }),
    );
    for (let from = 0; from < mentions.length; from += 100)
      await hook.deliver(mentions.slice(from, from + 100).map((mention) => ({ type: 'created', mention })));
    await j.w.settled();
    cardIds = Object.keys((await j.w.board()).cards).sort();
    expect(cardIds).toHaveLength(ROUNDS * CARDS);
    rig = await rigOf(j, (name) => ({
      NODE_OPTIONS: `--import ${path.join(import.meta.dirname, 'shifted-clock.ts')}`,
      CLOCK_SHIFT_FILE: path.join(folder, name),
    }));
    await shift('server', 0);
    await shift('another', 0);
    other = await rig.another();
  }, 120_000);
  afterAll(async () => {
    await rig.end();
    await j[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const shift = (name: 'server' | 'another', ms: number) => writeFile(path.join(folder, name), String(ms));
  const note = (what: string): void => void faults.set(what, (faults.get(what) ?? 0) + 1);
  /** From here on somebody can act, or nobody. */
  function health(is: boolean): void {
    const now = Date.now();
    if (!is && healthy !== null) spells.push({ from: healthy, to: now });
    healthy = is ? (healthy ?? now) : null;
  }

  it(
    `[CH-7] [F22] of ${ROUNDS * CARDS} cards tell every point once and in order and take every step once and in order, through kills, leaps, standstills and a race of two servers`,
    async () => {
      await rig.server.start();
      await other.start();
      health(true);
      const watching = watch();
      for (let round = 0; round < ROUNDS; round++) {
        await wave(cardIds.slice(round * CARDS, (round + 1) * CARDS));
        await trouble(isLong ? chance.int(0, 6) : round + 3);
        await until(async () => (await firedOf(due.keys())).length === due.size, 'every point is told', 60_000);
      }
      await pause(1_500);
      health(false);
      watching.stop();
      await watching.ended;
      await judge();
    },
    ROUNDS * 30_000 + 120_000,
  );

  /** The clocks of these cards run out soon: two warnings and the breach each, at instants of chance. */
  async function wave(ids: string[]): Promise<void> {
    const now = Date.now();
    for (const cardId of ids) {
      const [a = 0, b = 0, c = 0] = [1, 2, 3].map(() => now + chance.int(200, SPREAD_MS)).sort((x, y) => x - y);
      const [first, second, last] = [a, b + 1, c + 2].map((at) => new Date(at).toISOString());
      due
        .set(`${cardId} warned 1`, a)
        .set(`${cardId} warned 2`, b + 1)
        .set(`${cardId} breached`, c + 2);
      await sql`
        update clocks set warn_at = ${[first, second]}, due_at = ${last}, promised_until = ${last}, next_at = ${first}
        where room_id = ${j.w.room.id} and card_id = ${cardId} and clock_id = 'public-reply'`.execute(rig.db);
    }
  }

  async function trouble(kind: number): Promise<void> {
    await pause(chance.int(100, 900));
    if (kind === 0) return note('race of two');
    if (kind === 1) {
      note('kill of one');
      await rig.server.kill();
      await pause(chance.int(0, 1_500));
      await rig.server.start();
    } else if (kind === 2) {
      note('kill of both');
      health(false);
      await Promise.all([rig.server.kill(), other.kill()]);
      await pause(chance.int(500, 3_000));
      await Promise.all([rig.server.start(), other.start()]);
      health(true);
    } else if (kind === 3) {
      note('standstill of one, in the middle of what it does');
      rig.server.freeze();
      await pause(chance.int(500, 3_000));
      rig.server.thaw();
    } else if (kind === 4) {
      note('database silent, the other killed');
      health(false);
      rig.store.set({ do: 'silent' });
      await other.kill();
      await pause(chance.int(500, 3_000));
      rig.store.set({ do: 'pass' });
      rig.store.reset();
      await other.start();
      health(true);
    } else if (kind === 5) {
      note('clock of one an hour ahead, then an hour behind');
      await shift('server', HOUR);
      await pause(chance.int(300, 1_500));
      await shift('server', -HOUR);
      await pause(chance.int(300, 1_500));
      await shift('server', 0);
    } else {
      note('backends cut');
      await rig.cutBackends();
    }
  }

  /** Notes when lines of the log come up. */
  function watch(): { stop: () => void; ended: Promise<void> } {
    let going = true;
    const look = async (): Promise<void> => {
      while (going) {
        await pause(40);
        const after = Math.max(0, ...seen.keys());
        const rows = await rig.db
          .selectFrom('events')
          .select('seq')
          .where('room_id', '=', j.w.room.id)
          .where('seq', '>', after)
          .execute()
          .catch(() => []);
        for (const { seq } of rows) seen.set(seq, Date.now());
      }
    };
    return { stop: () => (going = false), ended: look() };
  }

  async function events(): Promise<RoomEvent[]> {
    const rows = await rig.db
      .selectFrom('events')
      .selectAll()
      .where('room_id', '=', j.w.room.id)
      .where((eb) => eb.or([eb('type', 'like', 'clock.%'), eb('type', 'like', 'ladder.%')]))
      .orderBy('seq')
      .execute();
    return rows.map(
      (row) => ({ ...row, actor: JSON.parse(row.actor), data: JSON.parse(row.data) }) as unknown as RoomEvent,
    );
  }

  const keyOf = (event: RoomEvent): string | null => {
    if (event.type === 'clock.warned') return `${event.data.card.id} warned ${event.data.point}`;
    return event.type === 'clock.breached' ? `${event.data.card.id} breached` : null;
  };

  async function firedOf(keys: Iterable<string>): Promise<string[]> {
    const fired = new Set((await events()).map(keyOf));
    return [...keys].filter((key) => fired.has(key));
  }

  async function judge(): Promise<void> {
    const all = await events();
    const fired = all.flatMap((event) => keyOf(event) ?? []);
    expect(fired.toSorted()).toEqual([...due.keys()].toSorted());
    for (const cardId of cardIds)
      expect(fired.filter((key) => key.startsWith(`${cardId} `))).toEqual(
        ['warned 1', 'warned 2', 'breached'].map((what) => `${cardId} ${what}`),
      );
    expect(await verifyLog(rig.db, j.w.room.id)).toMatchObject({ ok: true });
    const steps = stepsInOrder(all);
    const late = all.flatMap((event) => {
      const at = due.get(keyOf(event) ?? '');
      return at === undefined ? [] : [lateness(at, seen.get(event.seq) ?? 0)];
    });
    late.sort((a, b) => a - b);
    const of = (share: number) => late[Math.floor(share * (late.length - 1))];
    console.info(
      `seed ${seed}: ${ROUNDS} rounds of ${CARDS} cards: ${told(faults)}; ${fired.length} points told once each, ${steps} steps of ladders taken once each; ` +
        `after somebody could act p50 ${of(0.5)} ms, p99 ${of(0.99)} ms, last ${of(1)} ms`,
    );
    expect(late.at(-1)).toBeLessThan(LATE_MS);
  }

  /** How long after its instant, time in which nobody could act left out. */
  function lateness(at: number, seenAt: number): number {
    const down = spells.flatMap(({ to }, i) => [{ from: to, to: spells[i + 1]?.from ?? to }]);
    const lost = down.reduce((sum, gap) => sum + Math.max(0, Math.min(seenAt, gap.to) - Math.max(at, gap.from)), 0);
    return Math.max(0, seenAt - at - lost);
  }

  /** Of every ladder: rounds one after the other, and in each its steps from the first on, none twice and none left out. Answers how many. */
  function stepsInOrder(all: RoomEvent[]): number {
    const runs = new Map<string, number[]>();
    for (const event of all)
      if (event.type === 'ladder.asked' || event.type === 'ladder.skipped') {
        const key = `${event.data.ladder.id} ${event.data.ladder.round}`;
        runs.set(key, [...(runs.get(key) ?? []), event.data.step]);
      }
    for (const [run, steps] of runs) expect(steps, run).toEqual(steps.map((_, i) => i));
    const count = [...runs.values()].flat().length;
    expect(count).toBeGreaterThan(ROUNDS * CARDS);
    return count;
  }
});
