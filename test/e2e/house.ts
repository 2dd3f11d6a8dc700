// One running installation with its administrator, its staff and its rooms, all made through the real API.
import { expect } from '@playwright/test';
import type { CallOf, ReplyOf } from '@rejoinder/contracts/calls';
import type { CardView } from '@rejoinder/contracts/cards';
import type { SourceEvent, SourceMention } from '@rejoinder/contracts/mentions';
import type { BoardState } from '@rejoinder/contracts/rooms';
import type { RouteName } from '@rejoinder/contracts/routes';
import { type Answer, callRoute, deliverSigned } from '../support/calls.ts';
import { type Receiver, receiver as startReceiver } from '../support/receiver.ts';
import type { ServerProcess } from './server-process.ts';

export type Caller = {
  call: <N extends RouteName>(name: N, input: CallOf<N>) => Promise<ReplyOf<N>>;
  try: <N extends RouteName>(name: N, input: CallOf<N>) => Promise<Answer<N>>;
};
export type Staff = Caller & { userId: string; name: string; email: string; password: string; cookie: string };

export type Desk = {
  id: string;
  /** Address of a page of the room, such as `/wall`; the board without. */
  at: (page?: string) => string;
  mention: (text: string, more?: Partial<SourceMention>) => SourceMention;
  /** Delivers mentions as a signed webhook; answers once the server has. */
  deliver: (mentions: SourceMention[]) => Promise<void>;
  deliverEvents: (events: SourceEvent[]) => Promise<void>;
  board: () => Promise<BoardState>;
  /** Delivers mentions and answers their cards, in the same order, once all are open. */
  cardsFrom: (mentions: SourceMention[]) => Promise<CardView[]>;
  token: (roles: string[]) => Promise<Caller>;
  /** What arrived at the platform, in order; throws when a signature does not hold. */
  replies: () => { text: string; inReplyTo: string }[];
  /** What the platform does with the next replies. */
  script: Receiver['script'];
};

export type House = {
  server: ServerProcess;
  admin: Staff;
  /** The same person every time; the account is made at the first call. */
  staff: (name: string) => Promise<Staff>;
  openRoom: (cast: [Staff, string[]][]) => Promise<Desk>;
  close: () => Promise<void>;
};

const PASSWORD = 'correct horse battery';
const PLATFORM = 'bluesky';

export async function makeHouse(server: ServerProcess): Promise<House> {
  const { origin } = server;
  const code = new URL(await server.setUpAddress()).searchParams.get('code') ?? '';
  const nobody = callerWith(origin, {});
  const adminPerson = { name: 'Ada Adminson', email: 'ada@house.example', password: PASSWORD };
  await nobody.call('setUp', { body: { code, ...adminPerson } });
  const admin = await signIn(origin, adminPerson);
  const known = new Map<string, Promise<Staff>>();
  const receivers: Receiver[] = [];
  let rooms = 0;

  const hire = async (name: string): Promise<Staff> => {
    const email = `${name.toLowerCase().replace(/\W+/g, '.')}@house.example`;
    await admin.call('invite', { body: { name, email, password: PASSWORD } });
    return signIn(origin, { name, email, password: PASSWORD });
  };
  return {
    server,
    admin,
    staff(name) {
      const found = known.get(name) ?? hire(name);
      known.set(name, found);
      return found;
    },
    async openRoom(cast) {
      const receiver = await startReceiver();
      receivers.push(receiver);
      const { room } = await admin.call('openRoom', {
        body: { name: `Parcels in the rain ${++rooms}`, zone: 'Europe/London' },
      });
      const params = { roomId: room.id };
      for (const [person, roles] of cast) await admin.call('members', { params, body: { email: person.email, roles } });
      const account = await admin.call('addAccount', {
        params,
        body: { platform: PLATFORM, name: 'drovewell.example', url: receiver.url },
      });
      const { source, secret } = await admin.call('addSource', { params, body: { kind: 'webhook', name: 'Relay' } });
      return desk({
        origin,
        admin,
        roomId: room.id,
        sourceId: source.id,
        secret: secret ?? '',
        receiver,
        replySecret: account.secret,
      });
    },
    async close() {
      for (const receiver of receivers) await receiver.close();
      await server.close();
    },
  };
}

type Made = {
  origin: string;
  admin: Staff;
  roomId: string;
  sourceId: string;
  secret: string;
  receiver: Receiver;
  replySecret: string;
};

function desk({ origin, admin, roomId, sourceId, secret, receiver, replySecret }: Made): Desk {
  const params = { roomId };
  let posts = 0;
  const made: Desk = {
    id: roomId,
    script: (...acts) => receiver.script(...acts),
    replies: () =>
      receiver.received.map((each) => {
        receiver.verify(replySecret, each);
        const { data } = JSON.parse(each.body) as { data: { text: string; in_reply_to: string } };
        return { text: data.text, inReplyTo: data.in_reply_to };
      }),
    at: (page = '') => `${origin}/rooms/${roomId}${page}`,
    mention(text, more = {}) {
      const n = ++posts;
      const nativeId = `${roomId}-post-${n}`;
      return {
        platform: PLATFORM,
        nativeId,
        url: `https://bsky.example/${nativeId}`,
        author: { handle: `author${n}.example`, name: `Author ${n}`, followers: 400 },
        text,
        postedAt: new Date().toISOString(),
        editedAt: null,
        inReplyTo: null,
        lang: 'en',
        ...more,
      };
    },
    async deliverEvents(events) {
      const address = `${origin}/api/hooks/${roomId}/${sourceId}`;
      const response = await deliverSigned(address, secret, JSON.stringify({ events }));
      if (response.status !== 200) throw new Error(`the webhook answered ${response.status}: ${await response.text()}`);
    },
    deliver: (mentions) => made.deliverEvents(mentions.map((mention) => ({ type: 'created', mention }))),
    board: () => admin.call('board', { params }),
    async cardsFrom(mentions) {
      await made.deliver(mentions);
      const wanted = mentions.map((mention) => mention.author.handle);
      let found: CardView[] = [];
      await expect
        .poll(
          async () => {
            const cards = Object.values((await made.board()).cards);
            const byHandle = new Map(cards.map((card) => [card.author.handle, card]));
            found = wanted.flatMap((handle) => byHandle.get(handle) ?? []);
            return found.length;
          },
          { intervals: [50] },
        )
        .toBe(wanted.length);
      return found;
    },
    async token(roles) {
      const { secret: token } = await admin.call('makeToken', { params, body: { name: 'A program', roles } });
      return callerWith(origin, { authorization: `Bearer ${token}` });
    },
  };
  return made;
}

async function signIn(origin: string, person: { name: string; email: string; password: string }): Promise<Staff> {
  const answer = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email: person.email, password: person.password }),
  });
  if (!answer.ok) throw new Error(`${person.email} could not sign in: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ');
  const caller = callerWith(origin, { cookie });
  const { me } = await caller.call('me', {});
  return { ...caller, ...person, userId: me.userId, cookie };
}

function callerWith(origin: string, headers: Record<string, string>): Caller {
  const attempt: Caller['try'] = (name, input) => callRoute(origin, origin, headers, name, input);
  return {
    try: attempt,
    async call(name, input) {
      const answer = await attempt(name, input);
      if ('reply' in answer) return answer.reply;
      throw new Error(`${name} answered ${answer.status}: ${JSON.stringify(answer)}`);
    },
  };
}
