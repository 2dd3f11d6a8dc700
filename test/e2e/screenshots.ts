// Takes a picture of every page and main state in both themes, from phone to wall: node test/e2e/screenshots.ts FOLDER
// Run by hand, to be looked at; not part of the suite. Needs CHROMIUM_PATH and a built web app.
import { mkdirSync } from 'node:fs';
import { type BrowserContext, chromium, type Locator, type Page } from '@playwright/test';
import { LAPTOP, PHONE, shootPage, WALL } from './camera.ts';
import { startServer } from './server-process.ts';

const folder = process.argv[2] ?? '/tmp/shots';
const only = process.argv[3];
const FIRST_CARD = 'section[data-stage="new"] a[data-card]';

mkdirSync(folder, { recursive: true });
const server = await startServer({ database: 'own' });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: ['--no-sandbox'] });

async function shoot(page: Page, name: string, place?: Locator): Promise<void> {
  if (only === undefined || name.includes(only)) await shootPage(folder, [PHONE, LAPTOP, WALL], page, name, place);
}

async function enter(context: BrowserContext, who: number): Promise<Page> {
  const page = await context.newPage();
  await page.goto(server.origin);
  const personas = page.getByRole('button', { name: /Start as / });
  await personas.first().waitFor();
  if (who === 0) await shoot(page, 'first-run');
  await personas.nth(who).click();
  await page.locator('[data-live="live"]').waitFor();
  await page.locator(FIRST_CARD).first().waitFor();
  return page;
}

async function tour(): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const page = await enter(context, 0);
  const other = await enter(await browser.newContext({ viewport: { width: 1440, height: 900 } }), 1);
  const room = new URL(page.url()).pathname;
  const at = (place = ''): string => `${server.origin}${room}${place}`;
  await shoot(page, 'board');
  await page.locator(FIRST_CARD).first().focus();
  await page.keyboard.press('m');
  await page.getByRole('combobox').waitFor();
  await shoot(page, 'move-to');
  await page.keyboard.type('Publish');
  await page.keyboard.press('Enter');
  await page.locator('[data-panel="move"]').waitFor();
  await shoot(page, 'move-panel');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  for (const [key, name] of [
    ['Control+k', 'palette'],
    ['?', 'help'],
  ] as const) {
    await page.locator(FIRST_CARD).first().focus();
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
    await shoot(page, name);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  await work(page, other, at);
  for (const place of ['playbook', 'wall', 'sources', 'duty', 'people', 'reach', 'settings']) {
    await page.goto(at(`/${place}`));
    await page.locator('main').waitFor();
    await page.waitForLoadState('networkidle');
    await shoot(page, place);
  }
  await stories(page, at);
  await plan(page, at);
  await raise(page, at);
  await crisis(page, at);
  await page.goto(`${server.origin}/rooms`);
  await page.getByRole('link', { name: /open card/ }).waitFor();
  await shoot(page, 'rooms');
  await page.goto(`${server.origin}/no/such/page`);
  await page.getByText('There is nothing here').waitFor();
  await shoot(page, 'not-found');
}

