// The draft loop in the whole server: real sessions, real store, real cards and signatures.
import type { CardView } from '@rejoinder/contracts/cards';
import { draftPath } from '@rejoinder/contracts/drafts';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { verifyAction } from '../support/verify-action.ts';
import { type Person, type World, world } from '../support/world.ts';
import { type Typist, typist, until } from './typist.ts';

const REPLY = 'Ana, I am sorry that your parcel stood in the rain. A driver brings a new one today before six. Nadia';

const params = (w: World, card: CardView) => ({ roomId: w.room.id, cardId: card.id });

/** A card of a wet parcel, owned and in the stage where replies are written, with its draft started. */
async function drafting(w: World, nadia: Person): Promise<CardView> {
  const card = await w.cardFrom('@drovewell.example my parcel was left in the rain and is ruined, I want a refund');
  const fields = { class: 'complaint', department: 'logistics' };
  await nadia.call('moveCard', { params: params(w, card), body: { to: 'owned', fields } });
  await nadia.call('takeCard', { params: params(w, card), body: {} });
  await nadia.call('moveCard', { params: params(w, card), body: { to: 'drafting' } });
  return (await nadia.call('startDraft', { params: params(w, card), body: {} })).card;
}

function open(w: World, card: CardView, person: Person, doc = new Y.Doc(), reconnect = true): Typist {
  const { id = '', generation = 0 } = card.draft ?? {};
  const headers = { cookie: person.cookie, origin: 'http://rejoinder.test' };
  return typist(
    `${w.origin.replace('http', 'ws')}/yjs`,
    `${w.room.id}/${id}.${generation}`,
    { headers },
    doc,
    reconnect,
  );
}

function knock(w: World, card: CardView, generation: number, headers: Record<string, string>): Promise<number> {
  const path = draftPath(w.room.id, card.draft?.id ?? '', generation);
  const ws = new WebSocket(`${w.origin.replace('http', 'ws')}${path}`, { headers });
  return new Promise((tell) => {
    ws.on('unexpected-response', (_request, response) => tell(response.statusCode ?? 0));
    ws.on('open', () => {
      ws.terminate();
      tell(101);
    });
    ws.on('error', () => undefined);
  });
}

