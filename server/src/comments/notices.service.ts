// What waits for one person: who named them in a comment, who answered theirs, and what of it they have read.
import type { NoticeView, ThreadView } from '@rejoinder/contracts/comments';
import type { Actor } from '@rejoinder/contracts/people';
import type { OnCard } from '../cards/cards.service.ts';
import type { Tx } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import type { NewRow, Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { membersOf } from '../people/people.repository.ts';
import { noteReadNotices, tell } from '../reaching/reaching.service.ts';
import { countUnread, insertNotices, markRead, noticesOf } from './notices.repository.ts';

const EXCERPT = 200;

/** Notes for whom the thread's newest comment names, and for whoever wrote in it before; answers their ids (CM-5). */
export async function tellOf(
  deps: Deps,
  { tx, now, actor }: Change,
  on: OnCard,
  thread: ThreadView,
): Promise<string[]> {
  const newest = thread.comments.at(-1);
  if (!newest) return [];
  const kinds = new Map<string, 'mentioned' | 'answered'>();
  for (const { by } of thread.comments.slice(0, -1)) kinds.set(by, 'answered');
  for (const { userId } of newest.told) kinds.set(userId, 'mentioned');
  kinds.delete(actor.id);
  // Only who is in the room still: a token that commented reads no notices, a former member none of this room.
  const names = new Map((await membersOf(tx, on.roomId)).map((member) => [member.user_id, member.name]));
  const told = [...kinds].filter(([userId]) => names.has(userId));
  const says = newest.text.length > EXCERPT ? `${newest.text.slice(0, EXCERPT - 1)}…` : newest.text;
  const notices = told.map(([userId, kind]) => ({
    room_id: on.roomId,
    notice_id: deps.newId('notice'),
    user_id: userId,
    kind,
    card_id: on.cardId,
    thread_id: thread.id,
    by_name: actor.name,
    says,
    at: now,
    read_at: null,
  }));
  await insertNotices(tx, notices);
  for (const notice of notices) await sendOut(deps, tx, notice, names.get(notice.user_id) ?? '');
  return told.map(([userId]) => userId);
}

/** Also outside the app, as the person chose; the comment's words stay inside (RE-10). */
function sendOut(deps: Deps, tx: Tx, notice: NewRow<'notices'>, name: string): Promise<string> {
  const { room_id: roomId, notice_id: id, user_id: userId, card_id: cardId, thread_id: thread } = notice;
  return tell(
    deps,
    tx,
    {
      roomId,
      to: { userId, name, phone: null },
      ways: ['board', 'push', 'email'],
      about: { kind: 'notice', id, cardId },
      urgent: false,
      title:
        notice.kind === 'mentioned'
          ? `${notice.by_name} named you in a comment`
          : `${notice.by_name} answered in a comment thread of yours`,
      says: '',
      path: `/rooms/${roomId}/cards/${cardId}#comment-${thread}`,
    },
    notice.at,
  );
}

export async function readOwnNotices(
  deps: Deps,
  roomId: string,
  actor: Actor,
): Promise<{ notices: NoticeView[]; unread: number }> {
  const [rows, unread] = await Promise.all([
    noticesOf(deps.db, roomId, actor.id),
    countUnread(deps.db, roomId, actor.id),
  ]);
  return { notices: rows.map(asNotice), unread };
}

/** Reading is one's own matter: nothing of it is logged. */
export async function noteRead(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; ids?: string[] | undefined; operationId: string },
): Promise<{ ok: true }> {
  const { roomId, ids = null, operationId } = input;
  return deps.events.change(
    { roomId, actor, operationId, request: JSON.stringify(['read', ids]) },
    async ({ tx, now }) => {
      await markRead(tx, { roomId, userId: actor.id, ids }, now);
      await noteReadNotices(tx, { roomId, userId: actor.id, aboutIds: ids });
      return { ok: true as const };
    },
  );
}

const asNotice = (row: Row<'notices'>): NoticeView => ({
  id: row.notice_id,
  kind: row.kind,
  cardId: row.card_id,
  threadId: row.thread_id,
  by: row.by_name,
  says: row.says,
  at: row.at,
  readAt: row.read_at,
});