/** What the highest level would do, and the board once it is set. */
async function raise(page: Page, at: (place?: string) => string): Promise<void> {
  await page.goto(at());
  await page.locator('[data-live="live"]').waitFor();
  await page.getByTitle(/Change it/).click();
  await page.getByRole('radio', { name: /Crisis/ }).check();
  await page.getByRole('heading', { name: 'What the plan says then' }).waitFor();
  await shoot(page, 'level');
  await page.getByLabel('Why now?').fill('It is on television.');
  await page.getByRole('button', { name: /Set level/ }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await shoot(page, 'raised');
}

/** The crisis page of a raised room, an update on it, its log, and the wall then. */
async function crisis(page: Page, at: (place?: string) => string): Promise<void> {
  await page.goto(at('/crisis'));
  await page.locator('[data-promise]').first().waitFor();
  await page.getByLabel('How it stands').fill('We look for the cause; the depot counts.');
  await page.getByRole('button', { name: 'Record as posted' }).click();
  await shoot(page, 'crisis');
  await shoot(page, 'crisis-over', page.locator('[data-criterion]').first());
  await page.goto(at('/crisis/log'));
  await page.locator('[data-line]').first().waitFor();
  await shoot(page, 'crisis-log');
  await page.goto(at('/wall'));
  await page.locator('main.wall').waitFor();
  await shoot(page, 'crisis-wall');
}

/** The list of stories, one without facts, one whose facts wait, the same approved, and the board with one story alone. */
async function stories(page: Page, at: (place?: string) => string): Promise<void> {
  await page.goto(at());
  await page.locator(FIRST_CARD).first().waitFor();
  await page.goto(at(`/cards/${await page.locator(FIRST_CARD).first().getAttribute('data-card')}`));
  await page.locator('#facts a').first().click();
  await page.getByRole('button', { name: 'Write down the facts' }).click();
  await page.getByLabel('Fact 1', { exact: true }).fill('About 12,000 parcels got wet on 2 March.');
  await page.getByLabel('Where we have it from').fill('Depot log, Leeds');
  await page.getByRole('button', { name: 'Add a fact' }).click();
  await page.getByLabel('Fact 2', { exact: true }).fill('Everybody affected gets a full refund within 5 days.');
  await shoot(page, 'story-writing');
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await page.getByRole('button', { name: 'Approve these facts' }).waitFor();
  await shoot(page, 'story-waiting');
  const story = page.url();
  await page.locator('li[data-card] a').first().click();
  await page.locator('#facts').waitFor();
  await shoot(page, 'story-card');
  await page.goto(at('/stories'));
  await page.locator('li[data-story] a').first().waitFor();
  await shoot(page, 'story-list');
  await page.goto(story);
  await page.getByRole('link', { name: 'Show on the board' }).click();
  await page.locator('[data-filter]').getByRole('button').first().click();
  await shoot(page, 'story-board');
}

/** The page where a plan is written: each view beside the text, an offer, a fault, a verdict. */
async function plan(page: Page, at: (place?: string) => string): Promise<void> {
  await page.goto(at('/playbook/edit'));
  await page.getByTestId('plan-editor').waitFor();
  await page.locator('[data-finding]').first().waitFor();
  await shoot(page, 'plan-edit');
  for (const view of ['findings', 'plan', 'columns']) {
    await page.locator(`[data-shows="${view}"]`).click();
    await shoot(page, `plan-edit-${view}`);
  }
  await page.locator('[data-shows="move"]').click();
  await page.getByLabel('Card', { exact: true }).selectOption({ index: 1 });
  await page.getByLabel('Move to').selectOption('publish');
  await shoot(page, 'plan-edit-move');
  await page.locator('[data-shows="columns"]').click();
  await page.locator('[data-column="owned"] h3 button').click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('nonsense: 1');
  await page.keyboard.press('Enter');
  await page.keyboard.type('cl');
  await page.locator('[data-finding="fault"]').or(page.locator('.cm-lint-marker-error')).first().waitFor();
  await shoot(page, 'plan-edit-fault');
}

/** Brings the first card to a signature that cracked, with two people in its draft. */
async function work(page: Page, other: Page, at: (place?: string) => string): Promise<void> {
  const id = await page.locator(FIRST_CARD).first().getAttribute('data-card');
  await page.locator(FIRST_CARD).first().focus();
  await page.keyboard.press('t');
  await page.keyboard.press('m');
  await page.keyboard.type('Owned');
  await page.keyboard.press('Enter');
  await page.getByLabel('Class').selectOption({ label: 'Complaint' });
  await page.getByLabel('Department').selectOption({ label: 'Logistics and delivery' });
  await page.getByRole('button', { name: 'Move to Owned' }).click();
  await page.goto(at(`/cards/${id}`));
  await page.getByTestId('move-card').waitFor();
  await shoot(page, 'card-owned');
  await page.locator('[data-testid="move-card"]:not([aria-disabled])').click();
  await page.getByTestId('start-draft').click();
  await page.getByTestId('draft-editor').click();
  await page.keyboard.type('We value your feedback. Sorry if you were upset. Your parcel is on its way and ');
  await other.goto(at(`/cards/${id}`));
  await other.getByTestId('draft-editor').click();
  await other.keyboard.press('Control+End');
  await other.keyboard.type('we will call you today. ');
  await page.locator('[data-finding]').first().waitFor();
  await shoot(page, 'card-findings');
  await page.getByTestId('draft-editor').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('We are sorry, that should not have happened. We will send a new one today. Nadia');
  await page.locator('[data-saved="saved"]').waitFor();
  await page.locator('[data-testid="move-card"]:not([aria-disabled])').click();
  for (const signer of [other, page]) {
    await signer.goto(at(`/cards/${id}/sign`));
    await signer.getByTestId('exact-words').waitFor();
    if (await signer.getByTestId('sign').first().isVisible()) await signer.getByTestId('sign').first().click();
  }
  await page.locator('[data-seal="valid"]').first().waitFor();
  await shoot(other, 'sign');
  await page.goto(at(`/cards/${id}`));
  await page.locator('[data-saved="saved"]').waitFor();
  await shoot(page, 'card-signed');
  await page.getByTestId('draft-editor').click();
  await page.keyboard.type(',');
  await page.locator('[data-seal="void"]').first().waitFor();
  await shoot(page, 'card-cracked');
  await life(page, other, at(`/cards/${id}`));
  await page.goto(at());
  await page.locator(`a[data-card="${id}"]`).click();
  await page.locator('[data-saved="saved"]').waitFor();
  await shoot(page, 'card-beside');
}

/** Who wrote what, the history, a comment while it is written, and what it tells the colleague. */
async function life(page: Page, other: Page, address: string): Promise<void> {
  await page.getByTestId('who-wrote').click();
  await page.getByTestId('who-legend').getByRole('button').first().click();
  await shoot(page, 'life-who', page.getByTestId('who-legend'));
  await page.getByTestId('who-wrote').click();
  await page.getByTestId('history').click();
  await page.getByTestId('history-slider').press('ArrowLeft');
  await page.getByLabel('Why does it come back?').waitFor();
  await shoot(page, 'life-history');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByTestId('draft-editor').click();
  await page.keyboard.press('Control+Home');
  for (let i = 0; i < 12; i++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+Alt+m');
  await page.keyboard.type('Is this enough? @');
  await page.getByRole('listbox').waitFor();
  await shoot(page, 'life-commenting', page.getByRole('listbox'));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-comment]').waitFor();
  await other.goto(address);
  await other.locator('[data-comment]').waitFor();
  await shoot(other, 'life-comment', other.locator('[data-comment]'));
  await page.getByTestId('draft-editor').click();
  await page.keyboard.press('Control+Home');
  for (let i = 0; i < 12; i++) await page.keyboard.press('Delete');
  await other.locator('[data-comment="orphaned"]').waitFor();
  await shoot(other, 'life-orphaned', other.locator('[data-comment]'));
  await other.getByTestId('for-you').click();
  await other.getByRole('dialog').waitFor();
  await shoot(other, 'life-for-you');
}

try {
  await tour();
} finally {
  await browser.close();
  await server.close();
}
