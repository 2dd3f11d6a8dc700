// Takes a picture of states that only come up now and then, in both themes, from phone to wall: node test/e2e/screenshots-rare.ts FOLDER [STATE]
// Run by hand, to be looked at; not part of the suite. Needs CHROMIUM_PATH and a built web app.
import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import {
  type Cast,
  deskOf as desk,
  enterAs,
  LAPTOP,
  PHONE,
  SHIPPED_PLAN,
  shootPage,
  shootStates,
  WALL,
} from './camera.ts';
import { editor, isSaved } from './on-the-board.ts';
import { sign, TEXT, write } from './sign-off-desk.ts';

const folder = process.argv[2] ?? '/tmp/shots-rare';
const PLAN = SHIPPED_PLAN.replaceAll('after: { 1: 40m, 2: 10m, 3: 10m }', 'after: 1s');
const shoot = (page: Page, name: string, place?: Locator) =>
  shootPage(folder, [PHONE, LAPTOP, WALL], page, name, place);

/** A picture as people take them: something to see, not one colour. */
const photo = (hue: string): Promise<Buffer> =>
  sharp(
    Buffer.from(Array.from({ length: 320 * 200 * 3 }, (_, i) => (i % 3 === 0 ? i % 256 : Math.floor(i / 960) % 256))),
    { raw: { width: 320, height: 200, channels: 3 } },
  )
    .tint(hue)
    .png()
    .toBuffer();

async function pictures(cast: Cast): Promise<void> {
  const { browser, rosa, sam } = cast;
  const on = await desk(cast);
  const page = await enterAs(browser, rosa, on.page);
  await write(page, TEXT);
  for (const [nth, hue] of ['#3a7d44', '#24538a'].entries()) {
    const file = { name: `${nth}.png`, mimeType: 'image/png', buffer: await photo(hue) };
    await page.getByTestId('add-picture').setInputFiles(file);
    await page.getByLabel('What does it show?').fill(`The new parcel, side ${nth + 1}: dry, whole and taped twice.`);
    if (nth === 1) await shoot(page, 'picture-describe', page.getByTestId('put-picture'));
    await page.getByTestId('put-picture').click();
    await page.getByTestId('pictures').getByRole('img').nth(nth).waitFor();
  }
  await shoot(page, 'pictures', page.getByTestId('pictures'));
  await rosa.call('moveCard', { params: on.params, body: { to: 'sign-off' } });
  const sams = await enterAs(browser, sam, `${on.page}/sign`);
  await sams.getByTestId('pictures').waitFor();
  await shoot(sams, 'sign-pictures', sams.getByTestId('pictures'));
  await sign(sam, on, 'comms');
  await page.getByRole('button', { name: 'Take out: Picture 1' }).click();
  await page.getByTestId('pictures').getByRole('img').nth(1).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Describe anew: Picture 1' }).click();
  await page.getByLabel('What does it show?').fill('The new parcel under a roof.');
  await page.getByTestId('put-picture').click();
  await sams.getByRole('button', { name: 'Read the new words' }).click();
  await sams.getByTestId('picture-changes').waitFor();
  await shoot(sams, 'sign-picture-changes', sams.getByTestId('picture-changes'));
}

async function facts(cast: Cast): Promise<void> {
  const { browser, rosa, sam } = cast;
  const on = await desk(cast);
  const storyId = (await on.room.board()).cards[on.params.cardId]?.storyId ?? '';
  const params = { roomId: on.room.id, storyId };
  const list = [
    { text: 'About 12,000 parcels got wet on 2 March.', source: 'Depot log, Leeds' },
    { text: 'Everybody affected gets a full refund within 5 days.', source: '' },
  ];
  const { sheet } = await rosa.call('writeFacts', { params, body: { facts: list, after: 0 } });
  const approval = { version: 1, fingerprint: sheet.fingerprint, role: 'legal' };
  await sam.call('approveFacts', { params, body: approval });
  const page = await enterAs(browser, rosa, on.page);
  await write(page, 'We are sorry, Marta. About 9,000 parcels got wet. Rosa');
  await page.locator('#facts li').first().waitFor();
  await shoot(page, 'facts-beside', page.locator('#facts'));
}

