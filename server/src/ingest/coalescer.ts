// Requests that wait while a transaction runs share the next one: one commit, one event per source.
import { isLostToAnother, isPassing } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import { type Batch, bringsOnlyNew, type IngestResult } from './batch.ts';
import { storeTogether } from './ingest.service.ts';

export type Ingest = {
  /** @param bytes what the batch was read from, which is what holding it costs */
  submit: (batch: Batch, bytes: number) => Promise<IngestResult>;
};

/** Mentions in one transaction at most; more wait for the next. */
const MOST = 500;
/** With so many deliveries and mentions waiting, a second transaction makes ready and sends while PostgreSQL works on the first. */
const WORTH_A_SECOND = { deliveries: 3, mentions: 24 };
/** What waits is held in memory until it is stored: past this many bytes of deliveries senders are told to come again (IN-15). */
const MOST_BYTES = 64 * 1024 * 1024;
/** Senders come in waves: who was answered together sends the next together, a moment later. */
const WAVE_MS = 25;
const FULL = 'More waits than can be stored in a moment. Nothing of this delivery was stored; deliver it again.';

type Waiting = {
  batch: Batch;
  resolve: (result: IngestResult) => void;
  reject: (error: unknown) => void;
};

/** `changes`: a running transaction holds more than new posts. `waveUntil`: when senders that were answered together count as gone. */
type Queue = { waiting: Waiting[]; running: number; changes: boolean; waveUntil: number };
const queuesOf = new WeakMap<Deps, Map<string, Queue>>();

/** Whether senders of this room wait for a transaction that has not begun yet, or came together and will come again at once. */
export function isPressed(deps: Deps, roomId: string): boolean {
  const queue = queuesOf.get(deps)?.get(roomId);
  return queue !== undefined && (queue.waiting.length > 0 || performance.now() < queue.waveUntil);
}

export function createIngest(deps: Deps): Ingest {
  const queues = new Map<string, Queue>();
  let held = 0;
  queuesOf.set(deps, queues);

  async function drain(roomId: string, queue: Queue): Promise<void> {
    queue.running++;
    while (mayBegin(queue, queue.running - 1)) {
      const group = takeGroup(queue.waiting);
      queue.changes = !group.every(({ batch }) => bringsOnlyNew(batch));
      if (group.length > 1) queue.waveUntil = Number.POSITIVE_INFINITY;
      await storeGroup(roomId, group);
      queue.changes = false;
      queue.waveUntil = group.length > 1 ? performance.now() + WAVE_MS : 0;
    }
    queue.running--;
  }

  /** One bad batch must not fail its neighbours: a group that fails is halved until the bad one stands alone (IN-14). */
  async function storeGroup(roomId: string, group: Waiting[]): Promise<void> {
    try {
      const batches = group.map(({ batch }) => batch);
      const outcomes = await storeTogether(deps, roomId, batches);
      for (const [i, { resolve, reject }] of group.entries()) {
        const outcome = outcomes[i];
        if (outcome === undefined || outcome instanceof Problem) reject(outcome);
        else resolve(outcome);
      }
    } catch (error) {
      // Where the database is away no half of the group fares better, and each sender comes again by itself.
      if (group.length === 1 || isAway(error)) for (const { reject } of group) reject(error);
      else {
        const half = group.length >> 1;
        await storeGroup(roomId, group.slice(0, half));
        await storeGroup(roomId, group.slice(half));
      }
    }
  }

  return {
    submit(batch, bytes) {
      return new Promise((resolve, reject) => {
        if (held >= MOST_BYTES) throw new Problem('not-ready', FULL);
        held += bytes;
        const queue = queues.get(batch.roomId) ?? { waiting: [], running: 0, changes: false, waveUntil: 0 };
        queues.set(batch.roomId, queue);
        const letGo =
          <T>(settle: (value: T) => void) =>
          (value: T): void => {
            held -= bytes;
            settle(value);
          };
        queue.waiting.push({ batch, resolve: letGo(resolve), reject: letGo(reject) });
        if (mayBegin(queue, queue.running)) void drain(batch.roomId, queue);
      });
    },
  };
}

/** The database does not answer. */
const isAway = (error: unknown): boolean => isPassing(error) && !isLostToAnother(error);

/**
 * Whether what waits may begin beside so many running transactions. A second one begins when it has enough to do, and only new posts beside
 * new posts: an edit or a deletion has to see what was stored before it, and to be there for what comes after (F19).
 */
function mayBegin({ waiting, changes }: Queue, others: number): boolean {
  if (others === 0) return waiting.length > 0;
  if (others > 1 || changes) return false;
  if (waiting.length < WORTH_A_SECOND.deliveries) return false;
  let mentions = 0;
  for (const [i, one] of waiting.entries()) {
    if (!bringsOnlyNew(one.batch)) return false;
    mentions += one.batch.events.length;
    if (i + 1 >= WORTH_A_SECOND.deliveries && mentions >= WORTH_A_SECOND.mentions) return true;
  }
  return false;
}

/** What changes older posts goes by itself, so that new ones need not wait until it may. */
function takeGroup(waiting: Waiting[]): Waiting[] {
  let mentions = 0;
  let count = 0;
  const [first] = waiting;
  const onlyNew = first !== undefined && bringsOnlyNew(first.batch);
  for (const one of waiting) {
    if (count > 0 && (mentions >= MOST || bringsOnlyNew(one.batch) !== onlyNew)) break;
    mentions += one.batch.events.length;
    count += 1;
  }
  return waiting.splice(0, count);
}
