// A promise that is broken asks somebody: it stands in their "For you", is accepted in one press, and asks nobody any more.
import { isAccessible } from './accessible.ts';
import { isLive, tile } from './on-the-board.ts';
import { expect, test } from './story.ts';

const HOUR = 3_600_000;

test('[UI-32] an ask reaches a second person, who accepts it in one press; the card says who has it', async ({
  house,
  enter,
}) => {
  const [rosa, sam] = await Promise.all(['Rosa Field', 'Sam Lead'].map(house.staff));
  if (!rosa || !sam) throw new Error('nobody came');
  const room = await house.openRoom([
    [rosa, ['responder']],
    [sam, ['social_lead']],
  ]);
  const [rosas, sams] = await Promise.all([enter(rosa, room.at()), enter(sam, room.at())]);
  await Promise.all([rosas, sams].map(isLive));
  // Posted five hours ago and only heard of now: the promised time is over when the card opens.
  const postedAt = new Date(Date.now() - 5 * HOUR).toISOString();
  const [card] = await room.cardsFrom([
    room.mention('@drovewell.example my parcel was left in the rain and is ruined, I want a refund', { postedAt }),
  ]);
  if (!card) throw new Error('no card');
  const mine = sams.getByTestId('for-you');
  await expect(mine).toHaveAttribute('data-asked', '1');
  await expect(tile(rosas, card.author.name).locator('[data-bell="asking"]')).toBeVisible();

  await rosas.goto(room.at(`/cards/${card.id}`));
  const run = rosas.locator('article[data-ladder]');
  await expect(run).toContainText('First public reply: the promised time is over.');
  await expect(run.locator('[data-ask="waiting"]')).toContainText('Sam Lead');
  await isAccessible(rosas, 'a card about which somebody is asked');

  await mine.click();
  const list = sams.getByTestId('asked-of-me');
  await isAccessible(sams, 'asked of me');
  await list.getByRole('button', { name: 'Accept' }).click();
  await expect(list).toBeHidden();
  await expect(mine).toHaveAttribute('data-asked', '0');
  await expect(run).toHaveAttribute('data-ladder', 'accepted');
  await expect(run).toContainText('Sam Lead accepted');
  expect(Object.values((await room.board()).cards)[0]?.owner?.userId).toBe(sam.userId);
});
