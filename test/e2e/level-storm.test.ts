// Story 4 from end to end: sixty open cards, nine of them signed, and the commander raises the level in the middle of it; what everybody sees, and how slowly it comes down again.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CardView } from '@rejoinder/contracts/cards';
import { typist, until } from '../coedit/typist.ts';
import type { Desk, House, Staff } from './house.ts';
import { column, isLive, tile, tileIn } from './on-the-board.ts';
import { expect, openHouse, test } from './story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CARDS = 60;
/** Every third of the first ones is signed; the last three of these stand in Publish already. */
const SIGNED = [0, 3, 6, 9, 12, 15, 24, 27, 30];
const READY = SIGNED.slice(-3);
/** Posted one after the other, the last nearly three hours ago, and nobody about an hour ago: a slow machine changes no count. */
const isLate = (i: number): boolean => i > 21;
const minutesAgo = (i: number): number => (isLate(i) ? 9 : 1) + i * 2.7 - (isLate(i) ? 0 : i * 0.5);
const nameOf = (i: number): string => `Voice ${String(i).padStart(2, '0')}`;

/** Clocks that pass a warning meanwhile, and whom they ask. */
const BY_TIMERS = /^(clock\.warned|ladder\.)/;

let house: House;
let folder: string;
const passes = (hours: number): Promise<void> => writeFile(path.join(folder, 'clock'), String(hours * HOUR));

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rejoinder-storm-'));
  await passes(0);
  house = await openHouse({
    NODE_OPTIONS: `--import ${path.join(import.meta.dirname, '../chaos/shifted-clock.ts')}`,
    CLOCK_SHIFT_FILE: path.join(folder, 'clock'),
  });
});
test.afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

