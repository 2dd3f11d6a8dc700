// Words that can be trusted: one comma from a tunnel voids three signatures on every screen; each is given again in one action.
import { editor, isSaved } from './on-the-board.ts';
import { sign, signOffDesk, TEXT, write } from './sign-off-desk.ts';
import { expect, test } from './story.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('[WT-3] one comma typed in a tunnel voids three signatures on every screen; each is given again in one action', async ({
  house,
  enter,
}) => {
  const [rosa, tess, sam, colin, lena] = await Promise.all(
    ['Rosa Field', 'Tess Train', 'Sam Lind', 'Colin Comms', 'Lena Law'].map((name) => house.staff(name)),
  );
  if (!rosa || !tess || !sam || !colin || !lena) throw new Error('somebody is missing');
  const desk = await signOffDesk(house, [
    [rosa, ['responder']],
    [tess, ['responder']],
    [sam, ['social_lead']],
    [colin, ['comms']],
    [lena, ['legal']],
  ]);
  const { params } = desk;
  const rosas = await enter(rosa, desk.page);
  await write(rosas, TEXT);
  await rosa.call('moveCard', { params, body: { to: 'sign-off' } });
  const train = await enter(tess, desk.page);
  await expect(editor(train)).toContainText('today. Rosa');
  await isSaved(train);
  await train.context().setOffline(true);
  await editor(train).click();
  await train.keyboard.press('ControlOrMeta+End');
  await train.keyboard.type(',');
  await expect(train.locator('[data-saved="offline"]')).toBeVisible();

  // Legal comes to the words from a link on the phone, signed out: after the sign-in the words are there.
  const lenas = await enter(null, `${desk.page}/sign`, PHONE);
  await lenas.getByLabel('E-mail').fill(lena.email);
  await lenas.getByLabel('Password').fill(lena.password);
  await lenas.getByRole('button', { name: 'Sign in' }).click();
  await expect(lenas.getByTestId('exact-words')).toContainText('today. Rosa');
  await lenas.getByTestId('sign').tap();
  await expect(lenas.getByTestId('sign')).toContainText('Confirm');
  await lenas.getByTestId('sign').tap();
  await expect(lenas.locator('[data-seal="valid"]')).toHaveCount(1);
  const colins = await enter(colin, `${desk.page}/sign`, PHONE);
  expect(await sign(sam, desk, 'social_lead')).toMatchObject({ status: 200 });
  expect(await sign(colin, desk, 'comms')).toMatchObject({ status: 200 });
  const sams = await enter(sam, desk.page);
  const screens = [rosas, sams, lenas, colins];
  for (const screen of screens) await expect(screen.locator('[data-seal="valid"]')).toHaveCount(3);

  await test.step('the comma arrives', async () => {
    const { fingerprint } = await sam.call('draftText', { params });
    const cards = async () => (await desk.room.board()).cards[params.cardId];
    await train.context().setOffline(false);
    await expect
      .poll(async () => (await cards())?.signOffs.every((each) => each.voidedAt !== null), { intervals: [20] })
      .toBe(true);
    const [pressed, moved] = await Promise.all([
      sam.try('publish', { params, body: { fingerprint } }),
      sam.try('moveCard', { params, body: { to: 'publish' } }),
    ]);
    expect(pressed.status).toBe(409);
    expect(moved).toMatchObject({ status: 409, refused: { rule: expect.stringMatching(/GU-1[14]/) } });
    for (const screen of screens) await expect(screen.locator('[data-seal="void"]')).toHaveCount(3, { timeout: 1_000 });
    await expect(sams.getByTestId('publish')).toHaveAttribute('aria-disabled', 'true');
  });

  await test.step('each signer sees the one character and signs again in one action', async () => {
    for (const phone of [lenas, colins]) {
      await phone.getByRole('button', { name: 'Read the new words' }).tap();
      await expect(phone.getByTestId('changes').locator('ins')).toHaveText(',');
      await expect(phone.getByTestId('changes').locator('del')).toHaveCount(0);
      await phone.getByTestId('sign').tap();
      await phone.getByTestId('sign').tap();
    }
    await sams.getByTestId('open-sign').click();
    await expect(sams.getByTestId('changes').locator('ins')).toHaveText(',');
    await sams.getByTestId('sign').click();
    await expect(sams.locator('[data-seal="valid"]')).toHaveCount(3);
    await expect(sams.locator('[data-seal="void"]')).toHaveCount(0);
  });

  const card = (await desk.room.board()).cards[params.cardId];
  expect(card?.signOffs.map((each) => each.voidedAt !== null)).toEqual([true, true, true, false, false, false]);
  expect(new Set(card?.signOffs.map((each) => each.fingerprint)).size).toBe(2);
  expect((await rosa.call('draftText', { params })).text).toBe(`${TEXT},`);
  // A colleague's caret and name may stand before the comma.
  for (const page of [rosas, train]) await expect(editor(page)).toContainText(/Rosa[^.]*,/);
});
