// A room whose people can be reached by every channel, with real parts at the other end, and a way to tell them something.

import type { RoomEvent } from '@rejoinder/contracts/events';
import type { ReachBy } from '@rejoinder/contracts/playbooks';
import type { MessageView } from '@rejoinder/contracts/reaching';
import { sql } from 'kysely';
import { type Recipient, tell } from '../../server/src/reaching/reaching.service.ts';
import { until } from '../coedit/typist.ts';
import { type MailServer, mailServer } from './mail-server.ts';
import { type PushService, pushService } from './push-service.ts';
import { type Receiver, receiver } from './receiver.ts';
import { verifyAction } from './verify-action.ts';
import { type Person, type World, world } from './world.ts';

export const SYSTEM = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };
export const to = (person: Person): Recipient => ({ userId: person.userId, name: person.name, phone: null });

export type Said = {
  to?: Recipient;
  ways?: ReachBy[];
  roomId?: string;
  urgent?: boolean;
  says?: string;
};
export type ReachDesk = {
  w: World;
  mail: MailServer;
  push: PushService;
  chat: Receiver;
  ria: Person;
  /** May manage people and raise the level. */
  amal: Person;
  /** Tells one thing, to Ria by e-mail where nothing else is said, and answers what it is about. */
  say: (said?: Said) => Promise<string>;
  /** What was told last is about this. */
  newest: () => string;
  stateOf: (about: string) => Promise<MessageView>;
  /** Waits until the message is in this state, after so many attempts where that is said. */
  comesTo: (about: string, state: MessageView['state'], tries?: number) => Promise<MessageView>;
  /** Tells it, waits for how it ends and proves the fold. */
  told: (
    said: Said,
    state: 'delivered' | 'failed',
  ) => Promise<{ id: string; message: MessageView; events: RoomEvent[] }>;
  later: (seconds: number) => string;
  /** Answers the secret where there is one. */
  setChannel: (channel: 'chat' | 'webhook', url: string) => Promise<string>;
  subscribe: (
    person: Person,
  ) => Promise<ReturnType<PushService['browser']> & { deviceId: string | undefined; publicKey: string }>;
  [Symbol.asyncDispose]: () => Promise<void>;
};

export async function reachDesk(): Promise<ReachDesk> {
  const [mail, push, chat] = await Promise.all([mailServer(), pushService(), receiver()]);
  const w = await world({ config: { smtpUrl: mail.url, mailFrom: 'warroom@rejoinder.test' } });
  const [ria, amal] = [await w.person('Ria', ['responder']), await w.person('Amal', ['administrator', 'commander'])];
  // What ladders and alarms tell by themselves is another test's matter.
  await sql`create rule only_ours as on insert to messages where new.about_id !~ '^ask_[0-9]{1,4}$' do instead nothing`.execute(
    w.app.deps.db,
  );
  let asks = 0;
  const d: ReachDesk = {
    w,
    mail,
    push,
    chat,
    ria,
    amal,
    newest: () => `ask_${asks}`,
    async say({ roomId = w.room.id, urgent = true, ...said } = {}) {
      const id = `ask_${++asks}`;
      const message = {
        roomId,
        to: said.to ?? to(ria),
        ways: said.ways ?? ['board' as const, 'email' as const],
        about: { kind: 'ask' as const, id, cardId: null },
        urgent,
        title: 'Sam asks you to take a card',
        says: said.says ?? 'Level 1, due 12:00.',
        path: `/rooms/${roomId}/asks/${id}`,
      };
      await w.app.deps.events.change({ roomId, actor: SYSTEM }, ({ tx, now }) => tell(w.app.deps, tx, message, now));
      return id;
    },
    async stateOf(about) {
      const params = { roomId: w.room.id, aboutId: about };
      const [message] = (await amal.call('messagesAbout', { params })).messages;
      if (!message) throw new Error(`nothing about ${about}`);
      return message;
    },
    async comesTo(about, state, tries) {
      await until(async () => {
        w.app.reaching.wake();
        await w.app.reaching.idle();
        const message = await d.stateOf(about);
        return message.state === state && (tries === undefined || message.answers.length === tries);
      }, `${about} is ${state}`);
      return d.stateOf(about);
    },
    async told(said, state) {
      const { result: id, events } = await verifyAction(w, async () => {
        const about = await d.say(said);
        await d.comesTo(about, state);
        return about;
      });
      return { id, message: await d.stateOf(id), events };
    },
    later: (seconds) => w.at(new Date(Date.parse(w.now()) + seconds * 1000).toISOString()),
    async setChannel(channel, url) {
      const { secret } = await amal.call('setChannel', { params: { roomId: w.room.id }, body: { channel, url } });
      return secret ?? '';
    },
    async subscribe(person) {
      const browser = push.browser();
      const body = { ...browser.subscription, label: 'Firefox on a laptop' };
      const { reach } = await person.call('addDevice', { body });
      return { ...browser, deviceId: reach.push.devices.at(-1)?.id, publicKey: reach.push.publicKey };
    },
    async [Symbol.asyncDispose]() {
      await w[Symbol.asyncDispose]();
      await Promise.all([mail.close(), push.close(), chat.close()]);
    },
  };
  return d;
}
