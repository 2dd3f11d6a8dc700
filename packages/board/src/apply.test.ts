import type { NewEvent, RoomEvent } from '@rejoinder/contracts/events';
import { STREAM_LENGTH } from '@rejoinder/contracts/rooms';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, applyAll } from './apply.ts';
import { at, sampleCard, sampleMention, sampleRoom, stored } from './sample.ts';
import { emptyBoard } from './state.ts';

const start = emptyBoard(sampleRoom);
const received = (...ids: string[]): NewEvent => ({
  type: 'mention.received',
  data: { sourceId: 'src_1', created: ids.map((id) => sampleMention(id)), edited: [], deleted: [] },
});

/** Any event of the kinds that change a board, over few ids so that they meet. */
const anyEvent: fc.Arbitrary<NewEvent> = fc.oneof(
  fc.integer({ min: 0, max: 400 }).map((n) => received(...Array.from({ length: n % 7 }, (_, i) => `m${n + i}`))),
  fc.integer({ min: 0, max: 400 }).map(
    (n): NewEvent => ({
      type: 'mention.received',
      data: { sourceId: 's', created: [], edited: [sampleMention(`m${n}`, { text: `edit ${n}` })], deleted: [] },
    }),
  ),
  fc.integer({ min: 0, max: 400 }).map(
    (n): NewEvent => ({
      type: 'card.opened',
      data: { cards: [sampleCard(`c${n % 5}`, { heat: n })], mentions: [{ id: `m${n}`, cardId: `c${n % 5}` }] },
    }),
  ),
  fc
    .integer({ min: 0, max: 4 })
    .map((n): NewEvent => ({ type: 'card.taken', data: { card: sampleCard(`c${n}`, { version: n + 2 }) } })),
  fc.integer({ min: 0, max: 3 }).map((n): NewEvent => ({ type: 'person.left', data: { userId: `u${n}` } })),
  fc
    .integer({ min: 0, max: 3 })
    .map(
      (n): NewEvent => ({ type: 'person.joined', data: { person: { userId: `u${n}`, name: 'A', roles: [], hue: 1 } } }),
    ),
);
const anyLog = fc.array(anyEvent, { maxLength: 60 }).map((e) => stored(e));