test('[WT-4] [RM-10] [PU-30] [WL-5] sixty open cards, nine signed by communications: the level rises in one moment on every screen, and comes down slowly and by two', async ({
  enter,
}) => {
  const [ida, oskar, sam, cora, pia] = await cast('Ida Hale', 'Oskar Lund', 'Sam Lind', 'Cora Bell', 'Pia Press');
  const room = await house.openRoom([
    [ida, ['commander']],
    [oskar, ['commander']],
    [sam, ['social_lead', 'responder']],
    [cora, ['comms']],
    [pia, ['publisher']],
  ]);
  const cards = await room.cardsFrom(
    Array.from({ length: CARDS }, (_, i) =>
      room.mention(`Parcel ${i} was left in the rain and is ruined, I want a refund`, {
        author: { handle: `voice${i}.example`, name: nameOf(i), followers: 10 },
        postedAt: new Date(Date.now() - minutesAgo(i) * MINUTE).toISOString(),
      }),
    ),
  );
  await Promise.all(SIGNED.map((i) => signedCard(room, cards[i], sam, cora, READY.includes(i))));
  const inRoom = { roomId: room.id };
  const before = await room.board();
  expect(Object.values(before.cards).filter((card) => card.closedAt === null)).toHaveLength(CARDS);

  const told = async () => (await house.admin.call('events', { params: inRoom, query: { since: before.seq } })).events;
  const [idas, sams, wall] = await Promise.all([
    enter(ida, room.at()),
    enter(sam, room.at()),
    enter(house.admin, room.at('/wall')),
  ]);
  await Promise.all([isLive(idas), isLive(sams), expect(wall.locator('header .age')).toHaveText('Current')]);
  const level = idas.getByRole('dialog', { name: 'Level of this room' });
  const choose = async (name: RegExp, why: string): Promise<void> => {
    if (await level.isHidden()) await idas.getByTitle(/Change it/).click();
    await level.getByRole('radio', { name }).check();
    await expect(level.getByRole('region', { name: /What level/ })).toContainText('What the plan says then');
    await level.getByLabel('Why now?').fill(why);
  };
  const sets = (): Promise<void> => level.getByRole('button', { name: /Set level/ }).click();
  const lateCount = cards.filter((_, i) => isLate(i)).length;

  await test.step('a preview says what will change, and changes nothing', async () => {
    await choose(/Crisis/, 'It is on television.');
    const says = level.getByRole('region', { name: 'What level 3 would do' });
    await expect(says).toContainText(`${CARDS} open cards get new times`);
    await expect(says).toContainText(`${lateCount} of them are late at once`);
    await expect(says).toContainText(`${SIGNED.length} signed replies need more`);
    await expect(says).toContainText('still Legal and Subject expert');
    for (const rule of [
      /First public reply\s*3 hours\s*→\s*1 hour/,
      /Scheduled posts\s*go out\s*→\s*are frozen/,
      /To publish on mastodon, bluesky or x\s*Publisher or Social lead\s*→\s*Publisher/,
      /Updates to the public\s*none\s*→\s*every 1 hour/,
      /Signatures of reply/,
    ])
      await expect(says).toContainText(rule);
    expect((await told()).filter((event) => !BY_TIMERS.test(event.type))).toEqual([]);
  });

  await test.step('then all of it at once: one commit, and one moment on every screen', async () => {
    await sets();
    await expect(level).toBeHidden();
    await expect(wall.locator('header')).toContainText('Level 3');
    await expect(sams.locator('[data-level="3"]').first()).toBeVisible();
    const raised = (await told()).filter((event) => event.type === 'room.levelChanged');
    expect(raised).toHaveLength(1);
    expect(raised[0]).toMatchObject({ data: { from: 1, reason: 'It is on television.' } });
    const after = await room.board();
    for (const [i, card] of cards.entries()) {
      const clock = after.cards[card.id]?.clocks.find((each) => each.clock === 'public-reply');
      const posted = Date.parse(card.posts.firstPostedAt);
      expect(clock).toMatchObject({
        dueAt: new Date(posted + HOUR).toISOString(),
        promisedUntil: new Date(posted + (isLate(i) ? 3 : 1) * HOUR).toISOString(),
        breachedAt: null,
      });
    }
  });

  await test.step('late under the new level is marked, comes first, and is no breach', async () => {
    for (const page of [idas, sams]) {
      const names = await column(page, 'new').locator('a[data-card] .name').allTextContents();
      expect(names.slice(0, 3).map((name) => name.trim())).toEqual([nameOf(59), nameOf(58), nameOf(57)]);
      await expect(tile(page, nameOf(59)).getByTitle(/late/i).first()).toBeVisible();
    }
    expect(await house.admin.call('measures', { params: inRoom })).toMatchObject({ breaches: 0, lateOpen: lateCount });
    await expect(wall.locator('dl')).toContainText(`${lateCount}`);
  });

  await test.step('the nine wait for legal and an expert, and keep the signature they have', async () => {
    for (const i of SIGNED) {
      const stage = READY.includes(i) ? 'publish' : 'sign-off';
      const seals = tileIn(sams, stage, nameOf(i)).getByTitle('1 of 3 signatures on these words');
      await expect(seals).toHaveCount(1);
    }
    const awaited = (role: string) => wall.getByRole('listitem').filter({ hasText: role });
    await expect(awaited('Legal')).toContainText(`${SIGNED.length}`);
    await expect(awaited('Subject expert')).toContainText(`${SIGNED.length}`);
    const after = await room.board();
    for (const i of SIGNED)
      expect(after.cards[cards[i]?.id ?? '']?.signOffs.map(({ role, voidedAt }) => [role, voidedAt])).toEqual([
        ['comms', null],
      ]);
  });

  await test.step('what was planned is held and listed, and the update timer runs', async () => {
    await sams.goto(room.at('/crisis'));
    await sams.getByRole('button', { name: 'Hold something' }).click();
    await sams.getByLabel('What would have gone out').fill('Spring sale newsletter');
    await sams.getByRole('button', { name: 'Hold it' }).click();
    await expect(sams.locator('[data-frozen="held"]')).toContainText('Spring sale newsletter');
    for (const id of ['update:internal', 'update:public'])
      await expect(sams.locator(`[data-promise="${id}"]`)).toContainText('due');
    await expect(wall.locator('.next')).toContainText(/update/i);
  });

  await test.step('only a publisher posts: the social lead is refused on the page and by the API', async () => {
    const params = { ...inRoom, cardId: cards[READY[0] ?? 0]?.id ?? '' };
    const { fingerprint } = await sam.call('draftText', { params });
    expect(await sam.try('publish', { params, body: { fingerprint } })).toMatchObject({
      status: 409,
      refused: { rule: 'PU-30', who: ['publisher'] },
    });
    expect(await pia.try('publish', { params, body: { fingerprint } })).toMatchObject({
      refused: { rule: 'PU-1', who: ['legal', 'expert'] },
    });
    await sams.goto(room.at(`/cards/${params.cardId}`));
    await expect(sams.locator('#publishing')).toContainText('At this level only Publisher publishes here.');
    await expect(sams.getByTestId('publish')).toHaveAttribute('aria-disabled', 'true');
  });

  await test.step('lowering is refused for four hours, and then takes a second person', async () => {
    await choose(/Issue/, 'It is over.');
    await sets();
    await expect(level.getByRole('alert')).toContainText('The level stays at least until');
    await expect(level.getByRole('alert')).toBeInViewport();
    await passes(3.9);
    await sets();
    await expect(level.getByRole('alert')).toContainText('The level stays at least until');
    await passes(4.1);
    await expect(async () => {
      // The server sees its clock move a moment later; what it took meanwhile has closed the dialog.
      if (await level.isVisible()) await level.getByRole('button', { name: /Set level/ }).click({ timeout: 2_000 });
      await expect(level).toBeHidden({ timeout: 2_000 });
    }).toPass();
    expect((await room.board()).room).toMatchObject({ level: 3, levelAsk: { takes: 2, by: [{ name: 'Ida Hale' }] } });
    await idas.getByTitle(/Change it/).click();
    await expect(level.getByRole('status')).toContainText('One more person');
    await oskar.call('setLevel', { params: inRoom, body: { level: 1, reason: 'It is over.' } });
    await expect(wall.locator('header')).toContainText('Level 1');
  });
});

