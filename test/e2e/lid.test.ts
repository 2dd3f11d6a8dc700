// The lid is closed for a while and the world goes on: what a page says and does when it comes back.
import type { SourceMention } from '@rejoinder/contracts/mentions';
import type { Desk, House, Staff } from './house.ts';
import { column, editor, isLive, isSaved } from './on-the-board.ts';
import { expect, type Page, test } from './story.ts';

const FOUR_MINUTES = 4 * 60_000;

/** A card in Drafting with a begun draft. */
async function draftingDesk(house: House): Promise<{ rosa: Staff; sam: Staff; room: Desk; cardId: string }> {
  const [rosa, sam] = [await house.staff('Rosa Field'), await house.staff('Sam Lind')];
  const room = await house.openRoom([
    [rosa, ['responder']],
    [sam, ['social_lead']],
  ]);
  const mention = room.mention('My parcel was left in the rain, everything is ruined and nobody answers');
  const [card] = await room.cardsFrom([mention]);
  const params = { roomId: room.id, cardId: card?.id ?? '' };
  const fields = { class: 'complaint', department: 'logistics' };
  await rosa.call('takeCard', { params, body: {} });
  await rosa.call('moveCard', { params, body: { to: 'owned', fields } });
  await rosa.call('moveCard', { params, body: { to: 'drafting' } });
  await rosa.call('startDraft', { params, body: {} });
  return { rosa, sam, room, cardId: params.cardId };
}

const storm = (room: Desk, count: number): SourceMention[] =>
  Array.from({ length: count }, (_, i) =>
    room.mention(`Parcel ${i} is lost too, I am still waiting for ${i} days and want my money back`, {
      author: { handle: `storm${i % 400}.example`, name: `Storm ${i % 400}`, followers: i },
    }),
  );

/** What a board shows: per column its count and its first cards, and the newest mention. */
const shown = (page: Page): Promise<unknown> =>
  page.evaluate(() => ({
    columns: [...document.querySelectorAll('section[data-stage]')].map((each) => [
      each.getAttribute('data-stage'),
      each.querySelector('.count')?.textContent?.trim(),
      [...each.querySelectorAll('a[data-card]')].slice(0, 4).map((card) => card.getAttribute('data-card')),
    ]),
    stream: [...document.querySelectorAll('[data-mention]')].slice(0, 3).map((row) => row.getAttribute('data-mention')),
  }));

/** The board of someone who looks for the first time. */
async function equalsFresh(page: Page, fresh: Page, room: Desk): Promise<void> {
  const board = await room.board();
  const open = Object.values(board.cards).filter((card) => card.stage === 'new').length;
  await expect(column(page, 'new').locator('.count').first()).toContainText(String(open));
  await expect.poll(async () => JSON.stringify(await shown(page))).toBe(JSON.stringify(await shown(fresh)));
}

/** Every button that changes something is off and says why. */
async function actionsAreOff(page: Page, why: RegExp): Promise<void> {
  for (const button of [page.getByTestId('move-card'), page.getByRole('button', { name: 'Give it back' })]) {
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveAttribute('title', why);
  }
}

test('[UI-5] after four minutes away and 2,000 mentions the page catches up, acts only then, and keeps what was typed', async ({
  house,
  enter,
}) => {
  const { rosa, sam, room, cardId } = await draftingDesk(house);
  const page = await enter(rosa, room.at(`/cards/${cardId}`), { clock: true });
  const board = await enter(rosa, room.at(), { clock: true });
  await isLive(board);
  await editor(page).click();
  await page.keyboard.type('We are sorry. ');
  await isSaved(page);

  for (const each of [page, board]) await each.context().setOffline(true);
  await page.keyboard.type('We will send a new one today.');
  await expect(page.locator('[data-saved="offline"]')).toBeVisible();
  const mentions = storm(room, 2000);
  for (let at = 0; at < mentions.length; at += 500) await room.deliver(mentions.slice(at, at + 500));
  for (const each of [page, board]) await each.clock.fastForward(FOUR_MINUTES);
  await expect(board.locator('[data-live="stale"]')).toBeVisible();
  await actionsAreOff(page, /out of date|connection is lost/i);
  await sam.call('setRemedy', {
    params: { roomId: room.id, cardId },
    body: { promised: 'A new parcel', delivered: false },
  });

  for (const each of [page, board]) await each.context().setOffline(false);
  await isLive(board);
  await isSaved(page);
  await expect(page.getByTestId('move-card')).not.toHaveAttribute('aria-disabled', 'true');
  const { text } = await rosa.call('draftText', { params: { roomId: room.id, cardId } });
  expect(text).toBe('We are sorry. We will send a new one today.');
  const fresh = await enter(rosa, room.at());
  await isLive(fresh);
  expect((await room.board()).mentionCount).toBe(2001);
  await equalsFresh(board, fresh, room);
});

test('[UI-6] a server that is killed and comes back loses nothing that was typed or shown', async ({
  ownHouse,
  enter,
}) => {
  const { rosa, room, cardId } = await draftingDesk(ownHouse);
  const page = await enter(rosa, room.at(`/cards/${cardId}`));
  const board = await enter(rosa, room.at());
  await isLive(board);
  await editor(page).click();
  await page.keyboard.type('Before the fall. ');
  await isSaved(page);

  await ownHouse.server.kill();
  await page.keyboard.type('While it was gone.');
  await expect(page.locator('[data-saved="offline"]')).toBeVisible();
  await actionsAreOff(page, /connection is lost|out of date/i);
  await ownHouse.server.start();
  await room.deliver(storm(room, 500));

  await isLive(board);
  await isSaved(page);
  const { text } = await rosa.call('draftText', { params: { roomId: room.id, cardId } });
  expect(text).toBe('Before the fall. While it was gone.');
  const fresh = await enter(rosa, room.at());
  await isLive(fresh);
  await equalsFresh(board, fresh, room);
});
