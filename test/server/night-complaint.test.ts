// Story 1 from end to end: a complaint at 02:10 climbs to a person through a server that is killed at 02:55, by a clock set by hand; and once more by the true clock, with limits of seconds.
import type { CardView } from '@rejoinder/contracts/cards';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyLog } from '../../server/src/db/event-log.ts';
import { until } from '../coedit/typist.ts';
import { callRoute } from '../support/calls.ts';
import { planForOneReply } from '../support/journey.ts';
import { type NightHouse, nightHouse } from '../support/night-house.ts';

/** Sessions are made by the true clock, so the night is one of today. */
const TODAY = new Date().toISOString().slice(0, 10);
const night = (time: string): string => `${TODAY}T${time.length === 5 ? `${time}:00` : time}.000Z`;
const SKIPPED = 'skipped Nobody owns this card.';

/** The same plan with limits of seconds. */
const QUICK = planForOneReply()
  .replace('time_limit: { 1: 30m, 2: 10m, 3: 5m }', 'time_limit: { 1: 2s, 2: 2s, 3: 2s }')
  .replaceAll('after: { 1: 10m, 2: 3m, 3: 2m }, channels', 'after: 1s, channels')
  .replace('reopen_after: { 1: 30m, 2: 10m, 3: 10m }', 'reopen_after: 2s')
  .replace('target: { 1: 3h, 2: 1h, 3: 1h }', 'target: 8s');

let byHand: NightHouse;
let inTruth: NightHouse;
beforeAll(async () => {
  [byHand, inTruth] = await Promise.all([nightHouse({ byHand: night('02:05') }), nightHouse({ plan: QUICK })]);
  await Promise.all([byHand, inTruth].map((h) => h.rig.server.start()));
}, 120_000);
afterAll(async () => {
  await Promise.all([byHand, inTruth].map((h) => h.end()));
});

/** What the ladder said, with the minute of the night. */
const told = async (h: NightHouse, card: CardView): Promise<string[]> =>
  (await h.told(card)).map(({ says, at }) => `${at.slice(11, 16)} ${says}`);

// Side by side: the one waits for seconds to pass while the other goes through its night.
describe.concurrent('the night of story 1', () => {
  it('[WT-1] [LD-16] [LD-9] [LD-12] [LD-8] [CK-13] by a clock set by hand: each step once and at its minute, through a kill at 02:55', async () => {
    const card = await climbs(byHand);
    await isAccepted(byHand, card);
    await isAnswered(byHand, card);
  }, 120_000);

  it(
    '[WT-1] [LD-16] [LD-12] by the true clock, with limits of seconds: each once, in order and never early, through a kill in the middle',
    () => inSeconds(inTruth),
    120_000,
  );
});

/** Nobody is on the board, and the complaint climbs to a person. */
async function climbs(h: NightHouse): Promise<CardView> {
  await h.at(night('02:10'));
  const card = await h.cardFrom(night('02:10'));
  expect(card).toMatchObject({
    stage: 'new',
    owner: null,
    clocks: [{ clock: 'public-reply', dueAt: night('05:10') }],
  });
  await h.at(night('02:40'));
  await h.tells(card, 'asked Lou');
  const [ladder] = (await h.card(card)).ladders ?? [];
  expect(ladder).toMatchObject({
    state: 'asking',
    says: 'A card stands in New longer than 30 minutes.',
    nextAt: night('02:50'),
    steps: [
      { whom: 'owner', asks: [], skipped: 'Nobody owns this card.' },
      { whom: 'primary', skipped: null, asks: [{ name: 'Lou', ways: ['phone'] }] },
    ],
  });
  await h.at(night('02:50'));
  await h.tells(card, 'asked Dee');
  await h.hears(2);

  await h.at(night('02:55'));
  await h.rig.server.kill();
  // Two servers take over from the dead one, and look at the same ladder.
  const other = await h.rig.another();
  await Promise.all([h.rig.server.start(), other.start()]);
  await h.at(night('03:00'));
  await h.tells(card, 'asked Sam');
  // Letters of two steps that are on their way at once may arrive in either order.
  await h.hears(3);
  await h.at(night('03:10'));
  await h.tells(card, 'asked Cleo');
  await h.hears(4);
  expect(await told(h, card)).toEqual([
    '02:40 started',
    `02:40 ${SKIPPED}`,
    '02:40 asked Lou',
    '02:50 asked Dee',
    '03:00 asked Sam',
    '03:10 asked Cleo',
  ]);
  expect(h.heard().map(({ to, by }) => `${by} ${to}`)).toEqual([
    'phone Lou',
    'phone Dee',
    `email ${h.people.sam.email}`,
    `email ${h.people.cleo.email}`,
  ]);
  return card;
}

/** The first to accept stops it, by the link that rang; half an hour without progress begins it anew. */
async function isAccepted(h: NightHouse, card: CardView): Promise<void> {
  await h.at(night('03:12'));
  const { link } = h.heard().find(({ to }) => to === 'Dee') ?? { link: '' };
  const token = new URL(link).pathname.replace('/a/', '');
  const { origin } = h.rig;
  const publicOrigin = h.rig.headersOf(h.people.dee).origin ?? '';
  expect(await callRoute(origin, publicOrigin, {}, 'acceptAsk', { params: { token }, body: {} })).toMatchObject({
    reply: { ask: { state: 'answered', answer: 'accepted', by: 'Dee' } },
  });
  expect(await h.card(card)).toMatchObject({
    owner: { userId: h.people.dee.userId },
    ladders: [{ state: 'accepted', nextAt: null }],
  });
  await h.at(night('03:42'));
  await h.tells(card, 'asked Lou', 2);
  await h.hears(5);
  expect((await told(h, card)).slice(6)).toEqual(['03:42 reopened', '03:42 asked Dee', '03:42 asked Lou']);
  // Dee has the card: for the owner the board is enough.
  expect(h.heard()).toHaveLength(5);
  await h.call(h.people.sam)('acceptLadder', {
    params: { roomId: h.roomId, ladderId: (await h.card(card)).ladders?.[0]?.id ?? '' },
    body: {},
  });
}

