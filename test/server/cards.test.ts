// Cards by themselves: one for each author, each post in one, and what people note on them.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cardsFromVerdicts } from '../../server/src/cards/opening.service.ts';
import { COMPLAINT, type Journey, journey } from '../support/journey.ts';
import { verifyAction } from '../support/verify-action.ts';

describe('a card', () => {
  let j: Journey;
  beforeAll(async () => {
    j = await journey();
  });
  beforeEach(() => void j.w.at('09:00'));
  afterAll(() => j[Symbol.asyncDispose]());

  it('[CA-2] a mention belongs to one card, however often its verdict is handled', async () => {
    const card = await j.to('new');
    const triaged = await j.events('mention.triaged');
    const { events } = await verifyAction(j.w, () =>
      j.w.app.deps.events.change(
        { roomId: j.w.room.id, actor: { kind: 'system', id: 'system:cards', name: 'Card desk', roles: [] } },
        (change) => cardsFromVerdicts(j.w.app.deps, change, j.w.room.id, triaged),
      ),
    );
    expect(events).toEqual([]);
    expect(await j.card(card.id)).toMatchObject({ posts: { count: 1 }, heat: 0 });
  });

  it('[CA-2] several posts of one author in one delivery open one card, which answers the newest and counts from the first', async () => {
    const author = { handle: 'mara.example', name: 'Mara', followers: 10 };
    const at = (minute: number) => ({ author, postedAt: `2026-03-02T08:${10 + minute}:00.000Z` });
    const mentions = [j.w.mention(COMPLAINT, at(5)), j.w.mention('Hello? Anybody? My parcel is ruined.', at(1))];
    const hook = await j.w.webhook();
    await verifyAction(j.w, () => hook.deliver(mentions.map((mention) => ({ type: 'created', mention }))));
    const cards = Object.values((await j.w.board()).cards).filter((card) => card.author.handle === author.handle);
    expect(cards).toMatchObject([
      {
        heat: 1,
        posts: { count: 2, unseen: 2, firstPostedAt: at(1).postedAt, lastPostedAt: at(5).postedAt },
        replyTo: { nativeId: mentions[0]?.nativeId },
        clocks: [{ startedAt: at(1).postedAt }],
      },
    ]);
  });

  it('[CA-8] posts count as read up to the one that was shown, by people, never backwards', async () => {
    const card = await j.to('new');
    const params = j.params(card);
    const see = (count: number) => verifyAction(j.w, () => j.ria.call('seePosts', { params, body: { count } }));
    expect((await see(0)).events).toEqual([]);
    expect((await see(1)).events.map((e) => e.type)).toEqual(['card.postsSeen']);
    expect((await see(0)).events).toEqual([]);
    expect((await j.card(card.id)).posts).toMatchObject({ count: 1, unseen: 0 });
  });

  it('[CA-10] a remedy is promised and delivered as two facts; saying it again does not deliver it later', async () => {
    const card = await j.to('new');
    const params = j.params(card);
    const say = (promised: string, delivered: boolean) =>
      verifyAction(j.w, () => j.ria.call('setRemedy', { params, body: { promised, delivered } }));
    await say('A new parcel', false);
    expect((await j.card(card.id)).remedy).toMatchObject({ promised: 'A new parcel', deliveredAt: null });
    const at = j.w.at('09:30');
    await say('A new parcel', true);
    j.w.at('10:00');
    await say(' A new parcel ', true);
    expect((await j.card(card.id)).remedy).toMatchObject({ promised: 'A new parcel', deliveredAt: at });
    await say('', false);
    expect((await j.card(card.id)).remedy).toBeNull();
  });

  it('[CA-11] an account added later is given to the open cards of its platform that had none', async () => {
    const { w } = j;
    const keeper = await w.person('Account keeper', ['administrator']);
    const before = await w.cardFrom(COMPLAINT, {
      platform: 'pigeon-post',
      author: { handle: 'dove', name: 'Dove', followers: 3 },
    });
    expect(before.account).toBeNull();
    const body = { platform: 'pigeon-post', name: 'loft', url: 'http://127.0.0.1:9/hook' };
    const { events } = await verifyAction(w, () => keeper.call('addAccount', { params: { roomId: w.room.id }, body }));
    expect(events.map((event) => event.type)).toContain('card.accountFound');
    const account = (await w.board()).room.accounts.find((each) => each.platform === 'pigeon-post');
    expect((await j.card(before.id)).account).toBe(account?.id);
  });
});