async function cast(...names: string[]): Promise<[Staff, Staff, Staff, Staff, Staff]> {
  return (await Promise.all(names.map((name) => house.staff(name)))) as [Staff, Staff, Staff, Staff, Staff];
}

/** A card with words of its own that communications signed, in Sign-off or ready to go out. */
async function signedCard(
  room: Desk,
  card: CardView | undefined,
  sam: Staff,
  cora: Staff,
  ready: boolean,
): Promise<void> {
  if (!card) throw new Error('no card');
  const params = { roomId: room.id, cardId: card.id };
  const fields = { class: 'complaint', department: 'logistics' };
  const reason = 'It is a storm.';
  await sam.call('moveCard', { params, body: { to: 'owned', take: true, fields, reason } });
  await sam.call('moveCard', { params, body: { to: 'drafting', reason } });
  const { draft } = (await sam.call('startDraft', { params, body: {} })).card;
  const base = `${house.server.origin.replace('http', 'ws')}/yjs`;
  const headers = { cookie: sam.cookie, origin: house.server.origin };
  const t = typist(base, `${room.id}/${draft?.id}.${draft?.generation}`, { headers });
  await until(() => t.provider.synced && t.state !== null, 'the draft is open', 20_000);
  t.text.insert(0, `We are sorry, ${card.author.name}. We will send you a new parcel today. Sam`);
  await until(() => t.allSaved(), 'the words are saved', 20_000);
  t.leave();
  await sam.call('seePosts', { params, body: { count: 1 } });
  await sam.call('moveCard', { params, body: { to: 'sign-off', reason } });
  const { fingerprint } = await cora.call('draftText', { params });
  const signed = await cora.call('sign', { params, body: { fingerprint, role: 'comms' } });
  if (ready) await sam.call('moveCard', { params, body: { to: 'publish', seenVersion: signed.card.version, reason } });
}
