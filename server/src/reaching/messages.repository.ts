// SQL of the outbox of messages to our own people.
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

export type MessageRow = Row<'messages'>;

export async function insertMessage(tx: Tx, row: NewRow<'messages'>): Promise<void> {
  await tx.insertInto('messages').values(row).execute();
}

/** The newest of a room that are more than a notice, newest first. */
export function newestMessages(db: Executor, roomId: string, limit: number): Promise<MessageRow[]> {
  return db
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('about_kind', '!=', 'notice')
    .orderBy('queued_at', 'desc')
    .orderBy('message_id', 'desc')
    .limit(limit)
    .execute();
}

/** Those about one ask, alarm or update, oldest first; notices are their reader's own matter. */
export function messagesAbout(db: Executor, roomId: string, aboutId: string): Promise<MessageRow[]> {
  return db
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('about_id', '=', aboutId)
    .where('about_kind', '!=', 'notice')
    .orderBy('queued_at')
    .orderBy('message_id')
    .execute();
}

/** What was not sent yet of what this person has read meanwhile is not sent any more. */
export async function markReadBeforeSent(
  tx: Tx,
  { roomId, userId, aboutIds }: { roomId: string; userId: string; aboutIds: string[] | null },
): Promise<void> {
  if (aboutIds?.length === 0) return;
  let update = tx
    .updateTable('messages')
    .set({ state: 'read' })
    .where('room_id', '=', roomId)
    .where('user_id', '=', userId)
    .where('about_kind', '=', 'notice')
    .where('urgent', '=', false)
    .where('state', 'in', ['waiting', 'gathering']);
  if (aboutIds) update = update.where('about_id', 'in', aboutIds);
  await update.execute();
}

/** What was not sent yet of these asks. One that is on the wire may arrive still; a link nobody is sent is not kept (RE-20). */
export async function withdrawMessages(tx: Tx, roomId: string, askIds: readonly string[]): Promise<void> {
  if (askIds.length === 0) return;
  await tx
    .updateTable('messages')
    .set({ state: 'withdrawn', path: '/' })
    .where('room_id', '=', roomId)
    .where('about_kind', '=', 'ask')
    .where('about_id', 'in', askIds)
    .where('state', 'in', ['waiting', 'gathering', 'sending'])
    .execute();
}

/** What ended long ago; the log keeps what was told of it. */
export async function forgetMessages(db: Executor, before: string): Promise<void> {
  await sql`delete from messages where queued_at < ${before} and state not in ('waiting', 'gathering', 'sending')`.execute(
    db,
  );
}

/** How many messages at once one receiver is sent: a slow one fills its own lane and nobody else's (RE-9). */
export const LANE = 8;

export type DueMessage = { room_id: string; message_id: string; lane: string };

/**
 * What may be sent now, and what was being sent when its sender fell silent; of each receiver a lane's worth. Only hints: who takes one
 * decides under lock. Nothing while the installation is on hold (RE-17).
 */
export async function dueMessages(db: Executor, now: string): Promise<DueMessage[]> {
  const { rows } = await sql<DueMessage>`
    select room_id, message_id, lane from (
      select due.*, row_number() over (partition by lane order by urgent desc, run_at, message_id) as place from (
        select room_id, message_id, urgent, run_at, case ways[at_way + 1]
            when 'email' then 'email'
            when 'push' then 'push ' || coalesce(user_id, '')
            when 'chat' then 'chat ' || room_id
            else 'webhook ' || room_id end as lane
        from messages
        where not gathers and ((state = 'waiting' and run_at <= ${now}) or (state = 'sending' and deadline_at <= ${now}))
          and not exists (select 1 from installation where held_since is not null)
      ) due
    ) placed where place <= ${LANE} order by urgent desc, run_at limit 400`.execute(db);
  return rows;
}

export function lockMessage(tx: Tx, roomId: string, messageId: string): Promise<MessageRow | undefined> {
  return tx
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('message_id', '=', messageId)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateMessage(
  tx: Tx,
  { room_id, message_id }: Pick<MessageRow, 'room_id' | 'message_id'>,
  change: Partial<NewRow<'messages'>>,
): Promise<void> {
  await tx
    .updateTable('messages')
    .set(change)
    .where('room_id', '=', room_id)
    .where('message_id', '=', message_id)
    .execute();
}

/** People whose digest is due, or was being sent when its sender fell silent. */
export async function dueDigests(db: Executor, now: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`
    select user_id from messages
    where gathers and ((state = 'gathering' and run_at <= ${now}) or (state = 'sending' and deadline_at <= ${now}))
      and not exists (select 1 from installation where held_since is not null)
    group by user_id order by min(run_at) limit ${limit}`.execute(db);
  return rows.map((row) => row.user_id);
}

export type GatheredRow = MessageRow & { room_name: string; is_member: boolean };

/** All that gathers for one person, locked, oldest first, with the names of their rooms. Empty when somebody else sends it. */
export async function takeGathered(tx: Tx, userId: string, now: string): Promise<GatheredRow[]> {
  return tx
    .selectFrom('messages')
    .innerJoin('rooms', 'rooms.room_id', 'messages.room_id')
    .selectAll('messages')
    .select(['rooms.name as room_name'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('members')
            .select('members.user_id')
            .whereRef('members.room_id', '=', 'messages.room_id')
            .where('members.user_id', '=', userId),
        )
        .$castTo<boolean>()
        .as('is_member'),
    )
    .where('messages.user_id', '=', userId)
    .where('messages.gathers', '=', true)
    .where((eb) =>
      eb.or([
        eb('messages.state', '=', 'gathering'),
        eb.and([eb('messages.state', '=', 'sending'), eb('messages.deadline_at', '<=', now)]),
      ]),
    )
    .orderBy('messages.queued_at')
    .orderBy('messages.message_id')
    .limit(200)
    .forUpdate('messages')
    .skipLocked()
    .execute();
}

/** One change for several messages of one person. */
export async function updateGathered(
  tx: Tx,
  rows: readonly Pick<MessageRow, 'room_id' | 'message_id'>[],
  change: Partial<NewRow<'messages'>>,
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .updateTable('messages')
    .set(change)
    .where((eb) =>
      eb.or(rows.map((row) => eb.and([eb('room_id', '=', row.room_id), eb('message_id', '=', row.message_id)]))),
    )
    .execute();
}
