// The first minute: a rehearsal that moves by itself, and a real installation from its set-up link to its first mention.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isAccessible } from './accessible.ts';
import { isLive } from './on-the-board.ts';
import { startServer } from './server-process.ts';
import { expect, test } from './story.ts';

const run = promisify(execFile);

test('[UI-9] a fresh installation offers a rehearsal: one click, and the board moves by itself', async ({ enter }) => {
  const server = await startServer({ database: 'own' });
  try {
    const page = await enter(null, server.origin);
    await expect(page.getByText(/rehearsal/i).first()).toBeVisible();
    const personas = page.getByRole('button', { name: /Start as / });
    await expect(personas).toHaveCount(3);
    await isAccessible(page, 'first run');
    await personas.first().click();
    await isLive(page);
    await expect(page.getByText('This is a rehearsal: nothing is published')).toBeVisible();
    await expect.poll(() => page.locator('a[data-card]').count()).toBeGreaterThan(3);
    const newest = page.locator('[data-mention]').first();
    const before = await newest.getAttribute('data-mention');
    await expect(newest).not.toHaveAttribute('data-mention', before ?? '', { timeout: 30_000 });
    await isAccessible(page, 'rehearsal');
  } finally {
    await server.close();
  }
});

test('[UI-10] a real installation begins with a link that works once, and its first test item arrives by curl', async ({
  enter,
}) => {
  const server = await startServer({ database: 'clone', env: { NODE_ENV: 'production' } });
  try {
    const link = await server.setUpAddress();
    const page = await enter(null, server.origin);
    await expect(page.getByText('This Rejoinder is new')).toBeVisible();
    await expect(page.getByRole('button', { name: /Start as / })).toHaveCount(0);
    await page.goto(link);
    await page.getByLabel('Your name').fill('Ada Adminson');
    await page.getByLabel('E-mail').fill('ada@house.example');
    await page.getByLabel('Password').fill('a sentence that is long');
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByRole('button', { name: 'Open a room' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name of the room').fill('Winter desk');
    await dialog.getByRole('button', { name: 'Open a room' }).click();
    await isLive(page);

    await page.getByRole('link', { name: 'Sources', exact: true }).click();
    await page.getByRole('button', { name: 'Add a source' }).click();
    await dialog.getByLabel('Name').fill('Shop reviews');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    const example = await dialog.getByRole('textbox', { name: 'Send a test item from a terminal' }).inputValue();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('link', { name: 'Board', exact: true }).click();
    await isLive(page);
    const { stdout } = await run('sh', ['-c', example]);
    expect(JSON.parse(stdout)).toMatchObject({ stored: 1 });
    await expect(page.locator('[data-mention]')).toContainText('My parcel never arrived');
    await expect(page.locator('a[data-card]')).toContainText('Test Person');

    const late = await enter(null, link);
    await late.getByLabel('Your name').fill('Eve Late');
    await late.getByLabel('E-mail').fill('eve@house.example');
    await late.getByLabel('Password').fill('a sentence that is long');
    await late.getByRole('button', { name: 'Create the account' }).click();
    await expect(late.getByText('used already')).toBeVisible();
  } finally {
    await server.close();
  }
});
