// A whole server for a test: its own database, a clock that is set by hand, signed-in people; disposes itself.
import type { CallOf, ReplyOf } from '@rejoinder/contracts/calls';
import type { CardView } from '@rejoinder/contracts/cards';
import type { SourceEvent, SourceMention } from '@rejoinder/contracts/mentions';
import type { BoardState, RoomView } from '@rejoinder/contracts/rooms';
import type { RouteName } from '@rejoinder/contracts/routes';
import { type App, createApp } from '../../server/src/app.ts';
import type { DraftFanOut } from '../../server/src/coedit/draft-fan-out.ts';
import type { Config } from '../../server/src/config.ts';
import { openRoom } from '../../server/src/rooms/rooms.service.ts';
import { type Answer, callRoute, deliverSigned } from './calls.ts';
import { freshDatabase } from './cluster.ts';

export { type Answer, deliverSigned } from './calls.ts';

export type Person = {
  userId: string;
  name: string;
  email: string;
  roles: string[];
  cookie: string;
  /** Calls a route as this person; throws when the answer is not 200. */
  call: <N extends RouteName>(name: N, input: CallOf<N>, operationId?: string) => Promise<ReplyOf<N>>;
  /** Calls a route and gives whatever came. */
  try: <N extends RouteName>(name: N, input: CallOf<N>, operationId?: string) => Promise<Answer<N>>;
};

export type World = {
  app: App;
  origin: string;
  databaseUrl: string;
  room: RoomView;
  /** Sets the server's clock: `at('09:00')` on the world's day, or a whole ISO instant. Answers the instant. */
  at: (time: string) => string;
  now: () => string;
  person: (name: string, roles: string[], options?: { admin?: boolean; member?: boolean }) => Promise<Person>;
  /** A caller with an API token instead of a session. */
  token: (name: string, roles: string[]) => Promise<Pick<Person, 'call' | 'try'> & { secret: string }>;
  /** A signed webhook source of the room and a way to deliver to it. */
  webhook: () => Promise<{
    sourceId: string;
    secret: string;
    deliver: (events: SourceEvent[], id?: string) => Promise<Response>;
  }>;
  mention: (text: string, more?: Partial<SourceMention>) => SourceMention;
  /** Delivers a mention, waits until the flow has settled, and answers the open card of its author. */
  cardFrom: (text: string, more?: Partial<SourceMention>) => Promise<CardView>;
  board: () => Promise<BoardState>;
  settled: () => Promise<void>;
  [Symbol.asyncDispose]: () => Promise<void>;
};

export type WorldOptions = {
  day?: string;
  sendMs?: number;
  fanOut?: DraftFanOut;
  config?: Partial<Config>;
  accounts?: { platform: string; name: string; channel: 'webhook' | 'rehearsal' }[];
  realClock?: boolean;
  /** The plan the room runs; the shipped one where left out. */
  playbookText?: string;
};

const PASSWORD = 'correct horse battery';

