// Thirty complaints about one thing: an approved fact sheet, a claim outside it, and what other facts do to unsent and sent replies.
import type { CardView } from '@rejoinder/contracts/cards';
import { typist, until } from '../coedit/typist.ts';
import { isAccessible } from './accessible.ts';
import type { Desk, Staff } from './house.ts';
import { editor, isLive, isSaved } from './on-the-board.ts';
import { expect, test } from './story.ts';

const FIRST = 'About 12,000 parcels got wet on 2 March.';
const SECOND = 'About 9,000 parcels got wet on 2 March.';

/** Writes the words of a card and brings it to Publish, signed. */
async function signed(room: Desk, team: Record<'rosa' | 'colin', Staff>, card: CardView, text: string): Promise<void> {
  const { rosa, colin } = team;
  const params = { roomId: room.id, cardId: card.id };
  const move = async (to: string, more = {}) => {
    const { version } = (await rosa.call('card', { params })).card;
    await rosa.call('moveCard', { params, body: { to, reason: 'Go on.', seenVersion: version, ...more } });
  };
  await move('owned', { fields: { class: 'complaint', department: 'logistics' }, take: true });
  await move('drafting');
  const { draft } = (await rosa.call('startDraft', { params, body: {} })).card;
  const { origin, host } = new URL(room.at());
  const t = typist(`ws://${host}/yjs`, `${room.id}/${draft?.id}.${draft?.generation}`, {
    headers: { cookie: rosa.cookie, origin },
  });
  await until(() => t.provider.synced, 'the draft is open');
  t.text.insert(0, text);
  await until(() => t.allSaved(), 'the words are saved');
  t.leave();
  await move('sign-off');
  await rosa.call('seePosts', { params, body: { count: card.posts.count } });
  const { fingerprint } = await colin.call('draftText', { params });
  await colin.call('sign', { params, body: { fingerprint, role: 'comms' } });
  await move('publish');
}

test('[UI-30] thirty cards of one story share facts; a claim outside asks for legal; other facts void the unsent and list the sent', async ({
  house,
  enter,
}) => {
  const [rosa, colin, lena] = await Promise.all(['Rosa Field', 'Colin Comms', 'Lena Legal'].map(house.staff));
  if (!rosa || !colin || !lena) throw new Error('nobody came');
  const room = await house.openRoom([
    [rosa, ['social_lead', 'publisher', 'responder']],
    [colin, ['comms']],
    [lena, ['legal']],
  ]);
  const params = { roomId: room.id };
  const cards = await room.cardsFrom(
    Array.from({ length: 30 }, (_, i) =>
      room.mention(`My parcel was left out in the rain by your driver and everything in it is ruined, case ${i}`),
    ),
  );
  const storyId = cards[0]?.storyId ?? '';
  expect(new Set(cards.map((card) => card.storyId)).size).toBe(1);
  const on = { ...params, storyId };
  const facts = (text: string) => [{ text, source: 'Depot log' }];
  const { sheet } = await rosa.call('writeFacts', { params: on, body: { facts: facts(FIRST), after: 0 } });
  const approval = { version: 1, fingerprint: sheet.fingerprint, role: 'legal' };
  await lena.call('approveFacts', { params: on, body: approval });
  const [sent, waiting, claiming] = cards as [CardView, CardView, CardView];
  const team = { rosa, colin };
  await signed(room, team, sent, 'I am sorry, that should not have happened. It hit 12,000 parcels. Rosa');
  await signed(room, team, waiting, 'We are sorry your books are lost; yours lay among twelve thousand parcels. Rosa');
  const { fingerprint } = await rosa.call('draftText', { params: { ...params, cardId: sent.id } });
  await rosa.call('publish', { params: { ...params, cardId: sent.id }, body: { fingerprint } });

  const page = await enter(rosa, room.at('/stories'));
  await test.step('the story is listed, opened, and its cards are given to somebody all at once', async () => {
    const row = page.locator(`li[data-story="${storyId}"]`);
    await expect(row).toContainText('30 cards · 30 mentions');
    await isAccessible(page, 'stories');
    await row.getByRole('link').click();
    await expect(page.getByText('Version 1, approved by Lena Legal, Legal')).toBeVisible();
    await page.getByRole('link', { name: 'Show on the board' }).click();
    await isLive(page);
    const filter = page.locator('[data-filter]');
    await expect(filter).toContainText('30 cards');
    await filter.getByRole('button', { name: /^Select all/ }).click();
    await page.getByLabel('Give the selected cards to').selectOption({ label: 'Colin Comms' });
    await expect
      .poll(
        async () => Object.values((await room.board()).cards).filter((c) => c.owner?.userId === colin.userId).length,
      )
      .toBeGreaterThan(28);
    await filter.getByRole('button', { name: 'Show all cards' }).click();
    await expect(filter).toBeHidden();
  });

  await test.step('a fact is inserted in one press; a claim outside is marked and asks for legal', async () => {
    const at = { ...params, cardId: claiming.id };
    const move = (to: string, more = {}) =>
      rosa.call('moveCard', { params: at, body: { to, reason: 'Go on.', ...more } });
    await move('owned', { fields: { class: 'complaint', department: 'logistics' }, take: true });
    await rosa.call('setLevel', { params, body: { level: 3, reason: 'It spreads.' } });
    await move('drafting');
    await rosa.call('startDraft', { params: at, body: {} });
    await page.goto(room.at(`/cards/${claiming.id}`));
    await editor(page).click();
    await page.keyboard.type('I am sorry.');
    await page.getByRole('button', { name: `Insert into the reply: ${FIRST}` }).click();
    await expect(editor(page)).toContainText(`I am sorry. ${FIRST}`);
    await expect(page.locator('[data-rule="GU-30"]')).toHaveCount(0);
    await page.keyboard.type(' We lost 15,000 of them. Rosa');
    await expect(page.locator('[data-finding][data-rule="GU-30"]')).toContainText('15,000');
    await isSaved(page);
    const refused = await rosa.try('moveCard', { params: at, body: { to: 'sign-off', reason: 'Go on.' } });
    expect('refused' in refused && refused.refused?.missing).toContainEqual(
      expect.objectContaining({ rule: 'GU-30', who: ['legal'], says: expect.stringContaining('15,000') }),
    );
  });

  await test.step('other facts void what is unsent and list what was sent', async () => {
    const waits = await enter(colin, room.at(`/cards/${waiting.id}`));
    await expect(waits.locator('[data-seal="valid"]')).toBeVisible();
    await page.goto(room.at(`/stories/${storyId}`));
    await page.getByRole('button', { name: 'Change the facts' }).click();
    await page.getByLabel('Fact 1', { exact: true }).fill(SECOND);
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await expect(page.getByText('Version 2 by Rosa Field waits for approval')).toBeVisible();
    const approves = await enter(lena, room.at(`/stories/${storyId}`));
    await isAccessible(approves, 'facts wait for approval');
    await approves.getByRole('button', { name: 'Approve these facts' }).click();
    await expect(approves.getByText('Version 2, approved by Lena Legal, Legal')).toBeVisible();
    await expect(waits.locator('[data-seal="void"]').first()).toBeVisible();
    await expect(page.locator('[data-sent]')).toContainText('No fact covers now: 12,000');
    await expect(page.locator('[data-sent] a')).toHaveAttribute('href', `/rooms/${room.id}/cards/${sent.id}`);
    expect(room.replies()).toHaveLength(1);
  });
});
