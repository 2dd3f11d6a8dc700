// SQL of rooms and their reply accounts.
import type { CrisisKept, RoomPromise } from '@rejoinder/contracts/crisis';
import type { AccountView, RoomSummary, RoomView } from '@rejoinder/contracts/rooms';
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

export type RoomRow = Row<'rooms'>;

export function findRoom(db: Executor, roomId: string): Promise<RoomRow | undefined> {
  return db.selectFrom('rooms').selectAll().where('room_id', '=', roomId).executeTakeFirst();
}

export function lockRoom(tx: Tx, roomId: string): Promise<RoomRow | undefined> {
  return tx.selectFrom('rooms').selectAll().where('room_id', '=', roomId).forUpdate().executeTakeFirst();
}

export function allRooms(db: Executor): Promise<RoomRow[]> {
  return db.selectFrom('rooms').selectAll().orderBy('opened_at').execute();
}

export async function insertRoom(db: Executor, room: NewRow<'rooms'>): Promise<void> {
  await db.insertInto('rooms').values(room).execute();
}

export async function updateRoom(db: Executor, roomId: string, change: Partial<NewRow<'rooms'>>): Promise<void> {
  await db.updateTable('rooms').set(change).where('room_id', '=', roomId).execute();
}

export function accountsOf(db: Executor, roomId: string): Promise<Row<'accounts'>[]> {
  return db.selectFrom('accounts').selectAll().where('room_id', '=', roomId).orderBy('account_id').execute();
}

export async function lockAccount(tx: Tx, roomId: string, accountId: string): Promise<void> {
  await tx
    .selectFrom('accounts')
    .select('account_id')
    .where('room_id', '=', roomId)
    .where('account_id', '=', accountId)
    .forUpdate()
    .execute();
}

export async function updateAccount(
  db: Executor,
  roomId: string,
  accountId: string,
  change: Partial<NewRow<'accounts'>>,
): Promise<void> {
  await db
    .updateTable('accounts')
    .set(change)
    .where('room_id', '=', roomId)
    .where('account_id', '=', accountId)
    .execute();
}

export async function insertAccount(db: Executor, account: NewRow<'accounts'>): Promise<void> {
  await db.insertInto('accounts').values(account).execute();
}

/** Seq and mention count of the log's head; zero for a room that logged nothing yet. */
export async function headOf(db: Executor, roomId: string): Promise<{ seq: number; mentionCount: number }> {
  const row = await db
    .selectFrom('room_heads')
    .select(['seq', 'mention_count'])
    .where('room_id', '=', roomId)
    .executeTakeFirst();
  return { seq: row?.seq ?? 0, mentionCount: row?.mention_count ?? 0 };
}

export async function summariesFor(db: Executor, userId: string): Promise<RoomSummary[]> {
  const { rows } = await sql<{
    room_id: string;
    name: string;
    kind: 'live' | 'rehearsal';
    level: number;
    roles: string[];
    open: number;
  }>`
    select r.room_id, r.name, r.kind, r.level, m.roles,
      (select count(*) from cards c where c.room_id = r.room_id and c.closed_at is null) as open
    from members m join rooms r on r.room_id = m.room_id
    where m.user_id = ${userId} order by r.opened_at`.execute(db);
  return rows.map((row) => ({
    id: row.room_id,
    name: row.name,
    kind: row.kind,
    level: row.level,
    openCards: row.open,
    roles: row.roles,
  }));
}

/** What a room keeps of its crisis; before the first one it watches since it was opened. */
export const crisisOf = (room: RoomRow): CrisisKept =>
  room.crisis ?? {
    state: 'watching',
    since: room.opened_at,
    by: null,
    why: '',
    commander: null,
    kind: null,
    declaredAt: null,
    freeze: null,
    lastStatement: null,
    retrospectiveAt: null,
    baseline: null,
  };

/** What the room owes by when, what falls due first on top. */
export async function promisesOf(db: Executor, roomId: string): Promise<RoomPromise[]> {
  const rows = await db
    .selectFrom('room_promises')
    .selectAll()
    .where('room_id', '=', roomId)
    .orderBy('due_at')
    .orderBy('promise_id')
    .execute();
  return rows.map(asPromise);
}

const asPromise = (row: Row<'room_promises'>): RoomPromise => ({
  id: row.promise_id,
  name: row.name,
  clause: row.clause,
  startedAt: row.started_at,
  warnAt: row.warn_at,
  dueAt: row.due_at,
  warned: row.warned,
  missedAt: row.missed_at,
  ...(row.paused ? { paused: row.paused } : {}),
  ...(row.stood_still ? { stoodStill: row.stood_still } : {}),
});

export function asRoomView(
  room: RoomRow,
  accounts: Row<'accounts'>[],
  promises: RoomPromise[],
  title: string,
): RoomView {
  return {
    id: room.room_id,
    name: room.name,
    kind: room.kind,
    level: room.level,
    levelReason: room.level_reason,
    levelSince: room.level_since,
    levelAsk: room.level_ask,
    crisis: { ...crisisOf(room), promises },
    zone: room.zone,
    playbook: { id: room.playbook_id, version: room.playbook_version, title },
    accounts: accounts.map(asAccountView),
    openedAt: room.opened_at,
    ...(room.unattended_since ? { unattendedSince: room.unattended_since } : {}),
  };
}

const asAccountView = (row: Row<'accounts'>): AccountView => ({
  id: row.account_id,
  platform: row.platform,
  name: row.name,
  channel: row.channel,
  ...(row.attention ? { attention: row.attention } : {}),
  ...(row.read_back ? { readsBack: true } : {}),
});

/** Holds the room's row as it is, beside others who do the same. */
export async function holdRoom(tx: Tx, roomId: string): Promise<void> {
  await sql`select 1 from rooms where room_id = ${roomId} for share`.execute(tx);
}

/** Whether the room still runs this plan, held so until the transaction ends: whoever adopts another waits (RM-7). */
export async function holdPlan(tx: Tx, room: RoomRow): Promise<boolean> {
  const { rows } = await sql<{ same: boolean }>`
    select playbook_id = ${room.playbook_id} and playbook_version = ${room.playbook_version} as same
    from rooms where room_id = ${room.room_id} for share`.execute(tx);
  return rows[0]?.same === true;
}
