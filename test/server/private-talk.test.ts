// What is said privately is read by those who work the private stage, and comes out of no other door: not one word of it.
import type { CardView } from '@rejoinder/contracts/cards';
import { PROTOCOL } from '@rejoinder/contracts/live';
import { sql } from 'kysely';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redactDueTalks } from '../../server/src/cards/private-talk.service.ts';
import { until } from '../coedit/typist.ts';
import { verifyAction } from '../support/verify-action.ts';
import { type Person, type World, world } from '../support/world.ts';

/** A word that stands nowhere else; whoever finds it has found the private talk. */
const SECRET = 'zanzibarquell';
const COMPLAINT = '@drovewell.example my parcel was left in the rain and is ruined';

describe('private talks', () => {
  let w: World;
  let [ria, colin, sam, lena, dora]: Person[] = [];
  let hook: Awaited<ReturnType<World['webhook']>>;
  const everybody = () => [ria, colin, sam, lena, dora].flatMap((each) => each ?? []);
  beforeAll(async () => {
    w = await world();
    ria = await w.person('Ria', ['responder']);
    colin = await w.person('Colin', ['comms']);
    sam = await w.person('Sam', ['social_lead']);
    lena = await w.person('Lena', ['legal', 'executive', 'commander']);
    dora = await w.person('Dora', ['department']);
    hook = await w.webhook();
  });
  afterAll(() => w[Symbol.asyncDispose]());
  const who = (person: Person | undefined): Person => {
    if (!person) throw new Error('nobody there');
    return person;
  };
  const on = (card: CardView) => ({ roomId: w.room.id, cardId: card.id });
  const note = (by: Pick<Person, 'try'>, card: CardView, text = `They said ${SECRET}.`) =>
    by.try('notePrivately', { params: on(card), body: { kind: 'from_them', text } });
  const read = (by: Pick<Person, 'try'>, card: CardView) => by.try('privateTalk', { params: on(card) });
  const message = (text: string, handle: string, more = {}) =>
    w.mention(text, { author: { handle, name: 'Mara', followers: 3 }, visibility: 'private', ...more });
  const cardOf = async (handle: string) =>
    Object.values((await w.board()).cards).find((card) => card.author.handle === handle && card.closedAt === null);
  const deliver = (events: Parameters<typeof hook.deliver>[0]) =>
    verifyAction(w, async () => {
      const response = await hook.deliver(events);
      expect(response.status, await response.clone().text()).toBe(200);
      return (await response.json()) as { stored: number; known: number };
    });

  it('[PV-1] is read and written by those who work the private stage, tokens in these roles too, and by nobody else', async () => {
    const card = await w.cardFrom(COMPLAINT);
    for (const each of [ria, sam, dora]) expect((await note(who(each), card)).status).toBe(200);
    for (const each of [colin, lena]) {
      expect(await note(who(each), card)).toMatchObject({ status: 409, refused: { rule: 'PV-1' } });
      expect(await read(who(each), card)).toMatchObject({
        refused: {
          rule: 'PV-1',
          clause: expect.stringContaining('Private'),
          who: ['responder', 'social_lead', 'department'],
        },
      });
      expect(await who(each).try('redactPrivately', { params: on(card), body: { entryId: null } })).toMatchObject({
        refused: { rule: 'PV-1' },
      });
    }
    const [robot, other] = [await w.token('Robot', ['responder']), await w.token('Other', ['comms'])];
    expect((await note(robot, card)).status).toBe(200);
    expect(await read(other, card)).toMatchObject({ refused: { rule: 'PV-1' } });
    const seen = await read(robot, card);
    expect('reply' in seen && seen.reply.entries.map((entry) => entry.kind)).toEqual(Array(4).fill('from_them'));
    const stranger = await w.person('Nobody', ['responder'], { member: false });
    expect(await read(stranger, card)).toMatchObject({ status: 404 });
    expect(await note(who(ria), { ...card, id: 'card_none' })).toMatchObject({ status: 404 });
    expect((await w.board()).cards[card.id]?.private).toMatchObject({ entries: 4, redacted: 0, since: null });
  });

  it('[PV-2] not one word of it comes out of any other door', async () => {
    const card = await w.cardFrom(COMPLAINT);
    const client = io(w.origin, {
      path: '/live',
      transports: ['websocket'],
      extraHeaders: { cookie: who(colin).cookie, origin: 'http://rejoinder.test' },
      forceNew: true,
    });
    const sent: unknown[] = [];
    client.onAny((...all: unknown[]) => sent.push(all));
    await client.emitWithAck('watch', { roomId: w.room.id, since: (await w.board()).seq, protocol: PROTOCOL });
    const answer = await note(who(ria), card);
    await deliver([{ type: 'created', mention: message(`I say ${SECRET} myself`, card.author.handle) }]);
    await until(() => JSON.stringify(sent).includes('card.privateHeard'), 'the room heard that something was said');
    client.emit('watch', { roomId: w.room.id, since: 0, protocol: PROTOCOL }, (all: unknown) => sent.push(all));
    await until(() => JSON.stringify(sent).includes('room.opened'), 'everything was replayed');
    client.close();
    const said = [JSON.stringify(answer), JSON.stringify(sent)];
    for (const person of everybody()) {
      const get = async (path: string) => (await fetch(w.origin + path, { headers: { cookie: person.cookie } })).text();
      const room = `/api/rooms/${w.room.id}`;
      for (const path of [
        `${room}/board`,
        `${room}/events?since=0&limit=500`,
        `${room}/cards/${card.id}`,
        `${room}/measures`,
        `${room}/sources`,
        '/metrics',
        '/api/openapi.json',
      ])
        said.push(await get(path));
    }
    for (const text of said) expect(text).not.toContain(SECRET);
    // And it is kept in one table alone: not in the log, nor in what answers a repeated request.
    const { rows: tables } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(
      w.app.deps.db,
    );
    const holding: string[] = [];
    for (const { name } of tables) {
      const { rows } =
        await sql`select 1 from ${sql.table(name)} t where to_jsonb(t)::text like ${`%${SECRET}%`} limit 1`.execute(
          w.app.deps.db,
        );
      if (rows.length > 0) holding.push(name);
    }
    expect(holding).toEqual(['private_entries']);
  });

  it('[PV-3] is on everybody’s board all the same: the card with its figures, and no words', async () => {
    const { events } = await deliver([{ type: 'created', mention: message(`Only you: ${SECRET}`, 'alone.example') }]);
    expect(events.map((each) => each.type)).toEqual(['private.received', 'card.opened']);
    const card = await cardOf('alone.example');
    expect(card).toMatchObject({
      stage: 'private',
      excerpt: '',
      posts: { count: 0, unseen: 0 },
      account: null,
      clocks: [],
      private: { entries: 1, lastAt: w.now() },
    });
    expect((await w.board()).mentions.some((mention) => mention.author.handle === 'alone.example')).toBe(false);
    // An account added later changes nothing: there is nothing in public to answer.
    await who(sam).call('addAccount', {
      params: { roomId: w.room.id },
      body: { platform: 'bluesky', name: 'second.example', url: 'http://127.0.0.1:9/x' },
    });
    await w.settled();
    expect((await cardOf('alone.example'))?.account).toBeNull();
    const params = card ? on(card) : { roomId: '', cardId: '' };
    const outcome = { fields: { private_outcome: 'Settled.' }, to: 'follow-up', reason: 'Done.' };
    expect(await who(ria).try('moveCard', { params, body: outcome })).toMatchObject({ status: 200 });
    expect(await who(ria).try('moveCard', { params, body: { to: 'closed' } })).toMatchObject({ status: 200 });
  });

  it('[PV-4] a private message joins its author’s open card once, is no post of the stream, and is changed and taken back there', async () => {
    const card = await w.cardFrom(COMPLAINT);
    const { handle } = card.author;
    const mention = message('First words', handle);
    const { result, events } = await deliver([
      { type: 'created', mention },
      { type: 'created', mention },
    ]);
    expect(result).toMatchObject({ stored: 1, known: 1 });
    expect(events.map((each) => each.type)).toEqual(['private.received', 'card.privateHeard']);
    // The same id reported again, now without its mark, stays private.
    const again = await deliver([{ type: 'created', mention: { ...mention, visibility: 'public' } }]);
    expect(again).toMatchObject({ result: { stored: 0, known: 1 }, events: [] });
    const edited = { ...mention, text: 'Other words', editedAt: w.now(), visibility: 'public' as const };
    await deliver([{ type: 'edited', mention: edited }]);
    const words = async () => {
      const answer = await read(who(ria), card);
      return 'reply' in answer ? answer.reply.entries.map((entry) => entry.text) : [];
    };
    expect(await words()).toEqual(['Other words']);
    const { platform, nativeId } = mention;
    await deliver([{ type: 'deleted', platform, nativeId, at: w.now() }]);
    expect(await words()).toEqual(['']);
    expect(await cardOf(handle)).toMatchObject({
      id: card.id,
      private: { entries: 1, redacted: 1 },
      posts: { count: 1 },
    });
    // A deletion that comes first bars it, and a post that is made private leaves the stream.
    await deliver([{ type: 'deleted', platform, nativeId: 'early', at: w.now() }]);
    expect(
      (await deliver([{ type: 'created', mention: message('Late', handle, { nativeId: 'early' }) }])).result,
    ).toMatchObject({
      stored: 0,
    });
    const open = w.mention(`${COMPLAINT} again`, { author: { handle, name: 'Mara', followers: 3 } });
    await deliver([{ type: 'created', mention: open }]);
    await deliver([{ type: 'edited', mention: { ...open, visibility: 'private', editedAt: w.now() } }]);
    const shown = (await w.board()).mentions.find((each) => each.nativeId === open.nativeId);
    expect(shown).toMatchObject({ text: '', deletedAt: expect.any(String) });
  });

  it('[PV-4] whoever then writes in public gets a public answer in time: account, post and clock from that post', async () => {
    await deliver([{ type: 'created', mention: message('Psst', 'later.example') }]);
    const before = await cardOf('later.example');
    w.at('10:30');
    const post = w.mention(COMPLAINT, { author: { handle: 'later.example', name: 'Mara', followers: 3 } });
    await deliver([{ type: 'created', mention: { ...post, postedAt: '2026-03-02T08:30:00.000Z' } }]);
    const card = await cardOf('later.example');
    expect(card).toMatchObject({
      id: before?.id,
      posts: { count: 1, firstPostedAt: '2026-03-02T08:30:00.000Z' },
      replyTo: { nativeId: post.nativeId },
      account: expect.any(String),
      clocks: [expect.objectContaining({ clock: 'public-reply', startedAt: '2026-03-02T08:30:00.000Z' })],
    });
  });

  it('[PV-6] words go by hand, one or all, and who and when stay; a closed card’s go in time, however late anybody looks', async () => {
    const card = await w.cardFrom(COMPLAINT);
    const params = on(card);
    await note(who(ria), card, 'One');
    const two = await note(who(sam), card, 'Two');
    expect(two.status).toBe(200);
    const entries = async () => (await who(ria).call('privateTalk', { params })).entries;
    const entryId = (await entries())[0]?.id ?? '';
    const by = (entry: string | null) => who(dora).call('redactPrivately', { params, body: { entryId: entry } });
    const { events } = await verifyAction(w, () => by(entryId));
    expect(events).toMatchObject([{ type: 'card.privateRedacted', data: { entries: 1, why: 'asked' } }]);
    expect((await verifyAction(w, () => by(entryId))).events).toEqual([]);
    expect(await entries()).toMatchObject([
      { text: '', redacted: { by: 'Dora', why: 'asked' } },
      { text: 'Two', redacted: null },
    ]);
    const robot = await w.token('Eraser', ['responder']);
    expect(await robot.try('redactPrivately', { params, body: { entryId: null } })).toMatchObject({ status: 403 });
    // While the card is open and never went private nothing is due; by Watch it is closed, and then it is.
    await redactDueTalks(w.app.deps);
    const fields = { class: 'complaint', department: 'logistics' };
    await who(sam).call('moveCard', { params, body: { to: 'watch', reason: 'Settled.', fields } });
    expect((await w.board()).cards[card.id]?.private?.redactAt).toBeNull();
    w.at('2026-03-04T10:00:00.000Z');
    await who(sam).call('moveCard', { params, body: { to: 'closed', reason: 'Settled.' } });
    expect((await w.board()).cards[card.id]?.private?.redactAt).toBe('2026-04-03T10:00:00.000Z');
    w.at('2026-06-01T10:00:00.000Z');
    await redactDueTalks(w.app.deps);
    await until(async () => (await w.board()).cards[card.id]?.private?.redacted === 2, 'both are gone');
    expect((await entries()).map((entry) => entry.text)).toEqual(['', '']);
  });

  it('[PV-1] what cannot be kept is told', async () => {
    const card = await w.cardFrom(COMPLAINT);
    const bad = (body: object) =>
      who(ria).try('notePrivately', { params: on(card), body: { kind: 'note', text: 'x', ...body } as never });
    for (const body of [{ text: ' \0 ' }, { saidAt: '2199-01-01T00:00:00Z' }, { kind: 'shout' }, { text: '' }])
      expect([400, 422], JSON.stringify(body)).toContain((await bad(body)).status);
  });
});
