// The plan of a running room: read and confirmed, and another one taken only after it was seen what that would do.
import { defaultPlaybookText } from '../../server/src/playbooks/playbooks.service.ts';
import { isAccessible } from './accessible.ts';
import { expect, test } from './story.ts';

const version = (n: number): string => defaultPlaybookText().replace(/^version: \d+$/m, `version: ${n}`);

test('[UI-14] a commander confirms reading the plan, sees what another would do, takes it and goes back', async ({
  house,
  enter,
}) => {
  const ida = await house.staff('Ida Hale');
  const room = await house.openRoom([[ida, ['commander']]]);
  const [card] = await room.cardsFrom([room.mention('My parcel is lost and nobody answers me')]);
  if (!card) throw new Error('a card is open');
  const page = await enter(ida, room.at('/playbook'));
  const reading = page.getByRole('region', { name: 'Who has read it' });
  await expect(reading).toContainText(/Not yet: .*Commander/);
  await reading.getByRole('button', { name: /I have read version/ }).click();
  await expect(reading).toContainText('Commander: read by Ida Hale');

  const take = (text: string) =>
    page
      .getByLabel('Take another plan …')
      .setInputFiles({ name: 'plan.md', mimeType: 'text/markdown', buffer: Buffer.from(text) });
  const asks = page.getByRole('dialog');
  await take('# no plan at all');
  await expect(asks.getByRole('alert')).toContainText('line 1');
  await isAccessible(page, 'a text that is no plan');
  await asks.getByRole('button', { name: 'Cancel' }).click();

  const other = version(90)
    .replaceAll('stage new\n', 'stage arrived\n')
    .replaceAll('first_stage: new\n', 'first_stage: arrived\n');
  await take(other);
  await expect(asks).toContainText('1 card loses its column');
  await expect(asks).toContainText(card.author.name);
  await isAccessible(page, 'what another plan would do');
  await asks.getByRole('button', { name: 'Run this plan' }).click();
  await expect(asks).toBeHidden();
  await expect(page.getByText('Version 90', { exact: true })).toBeVisible();
  expect((await room.board()).cards[card.id]?.stage).toBe('arrived');
  await expect(reading).toContainText(/Not yet: .*Commander/);

  const earlier = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Go back to it …' }) });
  await earlier.getByRole('button').first().click();
  await asks.getByLabel('Why').fill('The new first column confused people.');
  await asks.getByRole('button', { name: /Go back to version/ }).click();
  await expect(asks).toBeHidden();
  await expect(page.getByText('Version 90', { exact: true })).toBeHidden();
  expect((await room.board()).cards[card.id]?.stage).toBe('new');
});
