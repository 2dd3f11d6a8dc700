// Words to everybody posted from the room's own account: read, posted by keyboard, unknown and settled, taken back, and shown on the wall.
import { BRIEFLY, isAccessible } from './accessible.ts';
import { expect, test } from './story.ts';

const WORDS = /We know that parcels are late\. .* here again at 14:00/;

test('[UI-38] a statement is read as it goes out, posted from an account, settled where nobody knows, taken back while it waits, and stands on the wall', async ({
  house,
  enter,
}) => {
  const sam = await house.staff('Sam Lind');
  const room = await house.openRoom([[sam, ['social_lead', 'publisher', 'commander']]]);
  const params = { roomId: room.id };
  await house.admin.call('addAccount', {
    params,
    body: { platform: 'x', name: '@drovewell', url: 'http://127.0.0.1:9/x' },
  });
  await sam.call('setLevel', { params, body: { level: 3, reason: 'It is on television.' } });
  const prepare = (what: string) =>
    sam.call('prepareStatement', {
      params,
      body: { planId: 'holding-unclear', slots: { what, time: '14:00' }, text: null },
    });
  await prepare(`parcels are late indeed, ${'day after day '.repeat(8).trim()}`);
  const page = await enter(sam, room.at('/crisis'));
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const line = page.locator('[data-statement]').first();
  const posting = line.locator('[data-posting]');
  const dialog = page.getByRole('dialog');

  // The words, how long they are on each platform, and a platform that does not take them.
  await line.getByRole('button', { name: 'Post it …' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByTestId('exact-words')).toContainText(/We know that parcels are late indeed/);
  const post = dialog.getByRole('button', { name: 'Post it', exact: true });
  await expect(dialog.getByLabel(/@drovewell.*too long/)).toBeDisabled();
  await isAccessible(page, 'a statement about to be posted', BRIEFLY);
  room.script({ do: 'reset' });
  await dialog.getByLabel(/drovewell\.example.*of 300 characters/).focus();
  await page.keyboard.press('Space');
  await post.focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(posting).toHaveAttribute('data-posting', 'unknown');
  await expect(line).toHaveAttribute('data-statement', 'ready');
  await isAccessible(page, 'a statement nobody knows about', BRIEFLY);

  await posting.getByRole('button', { name: 'I looked …' }).click();
  await dialog.getByLabel('What you saw').selectOption('It stands there');
  await dialog.getByLabel('Its address, where it has one').fill('https://social.example/42');
  await dialog.getByLabel('How you know').fill('I read it there.');
  await dialog.getByRole('button', { name: 'Settle it' }).click();
  await expect(posting).toHaveAttribute('data-posting', 'published');
  await expect(posting.getByRole('link', { name: 'See it there' })).toHaveAttribute(
    'href',
    'https://social.example/42',
  );
  await expect(line).toHaveAttribute('data-statement', 'posted');

  // A receiver that asks to wait: it can still be taken back.
  await prepare('parcels are late');
  await expect(line).toContainText(WORDS);
  room.script({ do: 'answer', status: 429, headers: { 'retry-after': '600' } });
  await line.getByRole('button', { name: 'Post it …' }).click();
  await dialog.getByLabel(/drovewell\.example/).check();
  await post.click();
  await expect(posting).toContainText('asked to wait');
  await posting.getByRole('button', { name: 'Take it back …' }).click();
  await dialog.getByLabel('Why?').fill('The number is wrong.');
  await dialog.getByRole('button', { name: 'Take it back', exact: true }).click();
  await expect(posting).toHaveAttribute('data-posting', 'cancelled');
  await line.getByRole('button', { name: 'Post it …' }).click();
  await dialog.getByLabel(/drovewell\.example/).check();
  await post.click();
  await expect(posting).toHaveAttribute('data-posting', 'published');
  expect(room.replies().at(-1)?.text).toMatch(WORDS);

  await page.goto(room.at('/crisis/log'));
  await expect(page.locator('[data-line="statement.settled"]')).toContainText('it was posted');
  await page.goto(room.at('/wall'));
  await expect(page.getByText(WORDS)).toBeVisible();
});
