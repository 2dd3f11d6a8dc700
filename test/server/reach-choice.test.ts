// What a person chooses about being reached: digest, quiet hours, devices, tests; who may look after the room's messages; what comments tell.
import type { ReachChoice } from '@rejoinder/contracts/reaching';
import { REACH_DEFAULT } from '@rejoinder/contracts/reaching';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../coedit/typist.ts';
import { type Journey, journey, REPLY } from '../support/journey.ts';
import { type MailServer, mailServer } from '../support/mail-server.ts';
import { type PushService, pushService } from '../support/push-service.ts';
import { nobody, type Receiver, receiver } from '../support/receiver.ts';
import { verifyAction } from '../support/verify-action.ts';
import { anchorOf } from '../support/words-in.ts';
import type { Person, World } from '../support/world.ts';

let j: Journey;
let w: World;
let mail: MailServer;
let push: PushService;
let relay: Receiver;
let amal: Person;

beforeAll(async () => {
  [mail, push, relay] = await Promise.all([mailServer(), pushService(), receiver()]);
  j = await journey({ config: { smtpUrl: mail.url, mailFrom: 'warroom@rejoinder.test' } });
  w = j.w;
  // What ladders and alarms tell as this clock is moved is another test's matter.
  await sql`create rule only_notices as on insert to messages where new.about_kind <> 'notice' do instead nothing`.execute(
    w.app.deps.db,
  );
  amal = await w.person('Amal', ['administrator']);
});
afterAll(async () => {
  await j[Symbol.asyncDispose]();
  await Promise.all([mail.close(), push.close(), relay.close()]);
});

const room = () => ({ params: { roomId: w.room.id } });
const choose = (person: Person, choice: Partial<ReachChoice>) =>
  person.call('chooseReach', { body: { ...REACH_DEFAULT, ...choice } });
const later = (minutes: number): string => w.at(new Date(Date.parse(w.now()) + minutes * 60_000).toISOString());
const statesOf = async (person: Person): Promise<string[]> => {
  const rows = await w.app.deps.db
    .selectFrom('messages')
    .select('state')
    .where('user_id', '=', person.userId)
    .orderBy('queued_at')
    .orderBy('message_id')
    .execute();
  return rows.map((row) => row.state);
};

/** A card with a draft open, and a colleague who comments on it. */
async function commented(text: string) {
  const card = await j.to('drafting');
  const pen = await j.write(j.ria, card);
  pen.text.insert(0, REPLY);
  await until(() => pen.allSaved(), 'saved');
  const params = j.params(card);
  const body = { generation: 1, anchor: anchorOf(pen.text, 'sorry'), text };
  const { result, events } = await verifyAction(w, () => j.colin.call('addComment', { params, body }));
  pen.leave();
  return { card, params, thread: result.thread, events };
}

