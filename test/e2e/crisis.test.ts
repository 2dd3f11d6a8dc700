// A crisis from its declaration to the release of what was held, on two screens, with a plan whose times are short.
import { readFileSync } from 'node:fs';
import { isAccessible } from './accessible.ts';
import { expect, test } from './story.ts';

const PLAN = readFileSync(new URL('../../server/playbooks/default.md', import.meta.url), 'utf8')
  .replace('version: 1', 'version: 2')
  .replace(
    /criteria:\n( {2}- .*\n)+held_for: .*\n/,
    'criteria:\n  - update_not_overdue\n  - closing_statement_posted\nheld_for: 1s\n',
  );

test('[UI-37] a crisis is declared, told about, not stood down before its criteria hold, then stood down, and what was held is released', async ({
  house,
  enter,
}) => {
  const [ida, cora] = [await house.staff('Ida Hale'), await house.staff('Cora Bell')];
  const room = await house.openRoom([
    [ida, ['commander']],
    [cora, ['comms', 'social_lead']],
  ]);
  const params = { roomId: room.id };
  await ida.call('adoptPlaybook', { params, body: { text: PLAN } });
  const idas = await enter(ida, room.at('/crisis'));
  await expect(idas.getByText('Live', { exact: true })).toBeVisible();
  const dialog = idas.getByRole('dialog');
  await idas.getByRole('button', { name: 'Declare a crisis' }).click();
  await dialog.getByLabel('Level').selectOption('3');
  await dialog.getByLabel('Why?').fill('It is on television.');
  await dialog.getByRole('button', { name: 'Declare' }).click();
  await expect(dialog).toBeHidden();
  const state = (page: typeof idas) => page.locator('[data-state] [aria-current="step"]');
  await expect(state(idas)).toHaveText('Declared');
  await expect(idas.locator('[data-promise="update:internal"]')).toContainText('due');
  await expect(idas.getByRole('link', { name: /Declared.*in/ })).toBeVisible();

  const coras = await enter(cora, room.at('/crisis'));
  await expect(coras.getByText('Live', { exact: true })).toBeVisible();
  await coras.getByRole('button', { name: 'Hold something' }).click();
  await coras.getByLabel('What would have gone out').fill('Spring sale newsletter');
  await coras.getByRole('button', { name: 'Hold it' }).click();
  await expect(coras.locator('[data-frozen="held"]')).toContainText('Spring sale newsletter');
  await coras.getByRole('button', { name: 'Confirm that it has stopped' }).click();
  await coras.getByLabel('How it stands').fill('We look for the cause.');
  await coras.getByRole('button', { name: 'Record as posted' }).click();
  await expect(idas.locator('[data-update="internal"]')).toContainText('We look for the cause.');
  await isAccessible(idas, 'a crisis that was declared');

  const take = async (name: string, then: () => Promise<void>): Promise<void> => {
    await idas.getByRole('button', { name, exact: true }).click();
    await dialog.getByLabel('Why?').fill('So it is.');
    await dialog.getByRole('button', { name, exact: true }).click();
    await then();
  };
  await take('The team works: active', () => expect(state(idas)).toHaveText('Active'));
  await take('Stand down', async () => {
    await expect(dialog.getByRole('alert')).toContainText('The closing statement has not been posted.');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
  });

  const { statement } = await cora.call('prepareStatement', {
    params,
    body: {
      planId: 'closing',
      slots: { what: 'The late parcels', summary: 'A belt stood still. It runs again.' },
      text: null,
    },
  });
  const soon = new Date(Date.now() + 600_000).toISOString();
  await cora.call('postStatement', {
    params: { ...params, statementId: statement.id },
    body: { url: 'https://social.example/closing', nextAt: soon },
  });
  await expect(idas.locator('[data-statement="posted"]')).toContainText('The late parcels is over.');
  // The first look writes down since when it holds; it is long enough a second later.
  await expect
    .poll(
      async () => (await ida.try('stepCrisis', { params, body: { step: 'stand_down', reason: 'It held.' } })).status,
    )
    .toBe(200);
  await expect(state(idas)).toHaveText('Stood down');
  await idas.getByRole('button', { name: 'Release', exact: true }).click();
  await dialog.getByLabel('Why?').fill('The shelves are full again.');
  await dialog.getByRole('button', { name: 'Release', exact: true }).click();
  await expect(coras.locator('[data-frozen="released"]')).toContainText('The shelves are full again.');

  await idas.goto(room.at('/crisis/log'));
  await expect(idas.locator('[data-line="crisis.stepped"]').first()).toContainText('Active → Stood down.');
  await idas.getByLabel('What happened').fill('The depot called back.');
  await idas.getByRole('button', { name: 'Write it down' }).click();
  await expect(idas.locator('[data-line="crisis.noted"]')).toContainText('The depot called back.');
});
