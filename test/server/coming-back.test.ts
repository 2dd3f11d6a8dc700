// Cards that come back: backward moves, Watch, the person who posts again, and closed cards that open once more.
import type { CardView } from '@rejoinder/contracts/cards';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../coedit/typist.ts';
import { COMPLAINT, type Journey, planForOneReply, publishingJourney, REPLY } from '../support/journey.ts';
import { verifyAction } from '../support/verify-action.ts';

describe('a card that comes back', () => {
  let j: Awaited<ReturnType<typeof publishingJourney>>;
  beforeAll(async () => {
    j = await publishingJourney();
  });
  beforeEach(() => void j.w.at('2026-03-02T09:00:00Z'));
  afterAll(() => j[Symbol.asyncDispose]());

  const move = (card: CardView, to: string, more = {}) =>
    j.ria.try('moveCard', { params: j.params(card), body: { to, ...more } });
  /** The same author posts once more. */
  async function postsAgain(card: CardView, text = 'Still nothing. This is unacceptable.', from: Journey = j) {
    const hook = await from.w.webhook();
    await hook.deliver([{ type: 'created', mention: from.w.mention(text, { author: card.author }) }]);
    await from.w.settled();
  }
  async function closed(): Promise<CardView> {
    const card = await j.to('new');
    await move(card, 'watch', { reason: 'Only venting.', fields: { class: 'rant', department: 'logistics' } });
    j.w.at('2026-03-03T10:00:00Z');
    const answer = await move(card, 'closed');
    expect(answer).toMatchObject({ status: 200 });
    return j.card(card.id);
  }

  it('[MV-5] goes backward with a reason and never without one; words and signatures stay', async () => {
    const card = await j.to('sign-off');
    await j.sign(j.colin, card, 'comms');
    const silent = await verifyAction(j.w, () => move(card, 'drafting'));
    expect(silent.result).toMatchObject({ status: 409, refused: { rule: 'MV-5' } });
    const { events } = await verifyAction(j.w, () => move(card, 'owned', { reason: 'Ask the depot first.' }));
    expect(events).toMatchObject([{ type: 'card.moved', data: { reason: 'Ask the depot first.', from: 'sign-off' } }]);
    const back = await j.card(card.id);
    expect(back.signOffs).toMatchObject([{ voidedAt: null }]);
    expect(await j.ria.call('draftText', { params: j.params(card) })).toMatchObject({ text: REPLY });
  });

  it('[DR-3] a frozen stage takes nothing from sockets that are open, says so, and the way back opens them again', async () => {
    const card = await j.to('sign-off');
    const pen = await j.write(j.ria, card);
    expect(pen.state).toMatchObject({ state: 'editable' });
    await j.on(card, 'publish');
    await until(() => pen.state?.state === 'frozen', 'told of the frozen stage');
    expect(pen.state?.says).toContain('Publish');
    const { events } = await verifyAction(j.w, async () => {
      pen.text.insert(0, 'Too late. ');
      await until(() => j.w.app.drafts.metrics().refused > 0, 'refused');
    });
    expect(events).toEqual([]);
    expect(await j.ria.call('draftText', { params: j.params(card) })).toMatchObject({ text: REPLY });
    expect(await move(card, 'sign-off', { reason: 'x' })).toMatchObject({ status: 409, refused: { rule: 'MV-2' } });
    const params = j.params(card);
    await j.sam.call('moveCard', { params, body: { to: 'sign-off', reason: 'One more sentence.' } });
    await until(() => pen.state?.state === 'editable' && pen.allSaved(), 'open again, and what was typed is in');
    await j.w.settled();
    expect(await j.card(card.id)).toMatchObject({ signOffs: [{ voidedAt: expect.any(String) }] });
    pen.leave();
  });

  it('[CA-5] leaves Watch by itself when its author posts again, by the same rules as everyone', async () => {
    const card = await j.to('new');
    expect(await move(card, 'watch')).toMatchObject({ status: 409 });
    const fields = { class: 'troll', department: 'communications' };
    const troll = await verifyAction(j.w, () => move(card, 'watch', { fields, reason: 'A troll.' }));
    expect(troll.result).toMatchObject({ status: 409, refused: { missing: [{ rule: 'GU-24' }] } });
    const params = j.params(card);
    await j.sam.call('moveCard', { params, body: { to: 'watch', fields, reason: 'A troll.' } });
    const { events } = await verifyAction(j.w, () => postsAgain(card));
    expect(events.filter((e) => e.type === 'card.moved')).toMatchObject([
      {
        actor: { kind: 'system' },
        data: { via: 'automation', from: 'watch', to: 'new', reason: 'The author posted again.' },
      },
    ]);
    expect(await j.card(card.id)).toMatchObject({ stage: 'new', heat: 1, posts: { count: 2, unseen: 2 } });
  });

  it('[CA-6] [SG-22] [PU-5] further posts join the open card, heat it, void the signature, and block Publish until they are read', async () => {
    const card = await j.to('publish');
    const { clocks, fingerprint } = card;
    j.w.at('09:10');
    const { events } = await verifyAction(j.w, async () => {
      await postsAgain(card);
      await postsAgain(card, 'And now my neighbour says the same.');
    });
    expect(events.map((e) => e.type)).toEqual(expect.arrayContaining(['card.heated', 'draft.voided']));
    const hot = await j.card(card.id);
    expect(hot).toMatchObject({ heat: 2, posts: { count: 3, unseen: 2 } });
    expect(hot.signOffs.at(-1)?.voidReason).toContain('new message');
    expect(hot.clocks).toEqual(clocks);
    expect(hot.fingerprint).not.toBe(fingerprint);
    const params = j.params(card);
    const press = () => j.sam.try('publish', { params, body: { fingerprint: hot.fingerprint ?? '' } });
    expect((await verifyAction(j.w, press)).result).toMatchObject({ status: 409, refused: { rule: 'PU-5' } });
    await j.sign(j.colin, card, 'comms');
    expect(await press()).toMatchObject({ status: 409, refused: { rule: 'PU-5', fix: [{ do: 'read-posts' }] } });
    await verifyAction(j.w, () => j.ria.call('seePosts', { params, body: { count: 2 } }));
    expect(await press()).toMatchObject({ status: 409, refused: { rule: 'PU-5' } });
    const token = await j.w.token('Reader', ['responder']);
    expect(await token.try('seePosts', { params, body: { count: 3 } })).toMatchObject({ status: 403 });
    await verifyAction(j.w, () => j.ria.call('seePosts', { params, body: { count: 3 } }));
    await verifyAction(j.w, async () => {
      expect(await press()).toMatchObject({ status: 200 });
      await j.replied(card, 'published');
    });
  });

  it('[CA-7] [CA-9] a closed card runs no clock; within 14 days its author opens it again, hotter, in Owned, with a clock of its own', async () => {
    const card = await closed();
    expect(card.clocks).toMatchObject([{ stoppedAt: j.w.now() }]);
    j.w.at('2026-03-16T09:00:00Z');
    const { events } = await verifyAction(j.w, () => postsAgain(card));
    expect(events.map((e) => e.type)).not.toContain('card.opened');
    const again = await j.card(card.id);
    expect(again).toMatchObject({ stage: 'owned', closedAt: null, heat: 1, followUp: null });
    expect(again.clocks).toMatchObject([{ startedAt: j.w.now(), stoppedAt: null, breachedAt: null }]);
  });

  it('[CA-7] after 14 days a new card opens, and the old one cannot be opened beside it by hand', async () => {
    const card = await closed();
    j.w.at('2026-03-18T11:00:00Z');
    const { events } = await verifyAction(j.w, () => postsAgain(card, COMPLAINT));
    expect(events.map((e) => e.type)).toContain('card.opened');
    expect((await j.card(card.id)).closedAt).not.toBeNull();
    const byHand = await verifyAction(j.w, () => move(card, 'owned', { reason: 'Look again.' }));
    expect(byHand.result).toMatchObject({ status: 409, refused: { rule: 'CA-7' } });
    await postsAgain(card, 'And once more.');
    expect((await j.card(card.id)).heat).toBe(0);
  });

  it('[CA-7] the days are those of the plan: after them nobody who comes back is passed over, and within them nobody opens a second card', async () => {
    const adopt = async (version: number, within: string) => {
      const admin = await j.w.person('Ada', ['administrator']);
      const text = planForOneReply().replace(/^version: \d+$/m, `version: ${version}`);
      const plan = text.replace('reopens: { within: 14d', `reopens: { within: ${within}`);
      await admin.call('adoptPlaybook', { params: { roomId: j.w.room.id }, body: { text: plan } });
    };
    await adopt(50, '2d');
    const short = await closed();
    j.w.at('2026-03-06T10:00:00Z');
    await postsAgain(short, COMPLAINT);
    const handles = Object.values((await j.w.board()).cards).filter(
      (each) => each.author.handle === short.author.handle,
    );
    expect(handles.map((each) => each.closedAt === null).sort()).toEqual([false, true]);
    await adopt(51, '30d');
    j.w.at('2026-03-02T09:00:00Z');
    const long = await closed();
    j.w.at('2026-03-28T10:00:00Z');
    await postsAgain(long, 'Hm.');
    expect(await j.card(long.id)).toMatchObject({ closedAt: null, heat: 1 });
  });

  it('[CA-6] a post that arrives while the card is being closed opens it again; none is lost on a closed card', async () => {
    const card = await j.to('owned');
    let arriving: Promise<void> = Promise.resolve();
    await j.w.app.deps.db.transaction().execute(async (tx) => {
      const row = tx.updateTable('cards').where('room_id', '=', j.w.room.id).where('card_id', '=', card.id);
      await row.set({ posts_unseen: 0 }).execute();
      arriving = postsAgain(card);
      await until(() => waitsForLock(j), 'the card desk waits for the card');
      await row.set({ closed_at: j.w.now(), stage: 'closed' }).execute();
    });
    await arriving;
    expect(await j.card(card.id)).toMatchObject({ stage: 'owned', closedAt: null, posts: { count: 2, unseen: 1 } });
  });

  it('[GU-16] the reply to an earlier post does not let a card that came back leave Publish', async () => {
    const card = await j.to('publish');
    await j.publish(card);
    await j.replied(card, 'published');
    const params = j.params(card);
    j.w.at('09:30');
    await postsAgain(card);
    await j.sam.call('moveCard', { params, body: { to: 'drafting', reason: 'They wrote again.' } });
    const pen = await j.write(j.ria, card);
    pen.text.insert(REPLY.length - 4, 'We will also send a voucher tomorrow. ');
    await until(() => pen.allSaved(), 'saved');
    pen.leave();
    await j.on(await j.card(card.id), 'publish');
    const { result } = await verifyAction(j.w, () => j.sam.try('moveCard', { params, body: { to: 'follow-up' } }));
    expect(result).toMatchObject({ status: 409, refused: { rule: 'GU-16' } });
    await j.publish(card);
    expect(await j.replied(card, 'published')).toMatchObject({ stage: 'follow-up' });
    expect(j.post.received.filter((r) => r.headers['webhook-id'] !== undefined).at(-1)?.text).toContain('voucher');
  });
});

async function waitsForLock(j: Journey): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(
    j.w.app.deps.db,
  );
  return (rows[0]?.n ?? 0) > 0;
}
