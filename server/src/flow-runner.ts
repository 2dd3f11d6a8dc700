// Runs one flow handler in one room: in order, from its own cursor, with three tries before an event is set aside.
import type { EventType, RoomEvent } from '@rejoinder/contracts/events';
import type { Actor } from '@rejoinder/contracts/people';
import { isPassing, type Tx } from './db/database.ts';
import type { Change } from './db/event-log.ts';
import { headOf, readOfTypes } from './db/event-reading.ts';
import type { Deps } from './deps.ts';

/**
 * `run` works inside the transaction that also saves the cursor; `act` makes changes of its own and is safe to repeat.
 * `wants` leaves out events in which there is nothing to do, so that they cost no transaction.
 * `paceMs` makes it collect while it is busy: at once after a quiet moment or a run that could not take all there was, else this long after its last run.
 * `weigh` says how much work an event is, 1 where left out; a run takes as many events as weigh `HEAVIEST` together.
 * `yields` puts a run off while something more urgent waits, so long as no event has waited `ms` and what waits weighs less than `most` (FL-7).
 * `failed` is told when a transaction of `run` was rolled back, so that what the handler remembers outside of it is dropped.
 */
export type FlowHandler = {
  name: string;
  on: readonly EventType[];
  actor: Actor;
  wants?: (event: RoomEvent) => boolean;
  paceMs?: number;
  weigh?: (event: RoomEvent) => number;
  yields?: { to: (deps: Deps, roomId: string) => boolean; ms: number; most: number };
} & (
  | {
      run: (deps: Deps, change: Change, roomId: string, events: RoomEvent[]) => Promise<void>;
      failed?: (deps: Deps, roomId: string) => void;
    }
  | { act: (deps: Deps, roomId: string, events: RoomEvent[]) => Promise<void> }
);

