// The plan cannot be jumped: mouse, keyboard, bulk and a program's token hear the same no with the same list.
import type { Refusal } from '@rejoinder/contracts/problems';
import type { Answer } from '../support/calls.ts';
import type { Desk, House, Staff } from './house.ts';
import { column, drag, isLive, movePanel, tile, tileIn } from './on-the-board.ts';
import { expect, type Page, test } from './story.ts';

const AUTHOR = 'Jumpy Jones';
const COMPLAINT = 'My parcel is late again and nobody answers, I want a refund';

async function roomWithCard(house: House): Promise<{ rosa: Staff; room: Desk; cardId: string }> {
  const rosa = await house.staff('Rosa Field');
  const room = await house.openRoom([[rosa, ['social_lead']]]);
  const mention = room.mention(COMPLAINT, { author: { handle: 'jumpy.example', name: AUTHOR, followers: 40 } });
  const [card] = await room.cardsFrom([mention]);
  return { rosa, room, cardId: card?.id ?? '' };
}

async function refusalOf(answer: Promise<Answer<'moveCard'>>): Promise<Refusal> {
  const got = await answer;
  if (!('refused' in got)) throw new Error(`it was not refused: ${JSON.stringify(got)}`);
  return got.refused;
}

/** The panel says every sentence of the refusal with its clause, and nothing more. */
async function panelSays(page: Page, refused: Refusal): Promise<void> {
  const questions = movePanel(page).locator('[data-rule]');
  expect(refused.missing.length).toBeGreaterThan(1);
  for (const { says, clause } of refused.missing)
    await expect(questions.filter({ hasText: says }).filter({ hasText: clause })).not.toHaveCount(0);
  const sentences = refused.missing.map(({ says }) => says);
  for (const text of await questions.allTextContents())
    expect(sentences.some((says) => text.includes(says))).toBe(true);
}

/** By which doors moves of this card were refused, as the log has it. */
async function doorsRefused(person: Staff, params: { roomId: string; cardId: string }): Promise<string[]> {
  const { timeline } = await person.call('card', { params });
  return timeline.flatMap(({ type, data }) => (type === 'card.moveRefused' ? [(data as { via: string }).via] : []));
}

test('[UI-2] a drag to a later stage opens the list of what lacks, in the words of the API', async ({
  house,
  enter,
}) => {
  const { rosa, room, cardId } = await roomWithCard(house);
  const params = { roomId: room.id, cardId };
  const refused = await refusalOf(rosa.try('moveCard', { params, body: { to: 'publish', via: 'api' } }));

  const page = await enter(rosa, room.at());
  await isLive(page);
  await drag(page, AUTHOR, 'publish');
  await panelSays(page, refused);
  await expect(movePanel(page).getByRole('button', { name: 'Move to Publish' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await expect(tileIn(page, 'new', AUTHOR)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(movePanel(page)).toBeHidden();
  expect((await room.board()).cards[cardId]?.stage).toBe('new');
  await expect.poll(() => doorsRefused(rosa, params)).toEqual(['api', 'drag']);
});

test('[UI-3] the keyboard and a program are refused with the same list as the mouse', async ({ house, enter }) => {
  const { rosa, room, cardId } = await roomWithCard(house);
  const params = { roomId: room.id, cardId };
  const refused = await refusalOf(rosa.try('moveCard', { params, body: { to: 'publish', via: 'api' } }));
  const program = await room.token(['social_lead']);
  expect(await refusalOf(program.try('moveCard', { params, body: { to: 'publish' } }))).toEqual(refused);

  const page = await enter(rosa, room.at());
  await isLive(page);
  await tile(page, AUTHOR).focus();
  await page.keyboard.press('m');
  await page.keyboard.type('Publish');
  await page.keyboard.press('Enter');
  await panelSays(page, refused);

  await expect.poll(() => doorsRefused(rosa, params)).toEqual(['api', 'api', 'keyboard']);
});

test('[UI-4] of twenty cards moved at once each is judged by itself', async ({ house, enter }) => {
  const rosa = await house.staff('Rosa Field');
  const room = await house.openRoom([[rosa, ['social_lead']]]);
  const cards = await room.cardsFrom(Array.from({ length: 20 }, (_, i) => room.mention(`${COMPLAINT}, order ${i}`)));
  const [lacking, ...ready] = cards;
  const fields = { class: 'complaint', department: 'logistics' };
  for (const card of ready) {
    const params = { roomId: room.id, cardId: card.id };
    await rosa.call('assessCard', { params, body: { fields, seenVersion: card.version } });
  }
  const page = await enter(rosa, room.at());
  await isLive(page);
  await column(page, 'new').locator('a[data-card]').first().focus();
  await page.keyboard.press('x');
  for (let i = 1; i < cards.length; i++) await page.keyboard.press('Shift+ArrowDown');
  await expect(page.locator('[data-bulk="bar"]')).toContainText('20 cards selected');
  await page.keyboard.press('m');
  await page.keyboard.type('Owned');
  await page.keyboard.press('Enter');

  const outcomes = page.locator('[data-bulk="outcomes"]');
  await expect(outcomes).toContainText('19 moved, 1 refused.');
  const params = { roomId: room.id, cardId: lacking?.id ?? '' };
  const refused = await refusalOf(rosa.try('moveCard', { params, body: { to: 'owned' } }));
  await expect(outcomes.locator(`[data-refused="${lacking?.id}"]`)).toContainText(refused.says);
  const after = Object.values((await room.board()).cards);
  expect(after.filter((card) => card.stage === 'owned')).toHaveLength(19);
  expect(after.find((card) => card.id === lacking?.id)?.stage).toBe('new');
});
