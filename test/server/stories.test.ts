// Stories: what they are made of, and what people make of them: a title, one out of two, two out of one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, journey } from '../support/journey.ts';
import { verifyAction } from '../support/verify-action.ts';

const RAIN = '@drovewell.example the driver left my parcel out in the rain and every book in it is ruined now';
const VASE = RAIN.replace('every book', 'a vase');
const LOCKED = '@drovewell.example your app has locked me out of my account since the update this morning, help';
/** Alike and not equal, so that each begins with words of its own. */
const alike = (text: string, n: number) => `${text} ${'!'.repeat(n)} number ${n}`;

describe('a story', () => {
  let j: Journey;
  let rain: string;
  let locked: string;
  const room = () => ({ roomId: j.w.room.id });
  const on = (storyId: string) => ({ ...room(), storyId });
  const open = async (text: string, n: number) => j.w.cardFrom(alike(text, n));

  beforeAll(async () => {
    j = await journey();
    j.w.at('09:00');
    rain = (await open(RAIN, 1)).storyId ?? '';
    j.w.at('09:05');
    locked = (await open(LOCKED, 1)).storyId ?? '';
    await open(LOCKED, 2);
    j.w.at('09:10');
    await open(RAIN, 2);
  });
  afterAll(() => j[Symbol.asyncDispose]());

  it('[ST-1] is listed with how many mentions it has, first and last; its words are those of its first post', async () => {
    const { stories } = await j.ria.call('stories', { params: room() });
    const line = stories.find((each) => each.id === rain);
    expect(line).toMatchObject({
      mentions: 2,
      firstAt: '2026-03-02T09:00:00.000Z',
      lastAt: '2026-03-02T09:10:00.000Z',
    });
    expect(line?.words).toMatch(/^@drovewell.example the driver left my parcel/);
    const page = await j.ria.call('story', { params: on(rain) });
    expect(page).toMatchObject({
      story: { id: rain, title: null, mergedInto: null, sheet: null },
      line,
      merged: [],
      sheets: [],
      sent: [],
    });
    expect(page.volume.reduce((a, b) => a + b, 0)).toBe(2);
    expect(await j.ria.try('story', { params: on('sto_none') })).toMatchObject({ status: 404 });
  });

  it('[ST-2] has the title people give it; an empty one brings the words back; saying it again logs nothing', async () => {
    const name = (title: string) =>
      verifyAction(j.w, () => j.ria.call('nameStory', { params: on(rain), body: { title } }));
    expect((await name(' Parcels in the rain ')).events.map((e) => e.type)).toEqual(['story.changed']);
    expect((await j.w.board()).stories[rain]).toMatchObject({ title: 'Parcels in the rain' });
    expect((await name('Parcels in the rain')).events).toEqual([]);
    expect((await name('')).events).toHaveLength(1);
    expect((await j.w.board()).stories[rain]?.title).toBeNull();
    const reader = await j.w.person('Reader', ['executive']);
    expect(await reader.try('nameStory', { params: on(rain), body: { title: 'Mine' } })).toMatchObject({ status: 403 });
    const program = await j.w.token('Sorter', ['responder']);
    expect(await program.try('nameStory', { params: on(rain), body: { title: 'Mine' } })).toMatchObject({
      status: 403,
    });
  });

  it('[ST-5] gives cards with their posts away to a story of their own, and what is posted alike later follows them', async () => {
    j.w.at('09:20');
    const card = await j.w.cardFrom(VASE);
    expect(card.storyId).toBe(rain);
    const split = { cardIds: [card.id], title: 'Broken vases', reason: 'Another damage, another answer.' };
    const { result, events } = await verifyAction(j.w, () =>
      j.ria.call('splitStory', { params: on(rain), body: split }),
    );
    expect(events).toMatchObject([
      { type: 'story.split', data: { from: rain, reason: split.reason, mentions: [card.replyTo.mentionId] } },
    ]);
    const made = result.story.id;
    expect((await j.card(card.id)).storyId).toBe(made);
    const later = await j.w.cardFrom(`${VASE}, mine too`);
    expect(later.storyId).toBe(made);
    expect((await j.ria.call('story', { params: on(made) })).line.mentions).toBe(2);
    expect((await j.ria.call('story', { params: on(rain) })).line.mentions).toBe(2);
    expect(await j.ria.try('splitStory', { params: on(rain), body: split })).toMatchObject({
      refused: { rule: 'ST-5' },
    });
  });

  it('[ST-3] [ST-4] takes another in with its cards and what is posted alike later; every card keeps its own clocks', async () => {
    const before = Object.values((await j.w.board()).cards).filter((card) => card.storyId === locked);
    expect(before).toHaveLength(2);
    const body = { into: rain, reason: 'One outage, two faces.' };
    const { events } = await verifyAction(j.w, () => j.ria.call('mergeStory', { params: on(locked), body }));
    expect(events).toMatchObject([
      {
        type: 'story.merged',
        data: { story: { id: rain }, from: { id: locked, mergedInto: rain }, reason: body.reason },
      },
    ]);
    for (const card of before) {
      const now = await j.card(card.id);
      expect(now).toMatchObject({ storyId: rain, version: card.version + 1 });
      expect(now.clocks).toEqual(card.clocks);
    }
    j.w.at('09:30');
    const later = await open(LOCKED, 7);
    expect(later.storyId).toBe(rain);
    const page = await j.ria.call('story', { params: on(rain) });
    expect(page).toMatchObject({ line: { mentions: 5 }, merged: [{ id: locked }] });
    expect(page.line.words).toMatch(/left my parcel/);
    expect(page.merged[0]?.title).toMatch(/locked me out/);
  });

  it('[ST-3] that was merged takes no more changes; what is merged into it goes on to what it became; none is merged into itself', async () => {
    const reason = 'They are one.';
    expect(await j.ria.try('nameStory', { params: on(locked), body: { title: 'Gone' } })).toMatchObject({
      refused: { rule: 'ST-3' },
    });
    expect(await j.ria.try('mergeStory', { params: on(rain), body: { into: locked, reason } })).toMatchObject({
      refused: { rule: 'ST-3' },
    });
    expect(await j.ria.try('mergeStory', { params: on(rain), body: { into: 'sto_none', reason } })).toMatchObject({
      status: 404,
    });
    const [other] = Object.values((await j.w.board()).stories).filter((each) => each.title === 'Broken vases');
    await verifyAction(j.w, () =>
      j.ria.call('mergeStory', { params: on(rain), body: { into: other?.id ?? '', reason } }),
    );
    expect((await j.w.board()).stories[locked]?.mergedInto).toBe(other?.id);
    expect((await open(LOCKED, 9)).storyId).toBe(other?.id);
  });
});
