// What passes by as a short message on a phone: it covers nothing that can be pressed in an open dialog, and no bar that stays in view.
import { signOffDesk } from './sign-off-desk.ts';
import { expect, type Page, test } from './story.ts';

const PHONE = {
  viewport: { width: 390, height: 700 },
  hasTouch: true,
  isMobile: true,
  reducedMotion: 'reduce',
} as const;
const message = (page: Page, says: string | RegExp) => page.locator('[data-sonner-toast]').filter({ hasText: says });

/** Nothing that can be pressed in a place lies under a message, once both stand. */
const isFree = (page: Page, place: string) => expect.poll(() => covered(page, place), { intervals: [50] }).toEqual([]);

/** Whatever can be pressed in `place` and lies under a message, by its name. */
const covered = (page: Page, place: string): Promise<string[]> =>
  page.evaluate((selector) => {
    const messages = [...document.querySelectorAll('[data-sonner-toast]')].map((each) => each.getBoundingClientRect());
    const within = document.querySelector(selector);
    const pressed = [...(within?.querySelectorAll('button, a[href], input, select, textarea') ?? [])];
    if (messages.length === 0 || pressed.length === 0) return ['nothing to look at'];
    return pressed.flatMap((each) => {
      const box = each.getBoundingClientRect();
      const seen = each.closest('[data-scrolls]')?.getBoundingClientRect() ?? box;
      const [top, bottom] = [Math.max(box.top, seen.top), Math.min(box.bottom, seen.bottom)];
      const under = messages.some(
        (m) => m.left < box.right && m.right > box.left && m.top < bottom && m.bottom > top && bottom > top,
      );
      return under ? [each.textContent?.trim() || (each.getAttribute('aria-label') ?? each.tagName)] : [];
    });
  }, place);

test('[UI-40] on a phone a message covers no button of an open dialog, nor the bar a signer presses', async ({
  house,
  enter,
}) => {
  const [rosa, sam] = [await house.staff('Rosa Field'), await house.staff('Sam Lind')];
  const on = await signOffDesk(house, [
    [rosa, ['responder']],
    [sam, ['social_lead', 'publisher', 'comms', 'commander']],
  ]);
  const { room } = on;
  const params = { roomId: room.id };
  await sam.call('setLevel', { params, body: { level: 3, reason: 'It is on television.' } });
  const slots = { what: 'parcels are late', time: '14:00' };
  await sam.call('prepareStatement', { params, body: { planId: 'holding-unclear', slots, text: null } });
  const page = await enter(sam, room.at('/crisis'), PHONE);
  const dialog = page.getByRole('dialog');
  const line = page.locator('[data-statement]').first();

  await test.step('why a button of a dialog does nothing', async () => {
    await line.getByRole('button', { name: 'Post it …' }).tap();
    await dialog.getByRole('button', { name: 'Post it', exact: true }).dispatchEvent('click');
    await expect(message(page, 'Pick an account.')).toBeVisible();
    await isFree(page, '[role="dialog"]');
    await dialog.getByLabel(/drovewell/).check();
    await dialog.getByRole('button', { name: 'Post it', exact: true }).tap();
    await expect(dialog).toBeHidden();
  });

  await test.step('a dialog that opens under a message, and one that fills the screen', async () => {
    await expect(message(page, 'It is queued.')).toBeVisible();
    await page.getByTitle(/Change it/).tap();
    await dialog.getByRole('radio', { name: /Serious/ }).check();
    await dialog.getByRole('button', { name: 'Set level 2' }).dispatchEvent('click');
    await expect(message(page, 'Say why in a sentence.')).toBeVisible();
    await isFree(page, '[role="dialog"]');
    await message(page, 'Say why in a sentence.').getByRole('button').tap();
    await expect(dialog).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel' }).tap();
  });

  await test.step('a message over the page to sign on', async () => {
    await page.goto(`${on.page}/sign`);
    await page.getByTestId('sign').dispatchEvent('click');
    await expect(message(page, /./)).toBeVisible();
    await isFree(page, '[data-bar]');
  });
});
