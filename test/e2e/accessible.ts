// Whether a state of a page can be used by everyone: axe in both themes at three widths, and no sideways scrolling.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const LAPTOP = { width: 1440, height: 900 };
/** Each theme on a laptop and on a phone, each width at least once. */
const VIEWS = [
  { colorScheme: 'light', ...LAPTOP },
  { colorScheme: 'light', width: 390, height: 844 },
  { colorScheme: 'dark', width: 320, height: 700 },
  { colorScheme: 'dark', ...LAPTOP },
] as const;
type View = (typeof VIEWS)[number];

/** Each theme once, for a small state of a page that is looked at whole elsewhere. */
export const BRIEFLY = [VIEWS[1], VIEWS[3]];

/** Nothing serious or critical, contrast included. Ends on the laptop. */
export async function isAccessible(page: Page, state: string, views: readonly View[] = VIEWS): Promise<void> {
  const found: string[] = [];
  for (const { colorScheme, ...size } of views) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    await settled(page);
    const where = `${state}, ${colorScheme}, ${size.width} px`;
    // Without frames on our pages the legacy mode finds the same and opens no page of its own.
    const { violations } = await new AxeBuilder({ page })
      .options({ resultTypes: ['violations'] })
      .setLegacyMode(true)
      .analyze();
    for (const { id, impact, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        found.push(`${where}: ${id}\n${nodes.map((node) => `  ${node.html}\n  ${node.failureSummary}`).join('\n')}`);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (beyond > 0) found.push(`${where}: the page is ${beyond} px wider than the screen`);
  }
  expect(found.join('\n\n')).toBe('');
}

/** Every movement that ends has ended, and the page was drawn since. */
function settled(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(ending.map((each) => each.finished.catch(() => undefined)));
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });
}
