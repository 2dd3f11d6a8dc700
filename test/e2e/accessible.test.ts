// Every page and main state, for everyone: light and dark, laptop and phone.
import { isAccessible } from './accessible.ts';
import type { Desk, House, Staff } from './house.ts';
import { column, drag, editor, isLive, isSaved, movePanel, openCard, tile } from './on-the-board.ts';
import { expect, test } from './story.ts';

const AUTHOR = 'Ines Vega';

/** A room with cards in several stages; the first is in Sign-off with words that somebody signed and somebody changed. */
async function busyRoom(house: House): Promise<{ room: Desk; sam: Staff; cardId: string }> {
  const [rosa, sam] = [await house.staff('Rosa Field'), await house.staff('Sam Lind')];
  const room = await house.openRoom([
    [rosa, ['responder', 'legal', 'administrator']],
    [sam, ['social_lead', 'responder']],
  ]);
  const author = { handle: 'ines.example', name: AUTHOR, followers: 12_000 };
  const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
  const texts = [
    'The driver threw my parcel over the fence, it is broken',
    'Where is my refund? I am waiting',
    'Thank you!',
  ];
  const cards = await room.cardsFrom([
    room.mention('My parcel arrived broken and nobody answers me', { author, postedAt: hoursAgo(2) }),
    room.mention('Still lost after a week, never again with this company', { postedAt: hoursAgo(4) }),
    room.mention('Where is my order? I am still waiting, this is unacceptable', { postedAt: hoursAgo(1) }),
  ]);
  await room.deliver(texts.map((text) => room.mention(text)));
  await room.deliver([room.mention('I am angry now. Answer me about the broken parcel!', { author })]);
  const cardId = cards[0]?.id ?? '';
  const params = { roomId: room.id, cardId };
  await sam.call('takeCard', { params, body: {} });
  const fields = { class: 'complaint', department: 'logistics' };
  await sam.call('moveCard', { params, body: { to: 'owned', fields } });
  await sam.call('moveCard', { params, body: { to: 'drafting' } });
  await sam.call('startDraft', { params, body: {} });
  return { room, sam, cardId };
}

test('[UI-8] the doors of the house are accessible', async ({ house, enter }) => {
  const { origin } = house.server;
  const page = await enter(null, origin);
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await isAccessible(page, 'sign-in');
  await page.getByLabel('E-mail').fill('nobody@house.example');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('wrong')).toBeVisible();
  await isAccessible(page, 'sign-in refused');
  await page.goto(`${origin}/set-up`);
  await expect(page.getByLabel('Set-up code')).toBeVisible();
  await isAccessible(page, 'set-up');
  await page.goto(`${origin}/no/such/place`);
  await expect(page.getByText('There is nothing here')).toBeVisible();
  await isAccessible(page, 'not found');

  const rooms = await enter(house.admin, `${origin}/rooms`);
  await expect(rooms.getByRole('heading', { name: 'Rooms' })).toBeVisible();
  await isAccessible(rooms, 'rooms');
  await rooms.getByRole('button', { name: 'Open a room' }).click();
  await isAccessible(rooms, 'opening a room');
  await rooms.goto(`${origin}/settings`);
  await expect(rooms.getByText('Theme').first()).toBeVisible();
  await isAccessible(rooms, 'settings');
});

