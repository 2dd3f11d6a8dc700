// A reply is published once while a colleague's lid is closed; what was typed meanwhile is kept.
import { editor } from './on-the-board.ts';
import { sign, signOffDesk, TEXT, write } from './sign-off-desk.ts';
import { expect, test } from './story.ts';

test('[WT-8] of two on one card one is offline while the other publishes: one reply, what was typed is kept, and it says who published', async ({
  house,
  enter,
}) => {
  const [rosa, sam] = [await house.staff('Rosa Field'), await house.staff('Sam Lind')];
  const desk = await signOffDesk(house, [
    [rosa, ['responder']],
    [sam, ['social_lead', 'publisher', 'comms']],
  ]);
  const { params } = desk;
  const rosas = await enter(rosa, desk.page);
  await write(rosas, TEXT);
  await rosa.call('moveCard', { params, body: { to: 'sign-off' } });
  await expect(editor(rosas)).toContainText('today. Rosa');
  await rosas.context().setOffline(true);
  await editor(rosas).click();
  await rosas.keyboard.press('ControlOrMeta+End');
  await rosas.keyboard.type(' PS: and a voucher.');
  await expect(rosas.locator('[data-saved="offline"]')).toBeVisible();

  expect(await sign(sam, desk, 'comms')).toMatchObject({ status: 200 });
  const { version: seenVersion } = (await desk.room.board()).cards[params.cardId] ?? { version: 1 };
  await sam.call('moveCard', { params, body: { to: 'publish', seenVersion } });
  const sams = await enter(sam, desk.page);
  await sams.getByTestId('publish').click();
  await expect(sams.locator('[data-reply="published"]')).toBeVisible();

  await rosas.context().setOffline(false);
  await expect(rosas.locator('[data-reply="published"]')).toBeVisible();
  await expect(rosas.getByText('Sam Lind published the reply')).toBeVisible();
  // Her page shows the words that went out; hers came too late for them and are kept beside, to be put back or let go.
  await expect(editor(rosas)).not.toContainText('PS:');
  await expect(rosas.getByTestId('set-aside')).toContainText('PS: and a voucher.');
  const late = await rosa.try('moveCard', { params, body: { to: 'publish', seenVersion } });
  expect(late).toMatchObject({ status: 409, refused: { rule: 'CA-1' } });
  expect((await rosa.call('draftText', { params })).text).toBe(TEXT);
  expect(desk.room.replies()).toMatchObject([{ text: TEXT }]);
});