describe('what is not urgent', () => {
  it('[RE-16] gathers into one quiet mail, only while unread, with names and links and no word of anybody', async () => {
    const { card, params, thread, events } = await commented('@Sam @Ria was account 4711 really refunded?');
    expect(events.map((event) => event.type)).toEqual(['comment.added']);
    await j.ria.call('answerComment', { params: { ...params, threadId: thread.id }, body: { text: 'Twice, @Sam!' } });
    expect(await statesOf(j.sam)).toEqual(['gathering', 'gathering']);
    await j.ria.call('readNotices', { ...room(), body: {} });
    expect(await statesOf(j.ria)).toEqual(['read']);
    await w.app.reaching.digest();
    expect(mail.mails).toEqual([]);
    later(240);
    await w.app.reaching.digest();
    await until(async () => mail.mails.length === 2, 'Sam and Colin have their digest');
    const toSam = mail.mails.find(({ to }) => to.includes(j.sam.email));
    expect(toSam?.headers.get('subject')).toBe('[War room] 2 things wait for you');
    const link = `http://rejoinder.test/rooms/${w.room.id}/cards/${card.id}#comment-${thread.id}`;
    expect(toSam?.text.replaceAll('\r', '')).toContain(
      `War room:\n- Colin named you in a comment ${link}\n- Ria named you in a comment ${link}\n`,
    );
    for (const { raw } of mail.mails)
      for (const word of ['4711', 'refund', 'Twice', 'sorry', 'parcel', card.author.handle])
        expect(raw).not.toContain(word);
    const stored = JSON.stringify(
      await w.app.deps.db.selectFrom('messages').select(['title', 'says', 'path']).execute(),
    );
    for (const word of ['4711', 'Twice', card.author.handle]) expect(stored).not.toContain(word);
    await until(async () => String(await statesOf(j.sam)) === 'delivered,delivered', 'both are delivered');
    await w.app.reaching.digest();
    expect(mail.mails).toHaveLength(2);
  });

  it('[RE-3] comes at once, after the quiet hours, or not at all, as the person chose', async () => {
    w.at('2026-03-03T23:30');
    const quiet = { from: '22:00', to: '07:00', zone: 'Europe/London' };
    await choose(j.sam, { unimportant: 'at-once', quiet });
    await choose(j.ria, { unimportant: 'never' });
    const [forSam, forRia] = [(await statesOf(j.sam)).length, (await statesOf(j.ria)).length];
    await commented('@Sam @Ria look here');
    w.app.reaching.wake();
    await w.app.reaching.idle();
    expect((await statesOf(j.sam)).slice(forSam)).toEqual(['waiting']);
    expect((await statesOf(j.ria)).slice(forRia)).toEqual(['board']);
    w.at('2026-03-04T07:00');
    w.app.reaching.wake();
    await until(async () => (await statesOf(j.sam)).at(-1) === 'delivered', 'Sam is told in the morning');
    expect(mail.mails.at(-1)).toMatchObject({ to: [j.sam.email] });
    await choose(j.sam, {});
    await choose(j.ria, {});
  });

  it('[RE-16] a digest whose mail server fails comes a little later', async () => {
    await commented('@Sam once more');
    later(240);
    mail.script({ refuse: 451, at: 'data' });
    const before = mail.mails.length;
    await w.app.reaching.digest();
    const newest = async () => (await statesOf(j.sam)).at(-1);
    await until(async () => (await newest()) === 'gathering' && mail.refused === 1, 'it waits again');
    later(15);
    await w.app.reaching.digest();
    await until(async () => (await newest()) === 'delivered', 'it came');
    expect(mail.mails.length).toBe(before + 1);
  });
});

