// The test function of the browser stories: a running house per worker, people who enter it in browsers of their own.
import { type Browser, type BrowserContextOptions, type Page, test as plain } from '@playwright/test';
import { type House, makeHouse, type Staff } from './house.ts';
import { startServer } from './server-process.ts';

export type { Page } from '@playwright/test';
export { expect } from '@playwright/test';

/** Opens a page in a browser of this person's own, signed in already; nobody's when null. */
export type Enter = (person: Staff | null, address: string, options?: EnterOptions) => Promise<Page>;
/** `clock`: the page's clock can be put forward. */
type EnterOptions = BrowserContextOptions & { clock?: boolean };

type EachTest = {
  enter: Enter;
  /** A house of this test's own, for tests that kill it. */
  ownHouse: House;
};

export const test = plain.extend<EachTest, { house: House }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
    async ({}, use) => {
      const house = await openHouse();
      await use(house);
      await house.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  ownHouse: async ({}, use) => {
    const house = await openHouse();
    await use(house);
    await house.close();
  },
  enter: async ({ browser }, use) => {
    const faults: string[] = [];
    const contexts: Awaited<ReturnType<Browser['newContext']>>[] = [];
    await use(async (person, address, { clock = false, ...options } = {}) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      context.on('weberror', (fault) => faults.push(fault.error().stack ?? String(fault.error())));
      if (person !== null) await context.addCookies(cookiesOf(person.cookie, new URL(address).origin));
      const page = await context.newPage();
      if (clock) await page.clock.install();
      await page.goto(address);
      return page;
    });
    for (const context of contexts) await context.close();
    // No page of any story may throw.
    if (faults.length > 0) throw new Error(`a page threw:\n${faults.join('\n')}`);
  },
});

/** A house on a clone of the template, as in production but for the plain http of localhost. */
export async function openHouse(env: Record<string, string> = {}): Promise<House> {
  const server = await startServer({ database: 'clone', env: { NODE_ENV: 'production', ...env } });
  try {
    return await makeHouse(server);
  } catch (error) {
    await server.close();
    throw error;
  }
}

function cookiesOf(header: string, url: string): { name: string; value: string; url: string }[] {
  return header.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
}
