// Takes a picture of what burns, in both themes, from phone to wall: late and paused clocks, broken glass, replies and statements that hang. node test/e2e/screenshots-burning.ts FOLDER [STATE]
// Run by hand, to be looked at; not part of the suite. Needs CHROMIUM_PATH and a built web app.
import type { Locator, Page } from '@playwright/test';
import { type Cast, deskOf, enterAs, LAPTOP, PHONE, SHIPPED_PLAN, shootPage, shootStates, WALL } from './camera.ts';
import { sign, signOffDesk, TEXT, write } from './sign-off-desk.ts';

const folder = process.argv[2] ?? '/tmp/shots-burning';
const GLASS_AT_ONCE = SHIPPED_PLAN.replace(/^(over: .*\nfrom_level: \d+\n)after: .*\n/m, '$1');
const HOUR = 3_600_000;
const shoot = (page: Page, name: string, place?: Locator) =>
  shootPage(folder, [PHONE, LAPTOP, WALL], page, name, place);

/** People who have waited four hours, two and a half, two, and who do not wait yet; on board, card and wall. */
async function late({ browser, house, rosa, sam }: Cast): Promise<void> {
  const room = await house.openRoom([
    [rosa, ['responder']],
    [sam, ['social_lead', 'commander', 'administrator']],
  ]);
  const ago = (hours: number) => ({ postedAt: new Date(Date.now() - hours * HOUR).toISOString() });
  const cards = await room.cardsFrom([
    room.mention('My parcel was left in the rain, everything is ruined and nobody answers', ago(52)),
    room.mention('Where is my refund? It is a scandal, nobody answers', ago(2.6)),
    room.mention('Third mail, no answer. The parcel is still not here', ago(2)),
    room.mention('My parcel is late again, where is it?', ago(0.1)),
  ]);
  const page = await enterAs(browser, sam, room.at());
  await page.locator('[data-card]').nth(3).waitFor();
  await shoot(page, 'late-board');
  await page.goto(room.at(`/cards/${cards[0]?.id}`));
  await page.getByTestId('move-card').waitFor();
  await shoot(page, 'late-card');
  await page.goto(room.at('/wall'));
  await page.locator('.fuse').first().waitFor();
  await shoot(page, 'late-wall');
  await sam.call('setLevel', { params: { roomId: room.id }, body: { level: 2, reason: 'It is in the papers.' } });
  await page.locator('.late').first().waitFor();
  await shoot(page, 'late-raised-wall');
  await page.goto(room.at());
  await page.locator('[data-card]').nth(3).waitFor();
  await shoot(page, 'late-raised-board');
}

/** Two people let a reply and a statement out over missing signatures; nobody has reviewed either. */
async function glass({ browser, house, rosa, sam }: Cast): Promise<void> {
  const edwin = await house.staff('Edwin Exec');
  const on = await signOffDesk(house, [
    [rosa, ['responder', 'department']],
    [sam, ['social_lead', 'publisher', 'commander', 'administrator']],
    [edwin, ['executive', 'legal']],
  ]);
  const params = { roomId: on.room.id };
  await house.admin.call('adoptPlaybook', { params, body: { text: GLASS_AT_ONCE } });
  await write(await enterAs(browser, rosa, on.page), TEXT);
  await rosa.call('moveCard', { params: on.params, body: { to: 'sign-off' } });
  await sam.call('setLevel', { params, body: { level: 3, reason: 'It is on television.' } });
  const page = await enterAs(browser, sam, on.page);
  await page.locator('#move summary').filter({ hasText: 'Break-glass' }).click();
  await page.getByLabel('Why it cannot wait').fill('Legal and its deputy are silent; the story runs at noon.');
  await shoot(page, 'glass-offer', page.getByTestId('ask-glass'));
  await page.getByTestId('ask-glass').click();
  await page.locator('[data-glass="asked"]').waitFor();
  await shoot(page, 'glass-asked', page.locator('[data-glass="asked"]'));
  const edwins = await enterAs(browser, edwin, on.page);
  await edwins.getByTestId('agree-glass').click();
  await page.locator('[data-glass="used"]').waitFor();
  await shoot(page, 'glass-used');

  const text = 'Parcels of the last three days are late. We do not know why yet, and we will say so here at 14:00.';
  const slots = { what: 'parcels are late', time: '14:00' };
  const body = { planId: 'holding-unclear', slots, text };
  const { statement } = await sam.call('prepareStatement', { params, body });
  await page.goto(on.room.at('/crisis'));
  const line = page.locator('[data-statement]').first();
  await line.waitFor();
  await shoot(page, 'glass-statement', line);
  await line.getByRole('button', { name: 'Break the glass …' }).click();
  await page.getByRole('dialog').waitFor();
  await shoot(page, 'glass-statement-ask');
  await page.keyboard.press('Escape');
  const over = { params: { ...params, statementId: statement.id }, body: { reason: 'Everybody is asleep.' } };
  await sam.call('breakGlassStatement', over);
  await edwins.goto(on.room.at('/crisis'));
  await edwins.locator('[data-statement]').first().waitFor();
  await shoot(edwins, 'glass-statement-asked', edwins.locator('[data-statement]'));
  await edwin.call('breakGlassStatement', over);
  await line.locator('[data-glass="open"]').waitFor();
  await shoot(page, 'glass-statement-open', line);
  await page.goto(on.room.at('/wall'));
  await page.locator('main.wall').waitFor();
  await page.waitForLoadState('networkidle');
  await shoot(page, 'glass-wall');
}

