// Two to six people write one reply, cut off, asleep, demoted and back, while it is signed and published in the middle of it.

import type { CardView } from '@rejoinder/contracts/cards';
import { draftPath } from '@rejoinder/contracts/drafts';
import { type Random, randomFrom } from '@rejoinder/scenario/random';
import { normalise } from '@rejoinder/signoff/fingerprint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { until } from '../coedit/typist.ts';
import { type Journey, publishingJourney, REPLY } from '../support/journey.ts';
import type { Receiver } from '../support/receiver.ts';
import type { Person } from '../support/world.ts';
import { type HeldEditor, heldEditor } from './held-editor.ts';
import { seed, size } from './sizes.ts';

const GAMES = size('games', { short: 8, long: 300 });
const STEPS = 30;
const WORDS = [' truly', ' and', ' soon', ',', ' again', ' Zoë', ' 🙏', ' really'];

type Seat = { person: Person; editor: HeldEditor; demoted: boolean };

describe('people who write one reply together', () => {
  let j: Journey & { post: Receiver; secret: string };
  let keeper: Person;
  const people: Person[] = [];
  beforeAll(async () => {
    j = await publishingJourney();
    keeper = await j.w.person('Keeper', ['administrator']);
    for (let i = 0; i < 6; i++) people.push(await j.w.person(`Editor ${i}`, ['responder']));
  }, 60_000);
  afterAll(() => j[Symbol.asyncDispose]());

  it(
    `[CO-1] [F11] [PU-15] end with one text in ${GAMES} games, seed ${seed}, and what is published is what was signed`,
    async () => {
      let published = 0;
      let voided = 0;
      for (let game = 0; game < GAMES; game++) {
        const random = randomFrom(`editors ${seed} ${game}`);
        const where = `seed ${seed}, game ${game}`;
        const card = await j.to('drafting');
        const { draft } = (await j.ria.call('startDraft', { params: j.params(card), body: {} })).card;
        const url = `${j.w.origin.replace('http', 'ws')}${draftPath(j.w.room.id, draft?.id ?? '', 1)}`;
        const seats: Seat[] = people.slice(0, random.int(2, 6)).map((person) => ({
          person,
          editor: heldEditor(url, { cookie: person.cookie, origin: j.w.app.deps.config.publicOrigin }),
          demoted: false,
        }));
        for (const { editor } of seats) await editor.connect();
        for (let step = 0; step < STEPS; step++) await play(random, seats);
        const done = await submit(random, card, seats, where);
        voided += done.voided;
        if (done.text !== null) published += 1;
        for (let step = 0; step < STEPS / 3; step++) await play(random, seats);
        if (done.text === null) await allOneText(card, seats, where);
        else await noneChangedIt(card, seats, done.text, where);
        for (const { editor } of seats) editor.cut();
      }
      console.info(
        `editors, seed ${seed}: ${GAMES} games, ${published} replies published as signed, ${voided} signatures voided by edits that came later`,
      );
      expect(published).toBeGreaterThan(GAMES / 4);
    },
    60_000 + GAMES * 3_000,
  );

  /** One step of one of them: mostly typing. */
  async function play(random: Random, seats: Seat[]): Promise<void> {
    const seat = random.pick(seats);
    const { editor } = seat;
    switch (
      random.weighted([
        ['type', 55],
        ['let through', 15],
        ['sleep', 10],
        ['cut', 8],
        ['back', 8],
        ['roles', 4],
      ] as const)
    ) {
      case 'type':
        if (editor.text.length > 30 && random.chance(0.3))
          editor.text.delete(random.int(0, editor.text.length - 3), random.int(1, 3));
        else editor.text.insert(random.int(0, editor.text.length), random.pick(WORDS));
        return;
      case 'let through':
        return editor.letThrough(random.int(1, 4));
      case 'sleep':
        editor.asleep = !editor.asleep;
        return editor.asleep ? undefined : editor.letThrough(Number.POSITIVE_INFINITY);
      case 'cut':
        return editor.cut();
      case 'back':
        return editor.connect();
      case 'roles':
        return demote(seat, !seat.demoted);
    }
  }

  async function demote(seat: Seat, demoted: boolean): Promise<void> {
    const roles = demoted ? ['executive'] : ['responder'];
    await keeper.call('members', { params: { roomId: j.w.room.id }, body: { email: seat.person.email, roles } });
    seat.demoted = demoted;
  }

  /**
   * One writes fit words over all the others'; the card is taken to Sign-off, signed, moved and pressed while the others go on.
   * Answers the text that left, null when it never came to that.
   */
  async function submit(random: Random, card: CardView, seats: Seat[], where: string) {
    const writer = heldEditor(
      `${j.w.origin.replace('http', 'ws')}${draftPath(j.w.room.id, card.id && ((await j.card(card.id)).draft?.id ?? ''), 1)}`,
      { cookie: j.ria.cookie, origin: j.w.app.deps.config.publicOrigin },
    );
    await writer.connect();
    const params = j.params(card);
    let text: string | null = null;
    for (let attempt = 0; attempt < 4 && text === null; attempt++) {
      await until(() => writer.allSaved(), `${where}: the writer is in step`);
      if (['drafting', 'sign-off'].includes((await j.card(card.id)).stage)) {
        writer.doc.transact(() => {
          writer.text.delete(0, writer.text.length);
          writer.text.insert(0, `${REPLY} ${random.pick(WORDS).trim()}`);
        });
        await until(() => writer.allSaved(), `${where}: written`);
      }
      const moved = async (to: string): Promise<boolean> => {
        const seenVersion = (await j.card(card.id)).version;
        return (await j.ria.try('moveCard', { params, body: { to, seenVersion, reason: 'Go on.' } })).status === 200;
      };
      if ((await j.card(card.id)).stage === 'drafting' && !(await moved('sign-off'))) continue;
      await j.ria.call('seePosts', { params, body: { count: (await j.card(card.id)).posts.count } });
      const { fingerprint } = await j.colin.call('draftText', { params });
      await j.colin.try('sign', { params, body: { fingerprint, role: 'comms' } });
      for (let i = random.pick([0, 0, 1, 3]); i > 0; i--) await play(random, seats);
      if (!(await moved('publish'))) continue;
      for (let i = random.int(0, 2); i > 0; i--) await play(random, seats);
      // Now and then it is taken back instead, and the words go on.
      if (random.chance(0.2)) {
        await j.sam.call('moveCard', { params, body: { to: 'drafting', reason: 'One thing is wrong.' } });
        break;
      }
      const pressed = await j.sam.try('publish', { params, body: { fingerprint } });
      if (pressed.status !== 200) continue;
      const after = await j.replied(card, 'published');
      text = j.post.received.find(({ headers }) => headers['webhook-id'] === after.reply?.jobId)?.text ?? '';
      const signed = await j.w.app.deps.db
        .selectFrom('sign_offs')
        .selectAll()
        .where('card_id', '=', card.id)
        .where('voided_at', 'is', null)
        .execute();
      expect(
        signed.map((sign) => [sign.fingerprint, sign.text]),
        where,
      ).toEqual([[fingerprint, text]]);
    }
    const stage = (await j.card(card.id)).stage;
    if (text === null && stage === 'publish')
      await j.sam.call('moveCard', { params, body: { to: 'drafting', reason: 'Not now.' } });
    writer.cut();
    const voided = await j.w.app.deps.db
      .selectFrom('sign_offs')
      .select('sign_off_id')
      .where('card_id', '=', card.id)
      .where('voided_at', 'is not', null)
      .execute();
    return { text, voided: voided.length };
  }

  const stored = async (card: CardView): Promise<string> => {
    const { text } = await j.w.app.deps.db
      .selectFrom('drafts')
      .select('text')
      .where('card_id', '=', card.id)
      .executeTakeFirstOrThrow();
    return text;
  };

  /** Everybody back, awake and allowed: one text, and it is the one in the database. */
  async function allOneText(card: CardView, seats: Seat[], where: string): Promise<void> {
    for (const seat of seats) {
      if (seat.demoted) await demote(seat, false);
      seat.editor.asleep = false;
      seat.editor.letThrough(Number.POSITIVE_INFINITY);
    }
    const one = async (): Promise<boolean> => {
      for (const { editor } of seats) await editor.connect();
      const text = await stored(card);
      return seats.every(({ editor }) => editor.allSaved() && editor.text.toString() === text);
    };
    await until(one, `${where}: one text`, 15_000);
  }

  /** What was not saved before the text stood still is on its page alone; the server's text is the published one, and everybody has it. */
  async function noneChangedIt(card: CardView, seats: Seat[], text: string, where: string): Promise<void> {
    for (const seat of seats) {
      if (seat.demoted) await demote(seat, false);
      seat.editor.asleep = false;
      seat.editor.letThrough(Number.POSITIVE_INFINITY);
    }
    const fresh = new Y.Doc();
    const { rows } = {
      rows: await j.w.app.deps.db
        .selectFrom('draft_updates')
        .select('bytes')
        .where('draft_id', '=', (await j.card(card.id)).draft?.id ?? '')
        .orderBy('n')
        .execute(),
    };
    for (const { bytes } of rows) Y.applyUpdate(fresh, new Uint8Array(bytes));
    expect([normalise(await stored(card)), normalise(fresh.getText('text').toString())], where).toEqual([text, text]);
    const all = Y.encodeStateAsUpdate(fresh);
    const have = async (): Promise<boolean> => {
      for (const { editor } of seats) await editor.connect();
      return seats.every(
        ({ editor }) => Y.encodeStateAsUpdate(fresh, Y.encodeStateVector(editor.doc)).byteLength <= emptyWith(all),
      );
    };
    await until(have, `${where}: everybody has what was published`, 15_000);
  }
});

/** What is left of an update that brings nothing new: no structs, and the deletions, which are always told whole. */
const emptyWith = (all: Uint8Array): number => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, all);
  return Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc)).byteLength;
};