describe('fold', () => {
  it('[BD-1] gives the same board in one batch, one by one, or in any cut', () => {
    fc.assert(
      fc.property(anyLog, fc.nat(60), (log, cut) => {
        const whole = applyAll(start, log).state;
        expect(log.reduce(apply, start)).toEqual(whole);
        expect(applyAll(applyAll(start, log.slice(0, cut)).state, log.slice(cut)).state).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });
  it('[BD-1] changes nothing it was given and shares what it did not touch', () => {
    const frozen = deepFreeze(
      structuredClone(applyAll(start, stored([received('a'), opened('c1'), opened('c2')])).state),
    );
    const next = applyAll(
      frozen,
      stored([received('b'), { type: 'card.taken', data: { card: sampleCard('c1', { version: 2 }) } }], 4),
    ).state;
    expect(next.cards.c1?.version).toBe(2);
    expect(next.cards.c2).toBe(frozen.cards.c2);
    expect(next.people).toBe(frozen.people);
    expect(applyAll(frozen, stored([received('b')], 4)).state.cards).toBe(frozen.cards);
  });
  it('[BD-2] passes over events that were applied before', () => {
    fc.assert(
      fc.property(anyLog, fc.nat(60), (log, from) => {
        const once = applyAll(start, log).state;
        const again = applyAll(once, log.slice(from));
        expect(again).toEqual({ state: once, gap: false });
        expect(again.state).toBe(once);
      }),
      { numRuns: 50 },
    );
  });
  it('[BD-3] stops at a gap and says so', () => {
    const [one, two, three] = stored([received('a'), received('b'), received('c')]) as [
      RoomEvent,
      RoomEvent,
      RoomEvent,
    ];
    const folded = applyAll(start, [one, three]);
    expect([folded.gap, folded.state.seq, folded.state.mentionCount]).toEqual([true, 1, 1]);
    expect(applyAll(folded.state, [two, three]).state.seq).toBe(3);
    expect(() => apply(start, two)).toThrow('BD-3');
  });
  it('[BD-4] advances the seq over a type it does not know', () => {
    const later = {
      ...stored([received('a')])[0],
      type: 'card.sung',
      data: { card: sampleCard('c9') },
    } as unknown as RoomEvent;
    expect(apply(start, later)).toEqual({ ...start, seq: 1 });
  });
});

describe('stream', () => {
  it('[BD-5] keeps the newest mentions in order of arrival and counts all', () => {
    const ids = Array.from({ length: 3000 }, (_, i) => `m${String(i).padStart(4, '0')}`);
    const board = applyAll(start, stored(ids.map((id) => received(id)))).state;
    expect(board.mentions.map((m) => m.id)).toEqual(ids.slice(-STREAM_LENGTH));
    expect(board.mentionCount).toBe(3000);
  });
  it('[BD-6] replaces edited and deleted mentions in their place', () => {
    const gone = sampleMention('a', { text: '', deletedAt: at(5) });
    const edited = sampleMention('b', { text: 'Found it' });
    const board = applyAll(
      start,
      stored([
        received('a', 'b'),
        {
          type: 'mention.received',
          data: { sourceId: 's', created: [], edited: [edited, sampleMention('far')], deleted: [gone] },
        },
      ]),
    ).state;
    expect(board.mentions).toEqual([gone, edited]);
    expect(board.mentionCount).toBe(2);
  });
  it('[BD-5] reads by instant and id when two sources were logged the other way round', () => {
    const board = applyAll(start, stored([received('b'), received('a'), received('c')])).state;
    expect(board.mentions.map((m) => m.id)).toEqual(['a', 'b', 'c']);
  });
  it('[BD-6] keeps its verdict and its card when news of an edit was read before they were', () => {
    const verdict = { mentionId: 'a', severity: 40, reasons: [], storyId: 'story_1', verdict: 'open' as const };
    const edited = sampleMention('a', { text: 'Edited', severity: null, storyId: null, cardId: null });
    const board = applyAll(
      start,
      stored([
        received('a'),
        { type: 'mention.triaged', data: { verdicts: [{ ...verdict, suggestedClass: null }] } },
        { type: 'mention.received', data: { sourceId: 's', created: [], edited: [edited], deleted: [] } },
      ]),
    ).state;
    expect(board.mentions).toMatchObject([{ text: 'Edited', severity: 40, storyId: 'story_1' }]);
  });
  it('[BD-6] takes over severity, reasons, story and card', () => {
    const board = applyAll(
      start,
      stored([
        received('a'),
        {
          type: 'mention.triaged',
          data: {
            verdicts: [
              {
                mentionId: 'a',
                severity: 70,
                reasons: [{ says: 'complaint: late', points: 20 }],
                storyId: 'st_1',
                verdict: 'open',
                suggestedClass: null,
              },
            ],
          },
        },
        opened('c1', 'a'),
      ]),
    ).state;
    expect(board.mentions[0]).toMatchObject({ severity: 70, storyId: 'st_1', cardId: 'c1', reasons: [{ points: 20 }] });
  });
});

it('[BD-7] 200 mention events on a board of 1,000 cards copy no card', () => {
  const full = applyAll(
    start,
    stored([
      {
        type: 'card.opened',
        data: { cards: Array.from({ length: 1000 }, (_, i) => sampleCard(`c${i}`)), mentions: [] },
      },
    ]),
  ).state;
  const batch = stored(
    Array.from({ length: 200 }, (_, i) => received(`m${i}`)),
    2,
  );
  const next = applyAll(full, batch).state;
  expect(next.cards).toBe(full.cards);
  expect(next.mentionCount).toBe(full.mentionCount + 200);
});

function opened(card: string, mention?: string): NewEvent {
  return {
    type: 'card.opened',
    data: { cards: [sampleCard(card)], mentions: mention ? [{ id: mention, cardId: card }] : [] },
  };
}

function deepFreeze<T>(value: T): T {
  for (const inner of Object.values(value as object)) if (inner && typeof inner === 'object') deepFreeze(inner);
  return Object.freeze(value);
}