/** Note, like and private message do not stop the deadline at 05:10; a reply that was seen in public does. */
async function isAnswered(h: NightHouse, card: CardView): Promise<void> {
  await h.at(night('04:00'));
  const { sam, ria } = h.people;
  const answered = await h.cardFrom(night('02:10'), night('04:00'));
  for (const each of [await h.card(card), answered]) {
    await h.toPublish(each);
    for (const kind of ['note', 'from_us'] as const)
      await h.call(ria)('notePrivately', { params: h.on(each), body: { kind, text: 'We spoke about the refund.' } });
    const direct = {
      ...h.mention('Thank you for the private message.'),
      author: each.author,
      visibility: 'private' as const,
    };
    expect((await h.deliver([{ type: 'created', mention: direct }], night('04:00'))).status).toBe(200);
    await until(async () => (await h.card(each)).private?.entries === 3, 'the direct message is there', 60_000);
    // A like is nothing that a source can hand in.
    expect((await h.deliver([{ type: 'liked' }], night('04:00'))).status).toBe(422);
    expect(await h.clock(each)).toMatchObject({ dueAt: night('05:10'), stoppedAt: null, breachedAt: null });
  }
  // The line breaks after the platform took it: nobody knows, and what nobody knows stops nothing.
  await h.at(night('05:00'));
  h.platform.script({ do: 'reset', posts: true });
  await h.publish(answered);
  await h.replied(answered, 'unknown');
  expect(await h.clock(answered)).toMatchObject({ stoppedAt: null });
  await h.at(night('05:05'));
  const seen = { outcome: 'published' as const, url: 'https://bsky.example/post-1', note: 'It stands there.' };
  await h.call(sam)('settle', { params: h.on(answered), body: seen });
  await h.at(night('05:10'));
  await until(async () => (await h.clock(card)).breachedAt !== null, 'the deadline of 05:10 is missed', 60_000);
  expect(await h.clock(card)).toMatchObject({ dueAt: night('05:10'), breachedAt: night('05:10'), stoppedAt: null });
  expect(await h.clock(answered)).toMatchObject({ stoppedAt: night('05:05'), breachedAt: null });
  await h.at(night('05:12'));
  await h.publish(card);
  await h.replied(card, 'published');
  expect(await h.clock(card)).toMatchObject({ stoppedAt: night('05:12'), breachedAt: night('05:10') });
  const breaches = (await h.log()).filter(({ type }) => type === 'clock.breached');
  expect(breaches).toHaveLength(1);
  expect(await verifyLog(h.rig.db, h.roomId)).toMatchObject({ ok: true });
}

const from = (start: string, seconds: number): number => Date.parse(start) + seconds * 1_000;

async function inSeconds(h: NightHouse): Promise<void> {
  const card = await h.cardFrom(new Date().toISOString());
  const { enteredStageAt: since } = card;
  await h.tells(card, 'asked Dee');
  await h.rig.server.kill();
  await h.rig.server.start();
  await h.tells(card, 'asked Cleo');
  await h.hears(4);
  const steps = await h.told(card);
  expect(steps.map(({ says }) => says)).toEqual([
    'started',
    SKIPPED,
    'asked Lou',
    'asked Dee',
    'asked Sam',
    'asked Cleo',
  ]);
  [2, 2, 2, 3, 4, 5].forEach((seconds, i) => {
    const at = Date.parse(steps[i]?.at ?? '');
    expect(at).toBeGreaterThanOrEqual(from(since, seconds));
    // The start of a process lies between; whatever the machine, nobody is forgotten for a minute.
    expect(at).toBeLessThan(from(since, seconds + 60));
  });
  // Who was being told when the server died may hear it again under the same id (RE-8); nobody is asked twice.
  expect(new Set(h.heard().map(({ id }) => id)).size).toBe(4);

  const ladderId = (await h.card(card)).ladders?.find(({ cause }) => cause === 'stage:new')?.id ?? '';
  const body = { params: { roomId: h.roomId, ladderId }, body: {} };
  const { ladder } = await h.call(h.people.cleo)('acceptLadder', body);
  const acceptedAt = ladder.steps.flatMap(({ asks }) => asks).find(({ name }) => name === 'Cleo')?.answeredAt ?? '';
  await h.tells(card, 'reopened');
  const next = (await h.told(card))[6];
  expect(next?.says).toBe('reopened');
  expect(Date.parse(next?.at ?? '')).toBeGreaterThanOrEqual(from(acceptedAt, 2));

  await h.call(h.people.ria)('notePrivately', { params: h.on(card), body: { kind: 'from_us', text: 'We wrote.' } });
  await until(async () => (await h.clock(card)).breachedAt !== null, 'the deadline is missed', 60_000);
  const { dueAt, breachedAt, stoppedAt } = await h.clock(card);
  expect([dueAt, breachedAt, stoppedAt]).toEqual([
    new Date(from(card.posts.firstPostedAt, 8)).toISOString(),
    dueAt,
    null,
  ]);
  await h.toPublish(await h.card(card));
  await h.publish(card);
  await h.replied(card, 'published');
  expect((await h.clock(card)).stoppedAt).not.toBeNull();
  expect(h.platform.received).toHaveLength(1);
  expect(await verifyLog(h.rig.db, h.roomId)).toMatchObject({ ok: true });
}
