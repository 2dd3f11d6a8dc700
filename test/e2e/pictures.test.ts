// A picture on a reply: put there with its description, seen by the signer as it is posted, and told when it is described anew.
import { plain } from '../support/pictures.ts';
import { BRIEFLY, isAccessible } from './accessible.ts';
import { signOffDesk, TEXT, write } from './sign-off-desk.ts';
import { expect, test } from './story.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('[PI-5] [PI-9] a picture is put on a reply with words for who cannot see it; the signer sees both, and what became of them', async ({
  house,
  enter,
}) => {
  const [rosa, sam] = [await house.staff('Rosa Field'), await house.staff('Sam Lind')];
  const desk = await signOffDesk(house, [
    [rosa, ['responder']],
    [sam, ['social_lead', 'comms']],
  ]);
  const page = await enter(rosa, desk.page);
  await write(page, TEXT);
  const file = { name: 'parcel.png', mimeType: 'image/png', buffer: await plain('#3a7d44') };
  await page.getByTestId('add-picture').setInputFiles(file);
  await page.getByLabel('What does it show?').fill('A new parcel, dry and whole.');
  await page.getByTestId('put-picture').click();
  const shown = page.getByTestId('pictures').getByRole('img', { name: 'A new parcel, dry and whole.' });
  await expect(shown).toBeVisible();
  expect(await shown.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBe(40);
  await rosa.call('moveCard', { params: desk.params, body: { to: 'sign-off' } });

  const sams = await enter(sam, `${desk.page}/sign`, PHONE);
  await expect(sams.getByTestId('pictures').getByRole('img', { name: /dry and whole/ })).toBeVisible();
  await sams.getByTestId('sign').tap();
  await sams.getByTestId('sign').tap();
  await expect(sams.locator('[data-seal="valid"]')).toHaveCount(1);

  await page.getByRole('button', { name: 'Describe anew: Picture 1' }).click();
  await page.getByLabel('What does it show?').fill('A new parcel under a roof.');
  await page.getByTestId('put-picture').click();
  await expect(sams.locator('[data-seal="void"]')).toHaveCount(1);
  await sams.getByRole('button', { name: 'Read the new words' }).tap();
  await expect(sams.getByTestId('picture-changes')).toContainText('Picture 1 is described in other words.');
  await isAccessible(sams, 'pictures that changed', BRIEFLY);
  await sams.getByTestId('sign').click();
  await sams.getByTestId('sign').click();
  await expect(sams.locator('[data-seal="valid"]')).toHaveCount(1);
});
