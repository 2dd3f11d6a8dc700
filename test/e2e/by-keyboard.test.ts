// The main job by keyboard alone, with reduced motion: from the sign-in page to the published reply.

import type { Locator } from '@playwright/test';
import type { Staff } from './house.ts';
import { editor, isLive, isSaved, tileIn } from './on-the-board.ts';
import { expect, type Page, test } from './story.ts';

const MOST_STEPS = 90;

/** Presses Tab until it has the focus; whatever cannot be reached so, cannot be used without a mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let step = 0; step < MOST_STEPS; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target} cannot be reached with Tab`);
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

async function signIn(page: Page, person: Staff): Promise<void> {
  await tabTo(page, page.getByLabel('E-mail'));
  await page.keyboard.type(person.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(person.password);
  await page.keyboard.press('Enter');
}

async function moveTo(page: Page, stage: string): Promise<void> {
  await page.keyboard.press('m');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type(stage);
  await page.keyboard.press('Enter');
}

/** Puts the keyboard on the card that burns first. */
async function goToCard(page: Page, author: string): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await expect(page.locator('a[data-card]:focus')).toContainText(author);
}

test('[UI-7] the main job works by keyboard alone and with reduced motion', async ({ house, enter }) => {
  const [kim, sam] = [await house.staff('Kim Keys'), await house.staff('Sam Stein')];
  const room = await house.openRoom([
    [kim, ['responder']],
    [sam, ['social_lead']],
  ]);
  const author = 'Petra Noll';
  const mention = room.mention('The parcel never arrived and the driver was rude, I am still waiting', {
    author: { handle: 'petra.example', name: author, followers: 12 },
  });
  const [card] = await room.cardsFrom([mention]);
  const start = new URL(room.at()).origin;
  const kims = await enter(null, start, { reducedMotion: 'reduce' });
  const sams = await enter(null, start, { reducedMotion: 'reduce' });

  await signIn(kims, kim);
  await isLive(kims);
  await goToCard(kims, author);
  await moveTo(kims, 'Owned');
  const panel = kims.getByRole('dialog');
  await tabTo(kims, panel.getByLabel('Class'));
  await kims.keyboard.type('Complaint');
  await tabTo(kims, panel.getByLabel('Department'));
  await kims.keyboard.type('Logistics');
  await press(kims, panel.getByRole('button', { name: 'Move to Owned' }));
  await expect(tileIn(kims, 'owned', author)).toBeFocused();
  await kims.keyboard.press('t');
  await expect(tileIn(kims, 'owned', author).locator('.owner [title="Owned by Kim Keys"]')).toBeVisible();
  await moveTo(kims, 'Drafting');
  await expect(tileIn(kims, 'drafting', author)).toBeFocused();
  await kims.keyboard.press('Enter');
  await press(kims, kims.getByTestId('start-draft'));
  await tabTo(kims, editor(kims));
  await kims.keyboard.type('You are right, Petra, that should not have happened. ');
  await isSaved(kims);

  await signIn(sams, sam);
  await isLive(sams);
  await goToCard(sams, author);
  await sams.keyboard.press('Enter');
  await tabTo(sams, editor(sams));
  await sams.keyboard.press('ControlOrMeta+End');
  await sams.keyboard.type('I will call the depot today. Sam');
  await isSaved(sams);

  await expect(editor(kims)).toContainText('today. Sam');
  await press(kims, kims.getByTestId('move-card'));
  await expect(tileIn(kims, 'sign-off', author)).toBeVisible();

  await press(sams, sams.getByTestId('open-sign'));
  await press(sams, sams.getByTestId('sign'));
  await expect(sams.locator('[data-seal="valid"]')).toBeVisible();
  await press(sams, sams.getByRole('link', { name: 'To the card' }));
  await press(sams, sams.getByTestId('move-card'));
  await press(sams, sams.getByTestId('publish'));
  await expect(tileIn(kims, 'follow-up', author)).toBeVisible();
  expect(room.replies().map((each) => each.text)).toEqual([
    'You are right, Petra, that should not have happened. I will call the depot today. Sam',
  ]);
  expect((await room.board()).cards[card?.id ?? '']?.reply?.state).toBe('published');
});
