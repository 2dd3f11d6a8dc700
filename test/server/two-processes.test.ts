// Two whole servers on one database: who writes one draft through both ends with one text, and "saved" is true in each.

import type { CardView } from '@rejoinder/contracts/cards';
import { PROBLEMS } from '@rejoinder/contracts/problems';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../server/src/app.ts';
import { type DraftFanOut, fanOutHere } from '../../server/src/coedit/draft-fan-out.ts';
import { type Typist, typist, until } from '../coedit/typist.ts';
import { type Journey, journey } from '../support/journey.ts';
import type { Person } from '../support/world.ts';

describe('two servers on one database', () => {
  let j: Journey;
  let second: App;
  let secondAddress: string;
  /** What passes between the two; a test may have it lose everything. */
  let deaf = false;
  const member = fanOutHere();
  const telling = (): DraftFanOut => {
    const own = member();
    return {
      grew: (key, n) => void (deaf || own.grew(key, n)),
      listen: (heard) => own.listen(heard),
    };
  };
  beforeAll(async () => {
    j = await journey({ fanOut: telling() });
    const { config } = j.w.app.deps;
    const now = j.w.now;
    second = await createApp({ config, databaseUrl: j.w.databaseUrl, pages: '/nonexistent', now, fanOut: telling() });
    await second.fastify.listen({ port: 0, host: '127.0.0.1' });
    const address = second.fastify.server.address();
    secondAddress = typeof address === 'object' && address ? `ws://127.0.0.1:${address.port}/yjs` : '';
  });
  beforeEach(() => {
    deaf = false;
  });
  afterAll(async () => {
    await second.close();
    await j[Symbol.asyncDispose]();
  });

  const there = async (person: Person, card: CardView): Promise<Typist> => {
    const { draft } = (await j.card(card.id)) ?? {};
    const headers = { cookie: person.cookie, origin: j.w.app.deps.config.publicOrigin };
    const t = typist(secondAddress, `${j.w.room.id}/${draft?.id}.${draft?.generation}`, { headers });
    await until(() => t.provider.synced && t.state !== null, 'the draft is open on the second server');
    return t;
  };
  const inDatabase = async (card: CardView) => (await j.ria.call('draftText', { params: j.params(card) })).text;
  const dora = async () => j.w.person('Dora', ['responder']);

  it('[CO-23] editors on both converge while both type, nobody is cut, and the database holds that text', async () => {
    const card = await j.to('drafting');
    const here = await j.write(j.ria, card);
    const away = await there(await dora(), card);
    for (let i = 0; i < 40; i++) {
      here.text.insert(here.text.length, `a${i} `);
      away.text.insert(away.text.length, `b${i} `);
      if (i % 4 === 0) await new Promise((next) => setImmediate(next));
    }
    await until(() => here.allSaved() && away.allSaved(), 'both are told that all is saved');
    const words = (text: string) => text.split(' ').filter(Boolean).sort();
    const all = words(Array.from({ length: 40 }, (_, i) => `a${i} b${i} `).join(''));
    // What each was told is saved is in the database at that moment, whether or not it has come across.
    expect(words(await inDatabase(card))).toEqual(all);
    await until(() => here.text.toString() === away.text.toString(), 'both show the same');
    expect(here.text.toString()).toBe(await inDatabase(card));
    expect([here.closes, away.closes]).toEqual([[], []]);
    away.leave();
    here.leave();
  });

  it('[CO-23] who is told nothing finds the rows of others at the next write; no word is lost and the stored text is whole', async () => {
    deaf = true;
    const card = await j.to('drafting');
    const here = await j.write(j.ria, card);
    const away = await there(await dora(), card);
    here.text.insert(0, 'From here. ');
    await until(() => here.allSaved(), 'the first is saved');
    expect(away.text.toString()).toBe('');
    away.text.insert(0, 'From there. ');
    await until(() => away.allSaved(), 'the second is saved');
    await until(() => away.text.toString().includes('From here.'), 'the second has read what it missed');
    expect(await inDatabase(card)).toBe(away.text.toString());
    here.text.insert(here.text.length, 'And on.');
    await until(() => here.allSaved() && here.text.toString().includes('From there.'), 'the first has read it too');
    expect(await inDatabase(card)).toBe(here.text.toString());
    expect([here.closes, away.closes]).toEqual([[], []]);
    away.leave();
    here.leave();
  });

  it('[CO-23] a stage that froze through one server takes nothing through the other', async () => {
    const card = await j.to('sign-off');
    const away = await there(await dora(), card);
    const before = await inDatabase(card);
    await j.on(await j.card(card.id), 'publish');
    away.text.insert(0, 'Too late. ');
    await until(
      () => away.closes.length > 0 || away.state?.state !== 'editable',
      'it hears that the text stands still',
    );
    expect(await inDatabase(card)).toBe(before);
    away.leave();
  });

  it('[CO-24] what the first server does to a card and a person, the second tells those who have the draft open', async () => {
    const card = await j.to('sign-off');
    const person = await dora();
    const away = await there(person, card);
    expect(away.state?.state).toBe('editable');
    const still = await j.on(await j.card(card.id), 'publish');
    await until(() => away.state?.state === 'frozen', 'nobody typed, and it stands still');
    const back = { to: 'drafting', seenVersion: still.version, reason: 'Once more.' };
    await j.sam.call('moveCard', { params: j.params(card), body: back });
    await until(() => away.state?.state === 'editable', 'it may be written again');
    await j.ria.call('startDraft', { params: j.params(card), body: { anew: true } });
    await until(() => away.closes.length > 0, 'the earlier start is closed');
    expect(away.closes[0]).toBe(PROBLEMS['stale-generation'].close);
    away.leave();
    const reader = await there(person, card);
    const admin = await j.w.person('Ada', ['administrator'], { admin: true });
    const demoted = { email: person.email, roles: ['legal'] };
    await admin.call('members', { params: { roomId: j.w.room.id }, body: demoted });
    await until(() => reader.closes.length > 0, 'who lost the role is cut off');
    reader.leave();
    const signing = await j.w.person('Dan', ['responder']);
    const open = await there(signing, card);
    await admin.call('endSessions', { params: { userId: signing.userId } });
    await until(() => open.closes.length > 0, 'who was signed out is cut off');
    expect(open.closes[0]).toBe(PROBLEMS['signed-out'].close);
    open.leave();
  });
});
