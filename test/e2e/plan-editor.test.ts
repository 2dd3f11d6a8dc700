// Writing a plan: what may stand there is offered and explained, what is wrong is told at its place, a move is judged by the text.
import { isAccessible } from './accessible.ts';
import type { Desk, House, Staff } from './house.ts';
import { expect, type Page, test } from './story.ts';

const AUTHOR = 'Ines Vega';

async function roomWithCard(house: House): Promise<{ room: Desk; ada: Staff }> {
  const ada = await house.staff('Ada Planner');
  const room = await house.openRoom([[ada, ['commander', 'social_lead']]]);
  const author = { handle: 'ines.example', name: AUTHOR, followers: 120 };
  await room.cardsFrom([room.mention('My parcel arrived broken and nobody answers me', { author })]);
  return { room, ada };
}

const field = (page: Page) => page.getByTestId('plan-editor');
const show = (page: Page, view: string) => page.locator(`[data-shows="${view}"]`).click();
const finding = (page: Page, says: string | RegExp) => page.locator('[data-finding]').filter({ hasText: says });

/** Puts the caret on the line of a stage's door, by the way the page itself offers. */
async function goTo(page: Page, stage: string): Promise<void> {
  await show(page, 'columns');
  await page.locator(`[data-column="${stage}"] h3 button`).click();
  await expect(field(page)).toBeFocused();
}

test('[PW-3] faults and findings stand at their place while typing, and lead there', async ({ house, enter }) => {
  const { room, ada } = await roomWithCard(house);
  const page = await enter(ada, room.at('/playbook'));
  await page.getByRole('link', { name: 'Write a new version' }).click();
  await expect(field(page)).toBeVisible();
  await expect(page.locator('[data-finding="fault"]')).toHaveCount(0);
  await goTo(page, 'new');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('nonsense: 1');
  await show(page, 'findings');
  await expect(finding(page, 'nonsense')).toBeVisible();
  await expect(page.locator('.cm-lintRange-error').first()).toBeVisible();
  await show(page, 'columns');
  await expect(page.getByText('Shown is how it was when it last could be read')).toBeVisible();
  await show(page, 'findings');
  await finding(page, 'nonsense').click();
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(finding(page, 'nonsense')).toHaveCount(0);
});

test('[PW-4] a word of the language is offered, taken with the keyboard and explained at the caret', async ({
  house,
  enter,
}) => {
  const { room, ada } = await roomWithCard(house);
  const page = await enter(ada, room.at('/playbook/edit'));
  await expect(field(page)).toBeVisible();
  await goTo(page, 'new');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('chec', { delay: 60 });
  const offers = page.getByRole('listbox', { name: /Completions/i });
  await expect(offers.getByRole('option', { name: 'checklist' })).toBeVisible();
  // The list takes no key in its first 75 ms, so that nobody takes a word they have not seen.
  await page.evaluate(() => new Promise((seen) => setTimeout(seen, 100)));
  await page.keyboard.press('Enter');
  await expect(field(page)).toContainText('checklist: ');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('status', { name: 'Help on the word at the caret' })).not.toContainText('Ctrl and Space');
});

test('[PW-5] a move of a card is judged by the text as it stands, with clause and way out', async ({
  house,
  enter,
}) => {
  const { room, ada } = await roomWithCard(house);
  const page = await enter(ada, room.at('/playbook/edit'));
  await expect(field(page)).toBeVisible();
  await show(page, 'move');
  await page.getByLabel('Card', { exact: true }).selectOption({ index: 1 });
  await page.getByLabel('Move to').selectOption('owned');
  const verdict = page.locator('[data-verdict]');
  await expect(verdict).toHaveAttribute('data-verdict', 'no');
  await expect(verdict.locator('[data-rule]').first()).toContainText('§');
  const before = await verdict.locator('[data-rule]').count();
  await goTo(page, 'owned');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('enter: [{ actor_has_role: [executive] }]');
  await page.keyboard.press('Escape');
  await show(page, 'move');
  await page.getByLabel('Card', { exact: true }).selectOption({ index: 1 });
  await page.getByLabel('Move to').selectOption('owned');
  await expect(verdict.locator('[data-rule]')).not.toHaveCount(before);
  expect((await room.board()).room.playbook.version).toBe(1);
});

test('[PW-6] what was typed is there again after leaving, can be downloaded and let go', async ({ house, enter }) => {
  const { room, ada } = await roomWithCard(house);
  const page = await enter(ada, room.at('/playbook/edit'));
  await expect(field(page)).toBeVisible();
  await goTo(page, 'new');
  await page.keyboard.press('End');
  await page.keyboard.type(' # One more sentence.');
  await expect(page.locator('[data-kept="kept"]')).toBeVisible();
  await page.reload();
  await expect(page.getByText('This is what you wrote here before.')).toBeVisible();
  await goTo(page, 'new');
  await expect(field(page)).toContainText('One more sentence.');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.md$/);
  await page.getByRole('button', { name: /Begin again/ }).click();
  await page.getByRole('button', { name: 'Let go of it all' }).click();
  await expect(page.locator('[data-kept="same"]')).toBeVisible();
  await page.reload();
  await expect(field(page)).toBeVisible();
  await expect(page.getByText('This is what you wrote here before.')).toHaveCount(0);
});

test('[UI-8] the page where a plan is written is accessible', async ({ house, enter }) => {
  const { room, ada } = await roomWithCard(house);
  const page = await enter(ada, room.at('/playbook/edit'));
  await expect(field(page)).toBeVisible();
  for (const view of ['findings', 'plan', 'columns', 'move']) {
    await show(page, view);
    if (view === 'move') await page.getByLabel('Card', { exact: true }).selectOption({ index: 1 });
    await isAccessible(page, `writing a plan, ${view}`);
  }
});