export type Runner = {
  /** A commit of the room, whether or not it holds anything for this handler. */
  hear: (events: RoomEvent[]) => void;
  wake: () => void;
  busy: () => boolean;
  idle: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Events handled in one transaction at most, and pages read from the log when catching up. */
const BATCH = 50;
/** A run blocks the process for as long as it decides; what it takes is bounded by weight, too. */
const HEAVIEST = 500;
/** How often a run that yields looks again. */
const LOOK_AGAIN_MS = 20;
const PAGE = 100;
const TRIES = 3;
/** A catch-up saves its place this often even where nothing was for this handler, so that a start does not read the whole log. */
const SAVE_EVERY = 1000;

export function createRunner(deps: Deps, roomId: string, handler: FlowHandler): Runner {
  let heard: RoomEvent[] = [];
  /** Everything up to here was heard or read; a commit that does not follow it was heard out of order (FL-2). */
  let heardTo: number | null = null;
  let cursor = 0;
  let running: Promise<void> | null = null;
  let stopped = false;
  let woken = false;
  let cutPause = (): void => {};
  let lastRun = Number.NEGATIVE_INFINITY;
  /** Since when `heard` was never empty: nothing in it has waited longer. */
  let heardSince = 0;
  const weigh = handler.weigh ?? (() => 1);

  async function work(): Promise<void> {
    while (!stopped && (woken || heard.length > 0)) {
      if (woken) {
        woken = false;
        heard = [];
        await catchUp();
      } else {
        const wait = lastRun + (handler.paceMs ?? 0) - performance.now();
        if (wait > 0 && heard.length < BATCH) await pause(wait);
        if (stopped || woken) continue;
        if (isPutOff()) {
          await pause(LOOK_AGAIN_MS);
          continue;
        }
        const run = takeRun(heard);
        const isFull = heard.length > 0;
        const next = run.filter((event) => event.seq > cursor);
        const last = next.at(-1);
        if (last) await handleOrSetAside(next, last.seq);
        // What a full run had to leave has waited already.
        lastRun = isFull ? Number.NEGATIVE_INFINITY : performance.now();
      }
    }
  }

  function isPutOff(): boolean {
    const { yields } = handler;
    if (!yields?.to(deps, roomId) || performance.now() - heardSince > yields.ms) return false;
    return heard.reduce((sum, event) => sum + weigh(event), 0) < yields.most;
  }

  function takeRun(from: RoomEvent[]): RoomEvent[] {
    let [count, weight] = [0, 0];
    for (const event of from) {
      weight += weigh(event);
      if (count > 0 && (weight > HEAVIEST || count === BATCH)) break;
      count += 1;
    }
    return from.splice(0, count);
  }

  /** Reads on from the saved cursor, and of the log no more than what is for this handler. */
  async function catchUp(): Promise<void> {
    cursor = await loadCursor(deps, roomId, handler.name);
    let saved = cursor;
    const upTo = await headOf(deps.db, roomId);
    while (!stopped && cursor < upTo) {
      const page = await readOfTypes(deps.db, roomId, { types: handler.on, after: cursor, upTo, limit: PAGE });
      const last = page.at(-1)?.seq ?? upTo;
      const wanted = page.filter((event) => isFor(handler, event));
      while (wanted.length > 0) {
        const part = takeRun(wanted);
        await handleOrSetAside(part, part.at(-1)?.seq ?? last);
        saved = cursor;
      }
      if (stopped) return;
      cursor = Math.max(cursor, last);
      if (cursor - saved >= SAVE_EVERY) {
        await deps.db.transaction().execute((tx) => saveCursor(tx, roomId, handler.name, cursor));
        saved = cursor;
      }
    }
    heardTo = Math.max(heardTo ?? 0, cursor);
  }

  /** A batch that fails is tried one by one; an event that fails three times is set aside so that the rest flows (F45). */
  async function handleOrSetAside(events: RoomEvent[], upTo: number): Promise<void> {
    for (let attempt = 1; !stopped; attempt++) {
      try {
        await handle(events, upTo);
        cursor = upTo;
        return;
      } catch (error) {
        if ('run' in handler) handler.failed?.(deps, roomId);
        deps.log.warn({ err: error, roomId, handler: handler.name, attempt, seq: upTo }, 'a flow handler failed');
        if (isPassing(error)) {
          await pause(Math.min(5000, 100 * 2 ** attempt));
          continue;
        }
        if (events.length > 1) {
          for (const event of events) await handleOrSetAside([event], event.seq);
          return;
        }
        if (attempt < TRIES) continue;
        await setAside(upTo, error);
        cursor = upTo;
        return;
      }
    }
  }

  async function handle(events: RoomEvent[], upTo: number): Promise<void> {
    if ('run' in handler) {
      await deps.events.change({ roomId, actor: handler.actor }, async (change) => {
        await handler.run(deps, change, roomId, events);
        await saveCursor(change.tx, roomId, handler.name, upTo);
      });
      return;
    }
    await handler.act(deps, roomId, events);
    await deps.db.transaction().execute((tx) => saveCursor(tx, roomId, handler.name, upTo));
  }

  async function setAside(seq: number, error: unknown): Promise<void> {
    const says = error instanceof Error ? error.message : String(error);
    await deps.db.transaction().execute(async (tx) => {
      await tx
        .insertInto('flow_quarantine')
        .values({ room_id: roomId, handler: handler.name, seq, says, at: deps.now() })
        .onConflict((c) => c.doNothing())
        .execute();
      await saveCursor(tx, roomId, handler.name, seq);
    });
    deps.log.error({ err: error, roomId, handler: handler.name, seq }, 'an event was set aside after three tries');
  }

  function start(): void {
    if (running !== null || stopped) return;
    running = work()
      .catch(async (error) => {
        deps.log.error({ err: error, roomId, handler: handler.name }, 'a flow runner stopped and will start again');
        woken = true;
        await pause(1000);
      })
      .finally(() => {
        running = null;
        if (woken || heard.length > 0) start();
      });
  }

  /** Ends early when the runner is stopped. */
  function pause(ms: number): Promise<void> {
    if (stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      cutPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    hear(events) {
      const [first, last] = [events[0]?.seq, events.at(-1)?.seq];
      if (first === undefined || last === undefined) return;
      if (heardTo === null || first > heardTo + 1) woken = true;
      else if (last > heardTo) {
        heardTo = last;
        if (heard.length === 0) heardSince = performance.now();
        heard.push(...events.filter((event) => isFor(handler, event)));
      }
      start();
    },
    wake() {
      woken = true;
      start();
    },
    busy: () => running !== null || heard.length > 0,
    idle: async () => {
      await running;
    },
    async stop() {
      stopped = true;
      cutPause();
      await running;
    },
  };
}

const isFor = ({ on, wants }: FlowHandler, event: RoomEvent): boolean =>
  on.includes(event.type) && (wants === undefined || wants(event));

async function loadCursor(deps: Deps, roomId: string, handler: string): Promise<number> {
  const row = await deps.db
    .selectFrom('flow_cursors')
    .select('seq')
    .where('room_id', '=', roomId)
    .where('handler', '=', handler)
    .executeTakeFirst();
  return row?.seq ?? 0;
}

async function saveCursor(tx: Tx, roomId: string, handler: string, seq: number): Promise<void> {
  await tx
    .insertInto('flow_cursors')
    .values({ room_id: roomId, handler, seq })
    .onConflict((c) => c.columns(['room_id', 'handler']).doUpdateSet({ seq }))
    .execute();
}
