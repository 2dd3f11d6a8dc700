// Messages to our own people by every channel, with real parts at the other end: an SMTP server, a push service, a chat, a signed webhook.
import type { ReachBy } from '@rejoinder/contracts/playbooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { holdOf } from '../../server/src/db/installation.ts';
import { createEgress } from '../../server/src/http/egress.ts';
import { mailChannel } from '../../server/src/reaching/mail.ts';
import { LANE } from '../../server/src/reaching/messages.repository.ts';
import { pushChannel } from '../../server/src/reaching/push.ts';
import { tell, waysTo } from '../../server/src/reaching/reaching.service.ts';
import { chatChannel, hookChannel } from '../../server/src/reaching/room-channels.ts';
import { openRoom } from '../../server/src/rooms/rooms.service.ts';
import { until } from '../coedit/typist.ts';
import type { MailServer } from '../support/mail-server.ts';
import type { PushService } from '../support/push-service.ts';
import { type ReachDesk, reachDesk, SYSTEM, to } from '../support/reach-desk.ts';
import { nobody, type Receiver, receiver } from '../support/receiver.ts';
import { verifyAction } from '../support/verify-action.ts';
import type { Person, World } from '../support/world.ts';

let d: ReachDesk;
let w: World;
let mail: MailServer;
let push: PushService;
let chat: Receiver;
let ria: Person;
let amal: Person;

beforeAll(async () => {
  d = await reachDesk();
  ({ w, mail, push, chat, ria, amal } = d);
});
afterAll(() => d[Symbol.asyncDispose]());
afterEach(() => chat.forget());

const room = () => ({ params: { roomId: w.room.id } });

