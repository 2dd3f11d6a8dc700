// Rooms: opens one, and says what a caller may do in it.
import type { Actor, PersonView } from '@rejoinder/contracts/people';
import type { Ability, Playbook } from '@rejoinder/contracts/playbooks';
import type { RoomView } from '@rejoinder/contracts/rooms';
import type { Executor, Tx } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { checkUrl } from '../http/egress.ts';
import { Problem, refuse } from '../http/problems.ts';
import { upsertMember } from '../people/people.repository.ts';
import { insertPlaybook } from '../playbooks/playbooks.repository.ts';
import { defaultPlaybookText, may, playbookOf, readOrRefuse } from '../playbooks/playbooks.service.ts';
import {
  accountsOf,
  asRoomView,
  findRoom,
  holdRoom,
  insertAccount,
  insertRoom,
  promisesOf,
  type RoomRow,
  summariesFor,
} from './rooms.repository.ts';

/** A room with the plan it runs: what every decision in it starts from. */
export type RoomContext = { room: RoomRow; playbook: Playbook };

/** @throws Problem `not-found` */
export async function roomContext(db: Executor, roomId: string): Promise<RoomContext> {
  const room = await findRoom(db, roomId);
  if (!room) throw new Problem('not-found');
  return { room, playbook: (await playbookOf(db, room)).playbook };
}

/** The same, and nobody changes the room before the transaction ends. Cards are locked before it. @throws Problem `not-found` */
export async function heldContext(tx: Tx, roomId: string): Promise<RoomContext> {
  await holdRoom(tx, roomId);
  return roomContext(tx, roomId);
}

/** @throws Problem `not-allowed` when none of the actor's roles gives the ability, or one of them where several are named (PE-1) */
export function requireAbility({ playbook }: RoomContext, actor: Actor, ...abilities: Ability[]): void {
  if (actor.kind === 'system' || abilities.some((ability) => may(playbook, actor, ability))) return;
  const gives = (held: readonly Ability[]): boolean => abilities.some((ability) => held.includes(ability));
  const holders = playbook.roles.filter((role) => gives(role.may)).map((role) => role.name);
  throw new Problem(
    'not-allowed',
    `Your roles do not include this. It takes: ${holders.join(', ') || 'a role no one holds'}.`,
  );
}

export async function roomView(db: Executor, { room, playbook }: RoomContext): Promise<RoomView> {
  return asRoomView(room, await accountsOf(db, room.room_id), await promisesOf(db, room.room_id), playbook.title);
}

export type OpenRoom = {
  name: string;
  zone: string;
  kind: 'live' | 'rehearsal';
  roomId?: string;
  playbookText?: string;
  members: PersonView[];
  accounts?: { platform: string; name: string; channel: 'webhook' | 'rehearsal' }[];
};

/** Opens a room with a playbook (the shipped one unless given) and its first members. */
export async function openRoom(deps: Deps, actor: Actor, input: OpenRoom, operationId?: string): Promise<RoomView> {
  if (!isZone(input.zone))
    throw new Problem('not-valid', `"${input.zone}" is not a time zone. Use an IANA name such as Europe/Madrid.`, [
      { path: '/zone', says: 'an IANA time zone' },
    ]);
  const text = input.playbookText ?? defaultPlaybookText();
  const playbook = readOrRefuse(text);
  const roomId = input.roomId ?? deps.newId('room');
  return deps.events.change(
    { roomId, actor, operationId, request: JSON.stringify(['openRoom', input.name, input.zone, input.kind]) },
    async ({ tx, now, log }) => {
      await insertRoom(tx, {
        room_id: roomId,
        name: input.name,
        kind: input.kind,
        zone: input.zone,
        level: 1,
        level_reason: 'The room was opened.',
        level_since: now,
        level_ask: null,
        crisis: null,
        playbook_id: playbook.id,
        playbook_version: playbook.version,
        opened_at: now,
        unattended_since: null,
      });
      await insertPlaybook(tx, {
        room_id: roomId,
        playbook_id: playbook.id,
        version: playbook.version,
        text,
        adopted_at: now,
        adopted_by: actor.id,
      });
      for (const account of input.accounts ?? []) {
        await insertAccount(tx, {
          room_id: roomId,
          account_id: deps.newId('acc'),
          ...account,
          url: null,
          secret_sealed: null,
          attention: null,
          read_back: null,
        });
      }
      const view = await roomView(tx, await roomContext(tx, roomId));
      log({ type: 'room.opened', data: { room: view } });
      for (const person of input.members) await join(tx, roomId, person, now, log);
      return view;
    },
  );
}

async function join(tx: Tx, roomId: string, person: PersonView, now: string, log: Change['log']): Promise<void> {
  await upsertMember(tx, {
    room_id: roomId,
    user_id: person.userId,
    name: person.name,
    roles: person.roles,
    hue: person.hue,
    joined_at: now,
  });
  log({ type: 'person.joined', data: { person } });
}

/** Adds a reply account that delivers over a signed webhook. */
export async function addAccount(
  deps: Deps,
  actor: Actor,
  input: {
    roomId: string;
    platform: string;
    name: string;
    url: string;
    readBack?: string | undefined;
    operationId?: string | undefined;
  },
): Promise<{ room: RoomView; secret: string }> {
  const { roomId, platform, name } = input;
  const url = readUrl(input.url);
  const readBack = input.readBack === undefined ? null : readBackUrl(input.readBack);
  return deps.events.change(
    {
      roomId,
      actor,
      operationId: input.operationId,
      request: JSON.stringify(['addAccount', platform, name, url, ...(readBack === null ? [] : [readBack])]),
      secret: true,
    },
    async ({ tx, log }) => {
      const context = await roomContext(tx, roomId);
      requireAbility(context, actor, 'manage_sources');
      if (context.room.kind === 'rehearsal')
        throw refuse('RM-2', 'Rehearsal', 'A rehearsal cannot have an account that reaches the outside.');
      const accountId = deps.newId('acc');
      const secret = newWebhookSecret();
      await insertAccount(tx, {
        room_id: roomId,
        account_id: accountId,
        platform,
        name,
        channel: 'webhook',
        url,
        secret_sealed: deps.sealer.seal(secret, accountId),
        attention: null,
        read_back: readBack,
      });
      const room = await roomView(tx, context);
      log({ type: 'room.changed', data: { room } });
      return { room, secret };
    },
  );
}

/** The address to ask whether a reply was posted; `{key}` in it stands for the reply's key. @throws Problem `not-valid` */
export function readBackUrl(text: string): string {
  if (!text.includes('{key}'))
    throw new Problem(
      'not-valid',
      'Put {key} where the key of the reply belongs, as in https://relay.example/replies/{key}.',
      [{ path: '/readBack', says: 'an address with {key}' }],
    );
  readUrl(text.replaceAll('{key}', 'key'));
  return text;
}

/** @throws Problem `not-valid` */
export function readUrl(text: string): string {
  try {
    return checkUrl(text).href;
  } catch (error) {
    throw new Problem('not-valid', (error as Error).message, [
      { path: '/url', says: 'not an address that can be reached' },
    ]);
  }
}

/** A secret in the form of Standard Webhooks: `whsec_` and 32 bytes in base64. */
export const newWebhookSecret = (): string =>
  `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')}`;

function isZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

/** The rooms a person is a member of. */
export const roomsOf = (deps: Deps, userId: string) => summariesFor(deps.db, userId);
