// SQL of how people can be reached: their choice, their devices, and the channels of the room.
import { REACH_DEFAULT, type ReachChoice } from '@rejoinder/contracts/reaching';
import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';

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