describe('telling our own people', () => {
  it('[RE-5] is queued with what it tells of: taken back with it, there with it', async () => {
    const about = { kind: 'ask' as const, id: 'ask_never', cardId: null };
    const message = { roomId: w.room.id, to: to(ria), ways: ['email' as const], about, urgent: true };
    await expect(
      w.app.deps.events.change({ roomId: w.room.id, actor: SYSTEM }, async ({ tx, now }) => {
        await tell(w.app.deps, tx, { ...message, title: 'Never', says: '', path: '/rooms' }, now);
        throw new Error('taken back');
      }),
    ).rejects.toThrow('taken back');
    expect(await ria.try('messagesAbout', { params: { roomId: w.room.id, aboutId: 'ask_never' } })).toMatchObject({
      status: 404,
    });
  });

  it('[RE-12] by e-mail: plain words, the link, one id at every attempt, nothing to answer and nothing that tracks', async () => {
    const before = mail.mails.length;
    const { id, message, events } = await d.told({}, 'delivered');
    const [sent] = mail.mails.slice(before);
    expect(events.map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'message.delivered', data: { messageId: message.id, about: message.about, way: 'email' } },
    ]);
    expect(message).toMatchObject({ way: 'email', answers: [{ way: 'email', delivered: true, says: /took it/ }] });
    expect(sent).toMatchObject({ to: [ria.email], from: 'warroom@rejoinder.test' });
    expect(Object.fromEntries(sent?.headers ?? [])).toMatchObject({
      subject: '[War room] Sam asks you to take a card',
      'auto-submitted': 'auto-generated',
      'message-id': `<${message.id}@rejoinder.test>`,
      'content-type': 'text/plain; charset=utf-8',
    });
    expect([...(sent?.headers.keys() ?? [])].filter((name) => /^(list-|x-mailer|disposition)/.test(name))).toEqual([]);
    const lines = sent?.text.replaceAll('\r', '').split('\n') ?? [];
    expect(lines.slice(0, 5)).toEqual([
      'Sam asks you to take a card',
      '',
      'Level 1, due 12:00.',
      '',
      `http://rejoinder.test/rooms/${w.room.id}/asks/${id}`,
    ]);
  });

  it('[RE-6] a mailbox that is refused means the next way at once; one that is busy is tried again after a pause', async () => {
    const { read, publicKey } = await d.subscribe(ria);
    mail.script({ refuse: 550, at: 'rcpt' });
    const { message } = await d.told({ ways: ['board', 'email', 'push'] }, 'delivered');
    expect(message).toMatchObject({ way: 'push', answers: [{ way: 'email', delivered: false }, { way: 'push' }] });
    expect(read(push.received.at(-1) ?? never(), publicKey).payload).toMatchObject({ title: 'War room' });
    mail.script({ refuse: 451, at: 'data' });
    const busy = await d.say();
    expect(await d.comesTo(busy, 'waiting', 1)).toMatchObject({ answers: [{ says: /451/ }] });
    d.later(5);
    await d.comesTo(busy, 'delivered', 2);
  });

  it('[RE-11] by push: encrypted for the one browser, signed by this installation; a browser that is gone is forgotten', async () => {
    const { read, deviceId, publicKey } = await d.subscribe(ria);
    const old = (await ria.call('ownReach', {})).reach.push.devices;
    for (const each of old) if (each.id !== deviceId) await ria.call('removeDevice', { params: { deviceId: each.id } });
    const { id } = await d.told({ ways: ['push'] }, 'delivered');
    const { payload, jwt, headers } = read(push.received.at(-1) ?? never(), publicKey);
    expect(payload).toMatchObject({
      title: 'War room',
      body: 'Sam asks you to take a card\nLevel 1, due 12:00.',
      link: `http://rejoinder.test/rooms/${w.room.id}/asks/${id}`,
    });
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high', ttl: '3600' });
    expect(jwt).toMatchObject({ aud: new URL(chatless(push)).origin, sub: 'mailto:warroom@rejoinder.test' });
    expect(jwt.exp * 1000).toBeLessThan(Date.now() + 24 * 3_600_000 + 1000);
    const stored = JSON.stringify(await w.app.deps.db.selectFrom('push_devices').selectAll().execute());
    expect(stored).not.toContain('/push/browser');
    push.script({ do: 'answer', status: 410 });
    const { message, events } = await d.told({ ways: ['push'] }, 'failed');
    expect(events.map((event) => event.type)).toEqual(['message.failed']);
    expect(message.answers).toMatchObject([{ way: 'push', delivered: false, says: /410/ }]);
    expect((await ria.call('ownReach', {})).reach.push.devices).toEqual([]);
    expect(await waysTo(w.app.deps.db, w.room.id, to(ria), ['board', 'push', 'email'])).toEqual(['board', 'email']);
  });

  it('[RE-13] [RE-20] by the room’s chat and signed webhook: the address is sealed and never shown again, and what is sent is signed', async () => {
    const night = { userId: null, name: 'Night <desk>', phone: '+44 20 7946 0000' };
    expect(await waysTo(w.app.deps.db, w.room.id, night, ['board', 'chat', 'sms', 'phone'])).toEqual([]);
    await verifyAction(w, () => d.setChannel('chat', `${chat.url}?secret=quiet`));
    // Many read the chat: a member answers on the page, as themselves, and somebody without an account is not asked there.
    await d.told({ to: { ...to(ria), name: 'Ria <desk>' }, ways: ['chat'] }, 'delivered');
    expect(JSON.parse(chat.received.at(-1)?.body ?? '')).toEqual({
      text: `*War room* · Ria &lt;desk&gt;: Sam asks you to take a card\nLevel 1, due 12:00.\nhttp://rejoinder.test/rooms/${w.room.id}`,
    });
    const { message: unsent } = await d.told({ to: night, ways: ['chat'] }, 'failed');
    expect(unsent.answers).toMatchObject([{ way: 'chat', says: /everybody in the chat could answer/ }]);
    const { result: secret, events } = await verifyAction(w, () => d.setChannel('webhook', chat.url));
    expect(events.map((event) => event.type)).toEqual(['reach.channelChanged']);
    const { message } = await d.told({ to: night, ways: ['phone', 'sms'] }, 'delivered');
    const call = chat.received.at(-1) ?? never();
    expect(chat.verify(secret, call)).toMatchObject({
      type: 'reach.phone',
      data: { number: night.phone, to: 'Night <desk>', kind: 'ask', urgent: true, text: /^War room: Sam asks/ },
    });
    expect(call.headers['webhook-id']).toBe(`${message.id}.phone`);
    expect(() => chat.verify(secret, { ...call, body: `${call.body} ` })).toThrow();
    const shown = JSON.stringify([
      await amal.call('roomReach', room()),
      await w.app.deps.events.read(w.room.id, 0, 10_000),
      await w.app.deps.db.selectFrom('room_channels').selectAll().execute(),
      await w.app.deps.db.selectFrom('messages').select('path').where('state', '=', 'delivered').execute(),
    ]);
    expect(shown).not.toContain('/asks/');
    for (const hidden of ['secret=quiet', secret]) expect(shown).not.toContain(hidden);
  });

  it('[RE-6] a receiver that asks to wait, fails, redirects or is not there: again after its time, or the next way', async () => {
    const ways: ReachBy[] = ['chat', 'email'];
    chat.script({ do: 'answer', status: 429, headers: { 'retry-after': '30' } });
    const waits = await d.say({ ways });
    await d.comesTo(waits, 'waiting', 1);
    d.later(29);
    w.app.reaching.wake();
    await w.app.reaching.idle();
    expect((await d.stateOf(waits)).answers).toHaveLength(1);
    d.later(1);
    expect(await d.comesTo(waits, 'delivered', 2)).toMatchObject({ way: 'chat' });
    for (const headers of [
      { 'retry-after': '61' },
      { 'retry-after': new Date(Date.parse(w.now()) + 90_000).toUTCString() },
    ]) {
      chat.script({ do: 'answer', status: 503, headers });
      expect((await d.told({ ways }, 'delivered')).message).toMatchObject({ way: 'email' });
    }
    chat.script({ do: 'answer', status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere' } });
    expect((await d.told({ ways }, 'delivered')).message).toMatchObject({
      way: 'email',
      answers: [{ says: /302/ }, {}],
    });
    chat.script({ do: 'answer', status: 500 }, { do: 'reset' }, { do: 'answer', status: 408 });
    const fails = await d.say({ ways });
    await d.comesTo(fails, 'waiting', 1);
    d.later(5);
    await d.comesTo(fails, 'waiting', 2);
    d.later(20);
    expect(await d.comesTo(fails, 'delivered', 4)).toMatchObject({ way: 'email' });
  });

  it('[RE-7] when every way failed it is said with what each answered; a way that is gone is passed over at once', async () => {
    await d.setChannel('chat', await nobody());
    mail.script({ refuse: 552, at: 'data' });
    const id = await d.say({ ways: ['push', 'chat', 'email'] });
    const { events } = await verifyAction(w, async () => {
      for (const seconds of [0, 5, 20]) {
        d.later(seconds);
        w.app.reaching.wake();
        await w.app.reaching.idle();
      }
      await d.comesTo(id, 'failed');
    });
    expect(events).toMatchObject([{ type: 'message.failed', data: { about: { id } } }]);
    expect((events[0]?.data as { says: string } | undefined)?.says).toMatch(
      /push: No browser.* chat: The chat could not be reached \(ECONNREFUSED\)\. email: .*552/,
    );
  });

  it('[RE-9] a receiver that hangs holds up nobody who is reached otherwise, nor more than a few of its own', async () => {
    await d.setChannel('chat', chat.url);
    chat.script(...Array.from({ length: 20 }, () => ({ do: 'wait' }) as const));
    const slow: string[] = [];
    const from = chat.received.length;
    for (let i = 0; i < 20; i++) slow.push(await d.say({ ways: ['chat'] }));
    w.app.reaching.wake();
    await chat.gets(from + LANE);
    const quick = await d.say();
    w.app.reaching.wake();
    await until(async () => (await d.stateOf(quick)).state === 'delivered', 'the quick one is delivered');
    expect(chat.received.length).toBe(from + LANE);
    const states = await Promise.all(slow.map(async (id) => (await d.stateOf(id)).state));
    expect(states.sort()).toEqual([...Array(LANE).fill('sending'), ...Array(20 - LANE).fill('waiting')]);
    chat.forget();
    chat.letGo();
    for (const id of slow) await d.comesTo(id, 'delivered', 1);
  });

  it('[RE-9] who says nothing is given up after its time, by every channel', async () => {
    const timing = { now: w.now, sendMs: 60 };
    const egress = createEgress(true);
    const deaf = await receiver(() => ({ do: 'hang' }));
    const words = { title: 'Hello', says: '', link: 'http://rejoinder.test/' };
    const who = { to: 'Ria', room: 'War room', urgent: true, at: w.now() };
    const message = { id: 'msg_1', kind: 'ask' as const, ...who, ...words };
    const hook = { url: deaf.url, secret: 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0', by: 'sms' as const, number: '1' };
    const { endpoint: _other, ...keys } = push.browser().subscription;
    mail.script('stall');
    const silent = [
      chatChannel(egress, timing).send(message, { url: deaf.url }),
      hookChannel(egress, timing).send(message, hook),
      pushChannel(egress, w.app.reaching.posts.pushKeys, 'mailto:a@b.test', timing).send(message, {
        endpoint: deaf.url,
        ...keys,
      }),
      mailChannel(w.app.deps.config, timing.sendMs)?.send(message, 'ria@test.example'),
    ];
    for (const sent of await Promise.all(silent))
      expect(sent).toMatchObject({ outcome: 'failed', forGood: false, says: /could not be reached/ });
    await deaf.close();
    mail.forget();
  });

  it('[RE-4] a rehearsal sends nothing, writes down that it was not sent, and takes no channel', async () => {
    const mock = await openRoom(w.app.deps, SYSTEM, {
      name: 'Mock storm',
      zone: 'Europe/London',
      kind: 'rehearsal',
      members: [{ userId: amal.userId, name: amal.name, roles: amal.roles, hue: 1 }],
    });
    const before = mail.mails.length;
    for (const urgent of [true, false]) {
      const id = await d.say({ roomId: mock.id, to: to(amal), urgent });
      w.app.reaching.wake();
      await w.app.reaching.idle();
      expect((await amal.call('messagesAbout', { params: { roomId: mock.id, aboutId: id } })).messages).toMatchObject([
        { state: 'withheld', nextAt: null, answers: [{ way: 'email', delivered: false, says: /rehearsal/ }] },
      ]);
    }
    expect(mail.mails).toHaveLength(before);
    expect(
      await amal.try('setChannel', { params: { roomId: mock.id }, body: { channel: 'chat', url: chat.url } }),
    ).toMatchObject({ status: 409, refused: { rule: 'RE-4' } });
  });

  it('[RE-17] after a restore nothing is sent until an administrator says go', async () => {
    await w.app.deps.db.updateTable('installation').set({ held_since: w.now(), held_why: 'restored' }).execute();
    expect(await holdOf(w.app.deps.db)).not.toBeNull();
    const before = mail.mails.length;
    const id = await d.say();
    w.app.reaching.wake();
    await w.app.reaching.idle();
    expect(await d.stateOf(id)).toMatchObject({ state: 'waiting', answers: [] });
    expect(mail.mails).toHaveLength(before);
    await w.app.deps.db.updateTable('installation').set({ held_since: null, held_why: null }).execute();
    await d.comesTo(id, 'delivered', 1);
  });

  it('[RE-10] what looks like personal data does not leave, whoever let it through; a former member is told nothing', async () => {
    const before = mail.mails.length;
    await d.told(
      { says: 'Ring +44 20 7946 0958 or mail mara@shop.example about IBAN DE89370400440532013000.' },
      'delivered',
    );
    const { raw = '', text = '' } = mail.mails.at(before) ?? {};
    expect(text).toContain('Ring [left out] or mail [left out] about IBAN [left out].');
    for (const kept of ['7946', 'mara@', 'DE89']) expect(raw).not.toContain(kept);
    const leaver = await w.person('Lea', ['responder']);
    const id = await d.say({ to: to(leaver) });
    await amal.call('members', { ...room(), body: { email: leaver.email, roles: [] } });
    // It may have gone out before she left; one queued after does not.
    await until(async () => ['delivered', 'failed'].includes((await d.stateOf(id)).state), 'the first is over');
    const after = mail.mails.length;
    const { message } = await d.told({ to: to(leaver) }, 'failed');
    expect(message.answers).toMatchObject([{ says: /no longer in the room/ }]);
    expect(mail.mails).toHaveLength(after);
  });
});

function never(): never {
  throw new Error('nothing was received');
}
/** Where the push service stands. */
const chatless = (service: PushService): string => `http://${service.received.at(-1)?.headers.host}`;
