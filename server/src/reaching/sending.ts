// One message on its way: taken under lock, sent outside of any transaction, and what came of it written down.
import type { Actor } from '@rejoinder/contracts/people';
import type { ReachBy } from '@rejoinder/contracts/playbooks';
import type { ReachAbout, ReachAnswer } from '@rejoinder/contracts/reaching';
import type { Change } from '../db/event-log.ts';
import { holdOf } from '../db/installation.ts';
import type { Deps } from '../deps.ts';
import { findRoom } from '../rooms/rooms.repository.ts';
import { addressBook, choiceOf } from './addresses.repository.ts';
import type { Outgoing, Sent } from './channel.ts';
import { type DueMessage, lockMessage, type MessageRow, updateMessage } from './messages.repository.ts';
import type { Addressee, Posts } from './posts.ts';
import { afterQuiet } from './quiet-hours.ts';
import { whatNext } from './what-next.ts';
import { canReach } from './which-way.ts';

export const REACHER: Actor = { kind: 'system', id: 'system:reaching', name: 'Messages', roles: [] };
/** When a sending counts as lost: later than any channel may take. */
const LOST_MS = 25_000;

/** The link of an ask opens it for whoever holds it, so it is kept no longer than somebody has to be sent it (RE-20). */
const FORGOTTEN = { path: '/' };

type Way = Exclude<ReachBy, 'board'>;
type Taken = { row: MessageRow; way: Way; outgoing: Outgoing; to: Addressee };

/** Takes the message, sends it by its way and notes what came of it. */
export async function sendMessage(deps: Deps, posts: Posts, hint: DueMessage): Promise<void> {
  const taken = await take(deps, hint);
  if (!taken) return;
  const sent = await posts.send(taken.way, taken.outgoing, taken.to).catch((error: unknown): Sent => {
    deps.log.error({ err: error, messageId: hint.message_id }, 'a message could not be sent');
    return { outcome: 'failed', says: 'Sending it failed on our side.', forGood: false };
  });
  await note(deps, taken.row, sent);
}

/** Null when it is not to be sent now: somebody else has it, it waits for quiet hours, or no way is left. */
function take(deps: Deps, { room_id: roomId, message_id: messageId }: DueMessage): Promise<Taken | null> {
  return deps.events.change({ roomId, actor: REACHER }, async (change) => {
    const { tx, now } = change;
    const row = await lockMessage(tx, roomId, messageId);
    const room = row && (await findRoom(tx, roomId));
    if (!row || !room || (await holdOf(tx))) return null;
    if (row.state === 'sending' && row.deadline_at !== null && row.deadline_at <= now) {
      await goOn(change, row, { outcome: 'failed', says: 'The sending was interrupted.', forGood: false });
      return null;
    }
    if (row.state !== 'waiting' || row.run_at > now) return null;
    if (!row.urgent && row.user_id !== null) {
      const choice = await choiceOf(tx, row.user_id);
      const runAt = afterQuiet(now, choice.quiet);
      if (choice.unimportant === 'never') await updateMessage(tx, row, { state: 'board' });
      else if (runAt > now) await updateMessage(tx, row, { run_at: runAt });
      if (choice.unimportant === 'never' || runAt > now) return null;
    }
    const way = row.ways[row.at_way];
    const book = await addressBook(tx, roomId, row.user_id);
    if (!isSent(way) || !canReach(way, { userId: row.user_id, name: row.to_name, phone: row.phone }, book)) {
      const says = way === undefined ? 'No way was left.' : lackOf(way, book.member);
      await goOn(change, row, { outcome: 'failed', says, forGood: true });
      return null;
    }
    const deadline = new Date(Date.parse(now) + LOST_MS).toISOString();
    await updateMessage(tx, row, { state: 'sending', attempt: row.attempt + 1, deadline_at: deadline });
    return {
      row: { ...row, state: 'sending', attempt: row.attempt + 1, deadline_at: deadline },
      way,
      outgoing: outgoingOf(row, way, room.name, deps.config.publicOrigin),
      to: { roomId, userId: row.user_id, phone: row.phone },
    };
  });
}