/** A reply that is out, what came too late for it, and the question that begins a correction. */
async function published(cast: Cast): Promise<void> {
  const { browser, rosa, sam } = cast;
  const on = await desk(cast);
  const page = await enterAs(browser, rosa, on.page);
  await write(page, TEXT);
  await rosa.call('moveCard', { params: on.params, body: { to: 'sign-off' } });
  await page.context().setOffline(true);
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type(' PS: and a voucher.');
  await sign(sam, on, 'comms');
  const { version: seenVersion } = (await sam.call('card', { params: on.params })).card;
  await sam.call('moveCard', { params: on.params, body: { to: 'publish', seenVersion } });
  const { fingerprint } = await sam.call('draftText', { params: on.params });
  await sam.call('publish', { params: on.params, body: { fingerprint } });
  await page.context().setOffline(false);
  await page.getByTestId('set-aside').waitFor();
  await shoot(page, 'set-aside', page.getByTestId('set-aside'));
  await page.locator('[data-reply="published"]').waitFor();
  await page.getByRole('button', { name: 'Correct it' }).click();
  await page.getByRole('dialog').waitFor();
  await shoot(page, 'correction');
}

async function privately(cast: Cast): Promise<void> {
  const { browser, rosa, sam } = cast;
  const on = await desk(cast);
  const { params } = on;
  const page = await enterAs(browser, rosa, on.page);
  await write(page, 'I am sorry, Marta. I write to you directly and come back to this thread tomorrow. Rosa');
  await rosa.call('moveCard', { params, body: { to: 'sign-off' } });
  await sign(sam, on, 'comms');
  const { version: seenVersion } = (await sam.call('card', { params })).card;
  await sam.call('moveCard', { params, body: { to: 'publish', seenVersion } });
  await rosa.call('assessCard', { params, body: { fields: { private_reason: 'personal_data' } } });
  const { fingerprint } = await sam.call('draftText', { params });
  await sam.call('publish', { params, body: { fingerprint } });
  const talk = page.locator('section#private');
  await talk.getByLabel('Words').fill('I live at 7 Quillfeather Lane. The order is 4471-0093.');
  await talk.getByRole('button', { name: 'Write it down' }).click();
  await talk.locator('[data-private]').first().waitFor();
  await shoot(page, 'private-talk', talk);
}

async function deputies(cast: Cast): Promise<void> {
  const { browser, house, rosa, sam } = cast;
  const on = await desk(cast);
  const inRoom = { roomId: on.room.id };
  await house.admin.call('adoptPlaybook', { params: inRoom, body: { text: PLAN } });
  await sam.call('setLevel', { params: inRoom, body: { level: 2, reason: 'It is in the papers.' } });
  const page = await enterAs(browser, rosa, on.page);
  await write(page, TEXT);
  await rosa.call('moveCard', { params: on.params, body: { to: 'sign-off' } });
  await page.getByText('may sign instead').first().waitFor();
  await shoot(page, 'deputies', page.getByText('may sign instead'));
  const sams = await enterAs(browser, sam, `${on.page}/sign`);
  await sams.getByTestId('exact-words').waitFor();
  await shoot(sams, 'sign-deputy', sams.getByTestId('sign'));
  await isSaved(page);
}

async function accounts(cast: Cast): Promise<void> {
  const on = await desk(cast);
  const page = await enterAs(cast.browser, cast.sam, on.room.at('/sources'));
  await page.locator('[data-account]').waitFor();
  await shoot(page, 'accounts', page.locator('[data-account]'));
}