describe('a draft in the whole server', () => {
  it('[CO-1] two people write one reply; the board, the signer and the log agree with it', async () => {
    await using w = await world();
    const nadia = await w.person('Nadia', ['responder', 'social_lead']);
    const tom = await w.person('Tom', ['comms', 'legal']);
    const card = await drafting(w, nadia);
    const [a, b] = [open(w, card, nadia), open(w, card, tom)];
    await until(() => a.allSaved() && b.allSaved(), 'both in step');
    await verifyAction(w, async () => {
      a.text.insert(0, REPLY);
      await until(() => b.text.toString() === REPLY, 'seen by the other');
      b.text.insert(0, 'Hello ');
      await until(() => a.text.length === REPLY.length + 6 && a.allSaved() && b.allSaved(), 'both saved');
    });
    const words = await tom.call('draftText', { params: params(w, card) });
    expect(words.text).toBe(`Hello ${REPLY}`);
    expect((await w.board()).cards[card.id]?.draft).toMatchObject({
      empty: false,
      authors: [nadia.userId, tom.userId],
    });
    a.leave();
    b.leave();
  });

  it('[CO-5] only members with a session of this origin come in', async () => {
    await using w = await world();
    const nadia = await w.person('Nadia', ['responder', 'social_lead']);
    const stranger = await w.person('Stranger', [], { member: false });
    const card = await drafting(w, nadia);
    const own = { origin: 'http://rejoinder.test' };
    expect(await knock(w, card, 1, own)).toBe(401);
    expect(await knock(w, card, 1, { cookie: nadia.cookie, origin: 'http://evil.example' })).toBe(403);
    expect(await knock(w, card, 1, { ...own, cookie: stranger.cookie })).toBe(404);
    expect(await knock(w, card, 1, { ...own, cookie: nadia.cookie })).toBe(101);
  });

  it('[CO-6] starting anew closes the old text for good; nothing of it comes into the new one', async () => {
    await using w = await world();
    const nadia = await w.person('Nadia', ['responder', 'social_lead']);
    const card = await drafting(w, nadia);
    const old = open(w, card, nadia, new Y.Doc(), false);
    await until(() => old.allSaved(), 'in step');
    old.text.insert(0, 'The first try.');
    await until(() => old.allSaved(), 'saved');
    const next = (await nadia.call('startDraft', { params: params(w, card), body: { anew: true } })).card;
    await until(() => old.closes.includes(4409), 'closed as started anew');
    expect(await knock(w, card, 1, { cookie: nadia.cookie, origin: 'http://rejoinder.test' })).toBe(409);
    const fresh = open(w, next, nadia);
    await until(() => fresh.allSaved(), 'the new one in step');
    expect(fresh.text.toString()).toBe('');
    fresh.leave();
    old.leave();
  });

  it('[CO-7] the text freezes and thaws with the stage of its card, for those who have it open', async () => {
    await using w = await world();
    const nadia = await w.person('Nadia', ['responder', 'social_lead']);
    const viewer = await w.person('Vera', ['executive']);
    const card = await drafting(w, nadia);
    const [a, v] = [open(w, card, nadia), open(w, card, viewer)];
    await until(() => a.allSaved() && v.provider.synced, 'in step');
    expect(v.state?.state).toBe('read-only');
    await nadia.call('moveCard', { params: params(w, card), body: { to: 'owned', reason: 'Ask the depot first.' } });
    await until(() => a.state?.state === 'frozen', 'frozen');
    a.text.insert(0, 'typed while frozen');
    await nadia.call('moveCard', { params: params(w, card), body: { to: 'drafting' } });
    await until(() => a.allSaved() && v.text.toString() === 'typed while frozen', 'thawed and saved');
    a.leave();
    v.leave();
  });

  it('[SG-4] a comma typed offline voids the signature the moment it arrives, and Publish is refused', async () => {
    await using w = await world();
    const nadia = await w.person('Nadia', ['responder', 'social_lead', 'publisher']);
    const tom = await w.person('Tom', ['comms']);
    const card = await drafting(w, nadia);
    const train = new Y.Doc();
    const [a, b] = [open(w, card, nadia), open(w, card, tom, train)];
    await until(() => a.allSaved() && b.allSaved(), 'in step');
    a.text.insert(0, REPLY);
    await until(() => a.allSaved() && b.text.toString() === REPLY, 'written');
    b.provider.disconnect();
    train.getText('text').insert(3, ',');
    await nadia.call('moveCard', { params: params(w, card), body: { to: 'sign-off' } });
    const { fingerprint } = await tom.call('draftText', { params: params(w, card) });
    const signed = await tom.call('sign', { params: params(w, card), body: { fingerprint, role: 'comms' } });
    expect(signed.card.signOffs).toMatchObject([{ role: 'comms', voidedAt: null }]);
    await verifyAction(w, async () => {
      b.provider.connect();
      await until(() => b.allSaved(), 'the comma is stored');
    });
    const after = (await w.board()).cards[card.id];
    expect(after?.signOffs).toMatchObject([{ voidReason: expect.any(String) }]);
    expect(after?.fingerprint).not.toBe(fingerprint);
    const moved = await nadia.try('moveCard', { params: params(w, card), body: { to: 'publish' } });
    expect(moved).toMatchObject({ status: 409 });
    const again = await tom.call('draftText', { params: params(w, card) });
    expect(again.mine?.text).toBe(REPLY);
    expect(again.text).toBe(`${REPLY.slice(0, 3)},${REPLY.slice(3)}`);
    a.leave();
    b.leave();
  });

  it('[CO-12] who loses the right to write is closed at once and comes back as a reader', async () => {
    await using w = await world();
    const nadia = await w.person('Nadia', ['responder', 'social_lead']);
    const keeper = await w.person('Keeper', ['administrator']);
    const card = await drafting(w, nadia);
    const a = open(w, card, nadia);
    await until(() => a.allSaved(), 'in step');
    await keeper.call('members', { params: { roomId: w.room.id }, body: { email: nadia.email, roles: ['executive'] } });
    await until(() => a.closes.length > 0 && a.state?.state === 'read-only', 'back as a reader', 5_000);
    a.text.insert(0, 'not any more');
    await until(() => w.app.drafts.metrics().refused > 0, 'refused');
    expect((await nadia.call('draftText', { params: params(w, card) })).text).toBe('');
    a.leave();
  });
});
