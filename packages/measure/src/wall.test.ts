import type { CardView, ClockView, ReplyView, SignOffView } from '@rejoinder/contracts/cards';
import { Measures } from '@rejoinder/contracts/measures';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { needsAnswer, percentile, replyTime, timings } from './timings.ts';
import { type MeasureOptions, measures } from './wall.ts';

const at = (minutes: number) => new Date(Date.parse('2026-10-01T09:00:00.000Z') + minutes * 60_000).toISOString();
const clock = (over: Partial<ClockView> = {}): ClockView => ({
  clock: 'public-reply',
  clause: '18.1',
  startedAt: at(0),
  warnAt: [at(90), at(144)],
  dueAt: at(180),
  promisedUntil: over.dueAt ?? at(180),
  stoppedAt: null,
  warned: 0,
  breachedAt: null,
  ...over,
});
const card = (id: string, over: Partial<CardView> = {}): CardView => ({
  id,
  version: 1,
  stage: 'new',
  enteredStageAt: at(0),
  openedAt: at(0),
  closedAt: null,
  platform: 'mastodon',
  author: { handle: '@ana', name: 'Ana Secret', followers: 1 },
  excerpt: 'private words',
  posts: { count: 1, unseen: 0, firstPostedAt: at(0), lastPostedAt: at(0) },
  replyTo: { mentionId: 'm', nativeId: 'p', url: null },
  account: 'acc_1',
  storyId: null,
  severity: 1,
  heat: 0,
  fields: {},
  owner: null,
  draft: null,
  signOffs: [],
  fingerprint: null,
  reply: null,
  clocks: [clock()],
  followUp: null,
  remedy: null,
  checks: [],
  facts: [],
  glass: null,
  openComments: 0,
  ...over,
});
const published = (minutes: number, state: ReplyView['state'] = 'published'): Partial<CardView> => ({
  reply: {
    jobId: 'j',
    state,
    fingerprint: 'f',
    attempt: 1,
    queuedAt: at(1),
    publishedAt: state === 'published' ? at(minutes) : null,
    url: null,
    says: null,
    matches: true,
  },
  clocks: [clock({ stoppedAt: state === 'published' ? at(minutes) : null })],
});
const signed = (role: string, over: Partial<SignOffView> = {}): SignOffView => ({
  id: 's',
  userId: 'u',
  name: 'N',
  role,
  fingerprint: 'f',
  signedAt: at(5),
  expiresAt: null,
  voidedAt: null,
  voidReason: null,
  ...over,
});
const stages = [
  { id: 'new', title: 'New', final: false, onWall: true },
  { id: 'sign-off', title: 'Sign-off', final: false, onWall: true },
  { id: 'private', title: 'Private', final: false, onWall: false },
  { id: 'closed', title: 'Closed', final: true, onWall: true },
];
const of = (cards: CardView[], over: Partial<MeasureOptions> = {}) =>
  measures({
    state: { seq: 7, mentionCount: 40, room: { level: 2 }, cards: Object.fromEntries(cards.map((c) => [c.id, c])) },
    stages,
    roleTitles: { legal: 'Legal', comms: 'Communications' },
    noReply: { stages: ['watch'], classes: ['troll'] },
    now: at(200),
    ...over,
  });

describe('timings', () => {
  it('[ME-1] a percentile is a value of the list: the smallest that so many per cent do not exceed', () => {
    expect([percentile([15, 20, 35, 40, 50], 30), percentile([4, 1, 3, 2], 50), percentile([], 50)]).toEqual([
      20,
      2,
      null,
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1 }), fc.integer({ min: 1, max: 100 }), (list, p) => {
        const v = percentile(list, p) ?? -1;
        expect(list).toContain(v);
        expect(list.filter((x) => x <= v).length).toBeGreaterThanOrEqual((p / 100) * list.length);
        expect(list.filter((x) => x < v).length).toBeLessThan((p / 100) * list.length);
      }),
    );
  });
  it('[ME-2] every card needs an answer unless none is due on purpose; closing without one improves nothing', () => {
    const noReply = { stages: ['watch'], classes: ['troll'] };
    expect(needsAnswer(card('a', { stage: 'watch' }), noReply)).toBe(false);
    expect(needsAnswer(card('a', { fields: { class: 'troll' } }), noReply)).toBe(false);
    expect(needsAnswer(card('a', { stage: 'closed', closedAt: at(9) }), noReply)).toBe(true);
    expect(needsAnswer(card('a', { stage: 'watch', ...published(3) }), noReply)).toBe(true);
    expect(timings([card('a'), card('b', published(60))]).shareAnswered).toBe(0.5);
    expect(timings([card('a', { stage: 'watch' })], noReply).shareAnswered).toBeNull();
  });
  it('[ME-3] only a confirmed public reply is an answer, timed from the first post', () => {
    expect(replyTime(card('a', published(90)))).toBe(5400);
    for (const state of ['approved', 'sending', 'unknown', 'rejected', 'held'] as const)
      expect(replyTime(card('a', published(90, state)))).toBeNull();
    const cards = [10, 20, 30, 40, 100].map((m) => card(`c${m}`, published(m)));
    expect(timings(cards)).toMatchObject({ answered: 5, medianReply: 1800, p90Reply: 6000 });
  });
});

