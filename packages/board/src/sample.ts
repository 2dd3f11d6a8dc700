// Whole views with plain values for the tests of this package.
import type { CardView, ClockView } from '@rejoinder/contracts/cards';
import type { NewEvent, RoomEvent } from '@rejoinder/contracts/events';
import type { MentionView } from '@rejoinder/contracts/mentions';
import type { RoomView } from '@rejoinder/contracts/rooms';

export const T0 = Date.parse('2026-10-01T09:00:00.000Z');
/** The instant `minutes` after nine. */
export const at = (minutes: number): string => new Date(T0 + minutes * 60_000).toISOString();

export const sampleRoom: RoomView = {
  id: 'room_1',
  name: 'Late parcels',
  kind: 'live',
  level: 1,
  levelReason: 'the ordinary day',
  levelSince: at(0),
  levelAsk: null,
  crisis: {
    state: 'watching',
    since: at(0),
    by: null,
    why: '',
    commander: null,
    kind: null,
    declaredAt: null,
    freeze: null,
    lastStatement: null,
    retrospectiveAt: null,
    baseline: null,
    promises: [],
  },
  zone: 'Europe/Berlin',
  playbook: { id: 'consumer-brand', version: 1, title: 'When people complain' },
  accounts: [{ id: 'acc_1', platform: 'mastodon', name: 'Parcels', channel: 'rehearsal' }],
  openedAt: at(0),
};

export const sampleClock = (over: Partial<ClockView> = {}): ClockView => ({
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

export const sampleCard = (id: string, over: Partial<CardView> = {}): CardView => ({
  id,
  version: 1,
  stage: 'new',
  enteredStageAt: at(0),
  openedAt: at(0),
  closedAt: null,
  platform: 'mastodon',
  author: { handle: '@ana', name: 'Ana', followers: 12 },
  excerpt: 'My parcel is late',
  posts: { count: 1, unseen: 1, firstPostedAt: at(0), lastPostedAt: at(0) },
  replyTo: { mentionId: 'men_1', nativeId: 'p1', url: null },
  account: 'acc_1',
  storyId: null,
  severity: 30,
  heat: 0,
  fields: {},
  owner: null,
  draft: null,
  signOffs: [],
  fingerprint: null,
  reply: null,
  clocks: [sampleClock()],
  followUp: null,
  remedy: null,
  checks: [],
  facts: [],
  glass: null,
  openComments: 0,
  ...over,
});

export const sampleMention = (id: string, over: Partial<MentionView> = {}): MentionView => ({
  id,
  sourceId: 'src_1',
  platform: 'mastodon',
  nativeId: id,
  url: null,
  author: { handle: '@ana', name: 'Ana', followers: 12 },
  text: 'My parcel is late',
  postedAt: at(0),
  receivedAt: at(0),
  editedAt: null,
  deletedAt: null,
  inReplyTo: null,
  lang: 'en',
  severity: null,
  reasons: [],
  storyId: null,
  cardId: null,
  ...over,
});

/** The events as stored, numbered from `first`. */
export const stored = (events: readonly NewEvent[], first = 1): RoomEvent[] =>
  events.map((e, i) => ({
    ...e,
    seq: first + i,
    at: at(0),
    actor: { kind: 'system', id: 'system', name: 'Rejoinder', roles: [] },
    hash: '',
  }));
