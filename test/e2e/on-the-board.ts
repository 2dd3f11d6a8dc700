// What hands do on the board and on a card, by the names people see; no test knows a selector twice.
import { expect, type Locator, type Page } from '@playwright/test';

export const tile = (page: Page, author: string): Locator =>
  page.locator('a[data-card]').filter({ has: page.locator('.name', { hasText: exactly(author) }) });

export const column = (page: Page, stage: string): Locator => page.locator(`section[data-stage="${stage}"]`);

export const tileIn = (page: Page, stage: string, author: string): Locator =>
  column(page, stage)
    .locator('a[data-card]')
    .filter({ has: page.locator('.name', { hasText: exactly(author) }) });

/** The room is loaded and says that it is current. */
export const isLive = (page: Page): Promise<void> => expect(page.locator('[data-live="live"]')).toBeVisible();

/** The moment (ms) at which this page first draws the card of an author; ask before it can arrive. */
export function drawnAt(page: Page, author: string): Promise<number> {
  return page.evaluate(
    (name) =>
      new Promise<number>((resolve) => {
        const look = (): boolean => {
          const names = [...document.querySelectorAll('a[data-card] .name')];
          if (!names.some((each) => each.textContent?.trim() === name)) return false;
          resolve(Date.now());
          return true;
        };
        if (look()) return;
        const watch = new MutationObserver(() => look() && watch.disconnect());
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    author,
  );
}

/** Drags a card onto a stage with the mouse, slowly enough for the columns to speak. */
export async function drag(page: Page, author: string, stage: string): Promise<void> {
  const card = tile(page, author);
  const target = column(page, stage);
  await target.scrollIntoViewIfNeeded();
  await card.hover();
  await page.mouse.down();
  const from = await boxOf(card);
  await page.mouse.move(from.x + from.width / 2 + 12, from.y + from.height / 2 + 6);
  const to = await boxOf(target);
  await page.mouse.move(to.x + to.width / 2, to.y + 120, { steps: 4 });
  await expect(target).toHaveAttribute('data-word', /./);
  await page.mouse.up();
}

export const movePanel = (page: Page): Locator =>
  page.getByRole('dialog').filter({ has: page.locator('[data-panel="move"]') });

/** The card beside the board or on its own page. */
export async function openCard(page: Page, author: string): Promise<Locator> {
  await tile(page, author).click();
  const card = page.locator('aside[data-beside] .card[data-card]');
  await expect(card).toBeVisible();
  return card;
}

export const editor = (page: Page): Locator => page.getByTestId('draft-editor');

/** Everything typed on this page is on the server's disk. */
export const isSaved = (page: Page): Promise<void> => expect(page.locator('[data-saved="saved"]')).toBeVisible();

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('it is not on the screen');
  return box;
}

const exactly = (text: string): RegExp => new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
