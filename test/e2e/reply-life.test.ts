// The life of a reply in two browsers: who wrote what, its history, a version brought back; comments on its words.
import { isAccessible } from './accessible.ts';
import type { House } from './house.ts';
import { editor, isSaved } from './on-the-board.ts';
import { expect, type Page, test } from './story.ts';

/** A card in Drafting with its reply open, and the address of its page. */
async function drafting(house: House) {
  const [rosa, sam] = [await house.staff('Rosa Field'), await house.staff('Sam Lind')];
  const room = await house.openRoom([
    [rosa, ['responder']],
    [sam, ['social_lead', 'responder']],
  ]);
  const [card] = await room.cardsFrom([
    room.mention('My parcel was left in the rain, I want a refund. Nobody answers!'),
  ]);
  const params = { roomId: room.id, cardId: card?.id ?? '' };
  const fields = { class: 'complaint', department: 'logistics' };
  await rosa.call('moveCard', { params, body: { to: 'owned', fields, take: true } });
  await rosa.call('moveCard', { params, body: { to: 'drafting' } });
  await rosa.call('startDraft', { params, body: {} });
  return { rosa, sam, room, params, address: room.at(`/cards/${params.cardId}`) };
}

async function type(page: Page, words: string, key = 'ControlOrMeta+End'): Promise<void> {
  await editor(page).click();
  await page.keyboard.press(key);
  await page.keyboard.type(words);
  await isSaved(page);
}

/** Selects words in the text field by keyboard, from its start. */
async function select(page: Page, before: string, words: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+Home');
  for (const _ of before) await page.keyboard.press('ArrowRight');
  for (const _ of words) await page.keyboard.press('Shift+ArrowRight');
}

test('[UI-21] two write, one signs, one edits; the history shows who wrote what and brings a version back', async ({
  house,
  enter,
}) => {
  const { rosa, sam, params, address } = await drafting(house);
  const [rosas, sams] = [await enter(rosa, address), await enter(sam, address)];
  await type(rosas, 'We are sorry. ');
  await expect(editor(sams)).toContainText('We are sorry.');
  await type(sams, 'A new one comes today. Sam');
  await expect(editor(rosas)).toContainText('today. Sam');

  await rosas.getByTestId('who-wrote').click();
  const legend = rosas.getByTestId('who-legend');
  await expect(legend).toContainText('Rosa Field');
  await expect(legend).toContainText('Sam Lind');
  await expect(editor(rosas).locator('.cm-who[title="Written by Sam Lind"]')).toHaveText('A new one comes today. Sam');
  await legend.getByRole('button', { name: /Rosa Field/ }).click();
  await expect(legend).toContainText('At the caret: Rosa Field');
  await isAccessible(rosas, 'who wrote what');
  await rosas.getByTestId('who-wrote').click();

  await rosa.call('moveCard', { params, body: { to: 'sign-off', reason: 'Ready.' } });
  const { fingerprint } = await sam.call('draftText', { params });
  await sam.call('sign', { params, body: { fingerprint, role: 'social_lead' } });
  await expect(rosas.locator('[data-seal="valid"]')).toBeVisible();
  await type(rosas, 'Hm. ', 'ControlOrMeta+Home');
  await expect(rosas.locator('[data-seal="void"]')).toBeVisible();

  await rosas.getByTestId('history').click();
  const text = rosas.getByTestId('history-text');
  await expect(text).toHaveText('Hm. We are sorry. A new one comes today. Sam');
  await rosas.getByTestId('history-slider').focus();
  await rosas.keyboard.press('Home');
  await expect(text).toHaveText('At this step the text is empty.');
  await rosas.keyboard.press('ArrowRight');
  await expect(text).toHaveText(/^W/);
  await expect(text.locator('[title="Written by Rosa Field"]')).toBeVisible();
  await rosas.getByRole('button', { name: /^Signed by Sam Lind.*void/ }).click();
  await expect(text).toHaveText('We are sorry. A new one comes today. Sam');
  await isAccessible(rosas, 'history');
  await rosas.getByLabel('Why does it come back?').fill('The signed words were right.');
  await rosas.getByTestId('restore').click();
  await expect(rosas.getByTestId('history-text')).toBeHidden();
  for (const page of [rosas, sams]) await expect(editor(page)).toHaveText('We are sorry. A new one comes today. Sam');
  await expect(sams.getByText('brought back an earlier version').first()).toBeVisible();
  await type(sams, 'Dear you. ', 'ControlOrMeta+Home');
  await expect(editor(rosas)).toHaveText(/^Dear you/);
});

test('[UI-22] a comment on words tells the colleague it names; it goes with its words, is orphaned without them, and is resolved', async ({
  house,
  enter,
}) => {
  const { rosa, sam, room, address } = await drafting(house);
  const [rosas, sams] = [await enter(rosa, address), await enter(sam, room.at())];
  await type(rosas, 'We send a new parcel today. Rosa');
  await select(rosas, 'We send a ', 'new parcel');
  await rosas.keyboard.press('ControlOrMeta+Alt+m');
  await expect(rosas.getByText('On the words new parcel')).toBeVisible();
  await rosas.keyboard.type('Do we have one, @sa');
  await expect(rosas.getByRole('listbox').getByRole('option', { name: 'Sam Lind' })).toBeVisible();
  await isAccessible(rosas, 'writing a comment');
  await rosas.keyboard.press('Enter');
  await rosas.keyboard.type('?');
  await rosas.getByRole('button', { name: 'Comment', exact: true }).last().click();
  await expect(editor(rosas).locator('.cm-comment')).toHaveText('new parcel');

  await expect(sams.getByText('Rosa Field: Do we have one, @Sam Lind ?')).toBeVisible();
  const forYou = sams.getByTestId('for-you');
  await expect(forYou).toHaveAttribute('data-unread', '1');
  await forYou.click();
  await expect(sams.getByTestId('for-you-list')).toContainText('Rosa Field named you');
  await isAccessible(sams, 'for you');
  await sams.getByTestId('for-you-list').getByRole('link').click();
  const comment = sams.locator('[data-comment]');
  await expect(comment).toHaveAttribute('data-comment', 'placed');
  await expect(forYou).toHaveAttribute('data-unread', '0');
  await expect(comment).toBeFocused();
  // The page leads to the comment by itself; a press in the moment in which it moves is pressed again.
  const answer = comment.locator('textarea');
  await expect(async () => {
    if (!(await answer.isVisible())) await comment.getByRole('button', { name: 'Answer' }).click({ timeout: 1_000 });
    await expect(answer).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await sams.keyboard.type('One is left.');
  await sams.keyboard.press('ControlOrMeta+Enter');
  await expect(rosas.locator('[data-comment]')).toContainText('One is left.');
  await expect(rosas.getByTestId('for-you')).toHaveAttribute('data-unread', '1');

  await select(rosas, 'We send a ', 'new parcel');
  await rosas.keyboard.type('voucher');
  await expect(comment).toHaveAttribute('data-comment', 'orphaned');
  await expect(comment).toContainText('new parcel These words are gone.');
  await isAccessible(sams, 'an orphaned comment');
  await comment.getByRole('button', { name: 'Resolve' }).click();
  await expect(sams.getByTestId('comments-open')).toBeHidden();
  await rosas.getByRole('button', { name: 'Show 1 resolved comment' }).click();
  await expect(rosas.locator('[data-comment]')).toContainText('Resolved by Sam Lind');
});
