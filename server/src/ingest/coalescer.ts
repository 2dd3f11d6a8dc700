// Requests that wait while a transaction runs share the next one: one commit, one event per source.
import type { Actor } from '@rejoinder/contracts/people';
import type { Deps } from '../deps.ts';
import { type Batch, type IngestResult, ingestBatch, storeBatches } from './ingest.service.ts';

export type Ingest = { submit: (batch: Batch) => Promise<IngestResult> };

/** Mentions in one transaction at most; more wait for the next. */
const MOST = 1000;
const SYSTEM: Actor = { kind: 'system', id: 'system:ingest', name: 'Sources', roles: [] };

type Waiting = { batch: Batch; resolve: (result: IngestResult) => void; reject: (error: unknown) => void };

type Queue = { waiting: Waiting[]; running: boolean };
const queuesOf = new WeakMap<Deps, Map<string, Queue>>();

/** Whether senders wait for a transaction of this room that has not begun yet. */
export const isPressed = (deps: Deps, roomId: string): boolean =>
  (queuesOf.get(deps)?.get(roomId)?.waiting.length ?? 0) > 0;

export function createIngest(deps: Deps): Ingest {
  const queues = new Map<string, Queue>();
  queuesOf.set(deps, queues);

  async function drain(roomId: string, queue: Queue): Promise<void> {
    queue.running = true;
    while (queue.waiting.length > 0) {
      const group = takeGroup(queue.waiting);
      try {
        const results = await deps.events.change({ roomId, actor: SYSTEM }, (change) =>
          storeBatches(
            change,
            group.map((w) => w.batch),
          ),
        );
        for (const [i, waiting] of group.entries())
          waiting.resolve(results[i] ?? { stored: 0, known: 0, edited: 0, deleted: 0 });
      } catch {
        // One bad batch must not fail its neighbours: each gets a transaction of its own.
        for (const { batch, resolve, reject } of group) await ingestBatch(deps, batch).then(resolve, reject);
      }
    }
    queue.running = false;
    queues.delete(roomId);
  }

  return {
    submit(batch) {
      return new Promise((resolve, reject) => {
        const queue = queues.get(batch.roomId) ?? { waiting: [], running: false };
        queues.set(batch.roomId, queue);
        queue.waiting.push({ batch, resolve, reject });
        if (!queue.running) void drain(batch.roomId, queue);
      });
    },
  };
}

function takeGroup(waiting: Waiting[]): Waiting[] {
  let mentions = 0;
  let count = 0;
  while (count < waiting.length && (count === 0 || mentions < MOST))
    mentions += waiting[count++]?.batch.events.length ?? 0;
  return waiting.splice(0, count);
}