function note(deps: Deps, taken: MessageRow, sent: Sent): Promise<void> {
  return deps.events.change({ roomId: taken.room_id, actor: REACHER }, async (change) => {
    const row = await lockMessage(change.tx, taken.room_id, taken.message_id);
    // Given up as lost meanwhile, or withdrawn: only that it arrived still counts, and only while it has not ended.
    if (!row || !['sending', 'waiting', 'withdrawn'].includes(row.state)) return;
    const isOurs = row.deadline_at === taken.deadline_at && row.state !== 'withdrawn';
    if (!isOurs && sent.outcome !== 'delivered') return;
    await goOn(change, { ...row, at_way: taken.at_way }, sent);
  });
}

/** Delivered, tried again, the next way at once, or failed (RE-6). */
async function goOn({ tx, now, log }: Change, row: MessageRow, sent: Sent): Promise<void> {
  const way = row.ways[row.at_way] ?? 'board';
  const answer: ReachAnswer = { way, at: now, delivered: sent.outcome === 'delivered', says: sent.says };
  const answers = [...row.answers, answer];
  const kept = { answers: JSON.stringify(answers), deadline_at: null };
  if (sent.outcome === 'delivered') {
    await updateMessage(tx, row, { ...kept, ...FORGOTTEN, state: 'delivered', way });
    if (isTold(row)) log({ type: 'message.delivered', data: { messageId: row.message_id, about: aboutOf(row), way } });
    return;
  }
  const next = row.ways.findIndex((each, i) => i > row.at_way && each !== 'board');
  const pause = whatNext(sent, row.attempt, next < 0);
  if (pause !== 'next-way') {
    const runAt = new Date(Date.parse(now) + pause * 1000).toISOString();
    await updateMessage(tx, row, { ...kept, state: 'waiting', run_at: runAt });
    return;
  }
  if (next >= 0) {
    await updateMessage(tx, row, { ...kept, state: 'waiting', at_way: next, attempt: 0, run_at: now });
    return;
  }
  await updateMessage(tx, row, { ...kept, ...FORGOTTEN, state: 'failed' });
  const says = lastOfEach(answers)
    .map((each) => `${each.way}: ${each.says}`)
    .join(' ');
  if (isTold(row)) log({ type: 'message.failed', data: { messageId: row.message_id, about: aboutOf(row), says } });
}

/** A notice that is not urgent is its reader's own matter and no line in the log. */
const isTold = (row: MessageRow): boolean => row.urgent || row.about_kind !== 'notice';
const isSent = (way: ReachBy | undefined): way is Way => way !== undefined && way !== 'board';

export const aboutOf = (row: MessageRow): ReachAbout => ({
  kind: row.about_kind,
  id: row.about_id,
  cardId: row.card_id,
});

function lastOfEach(answers: readonly ReachAnswer[]): ReachAnswer[] {
  return [...new Map(answers.map((each) => [each.way, each])).values()];
}

function lackOf(way: ReachBy, isMember: boolean): string {
  if ((way === 'push' || way === 'email') && !isMember) return 'They are no longer in the room.';
  const lacks: Record<ReachBy, string> = {
    board: 'They are no longer in the room.',
    push: 'No browser of theirs takes push messages.',
    email: 'E-mail is switched off, or no mail server is configured.',
    chat: isMember
      ? 'The room has no chat.'
      : 'They have no account here, and everybody in the chat could answer for them.',
    sms: 'The room has no signed webhook, or there is no number.',
    phone: 'The room has no signed webhook, or there is no number.',
  };
  return lacks[way];
}

const outgoingOf = (row: MessageRow, way: Way, room: string, origin: string): Outgoing => ({
  id: row.message_id,
  kind: row.about_kind,
  to: row.to_name,
  room,
  urgent: row.urgent,
  title: row.title,
  says: row.says,
  link: `${origin}${pathBy(way, row)}`,
  at: row.queued_at,
});

/** Many read the room's chat: a member who is asked there answers on the page, as themselves. The link of their own is for nobody else (RE-20). */
function pathBy(way: Way, { about_kind, room_id, card_id, path }: MessageRow): string {
  if (way !== 'chat' || about_kind !== 'ask') return path;
  return card_id === null ? `/rooms/${room_id}` : `/rooms/${room_id}/cards/${card_id}`;
}