test('[UI-8] the board is accessible, empty, full, and with whatever opens above it', async ({ house, enter }) => {
  const rosa = await house.staff('Rosa Field');
  const empty = await house.openRoom([[rosa, ['responder']]]);
  const first = await enter(rosa, empty.at());
  await isLive(first);
  await isAccessible(first, 'empty board');

  const { room, sam } = await busyRoom(house);
  const page = await enter(sam, room.at());
  await isLive(page);
  await expect(tile(page, AUTHOR)).toBeVisible();
  await isAccessible(page, 'full board');
  const other = column(page, 'new').locator('a[data-card]').first();
  const author = (await other.locator('.name').textContent())?.trim() ?? '';
  await drag(page, author, 'publish');
  await expect(movePanel(page)).toBeVisible();
  await isAccessible(page, 'move panel');
  await page.keyboard.press('Escape');
  await expect(movePanel(page)).toBeHidden();
  for (const [key, state] of [
    ['ControlOrMeta+k', 'palette'],
    ['?', 'keyboard help'],
    ['m', 'move to'],
  ] as const) {
    await other.focus();
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    await isAccessible(page, state);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await other.focus();
  await page.keyboard.press('x');
  await isAccessible(page, 'selected cards');
});

test('[UI-8] a card, its draft and the page to sign on are accessible', async ({ house, enter }) => {
  const { room, sam, cardId } = await busyRoom(house);
  const page = await enter(sam, room.at());
  await isLive(page);
  await openCard(page, AUTHOR);
  await editor(page).click();
  await page.keyboard.type('We value your feedback. You are the only one. We are sorry. Write to me@drovewell.example');
  await isSaved(page);
  await isAccessible(page, 'card beside the board');
  await page.goto(room.at(`/cards/${cardId}`));
  await isSaved(page);
  await expect(page.locator('[data-finding]').first()).toBeVisible();
  await isAccessible(page, 'card with findings');
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('We are sorry, Ines. We will send a new one today. Sam');
  await isSaved(page);
  await page.getByTestId('move-card').click();
  await page.goto(room.at(`/cards/${cardId}/sign`));
  await page.getByTestId('sign').first().click();
  await expect(page.locator('[data-seal="valid"]')).toBeVisible();
  await isAccessible(page, 'signed words');
  await page.getByTestId('send-back').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await isAccessible(page, 'sending back');
  await page.goto(room.at(`/cards/${cardId}`));
  await isSaved(page);
  await editor(page).click();
  await page.keyboard.type(',');
  await expect(page.locator('[data-seal="void"]')).toBeVisible();
  await isAccessible(page, 'card with a cracked seal');
});

test('[UI-8] [UI-31] plan, wall, sources, duty and people are accessible; a shift is planned, handed over and shown', async ({
  house,
  enter,
}) => {
  const { room } = await busyRoom(house);
  const page = await enter(house.admin, room.at('/playbook'));
  await expect(page.getByRole('heading', { name: 'When people complain about us in public' })).toBeVisible();
  await isAccessible(page, 'playbook');
  await page.goto(room.at('/wall'));
  await expect(page.getByText('Longest unanswered')).toBeVisible();
  await isAccessible(page, 'wall');
  await page.goto(room.at('/sources'));
  await expect(page.getByRole('cell', { name: 'Relay' })).toBeVisible();
  await isAccessible(page, 'sources');
  await page.getByRole('button', { name: 'Add a source' }).click();
  await isAccessible(page, 'adding a source');
  await page.getByLabel('Name').fill('Shop reviews');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('The webhook is ready')).toBeVisible();
  await isAccessible(page, 'a new webhook');
  await page.goto(room.at('/duty'));
  await page.getByRole('button', { name: 'Plan a shift' }).click();
  await isAccessible(page, 'planning a shift');
  await page.getByRole('button', { name: 'Put on duty' }).click();
  await expect(page.getByRole('heading', { name: 'On duty now' })).toBeVisible();
  await page.getByRole('button', { name: 'Hand over', exact: true }).click();
  await page.getByLabel('What does whoever comes next').fill('The depot answers after ten.');
  await page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click();
  await expect(page.locator('[data-shift]')).toContainText('The depot answers after ten.');
  await page.getByRole('button', { name: 'Reached just now: Depot manager on duty' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Depot manager on duty' })).not.toContainText(
    'never reached',
  );
  await isAccessible(page, 'duty');
  await page.goto(room.at('/people'));
  await expect(page.getByText('Sam Lind')).toBeVisible();
  await isAccessible(page, 'people');
  await page.getByRole('button', { name: 'Add someone' }).click();
  await isAccessible(page, 'adding someone');
  await page.goto(room.at('/settings'));
  await expect(page.getByRole('button', { name: 'Check the chain' })).toBeVisible();
  await isAccessible(page, 'settings of the room');
  await page.goto(room.at());
  await isLive(page);
  await page.getByRole('button', { name: /^Level 1/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await isAccessible(page, 'changing the level');
});
