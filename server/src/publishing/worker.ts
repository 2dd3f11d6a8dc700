// Sends what is queued: claims in a short transaction, sends outside of any, writes the outcome in another.
import type { Actor } from '@rejoinder/contracts/people';
import { fingerprint } from '@rejoinder/signoff/fingerprint';
import { sheetSigned } from '../cards/card-view.service.ts';
import { lockCard } from '../cards/cards.repository.ts';
import { cardNow } from '../cards/cards.service.ts';
import type { Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { accountsOf } from '../rooms/rooms.repository.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import type { Channel, Delivery, Outgoing } from './channels.ts';
import { dueJobs, type JobRow, lockJob, updateJob } from './jobs.repository.ts';
import { whyNotSend } from './may-send.ts';
import { writePublished } from './publishing.service.ts';

const PUBLISHER: Actor = { kind: 'system', id: 'system:publisher', name: 'Publisher', roles: [] };
/** How long the channel may take, and when a sending job counts as lost: later, so that a slow answer still lands. */
const SEND_MS = 15_000;
const LOST_MS = 30_000;
const ATTEMPTS = 3;
/** A receiver that asks to wait costs no attempt, but after this long a person decides (F17, T16). */
const PATIENCE_MS = 3_600_000;
const SHORTEST_WAIT = 5;

export type Channels = { webhook: Channel; rehearsal: Channel };
export type PublishWorker = { wake: () => void; stop: () => Promise<void> };

/** @param sendMs shortened by tests of a receiver that hangs */
export function startPublishing(deps: Deps, channels: Channels, sendMs = SEND_MS): PublishWorker {
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
      const work = (job.state === 'sending' ? markLost(deps, job.room_id, job.job_id, job.card_id) : sendOne(job))
        .catch((error) => deps.log.error({ err: error, jobId: job.job_id }, 'a reply could not be handled'))
        .finally(() => {
          busy.delete(job.job_id);
          running.delete(work);
        });
      running.add(work);
    }
  }

  async function sendOne(hint: { room_id: string; job_id: string; card_id: string }): Promise<void> {
    const started = performance.now();
    const claimed = await claim(deps, hint.room_id, hint.job_id, hint.card_id, sendMs);
    if (!claimed) return;
    // A process that stood still may have been given up meanwhile: it must not write to the wire any more (I8).
    const isLate = performance.now() - started > sendMs;
    const delivery: Delivery = isLate
      ? { outcome: 'later', seconds: 1, asked: false, says: 'The server was held up; nothing was sent.' }
      : await channels[claimed.channel](claimed.outgoing, sendMs);
    await writeOutcome(deps, claimed.job, delivery);
  }

  const unlisten = deps.events.listen(({ events }) => {
    if (events.some((event) => event.type === 'reply.approved')) look();
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

/** From `approved` to `sending` (I8): in this transaction the frozen bytes are hashed again and every condition is checked again. */
async function claim(
  deps: Deps,
  roomId: string,
  jobId: string,
  cardId: string,
  sendMs: number,
): Promise<{ job: JobRow; channel: 'webhook' | 'rehearsal'; outgoing: Outgoing } | null> {
  return deps.events.change({ roomId, actor: PUBLISHER }, async ({ tx, now, log }) => {
    await lockCard(tx, roomId, cardId);
    const job = await lockJob(tx, roomId, jobId);
    if (job?.state !== 'approved' || job.run_at > now) return null;
    const { room, playbook } = await roomContext(tx, roomId);
    const account = (await accountsOf(tx, roomId)).find((a) => a.account_id === job.account_id);
    const card = await cardNow(tx, { roomId, cardId });
    const words = { text: job.text, account: job.account_id, replyTo: job.reply_to };
    const frozen = fingerprint({ ...words, facts: sheetSigned(job) });
    const says = !account
      ? 'The account is gone.'
      : frozen !== job.fingerprint
        ? 'The queued words are not the signed ones; they were not sent.'
        : whyNotSend(playbook, room.level, card, job.fingerprint, now);
    if (!account || says !== null) {
      await updateJob(tx, roomId, jobId, { state: 'rejected', says });
      log({ type: 'reply.rejected', data: { card: await cardNow(tx, { roomId, cardId }) } });
      return null;
    }
    const deadline = new Date(Date.parse(now) + Math.max(LOST_MS, sendMs * 2)).toISOString();
    await updateJob(tx, roomId, jobId, {
      state: 'sending',
      attempt: job.attempt + 1,
      deadline_at: deadline,
    });
    log({ type: 'reply.sending', data: { card: await cardNow(tx, { roomId, cardId }) } });
    const secret = account.secret_sealed ? deps.sealer.open(account.secret_sealed, account.account_id) : '';
    const outgoing = {
      key: job.job_id,
      url: account.url ?? '',
      secret,
      platform: account.platform,
      account: account.name,
      inReplyTo: job.reply_to,
      text: job.text,
      fingerprint: job.fingerprint,
      at: now,
    };
    // A rehearsal reaches nothing, whatever its accounts say (RM-2).
    const channel = room.kind === 'rehearsal' ? 'rehearsal' : account.channel;
    return { job: { ...job, attempt: job.attempt + 1, deadline_at: deadline }, channel, outgoing };
  });
}

async function writeOutcome(deps: Deps, sent: JobRow, delivery: Delivery): Promise<void> {
  const { room_id: roomId, job_id: jobId, card_id: cardId } = sent;
  await deps.events.change({ roomId, actor: PUBLISHER }, async ({ tx, now, log }) => {
    await lockCard(tx, roomId, cardId);
    const job = await lockJob(tx, roomId, jobId);
    if (!job || job.state === 'published') return;
    // Only the sending that is still the current one may say no; that it was posted is true whoever gave up on it (PU-6).
    const isCurrent = job.state === 'sending' && job.deadline_at === sent.deadline_at;
    if (!isCurrent && delivery.outcome !== 'published') return;
    const state = await writeDelivery(tx, job, delivery, now);
    const card = await cardNow(tx, { roomId, cardId });
    if (state === 'published') log({ type: 'reply.published', data: { card, text: job.text } });
    else if (state === 'unknown') log({ type: 'reply.unknown', data: { card } });
    else if (state === 'approved') log({ type: 'reply.held', data: { card } });
    else log({ type: 'reply.rejected', data: { card } });
  });
}

async function writeDelivery(tx: Tx, job: JobRow, delivery: Delivery, now: string): Promise<JobRow['state']> {
  if (delivery.outcome === 'published') {
    await writePublished(tx, job, now, delivery);
    return 'published';
  }
  const { says } = delivery;
  const waits = delivery.outcome === 'later' && mayWait(job, delivery.asked, now);
  if (!waits) {
    const state = delivery.outcome === 'unknown' ? 'unknown' : 'rejected';
    await updateJob(tx, job.room_id, job.job_id, { state, says, deadline_at: null });
    return state;
  }
  await updateJob(tx, job.room_id, job.job_id, {
    state: 'approved',
    says,
    deadline_at: null,
    attempt: delivery.asked ? job.attempt - 1 : job.attempt,
    run_at: new Date(Date.parse(now) + Math.max(SHORTEST_WAIT, delivery.seconds) * 1000).toISOString(),
  });
  return 'approved';
}

const mayWait = (job: JobRow, asked: boolean, now: string): boolean =>
  asked ? Date.parse(now) - Date.parse(job.queued_at) < PATIENCE_MS : job.attempt < ATTEMPTS;

/** A job that was being sent when its worker died: nobody knows, so nobody resends (D4). */
async function markLost(deps: Deps, roomId: string, jobId: string, cardId: string): Promise<void> {
  await deps.events.change({ roomId, actor: PUBLISHER }, async ({ tx, now, log }) => {
    await lockCard(tx, roomId, cardId);
    const job = await lockJob(tx, roomId, jobId);
    if (job?.state !== 'sending' || !job.deadline_at || job.deadline_at > now) return;
    await updateJob(tx, roomId, jobId, {
      state: 'unknown',
      says: 'The sending was interrupted. It may have been posted: look before anything is sent again.',
      deadline_at: null,
    });
    log({ type: 'reply.unknown', data: { card: await cardNow(tx, { roomId, cardId }) } });
  });
}