/** A statement about to be posted, one nobody knows about, and one that waits. */
async function statements(cast: Cast): Promise<void> {
  const { browser, house, sam } = cast;
  const { room } = await desk(cast);
  const params = { roomId: room.id };
  const url = 'http://127.0.0.1:9/x';
  await house.admin.call('addAccount', { params, body: { platform: 'mastodon', name: '@house@social.example', url } });
  await house.admin.call('addAccount', { params, body: { platform: 'x', name: '@drovewell', url } });
  await sam.call('setLevel', { params, body: { level: 3, reason: 'It is on television.' } });
  const what = 'parcels of the last three days are late, and that many of you have waited for an answer';
  const body = { planId: 'holding-unclear', slots: { what, time: '14:00' }, text: null };
  await sam.call('prepareStatement', { params, body });
  const page = await enterAs(browser, sam, room.at('/crisis'));
  const line = page.locator('[data-statement]').first();
  await line.getByRole('button', { name: 'Post it …' }).click();
  const dialog = page.getByRole('dialog');
  for (const name of [/example/, /@house/]) {
    const box = dialog.getByLabel(name).first();
    if (await box.isEnabled()) await box.check();
  }
  await shoot(page, 'statement-post');
  room.script({ do: 'reset' });
  await dialog.getByRole('button', { name: /^Post it/ }).click();
  await line.locator('[data-posting="unknown"]').waitFor();
  await shoot(page, 'statement-out', line);
  await line.getByRole('button', { name: 'I looked …' }).click();
  await dialog.getByLabel('What you saw').selectOption('It stands there');
  await shoot(page, 'statement-settle');
}

/** The room has stood down, and the plan pauses two clocks of the card and the one of the room for that. */
async function still(cast: Cast): Promise<void> {
  const { browser, sam } = cast;
  const on = await desk(cast);
  const params = { roomId: on.room.id };
  const pauses = (text: string, stops: string): string =>
    text.replace(`stops: ${stops}\n`, `stops: ${stops}\npauses: [stood_down]\n`);
  const loop =
    'name: Loop closed\nstarts: mention_posted\nstops: card_closed\npauses: [waiting_for_author, stood_down]\ntarget: 2d';
  const text = `${['stand-down', 'freeze', 'retrospective'].reduce(
    (all, kind) => all.replace(new RegExp(`\`\`\`yaml ${kind}\\n[\\s\\S]*?\`\`\``), ''),
    pauses(pauses(PLAN, 'public_reply_published'), 'holding_posted'),
  )}\n\`\`\`yaml clock loop\n${loop}\n\`\`\`\n`;
  await sam.call('adoptPlaybook', { params, body: { text } });
  const reason = 'It is on the news.';
  await sam.call('declareCrisis', { params, body: { commanderId: sam.userId, kind: 'accidental', level: 3, reason } });
  for (const step of ['activate', 'stand_down'] as const)
    await sam.call('stepCrisis', { params, body: { step, reason } });
  const [card] = await on.room.cardsFrom([on.room.mention('And where is my refund? Nobody answers')]);
  const page = await enterAs(browser, sam, on.room.at(`/cards/${card?.id}`));
  await page.locator('[data-clock="loop"]').waitFor();
  await shoot(page, 'still-card');
  await page.goto(on.room.at());
  await page.locator('[data-card]').first().waitFor();
  await shoot(page, 'still-board');
  await page.goto(on.room.at('/crisis'));
  await page.locator('[data-promise]').first().waitFor();
  await shoot(page, 'still-crisis', page.locator('[data-promise]'));
  await page.goto(on.room.at('/wall'));
  await page.locator('.fuse').first().waitFor();
  await shoot(page, 'still-wall');
}

/** The same database at another address looks like a restored copy. */
async function held({ server, browser, house }: Cast): Promise<void> {
  await server.kill();
  const address = server.origin.replace('127.0.0.1', 'localhost');
  await server.start({ PUBLIC_ORIGIN: address });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${address}/rooms`);
  await page.getByLabel('E-mail').fill(house.admin.email);
  await page.getByLabel('Password').fill(house.admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByTestId('on-hold').waitFor();
  await shoot(page, 'on-hold');
}

await shootStates(
  { pictures, facts, published, privately, deputies, accounts, statements, still, held },
  { folder, only: process.argv[3] },
);
