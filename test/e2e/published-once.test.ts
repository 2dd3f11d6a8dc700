// A reply is published once while a colleague's lid is closed; what was typed meanwhile is kept.
import type { Desk, House, Staff } from './house.ts';
import { editor, isSaved } from './on-the-board.ts';
import { expect, type Page, test } from './story.ts';

const TEXT = 'We are sorry, Marta. We will send a new parcel today. Rosa';

type Card = { room: Desk; params: { roomId: string; cardId: string }; page: string };

/** A card in Sign-off whose draft is written by the first of the cast. */
async function signOffDesk(house: House, cast: [Staff, string[]][]): Promise<Card> {
  const [[writer] = []] = cast;
  if (!writer) throw new Error('nobody writes');
  const room = await house.openRoom(cast);
  const mention = room.mention('My parcel was left in the rain, everything is ruined and nobody answers', {
    author: { handle: 'marta.example', name: 'Marta Okoye', followers: 900 },
  });
  const [card] = await room.cardsFrom([mention]);
  const params = { roomId: room.id, cardId: card?.id ?? '' };
  await writer.call('takeCard', { params, body: {} });
  await writer.call('moveCard', {
    params,
    body: { to: 'owned', fields: { class: 'complaint', department: 'logistics' } },
  });
  await writer.call('moveCard', { params, body: { to: 'drafting' } });
  await writer.call('startDraft', { params, body: {} });
  await writer.call('seePosts', { params, body: { count: 1 } });
  return { room, params, page: room.at(`/cards/${params.cardId}`) };
}

async function write(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.type(text);
  await isSaved(page);
}

const sign = async (who: Staff, { params }: Card, role: string) => {
  const { fingerprint } = await who.call('draftText', { params });
  return who.try('sign', { params, body: { fingerprint, role } });
};

test('[ST-8] of two on one card one is offline while the other publishes: one reply, what was typed is kept, and it says who published', async ({
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
  await expect(editor(rosas)).toContainText('PS: and a voucher.');
  const late = await rosa.try('moveCard', { params, body: { to: 'publish', seenVersion } });
  expect(late).toMatchObject({ status: 409, refused: { rule: 'CA-1' } });
  expect((await rosa.call('draftText', { params })).text).toBe(TEXT);
  expect(desk.room.replies()).toMatchObject([{ text: TEXT }]);
});
