// SQL of members and API tokens.
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

export function findMember(db: Executor, roomId: string, userId: string): Promise<Row<'members'> | undefined> {
  return db
    .selectFrom('members')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
}

export function membersOf(db: Executor, roomId: string): Promise<Row<'members'>[]> {
  return db.selectFrom('members').selectAll().where('room_id', '=', roomId).orderBy('joined_at').execute();
}

/** User ids of the room's members by the e-mail address they sign in with, in lower case; a plan names people so. */
export async function membersByEmail(db: Executor, roomId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ email: string; user_id: string }>`
    select lower(u.email) as email, m.user_id from members m join "user" u on u.id = m.user_id
    where m.room_id = ${roomId}`.execute(db);
  return new Map(rows.map((row) => [row.email, row.user_id]));
}

/** The members with their rows locked, so that two changes cannot both count on the other's manager (PE-6). */
export function lockMembers(tx: Tx, roomId: string): Promise<Row<'members'>[]> {
  return tx.selectFrom('members').selectAll().where('room_id', '=', roomId).orderBy('user_id').forUpdate().execute();
}

/** Those of the tokens that are not revoked. */
export async function goodTokens(db: Executor, tokenIds: string[]): Promise<Set<string>> {
  if (tokenIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('api_tokens')
    .select('token_id')
    .where('token_id', 'in', tokenIds)
    .where('revoked_at', 'is', null)
    .execute();
  return new Set(rows.map((row) => row.token_id));
}

/** Memberships of many people at once, for the sweep that closes sockets of those who lost their rights. */
export function membershipsOf(
  db: Executor,
  userIds: string[],
): Promise<{ room_id: string; user_id: string; roles: string[] }[]> {
  if (userIds.length === 0) return Promise.resolve([]);
  return db.selectFrom('members').select(['room_id', 'user_id', 'roles']).where('user_id', 'in', userIds).execute();
}

export async function upsertMember(db: Executor, member: NewRow<'members'>): Promise<void> {
  await db
    .insertInto('members')
    .values(member)
    .onConflict((c) => c.columns(['room_id', 'user_id']).doUpdateSet({ roles: member.roles }))
    .execute();
}

export async function removeMember(db: Executor, roomId: string, userId: string): Promise<void> {
  await db.deleteFrom('members').where('room_id', '=', roomId).where('user_id', '=', userId).execute();
}

export function findToken(db: Executor, roomId: string, tokenId: string): Promise<Row<'api_tokens'> | undefined> {
  return db
    .selectFrom('api_tokens')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('token_id', '=', tokenId)
    .executeTakeFirst();
}

export function tokensOf(db: Executor, roomId: string): Promise<Row<'api_tokens'>[]> {
  return db.selectFrom('api_tokens').selectAll().where('room_id', '=', roomId).orderBy('created_at').execute();
}

export async function insertToken(db: Executor, token: NewRow<'api_tokens'>): Promise<void> {
  await db.insertInto('api_tokens').values(token).execute();
}

export async function revokeToken(db: Executor, roomId: string, tokenId: string, now: string): Promise<boolean> {
  const done = await db
    .updateTable('api_tokens')
    .set({ revoked_at: now })
    .where('room_id', '=', roomId)
    .where('token_id', '=', tokenId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
