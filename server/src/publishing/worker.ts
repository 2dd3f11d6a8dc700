// Sends what is queued: claims in a short transaction, sends outside of any, writes the outcome in another.
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { Deps } from '../deps.ts';
import type { Channels, Delivery } from './channels.ts';
import { claim } from './claiming.ts';
import { dueJobs } from './jobs.repository.ts';
import { lookFor } from './looking.ts';
import { markLost, writeOutcome } from './outcomes.ts';
import type { Subjects } from './subject.ts';

/** How long the channel may take. */
const SEND_MS = 15_000;
/** What was queued just now need not wait for the next round of the clockwork. */
const QUEUED: readonly RoomEvent['type'][] = [
  'reply.approved',
  'reply.released',
  'statement.queued',
  'statement.released',
];

export type PublishWorker = { wake: () => void; stop: () => Promise<void> };

/**
 * @param subjects what a job may be about
 * @param sendMs shortened by tests of a receiver that hangs
 * @param sent told how many sendings there have been, before one goes out
 */
export function startPublishing(
  deps: Deps,
  subjects: Subjects,
  channels: Channels,
  sendMs = SEND_MS,
  sent: (sends: number) => Promise<void> = async () => undefined,
): PublishWorker {
  let stopped = false;
  let round: Promise<void> | null = null;
  const busy = new Set<string>();
  const look = (): void => {
    if (stopped || round !== null) return;
    round = takeDue()
      .catch((error) => deps.log.error({ err: error }, 'the outbox could not be read'))
      .finally(() => {
        round = null;
      });
  };
  const running = new Set<Promise<void>>();

  async function takeDue(): Promise<void> {
    for (const job of await dueJobs(deps.db, deps.now(), 20)) {
      if (busy.has(job.job_id)) continue;
      busy.add(job.job_id);
      const work = handle(job)
        .catch((error) => deps.log.error({ err: error, jobId: job.job_id }, 'a job of the outbox could not be handled'))
        .finally(() => {
          busy.delete(job.job_id);
          running.delete(work);
        });
      running.add(work);
    }
  }

  type Due = Awaited<ReturnType<typeof dueJobs>>[number];
  function handle(job: Due): Promise<void> {
    if (job.state === 'sending') return markLost(deps, subjects, job);
    return job.state === 'unknown' ? lookFor(deps, subjects, channels, job, sendMs) : sendOne(job);
  }

  async function sendOne(hint: Due): Promise<void> {
    const started = performance.now();
    const claimed = await claim(deps, subjects, hint, sendMs);
    if (!claimed) return;
    await sent(claimed.sends);
    // A process that stood still may have been given up meanwhile: it must not write to the wire any more (I8).
    const isLate = performance.now() - started > sendMs;
    const delivery: Delivery = isLate
      ? { outcome: 'later', seconds: 1, asked: false, says: 'The server was held up; nothing was sent.' }
      : await channels[claimed.channel].send(claimed.outgoing, sendMs);
    await writeOutcome(deps, subjects, claimed.job, delivery);
  }

  const unlisten = deps.events.listen(({ events }) => {
    if (events.some(({ type }) => QUEUED.includes(type))) look();
  });
  return {
    wake: look,
    async stop() {
      stopped = true;
      unlisten();
      await round;
      await Promise.all(running);
    },
  };
}
