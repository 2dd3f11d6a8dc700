import type { CardView } from '@rejoinder/contracts/cards';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inBurningOrder } from './burning.ts';
import { at, sampleCard, sampleClock, sampleMention, sampleRoom } from './sample.ts';
import { emptyBoard } from './state.ts';
import { columns, countsByStage, moveFacts, oldestUnanswered, streamRows } from './views.ts';

const due = (id: string, minutes: number, over: Partial<CardView> = {}) =>
  sampleCard(id, { clocks: [sampleClock({ dueAt: at(minutes) })], ...over });
const byId = (...cards: CardView[]) => Object.fromEntries(cards.map((c) => [c.id, c]));
const ids = (cards: readonly CardView[]) => cards.map((c) => c.id);

describe('columns', () => {
  it('[BD-8] puts the longest overdue first, then the nearest due, then the unclocked by severity, then the newest closed', () => {
    const stopped = [sampleClock({ stoppedAt: at(1) })];
    const cards = [
      sampleCard('closed-old', { closedAt: at(10) }),
      sampleCard('mild', { clocks: stopped, severity: 20 }),
      sampleCard('grave', { clocks: [], severity: 80 }),
      due('soon', 210),
      due('later', 300),
      due('overdue-long', 100),
      due('overdue', 150),
      sampleCard('closed-new', { closedAt: at(20) }),
    ];
    expect(ids(inBurningOrder(cards, at(200)))).toEqual([
      'overdue-long',
      'overdue',
      'soon',
      'later',
      'grave',
      'mild',
      'closed-new',
      'closed-old',
    ]);
  });
  it('[BD-8] brings a card forward with every further post of its author, never past a breached one', () => {
    const cards = [due('calm', 180), due('hot', 195, { heat: 2 }), due('late', 90)];
    expect(ids(inBurningOrder(cards, at(95)))).toEqual(['late', 'hot', 'calm']);
  });
  it('[BD-8] is one order, whatever order the cards come in', () => {
    const card = fc.record({
      due: fc.integer({ min: 0, max: 3 }),
      severity: fc.integer({ min: 0, max: 2 }),
      heat: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.array(card, { maxLength: 12 }), (list) => {
        const cards = list.map((c, i) => due(`c${i}`, c.due * 60, { severity: c.severity, heat: c.heat }));
        expect(ids(inBurningOrder(cards.toReversed(), at(70)))).toEqual(ids(inBurningOrder(cards, at(70))));
      }),
    );
  });
  it('[BD-9] shows every card, also one in a stage the plan no longer has', () => {
    const cards = byId(sampleCard('a'), sampleCard('b', { stage: 'gone' }));
    expect(columns(cards, ['new', 'owned'], at(0)).map((c) => [c.stage, ids(c.cards)])).toEqual([
      ['new', ['a']],
      ['owned', []],
      ['gone', ['b']],
    ]);
  });
});

describe('counts and facts', () => {
  const mine = { userId: 'u1', acceptedAt: at(1) };
  const cards = byId(
    sampleCard('a', { stage: 'owned', owner: mine }),
    sampleCard('b', { stage: 'owned' }),
    sampleCard('c', { stage: 'closed', closedAt: at(3), owner: mine }),
  );
  it('[BD-11] counts open cards, and those of one owner', () => {
    expect(countsByStage(cards)).toEqual({ owned: 2 });
    expect(countsByStage(cards, 'u1')).toEqual({ owned: 1 });
  });
  it('[BD-11] gathers the facts of a move from the board alone', () => {
    const state = { ...emptyBoard(sampleRoom), cards };
    const actor = { kind: 'person' as const, id: 'u1', name: 'Ines', roles: ['responder'] };
    expect(moveFacts(state, 'a', actor, 'because', at(9))).toEqual({
      now: at(9),
      actor,
      card: cards.a,
      level: 1,
      counts: { owned: 2 },
      countsOfOwner: { owned: 1 },
      accounts: [{ id: 'acc_1', platform: 'mastodon' }],
      ownerRoles: [],
      likest: null,
      seenVersion: 1,
      reason: 'because',
      glass: false,
    });
    expect(moveFacts(state, 'b', null, '', at(9))?.countsOfOwner).toEqual({});
    expect(moveFacts(state, 'nope', actor, '', at(9))).toBeNull();
  });
});

describe('who waits', () => {
  it('[BD-12] finds the person who has waited longest, past answered, closed and watched cards', () => {
    const posted = (m: number) => ({ count: 1, unseen: 0, firstPostedAt: at(m), lastPostedAt: at(m) });
    const published = {
      jobId: 'j',
      state: 'published' as const,
      fingerprint: 'f',
      attempt: 1,
      queuedAt: at(5),
      publishedAt: at(6),
      url: null,
      says: null,
      matches: true,
    };
    const cards = byId(
      sampleCard('answered', { posts: posted(0), reply: published }),
      sampleCard('closed', { posts: posted(1), closedAt: at(9) }),
      sampleCard('watched', { posts: posted(2), stage: 'watch' }),
      sampleCard('waits', { posts: posted(4) }),
      sampleCard('newer', { posts: posted(5) }),
    );
    expect(oldestUnanswered(cards, ['watch'])?.id).toBe('waits');
    expect(oldestUnanswered({})).toBeNull();
  });
  it('[BD-13] reads the stream newest first, each mention with its card and its fuse', () => {
    const cards = byId(sampleCard('a'));
    const mentions = [
      sampleMention('m1', { cardId: 'a' }),
      sampleMention('m2'),
      sampleMention('m3', { cardId: 'gone' }),
    ];
    const rows = streamRows(mentions, cards, at(100));
    expect(rows.map((r) => [r.mention.id, r.card?.id ?? null, r.phase])).toEqual([
      ['m3', null, null],
      ['m2', null, null],
      ['m1', 'a', 'amber'],
    ]);
  });
});
