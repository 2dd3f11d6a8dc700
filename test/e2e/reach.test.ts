// How people are reached, as they set it themselves: tests that arrive, push in this browser, the room's chat.
import type { BrowserContext } from '@playwright/test';
import { mailServer } from '../support/mail-server.ts';
import { pushService } from '../support/push-service.ts';
import { receiver } from '../support/receiver.ts';
import { isAccessible } from './accessible.ts';
import { expect, openHouse, type Page, test } from './story.ts';

test('[RE-18] [RE-19] somebody chooses how they are reached and tries each way; what is pushed is shown and opens its page', async ({
  enter,
}) => {
  const [mail, push, chat] = await Promise.all([mailServer(), pushService(), receiver()]);
  const house = await openHouse({ SMTP_URL: mail.url, MAIL_FROM: 'warroom@house.example' });
  try {
    const { origin } = house.server;
    const sam = await house.staff('Sam Lind');
    const room = await house.openRoom([[sam, ['social_lead']]]);
    const page = await enter(sam, `${origin}/settings`, { permissions: ['notifications'] });
    const { subscription, read } = push.browser();
    await registersAs(page, subscription);
    const reached = page.getByRole('region', { name: 'How you are reached' });

    await reached.getByRole('button', { name: 'Send me a test' }).first().click();
    await expect(reached.getByText('The mail server took it')).toBeVisible();
    expect(mail.mails).toMatchObject([{ to: [sam.email], text: /You asked for this test/ }]);

    await expect(reached.locator('[data-push="off"]')).toBeVisible();
    await reached.getByRole('button', { name: 'Switch on here' }).click();
    await expect(reached.locator('[data-push="on"]')).toBeVisible();
    await reached.getByRole('button', { name: 'Send me a test' }).nth(1).click();
    await expect(reached.getByText('The push service took it (201)')).toBeVisible();
    const { publicKey } = (await sam.call('ownReach', {})).reach.push;
    const pushed = push.received.at(-1);
    if (!pushed) throw new Error('nothing was pushed');
    const { payload } = read(pushed, publicKey);
    await isShown(page, origin, payload);

    const rest = page.getByRole('region', { name: 'What is not urgent' });
    await rest.getByLabel('How it comes').selectOption('at-once');
    await rest.getByLabel('Quiet hours').check();
    await rest.getByLabel('From').fill('21:30');
    await expect
      .poll(async () => (await sam.call('ownReach', {})).reach.choice)
      .toMatchObject({ unimportant: 'at-once', quiet: { from: '21:30', to: '07:00', zone: 'Europe/London' } });
    await page.reload();
    await expect(rest.getByLabel('From')).toHaveValue('21:30');
    await expect(reached.locator('[data-push="on"]')).toBeVisible();
    await isAccessible(page, 'settings');
    await reached.getByRole('button', { name: 'Switch off here' }).click();
    await expect(reached.locator('[data-push="off"]')).toBeVisible();
    expect((await sam.call('ownReach', {})).reach.push.devices).toEqual([]);

    const admins = await enter(house.admin, room.at('/reach'));
    const channel = admins.getByRole('region', { name: 'Chat of the room' });
    await channel.getByRole('button', { name: 'Set up' }).click();
    await admins.getByLabel('Address').fill(chat.url);
    await admins.getByRole('button', { name: 'Save' }).click();
    await channel.getByRole('button', { name: 'Test' }).click();
    await expect(channel.getByText('The chat took it (200)')).toBeVisible();
    expect(chat.received[0]?.body).toContain('Ada Adminson');
    await expect(channel.getByText(new URL(chat.url).host)).toBeVisible();
    await isAccessible(admins, 'reach');
  } finally {
    await house.close();
    await Promise.all([mail.close(), push.close(), chat.close()]);
  }
});

/** No browser here may call out to its maker's push service, so it registers with ours; all else is its own. */
async function registersAs(page: Page, made: { endpoint: string }): Promise<void> {
  await page.addInitScript((given) => {
    const unsubscribe = async (): Promise<boolean> => {
      localStorage.removeItem('registered');
      return true;
    };
    const subscription = { ...given, toJSON: () => given, unsubscribe } as unknown as PushSubscription;
    PushManager.prototype.getSubscription = async () => (localStorage.getItem('registered') ? subscription : null);
    PushManager.prototype.subscribe = async () => {
      localStorage.setItem('registered', 'yes');
      return subscription;
    };
  }, made);
  await page.reload();
}

/**
 * Hands the browser's worker what its push service would, and looks at what it shows. Chromium drops a notification
 * that is asked about between being kept and being shown, so each look is late, and a lost one is pushed again.
 */
async function isShown(page: Page, origin: string, payload: object): Promise<void> {
  const deliver = await delivering(page.context(), page, origin);
  const shows = (pushed: object, shown: object) =>
    expect(async () => {
      await deliver(JSON.stringify(pushed));
      await page.waitForTimeout(500);
      const all = await page.evaluate(async () => {
        const notifications = await (await navigator.serviceWorker.ready).getNotifications();
        return notifications.map(({ title, data }) => ({ title, data: data as unknown }));
      });
      expect(all).toContainEqual(shown);
    }).toPass({ timeout: 10_000 });
  await shows(payload, { title: 'Rejoinder', data: { path: '/settings' } });
  const elsewhere = { title: 'Elsewhere', tag: 'b', link: 'https://elsewhere.example/x' };
  await shows(elsewhere, { title: 'Elsewhere', data: { path: '/' } });
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
}

async function delivering(
  context: BrowserContext,
  page: Page,
  origin: string,
): Promise<(data: string) => Promise<void>> {
  const tools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) =>
    tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first) resolve(first.registrationId);
    }),
  );
  await tools.send('ServiceWorker.enable');
  const registrationId = await registered;
  return async (data) => {
    await tools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
  };
}