describe('how somebody is reached', () => {
  it('[RE-14] is tested by themselves, and what the other side answered is kept with the last time it worked', async () => {
    const none = await j.sam.call('testOwnReach', { body: { way: 'push' } });
    expect(none.test).toMatchObject({ ok: false, says: /No browser/ });
    const { subscription, read } = push.browser();
    const { reach } = await j.sam.call('addDevice', { body: { ...subscription, label: 'Phone' } });
    expect(reach.push.devices).toMatchObject([{ label: 'Phone', deliveredAt: null }]);
    expect((await j.sam.call('testOwnReach', { body: { way: 'push' } })).reach.push.devices).toMatchObject([
      { deliveredAt: w.now() },
    ]);
    const [pushed] = push.received.slice(-1);
    expect(pushed && read(pushed, reach.push.publicKey).payload).toMatchObject({ title: 'Rejoinder' });
    const works = await j.sam.call('testOwnReach', { body: { way: 'email' } });
    expect(works).toMatchObject({ test: { ok: true, says: /took it/ }, reach: { mail: { verifiedAt: w.now() } } });
    const worked = w.now();
    later(1);
    mail.script({ refuse: 550, at: 'rcpt' });
    expect((await j.sam.call('testOwnReach', { body: { way: 'email' } })).reach.mail).toMatchObject({
      verifiedAt: worked,
      lastTest: { ok: false, says: /550/ },
    });
    // The same browser under another name is theirs from then on.
    await j.colin.call('addDevice', { body: { ...subscription, label: 'Shared desk' } });
    expect((await j.sam.call('ownReach', {})).reach.push.devices).toEqual([]);
  });

  it('[RE-11] a device is an address of a push service with its keys, and nothing else', async () => {
    const { subscription } = push.browser();
    for (const wrong of [
      { ...subscription, endpoint: 'ftp://push.example/1' },
      { ...subscription, endpoint: 'no address' },
      { ...subscription, keys: { ...subscription.keys, auth: subscription.keys.p256dh } },
    ])
      expect(await j.sam.try('addDevice', { body: { ...wrong, label: 'X' } })).toMatchObject({ status: 422 });
    expect(await j.sam.try('removeDevice', { params: { deviceId: 'dev_none' } })).toMatchObject({ status: 404 });
    const zone = { quiet: { from: '22:00', to: '07:00', zone: 'Mars/Olympus' } };
    expect(await j.sam.try('chooseReach', { body: { ...REACH_DEFAULT, ...zone } })).toMatchObject({ status: 422 });
    const token = await w.token('Robot', ['commander']);
    expect(await token.try('ownReach', {})).toMatchObject({ status: 403 });
  });

  it('[RE-15] the room’s channels and messages are seen by who looks after people or the level; only the first sets them', async () => {
    const set = { ...room(), body: { channel: 'webhook' as const, url: relay.url } };
    const { result } = await verifyAction(w, () => amal.call('setChannel', set));
    expect(result).toMatchObject({ channel: { host: new URL(relay.url).host, verifiedAt: null } });
    for (const person of [amal, j.sam]) expect((await person.call('roomReach', room())).channels).toHaveLength(1);
    for (const name of ['roomReach', 'dropChannel'] as const) {
      const params = { roomId: w.room.id, channel: 'webhook' as const };
      expect(await j.ria.try(name, { params })).toMatchObject({ status: 403, problem: { says: /Administrator/ } });
    }
    expect(await j.sam.try('setChannel', set)).toMatchObject({ status: 403 });
    const { messages } = await amal.call('roomReach', room());
    expect(messages.filter((message) => message.about.kind === 'notice')).toEqual([]);
  });

  it('[RE-14] a channel of the room is tested by a button, signed like the rest, and keeps when it last worked', async () => {
    const test = { ...room(), body: { channel: 'webhook' as const } };
    const works = await amal.call('testChannel', test);
    expect(works.test).toMatchObject({ ok: true, says: 'The webhook took it (200).' });
    expect(JSON.parse(relay.received.at(-1)?.body ?? '')).toMatchObject({ type: 'reach.test', data: { kind: 'test' } });
    const worked = w.now();
    later(1);
    relay.script({ do: 'answer', status: 403, body: 'unknown key' });
    expect((await j.sam.call('testChannel', test)).test).toMatchObject({ ok: false, says: /403: unknown key/ });
    expect((await amal.call('roomReach', room())).channels).toMatchObject([
      { verifiedAt: worked, lastTest: { ok: false, at: w.now() } },
    ]);
    await amal.call('setChannel', { ...room(), body: { channel: 'chat', url: await nobody() } });
    expect((await amal.call('testChannel', { ...room(), body: { channel: 'chat' } })).test.says).toMatch(
      /ECONNREFUSED/,
    );
    for (const channel of ['chat', 'webhook'] as const) {
      const gone = await verifyAction(w, () => amal.call('dropChannel', { params: { roomId: w.room.id, channel } }));
      expect(gone.events).toMatchObject([{ type: 'reach.channelChanged', data: { channel, set: false } }]);
      expect(await amal.try('testChannel', { ...room(), body: { channel } })).toMatchObject({ status: 404 });
    }
    expect(await amal.try('setChannel', { ...room(), body: { channel: 'chat', url: 'smb://x' } })).toMatchObject({
      status: 422,
    });
  });
});
