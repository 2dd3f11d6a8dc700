// How the room reaches its own people: which ways there are to somebody, and one message to one person, queued in the caller's transaction.
import type { ReachBy } from '@rejoinder/contracts/playbooks';
import type { ReachAbout } from '@rejoinder/contracts/reaching';
import { findPersonalData } from '@rejoinder/voice/personal-data';
import type { Executor, Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { findRoom } from '../rooms/rooms.repository.ts';
import { addressBook, choiceOf } from './addresses.repository.ts';
import { insertMessage, markReadBeforeSent, withdrawMessages } from './messages.repository.ts';
import { canReach, type Recipient, startOf } from './which-way.ts';

export type { Recipient } from './which-way.ts';

export type Message = {
  roomId: string;
  to: Recipient;
  ways: ReachBy[];
  about: ReachAbout;
  /** Goes at once, by day and night; otherwise the person's own choice decides. */
  urgent: boolean;
  /**
   * What kind of thing it is and who asks. Neither `title` nor `says` may hold what somebody wrote: no words of a post, a draft, a
   * comment or a private talk, no handle, no personal data. The link leads to them.
   */
  title: string;
  says: string;
  /** A page of ours, or a short link: begins with one `/`. */
  path: string;
};

/** Of these ways, in their order, those that can work for this person in this room now. `board` works for members. */
export async function waysTo(db: Executor, roomId: string, to: Recipient, channels: ReachBy[]): Promise<ReachBy[]> {
  const book = await addressBook(db, roomId, to.userId);
  return channels.filter((way) => canReach(way, to, book));
}

/**
 * Queues one message and answers its id. Its ways are tried in order: the next one as soon as one definitely failed or stayed unanswered
 * for too long. `board` needs no sending. What becomes of it is told by `message.delivered` and `message.failed`.
 */
export async function tell(deps: Pick<Deps, 'newId'>, tx: Tx, message: Message, now: string): Promise<string> {
  const { roomId, to, about, urgent } = message;
  const room = await findRoom(tx, roomId);
  if (!room) throw new Error(`there is no room ${roomId} to tell anybody of`);
  if (!/^\/(?!\/)/.test(message.path)) throw new Error(`a message leads to a page of ours, not to ${message.path}`);
  const choice = urgent || to.userId === null ? null : await choiceOf(tx, to.userId);
  const { state, gathers, runAt } = startOf(message, { rehearsal: room.kind === 'rehearsal', choice, now });
  const says = 'Not sent: a rehearsal reaches nobody outside.';
  const outside = message.ways.filter((way) => way !== 'board');
  const answers = state === 'withheld' ? outside.map((way) => ({ way, at: now, delivered: false, says })) : [];
  const id = deps.newId('msg');
  await insertMessage(tx, {
    room_id: roomId,
    message_id: id,
    user_id: to.userId,
    to_name: to.name,
    phone: to.phone,
    ways: message.ways,
    at_way: Math.max(
      0,
      message.ways.findIndex((way) => way !== 'board'),
    ),
    about_kind: about.kind,
    about_id: about.id,
    card_id: about.cardId,
    urgent,
    title: masked(oneLine(message.title, 200)),
    says: masked(oneLine(message.says, 500)),
    path: message.path,
    state,
    gathers,
    way: state === 'board' ? 'board' : null,
    run_at: runAt,
    deadline_at: null,
    answers: JSON.stringify(answers),
    queued_at: now,
  });
  return id;
}

/** The person has read these notices (all of the room with null): what was not sent yet need not be. */
export const noteReadNotices = (
  tx: Tx,
  which: { roomId: string; userId: string; aboutIds: string[] | null },
): Promise<void> => markReadBeforeSent(tx, which);

/** Nobody has to answer these asks any more: what was not sent yet of them is not sent (LD-17). */
export const withdrawAsks = (tx: Tx, roomId: string, askIds: readonly string[]): Promise<void> =>
  withdrawMessages(tx, roomId, askIds);

const KINDS = ['email', 'phone', 'iban', 'payment_card', 'account_number'] as const;

/** The last net: should a caller let an address or a number through, it does not leave the house (RE-10). */
function masked(text: string): string {
  let out = '';
  let from = 0;
  for (const place of findPersonalData(text, KINDS, [], [])) {
    out += `${text.slice(from, place.from)}[left out]`;
    from = place.to;
  }
  return out + text.slice(from);
}

/** Without what would break a header or a line of a text message. */
const oneLine = (text: string, most: number): string => {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line.length > most ? `${line.slice(0, most - 1).toWellFormed()}…` : line;
};
