// What takes the pictures that people look at: a house with two people in it, a browser, and one press for every size and both themes.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Locator, type Page } from '@playwright/test';
import { type House, makeHouse, type Staff } from './house.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { type Card, signOffDesk } from './sign-off-desk.ts';

export const PHONE = { name: 'phone', width: 390, height: 844 };
export const LAPTOP = { name: 'laptop', width: 1440, height: 900 };
export const WALL = { name: 'wall', width: 3840, height: 2160 };
export const SHIPPED_PLAN = readFileSync(new URL('../../server/playbooks/default.md', import.meta.url), 'utf8').replace(
  /^version: \d+$/m,
  'version: 90',
);

export type Cast = { server: ServerProcess; browser: Browser; house: House; rosa: Staff; sam: Staff };
type Size = { name: string; width: number; height: number };

/** In every size and both themes, with `place` in the middle; then as large as a laptop again. */
export async function shootPage(folder: string, sizes: readonly Size[], page: Page, name: string, place?: Locator) {
  const was = page.viewportSize() ?? LAPTOP;
  for (const { name: size, ...viewport } of sizes) {
    await page.setViewportSize(viewport);
    await place?.first().evaluate((element) => element.scrollIntoView({ block: 'center' }));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      await page.screenshot({ path: path.join(folder, `${name}-${size}-${colorScheme}.png`) });
    }
  }
  await page.setViewportSize(was);
}

export async function enterAs(browser: Browser, person: Staff, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: LAPTOP, locale: 'en-GB' });
  const url = new URL(address).origin;
  const cookies = person.cookie.split('; ').map((pair) => pair.split(/=(.*)/s));
  await context.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url })));
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** A card in the hands of Rosa; Sam holds every other role. */
export const deskOf = ({ house, rosa, sam }: Cast): Promise<Card> =>
  signOffDesk(house, [
    [rosa, ['responder', 'department']],
    [sam, ['social_lead', 'publisher', 'comms', 'legal', 'commander', 'administrator']],
  ]);

/** Brings about each state whose name holds `only`, one after the other, in one house. */
export async function shootStates(
  states: Record<string, (cast: Cast) => Promise<void>>,
  { folder, only }: { folder: string; only?: string | undefined },
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const server = await startServer({ database: 'own', env: { REHEARSAL: 'false' } });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: ['--no-sandbox'] });
  try {
    const house = await makeHouse(server);
    const [rosa, sam] = [await house.staff('Rosa Field'), await house.staff('Sam Lind')];
    for (const [name, state] of Object.entries(states))
      if (only === undefined || name.includes(only))
        await state({ server, browser, house, rosa, sam }).catch((cause: unknown) => console.error(name, cause));
    await house.close();
  } finally {
    await browser.close();
    await server.close();
  }
}