/** An account that is locked out: what waits for it on the card, on the crisis page and among the accounts. */
async function locked(cast: Cast): Promise<void> {
  const { browser, rosa, sam } = cast;
  const on = await deskOf(cast);
  const { room } = on;
  const params = { roomId: room.id };
  const page = await enterAs(browser, rosa, on.page);
  await write(page, TEXT);
  await rosa.call('moveCard', { params: on.params, body: { to: 'sign-off' } });
  await sign(sam, on, 'comms');
  const { version: seenVersion } = (await sam.call('card', { params: on.params })).card;
  await sam.call('moveCard', { params: on.params, body: { to: 'publish', seenVersion } });
  const { fingerprint } = await sam.call('draftText', { params: on.params });
  const sams = await enterAs(browser, sam, on.page);
  await sams.getByTestId('publish').waitFor();
  await shoot(sams, 'publish-ready', sams.getByTestId('publish'));
  room.script({ do: 'answer', status: 401, body: 'token revoked' });
  await sam.call('publish', { params: on.params, body: { fingerprint } });
  await sams.locator('[data-reply="held"]').waitFor();
  await shoot(sams, 'locked-reply', sams.locator('[data-reply]'));
  await sams.goto(room.at('/sources'));
  await sams.locator('[data-account]').waitFor();
  await shoot(sams, 'locked-account', sams.locator('[data-account]'));
  await sams.locator('[data-account]').getByRole('button', { name: 'Change' }).click();
  await sams.getByRole('dialog').waitFor();
  await shoot(sams, 'locked-mend');
  await sam.call('setLevel', { params, body: { level: 3, reason: 'It is on television.' } });
  const slots = { what: 'parcels are late', time: '14:00' };
  await sam.call('prepareStatement', { params, body: { planId: 'holding-unclear', slots, text: null } });
  await sams.goto(room.at('/crisis'));
  const line = sams.locator('[data-statement]').first();
  await line.getByRole('button', { name: 'Post it …' }).click();
  const dialog = sams.getByRole('dialog');
  await dialog.getByLabel(/drovewell/).check();
  await shoot(sams, 'locked-statement-post');
  await dialog.getByRole('button', { name: 'Post it', exact: true }).click();
  await line.locator('[data-posting="held"]').waitFor();
  await shoot(sams, 'locked-statement', line);
  await line.getByRole('button', { name: 'Take it back …' }).click();
  await sams.getByRole('dialog').waitFor();
  await shoot(sams, 'take-back');
  await sams.keyboard.press('Escape');
  await line.getByRole('button', { name: 'I posted it elsewhere …' }).click();
  await sams.getByRole('dialog').waitFor();
  await shoot(sams, 'by-hand');
}

/** A reply nobody knows about, on the card, and its settling. */
async function unknown(cast: Cast): Promise<void> {
  const { browser, rosa, sam } = cast;
  const on = await deskOf(cast);
  const page = await enterAs(browser, rosa, on.page);
  await write(page, TEXT);
  await rosa.call('moveCard', { params: on.params, body: { to: 'sign-off' } });
  const sams = await enterAs(browser, sam, `${on.page}/sign`);
  await sams.getByTestId('send-back').click();
  await sams.getByLabel('What should change?').waitFor();
  await shoot(sams, 'send-back');
  await sams.keyboard.press('Escape');
  await sign(sam, on, 'comms');
  const { version: seenVersion } = (await sam.call('card', { params: on.params })).card;
  await sam.call('moveCard', { params: on.params, body: { to: 'publish', seenVersion } });
  const { fingerprint } = await sam.call('draftText', { params: on.params });
  on.room.script({ do: 'reset', posts: true });
  await sam.call('publish', { params: on.params, body: { fingerprint } });
  await sams.goto(on.page);
  await sams.locator('[data-reply="unknown"]').waitFor();
  await shoot(sams, 'unknown-reply', sams.locator('[data-reply]'));
  await sams.getByLabel('I looked at the thread').selectOption('It is there');
  await sams.getByLabel('Address of the post').fill('https://bsky.example/post-1');
  await sams.getByLabel('What did you see?').fill('It stands under her post.');
  await sams.getByTestId('settle').click();
  await sams.locator('[data-reply="published"]').waitFor();
  await shoot(sams, 'published-reply', sams.locator('[data-reply]'));
  await shoot(sams, 'published-conversation', sams.getByText('Our reply').first());
}

await shootStates({ late, glass, locked, unknown }, { folder, only: process.argv[3] });