describe('measures', () => {
  it('[ME-9] counts late what a raised level made late, apart from what is overdue', () => {
    const late = clock({ dueAt: at(30), promisedUntil: at(300) });
    const m = of([card('late', { clocks: [late] }), card('answered', { clocks: [{ ...late, stoppedAt: at(40) }] })]);
    expect([m.lateOpen, m.breachedOpen, m.breaches]).toEqual([1, 0, 0]);
    expect(m.oldestUnanswered).toMatchObject({ dueAt: at(30), promisedUntil: at(300) });
  });

  it('[ME-4] counts breaches ever and breaches running now, by stored instants', () => {
    const m = of([
      card('runs-late'),
      card('answered-late', published(190)),
      card('answered-in-time', published(20)),
      card('closed-in-time', { stage: 'closed', closedAt: at(100) }),
      card('noted', { clocks: [clock({ dueAt: at(300), breachedAt: at(60) })] }),
    ]);
    expect([m.breaches, m.breachedOpen, m.open, m.cards]).toEqual([3, 1, 4, 5]);
    expect(m.byStage).toEqual([
      { stage: 'new', title: 'New', count: 4, breached: 1 },
      { stage: 'sign-off', title: 'Sign-off', count: 0, breached: 0 },
      { stage: 'closed', title: 'Closed', count: 1, breached: 0 },
    ]);
  });
  it('[ME-5] names who has waited longest, and nobody who waits for no answer', () => {
    const posted = (m: number) => ({ posts: { count: 1, unseen: 0, firstPostedAt: at(m), lastPostedAt: at(m) } });
    const m = of([
      card('watched', { ...posted(-9), stage: 'watch' }),
      card('answered', { ...posted(-8), ...published(1) }),
      card('b', posted(3)),
      card('a', posted(4)),
    ]);
    expect(m.oldestUnanswered).toEqual({ cardId: 'b', since: at(3), warnAt: [at(90), at(144)], dueAt: at(180) });
    expect(of([]).oldestUnanswered).toBeNull();
  });
  it('[ME-6] says whose signature is awaited and since when: the stage, or the void of an earlier one', () => {
    const cards = [
      card('x', { stage: 'sign-off', enteredStageAt: at(30) }),
      card('y', { stage: 'sign-off', enteredStageAt: at(10), signOffs: [signed('comms', { voidedAt: at(50) })] }),
      card('z', { closedAt: at(1) }),
    ];
    const m = of(cards, { awaited: (c) => (c.id === 'y' ? ['comms', 'legal'] : ['comms']).map((role) => ({ role })) });
    expect(m.awaiting).toEqual([
      { role: 'legal', title: 'Legal', count: 1, since: at(10) },
      { role: 'comms', title: 'Communications', count: 2, since: at(30) },
    ]);
    expect(of(cards).awaiting).toEqual([]);
    const stoodIn = { role: 'comms', since: at(40), standsFor: 'legal' };
    expect(of(cards, { awaited: (c) => (c.id === 'x' ? [{ role: 'legal' }, stoodIn] : []) }).awaiting).toEqual([
      { role: 'legal', title: 'Legal', count: 1, since: at(30) },
      { role: 'comms', title: 'Communications for Legal', count: 1, since: at(40) },
    ]);
  });
  it('[ME-7] closes a loop with a public reply and a follow-up, not by closing', () => {
    const followUp = { state: 'posted' as const, note: '', at: at(9) };
    const closed = { stage: 'closed', closedAt: at(9) };
    expect(
      of([
        card('a', { ...closed, ...published(5), followUp }),
        card('b', { ...closed, ...published(5) }),
        card('c', { ...closed, followUp }),
      ]).loopsClosed,
    ).toBe(1);
  });
  it('[ME-8] has the contract shape and holds nobody’s name or words', () => {
    const m = of([card('a'), card('p', { stage: 'private' })]);
    expect(Object.keys(m).sort()).toEqual(Object.keys(Measures.properties).sort());
    expect(JSON.stringify(m)).not.toMatch(/Ana|private|@ana/);
  });
});
