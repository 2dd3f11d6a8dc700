// SQL of how people can be reached: their choice, their devices, and the channels of the room.
import { REACH_DEFAULT, type ReachChoice, type ReachTest, type RoomChannelKind } from '@rejoinder/contracts/reaching';
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

/** What there is to reach a person by in a room. */
export type AddressBook = {
  member: boolean;
  mail: boolean;
  devices: number;
  wantsEmail: boolean;
  wantsPush: boolean;
  chat: boolean;
  webhook: boolean;
};

export async function addressBook(db: Executor, roomId: string, userId: string | null): Promise<AddressBook> {
  const { rows } = await sql<AddressBook>`
    select
      exists (select 1 from members where room_id = ${roomId} and user_id = ${userId}) as member,
      coalesce((select mail from reach_house), false) as mail,
      (select count(*)::int from push_devices where user_id = ${userId}) as devices,
      coalesce((select email from reach_choices where user_id = ${userId}), true) as "wantsEmail",
      coalesce((select push from reach_choices where user_id = ${userId}), true) as "wantsPush",
      exists (select 1 from room_channels where room_id = ${roomId} and channel = 'chat') as chat,
      exists (select 1 from room_channels where room_id = ${roomId} and channel = 'webhook') as webhook`.execute(db);
  const [book] = rows;
  if (!book) throw new Error('the address book has no line');
  return book;
}

export async function choiceOf(db: Executor, userId: string): Promise<ReachChoice> {
  const row = await db.selectFrom('reach_choices').selectAll().where('user_id', '=', userId).executeTakeFirst();
  if (!row) return REACH_DEFAULT;
  const { email, push, unimportant, quiet } = row;
  return { email, push, unimportant, digestMinutes: row.digest_minutes, quiet };
}

/** Whether a mail server is configured: set at every start, so that what is asked in a transaction needs no configuration. */
export async function noteMail(db: Executor, mail: boolean): Promise<void> {
  await db.updateTable('reach_house').set({ mail }).where('mail', '!=', mail).execute();
}

export async function keepChoice(db: Executor, userId: string, choice: ReachChoice): Promise<void> {
  const { email, push, unimportant, digestMinutes, quiet } = choice;
  const row = {
    email,
    push,
    unimportant,
    digest_minutes: digestMinutes,
    quiet: quiet && JSON.stringify(quiet),
  };
  await db
    .insertInto('reach_choices')
    .values({ user_id: userId, ...row })
    .onConflict((c) => c.column('user_id').doUpdateSet(row))
    .execute();
}

export function devicesOf(db: Executor, userId: string): Promise<Row<'push_devices'>[]> {
  return db.selectFrom('push_devices').selectAll().where('user_id', '=', userId).orderBy('added_at').execute();
}

/** The same browser again is the same device, whoever is signed in at it now. */
export async function keepDevice(db: Executor, device: NewRow<'push_devices'>): Promise<void> {
  const { endpoint_hash: _same, ...change } = device;
  await db
    .insertInto('push_devices')
    .values(device)
    .onConflict((c) => c.column('endpoint_hash').doUpdateSet(change))
    .execute();
}

export async function forgetDevice(db: Executor, userId: string, deviceId: string): Promise<boolean> {
  const done = await db
    .deleteFrom('push_devices')
    .where('user_id', '=', userId)
    .where('device_id', '=', deviceId)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

export async function noteDeviceReached(db: Executor, userId: string, deviceId: string, now: string): Promise<void> {
  await db
    .updateTable('push_devices')
    .set({ delivered_at: now })
    .where('user_id', '=', userId)
    .where('device_id', '=', deviceId)
    .execute();
}

export function channelsOf(db: Executor, roomId: string): Promise<Row<'room_channels'>[]> {
  return db.selectFrom('room_channels').selectAll().where('room_id', '=', roomId).orderBy('channel').execute();
}

export async function keepChannel(tx: Tx, row: NewRow<'room_channels'>): Promise<void> {
  const { room_id: _room, channel: _channel, ...change } = row;
  await tx
    .insertInto('room_channels')
    .values(row)
    .onConflict((c) => c.columns(['room_id', 'channel']).doUpdateSet(change))
    .execute();
}

export async function dropChannel(tx: Tx, roomId: string, channel: RoomChannelKind): Promise<boolean> {
  const done = await tx
    .deleteFrom('room_channels')
    .where('room_id', '=', roomId)
    .where('channel', '=', channel)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

/** What a message or a test showed of a channel; one that works is verified anew. */
export async function noteChannel(
  db: Executor,
  { roomId, channel }: { roomId: string; channel: RoomChannelKind },
  test: ReachTest,
): Promise<void> {
  await db
    .updateTable('room_channels')
    .set({ last_test: JSON.stringify(test), ...(test.ok ? { verified_at: test.at } : {}) })
    .where('room_id', '=', roomId)
    .where('channel', '=', channel)
    .execute();
}

export async function houseOf(db: Executor): Promise<Row<'reach_house'>> {
  return db.selectFrom('reach_house').selectAll().executeTakeFirstOrThrow();
}

export async function noteMailSeen(db: Executor, test: ReachTest): Promise<void> {
  await db
    .updateTable('reach_house')
    .set({ mail_last_test: JSON.stringify(test), ...(test.ok ? { mail_verified_at: test.at } : {}) })
    .execute();
}

/** The first to make the keys wins; everybody uses what is kept then. `instead` replaces keys nobody can open any more. */
export async function keepPushKeys(
  db: Executor,
  keys: { publicKey: string; sealed: string },
  instead: string | null,
): Promise<void> {
  await db
    .updateTable('reach_house')
    .set({ push_public_key: keys.publicKey, push_private_sealed: keys.sealed })
    .where('push_public_key', instead === null ? 'is' : '=', instead)
    .execute();
}