export async function world(options: WorldOptions = {}): Promise<World> {
  const database = await freshDatabase();
  const day = options.day ?? '2026-03-02';
  let instant = `${day}T09:00:00.000Z`;
  const now = (): string => (options.realClock ? new Date().toISOString() : instant);
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    dataDir: '/nonexistent',
    publicOrigin: 'http://rejoinder.test',
    databaseUrl: database.url,
    redisUrl: undefined,
    secretKey: 'a key for tests that is long enough, 0123456789',
    production: false,
    logLevel: 'fatal',
    trustedProxies: [],
    smtpUrl: undefined,
    mailFrom: undefined,
    allowPrivateAddresses: true,
    pictureBytes: 500 * 1024 * 1024,
    rehearsal: false,
    ...options.config,
  };
  const app = await createApp({
    config,
    databaseUrl: database.url,
    pages: '/nonexistent',
    now,
    ...(options.sendMs ? { sendMs: options.sendMs } : {}),
    ...(options.fanOut ? { fanOut: options.fanOut } : {}),
  });
  await app.fastify.listen({ port: 0, host: '127.0.0.1' });
  const address = app.fastify.server.address();
  const origin = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
  const { deps } = app;
  const founder = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };
  const room = await openRoom(deps, founder, {
    name: 'War room',
    zone: 'Europe/London',
    kind: 'live',
    members: [],
    ...(options.playbookText ? { playbookText: options.playbookText } : {}),
    accounts: options.accounts ?? [{ platform: 'bluesky', name: 'drovewell.example', channel: 'rehearsal' }],
  });
  const caller = (headers: Record<string, string>): Pick<Person, 'call' | 'try'> => {
    const attempt: Person['try'] = (name, input, operationId) =>
      callRoute(origin, config.publicOrigin, headers, name, input, operationId);
    return {
      try: attempt,
      async call(name, input, operationId) {
        const answer = await attempt(name, input, operationId);
        if ('reply' in answer) return answer.reply;
        throw new Error(`${name} answered ${answer.status}: ${JSON.stringify(answer)}`);
      },
    };
  };
  let people = 0;
  let nativeIds = 0;
  let hook: Awaited<ReturnType<World['webhook']>> | null = null;

  const w: World = {
    app,
    origin,
    databaseUrl: database.url,
    room,
    now,
    at(time) {
      instant = time.includes('T')
        ? new Date(time).toISOString()
        : `${day}T${time.length === 5 ? `${time}:00` : time}.000Z`;
      return instant;
    },
    async person(name, roles, { admin = false, member = true } = {}) {
      const email = `${name.toLowerCase().replace(/\W+/g, '.')}.${people++}@test.example`;
      const userId = await deps.signIn.createPerson({ name, email, password: PASSWORD, admin });
      if (member) await addMember(app, room.id, { userId, name, roles, hue: people % 8 });
      const cookie = (await deps.signIn.cookiesFor(email, PASSWORD)).map((c) => c.split(';', 1)[0]).join('; ');
      return { userId, name, email, roles, cookie, ...caller({ cookie }) };
    },
    async token(name, roles) {
      const admin = await w.person(`Token maker ${name}`, ['administrator']);
      const { secret } = await admin.call('makeToken', { params: { roomId: room.id }, body: { name, roles } });
      return { secret, ...caller({ authorization: `Bearer ${secret}` }) };
    },
    async webhook() {
      const admin = await w.person('Source keeper', ['administrator']);
      const { source, secret } = await admin.call('addSource', {
        params: { roomId: room.id },
        body: { kind: 'webhook', name: 'Relay' },
      });
      const key = secret ?? '';
      return {
        sourceId: source.id,
        secret: key,
        deliver: (events, id) =>
          deliverSigned(`${origin}/api/hooks/${room.id}/${source.id}`, key, JSON.stringify({ events }), id),
      };
    },
    mention(text, more = {}) {
      const nativeId = `post-${++nativeIds}`;
      return {
        platform: 'bluesky',
        nativeId,
        url: `https://bsky.example/${nativeId}`,
        author: { handle: `author${nativeIds}.example`, name: `Author ${nativeIds}`, followers: 400 },
        text,
        postedAt: now(),
        editedAt: null,
        inReplyTo: null,
        lang: 'en',
        ...more,
      };
    },
    async cardFrom(text, more = {}) {
      hook ??= await w.webhook();
      const mention = w.mention(text, more);
      const response = await hook.deliver([{ type: 'created', mention }]);
      if (response.status !== 200) throw new Error(`the webhook answered ${response.status}: ${await response.text()}`);
      await w.settled();
      const card = Object.values((await w.board()).cards).find(
        (c) => c.author.handle === mention.author.handle && c.closedAt === null,
      );
      if (!card) throw new Error(`no card was opened for "${text}"`);
      return card;
    },
    async board() {
      return (await import('../../server/src/measuring/board.service.ts')).readBoard(deps, room.id);
    },
    settled: () => app.flow.settled(),
    async [Symbol.asyncDispose]() {
      await app.close();
      await database.drop();
    },
  };
  return w;
}

async function addMember(
  app: App,
  roomId: string,
  person: { userId: string; name: string; roles: string[]; hue: number },
): Promise<void> {
  const { upsertMember } = await import('../../server/src/people/people.repository.ts');
  await app.deps.events.change(
    { roomId, actor: { kind: 'system', id: 'system:test', name: 'Test', roles: [] } },
    async ({ tx, now, log }) => {
      await upsertMember(tx, {
        room_id: roomId,
        user_id: person.userId,
        name: person.name,
        roles: person.roles,
        hue: person.hue,
        joined_at: now,
      });
      log({ type: 'person.joined', data: { person } });
    },
  );
}
