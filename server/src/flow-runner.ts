// Runs one flow handler in one room: in order, from its own cursor, with three tries before an event is set aside.
import type { EventType, RoomEvent } from '@rejoinder/contracts/events';
import type { Actor } from '@rejoinder/contracts/people';
import type { Tx } from './db/database.ts';
import { type Change, readEvents } from './db/event-log.ts';
import type { Deps } from './deps.ts';

/** `run` works inside the transaction that also saves the cursor; `act` makes changes of its own and is safe to repeat. */
export type FlowHandler = { name: string; on: readonly EventType[]; actor: Actor } & (
  | { run: (deps: Deps, change: Change, roomId: string, events: RoomEvent[]) => Promise<void> }
  | { act: (deps: Deps, roomId: string, events: RoomEvent[]) => Promise<void> }
);

export type Runner = {
  hear: (events: RoomEvent[]) => void;
  wake: () => void;
  busy: () => boolean;
  idle: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Events handled in one transaction at most, and pages read from the log when catching up. */
const BATCH = 50;
const PAGE = 500;
const TRIES = 3;

export function createRunner(deps: Deps, roomId: string, handler: FlowHandler): Runner {
  let heard: RoomEvent[] = [];
  let cursor: number | null = null;
  let running: Promise<void> | null = null;
  let stopped = false;
  let woken = false;

  async function work(): Promise<void> {
    while (!stopped && (woken || heard.length > 0)) {
      if (cursor === null || woken) {
        woken = false;
        cursor = await loadCursor(deps, roomId, handler.name);
        heard = [];
        await catchUp();
      } else {
        const next = heard.splice(0, BATCH).filter((event) => event.seq > (cursor ?? 0));
        const last = next.at(-1);
        if (last) await handleOrSetAside(next, last.seq);
      }
    }
  }

  async function catchUp(): Promise<void> {
    for (;;) {
      const page = await readEvents(deps.db, roomId, cursor ?? 0, PAGE);
      const wanted = page.filter((event) => handler.on.includes(event.type));
      const last = page.at(-1)?.seq;
      if (last === undefined || stopped) return;
      for (let i = 0; i < wanted.length; i += BATCH) {
        const part = wanted.slice(i, i + BATCH);
        await handleOrSetAside(part, part.at(-1)?.seq ?? last);
      }
      cursor = Math.max(cursor ?? 0, last);
      if (page.length < PAGE) return;
    }
  }

  /** A batch that fails is tried one by one; an event that fails three times is set aside so that the rest flows (F45). */
  async function handleOrSetAside(events: RoomEvent[], upTo: number): Promise<void> {
    for (let attempt = 1; !stopped; attempt++) {
      try {
        await handle(events, upTo);
        cursor = upTo;
        return;
      } catch (error) {
        deps.log.warn({ err: error, roomId, handler: handler.name, attempt, seq: upTo }, 'a flow handler failed');
        if (!isPoison(error)) {
          await new Promise((resolve) => setTimeout(resolve, Math.min(5000, 100 * 2 ** attempt)));
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
      .catch((error) => {
        deps.log.error({ err: error, roomId, handler: handler.name }, 'a flow runner stopped and will start again');
        woken = true;
        setTimeout(start, 1000).unref();
      })
      .finally(() => {
        running = null;
        if (heard.length > 0) start();
      });
  }

  return {
    hear(events) {
      if (cursor === null) woken = true;
      else heard.push(...events);
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
      await running;
    },
  };
}

/** A database that is away comes back; anything else is the event's own fault. */
function isPoison(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code ?? '';
  const message = error instanceof Error ? error.message : '';
  return (
    !/^(08|57P0|53|40)/.test(code) &&
    !/ECONNREFUSED|ECONNRESET|Connection terminated|timeout exceeded/.test(`${code} ${message}`)
  );
}

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
