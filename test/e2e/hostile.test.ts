// Posts are written by strangers: nothing in them runs, reaches out, or leaves its box.
import { HOSTILE } from './hostile-texts.ts';
import { isLive } from './on-the-board.ts';
import { expect, type Page, test } from './story.ts';

/** Notes every request that leaves the house, every dialog, and every call of `pwned`. */
async function watched(page: Page, origin: string): Promise<string[]> {
  const seen: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin: to } = new URL(request.url());
    if (to !== origin && protocol !== 'data:' && protocol !== 'blob:') seen.push(`a request to ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    seen.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('framenavigated', (frame) => {
    if (new URL(frame.url()).origin !== origin) seen.push(`a visit to ${frame.url()}`);
  });
  await page.exposeFunction('pwned', () => seen.push('a script ran'));
  return seen;
}

/** Elements whose text sticks out of the box they belong to, and elements no template of ours makes. */
const escaped = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide > 0) found.push(`the page is ${wide} px wider than the screen`);
    for (const box of document.querySelectorAll<HTMLElement>(
      'a[data-card], [data-mention], article[data-post], .head',
    )) {
      const room = box.parentElement?.closest('section, aside, main, div')?.getBoundingClientRect();
      const own = box.getBoundingClientRect();
      if (room && (own.right > room.right + 1 || own.left < room.left - 1))
        found.push(`out of its box: ${box.textContent?.slice(0, 60)}`);
      if (box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX === 'visible')
        found.push(`wider than its box: ${box.textContent?.slice(0, 60)}`);
    }
    const strange = 'iframe, object, embed, math, marquee, video, base, form[action], [onerror], [onload], [onfocus]';
    for (const each of document.querySelectorAll(strange)) found.push(`made of a post: ${each.outerHTML.slice(0, 80)}`);
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href]'))
      if (!/^https?:$/.test(link.protocol)) found.push(`a link to ${link.href}`);
    return found;
  });

/** Scrolls a windowed list from its top to its end, looking at each screenful; every row must have been drawn. */
async function lookThrough(page: Page, list: string, row: string, rows: number): Promise<string[]> {
  const drawn = new Set<string>();
  const look = async (): Promise<string[]> => {
    for (const id of await page
      .locator(row)
      .evaluateAll((all) => all.map((each) => JSON.stringify({ ...(each as HTMLElement).dataset }))))
      drawn.add(id);
    return escaped(page);
  };
  const found = await look();
  const box = page.locator(list).first();
  for (;;) {
    const more = await box.evaluate(async (element) => {
      const before = element.scrollTop;
      element.scrollTop += element.clientHeight;
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      return element.scrollTop > before;
    });
    if (!more) return drawn.size < rows ? [...found, `only ${drawn.size} of ${rows} rows were drawn`] : found;
    found.push(...(await look()));
  }
}

test('[UI-13] hostile texts and names run nothing, reach nothing and stay in their boxes', async ({ house, enter }) => {
  const rosa = await house.staff('Rosa Field');
  const room = await house.openRoom([[rosa, ['social_lead']]]);
  const cards = await room.cardsFrom(
    HOSTILE.map((text, i) =>
      room.mention(`${text} my parcel is lost and I want a refund`, {
        author: { handle: `h${i}.example`, name: text.slice(0, 200), followers: i },
        url: i % 2 === 0 ? `javascript:pwned()//${i}` : `https://bsky.example/h${i}`,
      }),
    ),
  );
  const { origin } = new URL(room.at());
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    const page = await enter(rosa, `${origin}/api/health`, { viewport });
    const seen = await watched(page, origin);
    await page.goto(room.at());
    await isLive(page);
    await expect(page.locator('a[data-card]').first()).toBeVisible();
    const tiles = 'section[data-stage="new"] a[data-card]';
    const list = `${tiles} >> xpath=ancestor::*[@data-scrolls][1]`;
    expect(await lookThrough(page, list, tiles, cards.length)).toEqual([]);
    if (viewport.width > 1000)
      expect(await lookThrough(page, '[data-stream]', '[data-mention]', cards.length)).toEqual([]);
    for (const card of cards.filter((_, i) => i % 9 === 0 || i > cards.length - 8)) {
      await page.goto(room.at(`/cards/${card.id}`));
      await expect(page.locator('article[data-post]').first()).toBeVisible();
      expect(await escaped(page)).toEqual([]);
    }
    await page.goto(room.at('/wall'));
    await expect(page.getByText('Longest unanswered')).toBeVisible();
    expect(await escaped(page)).toEqual([]);
    expect(seen).toEqual([]);
  }
});
