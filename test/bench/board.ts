// How soon a board of a thousand cards can be used, and how it holds while a storm streams in, in a real browser.
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import type { SourceMention } from '@rejoinder/contracts/mentions';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { serveBareBoard } from './support/bare-board.ts';
import { deliverAll, deliveriesOf, mentionsFor, sender } from './support/deliveries.ts';
import { isTiny, median, quantile, report, round } from './support/figures.ts';
import { ground } from './support/ground.ts';

const CARDS = isTiny ? 30 : 1_000;
const ROUNDS = isTiny ? 1 : 5;
const RATE = isTiny ? 40 : 200;
const BATCH = 10;
const STREAM_MS = isTiny ? 1_500 : 12_000;
/** The stream list is full and the code is warm before the heap is looked at. */
const HEAP_LOOKS = isTiny ? 2 : 6;
const HEAP_EVERY_MS = isTiny ? 300 : 4_000;
const r = report('board', `${CARDS} cards in a browser, then ${RATE} mentions/s`);

await using g = await ground({ people: 1 });
const server = await g.serve();
const [person] = g.people;
if (!person) throw new Error('no person');
const path = `/api/hooks/${g.roomId}/${g.source.id}`;
const to = sender(server.origin, 4);

async function boardNow(): Promise<BoardState> {
  const answer = await fetch(`${server.origin}/api/rooms/${g.roomId}/board`, {
    headers: { cookie: person?.cookie ?? '' },
  });
  return (await answer.json()) as BoardState;
}
let board = await boardNow();
for (let i = 0; Object.keys(board.cards).length < CARDS; i++) {
  const mentions = mentionsFor(`cards${i}`, isTiny ? 40 : 400);
  await deliverAll(to, path, deliveriesOf(mentions, 100, g.source.secret, `cards${i}`), 2);
  await new Promise((resolve) => setTimeout(resolve, 500));
  board = await boardNow();
}
const bare = await serveBareBoard(board);
const browser: Browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--enable-precise-memory-info'],
});

/** Says when the first card is painted, ms from the start of the navigation: asking the page would put a script of the tool's own into it. */
const WATCH_FIRST = `(() => {
  const look = () => {
    if (document.querySelector('[data-card]')) requestAnimationFrame(() => setTimeout(() => console.log('usable', performance.now()), 0));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()`;

/** Opens a page in a browser that has kept nothing of it: in a new tab, or after another page of the same server (`from`), as people do. */
async function visit(
  url: string,
  cookie: string | null,
  from?: string,
): Promise<{ context: BrowserContext; page: Page; usable: number }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  if (cookie)
    await context.addCookies(
      cookie.split('; ').map((pair) => {
        const [name = '', ...value] = pair.split('=');
        return { name, value: value.join('='), url: server.origin };
      }),
    );
  const page = await context.newPage();
  if (from) await page.goto(from);
  await page.addInitScript(WATCH_FIRST);
  const told = page.waitForEvent('console', {
    predicate: (line) => line.text().startsWith('usable '),
    timeout: 60_000,
  });
  await page.goto(url, { waitUntil: 'commit' });
  return { context, page, usable: Number((await told).text().split(' ')[1]) };
}

const ourUrl = `${server.origin}/rooms/${g.roomId}`;
type Load = { ours: number; bare: number };
const inNewTab: Load[] = [];
const afterAnother: Load[] = [];
for (let i = 0; i <= ROUNDS; i++)
  for (const [loads, from] of [
    [inNewTab, undefined],
    [afterAnother, '/api/health'],
  ] as const) {
    const ours = await visit(ourUrl, person.cookie, from && server.origin + from);
    await ours.context.close();
    const other = await visit(bare.origin, null, from && bare.origin + from);
    await other.context.close();
    // The first round only warms up.
    if (i > 0) loads.push({ ours: ours.usable, bare: other.usable });
  }
bare.close();

/** Sends mentions at the stated rate until told to stop. */
function stream(seed: string, mentions: SourceMention[]): { stop: () => Promise<void> } {
  const deliveries = deliveriesOf(mentions, BATCH, g.source.secret, seed);
  let next = 0;
  const sent: Promise<string>[] = [];
  const timer = setInterval(
    () => {
      const delivery = deliveries[next++];
      if (delivery) sent.push(to.post(path, delivery.headers, delivery.body));
    },
    (1000 * BATCH) / RATE,
  );
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(sent);
    },
  };
}

const WATCH_FRAMES = `(() => {
  window.frames_ = []; window.inputs_ = [];
  let last = performance.now();
  const tick = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(tick); });
  new PerformanceObserver((list) => { for (const e of list.getEntries()) if (e.interactionId) window.inputs_.push(e.duration); })
    .observe({ type: 'event', durationThreshold: 16, buffered: false });
})()`;
type Watched = { frames_: number[]; inputs_: number[] };

const { page, context } = await visit(ourUrl, person.cookie);
await page.waitForTimeout(1_000);
await page.evaluate(WATCH_FRAMES);
const storm = stream('storm', mentionsFor('storm', Math.ceil((RATE * STREAM_MS) / 900), RATE));
const end = Date.now() + STREAM_MS;
let interactions = 0;
for (; Date.now() < end; interactions++) {
  // As hands do: choose a card, walk down the column, look away.
  if (interactions % 4 === 0) await page.locator('[data-card]').first().focus({ timeout: 5_000 });
  else await page.keyboard.press(interactions % 4 === 3 ? 'ArrowUp' : 'ArrowDown');
  await page.waitForTimeout(250);
}
await storm.stop();
const { frames, inputs } = await page.evaluate(() => {
  const { frames_, inputs_ } = window as unknown as Watched;
  return { frames: frames_, inputs: inputs_ };
});

/** The people of the cards there are post again, so that what grows is not the room itself. */
function repeats(count: number): SourceMention[] {
  const cards = Object.values(board.cards);
  return mentionsFor('again', count, RATE).map((mention, i) => {
    const card = cards[i % cards.length];
    return card ? { ...mention, platform: card.platform, author: card.author } : mention;
  });
}
const cdp = await context.newCDPSession(page);
const again = stream('again', repeats(Math.ceil((RATE * HEAP_EVERY_MS * (HEAP_LOOKS + 3)) / 900)));
await page.waitForTimeout(2 * HEAP_EVERY_MS);
const looks: { at: number; mb: number }[] = [];
for (let i = 0; i < HEAP_LOOKS; i++) {
  await page.waitForTimeout(HEAP_EVERY_MS);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await cdp.send('Runtime.getHeapUsage')) as { usedSize: number };
  looks.push({ at: performance.now() / 60_000, mb: usedSize / 1024 / 1024 });
}
await again.stop();
await browser.close();
to.close();

/** Least squares, in MB a minute. */
function slope(points: { at: number; mb: number }[]): number {
  const n = points.length;
  const x = points.reduce((sum, p) => sum + p.at, 0) / n;
  const y = points.reduce((sum, p) => sum + p.mb, 0) / n;
  const over = points.reduce((sum, p) => sum + (p.at - x) * (p.mb - y), 0);
  return over / points.reduce((sum, p) => sum + (p.at - x) ** 2, 0);
}

for (const [says, loads] of [
  ['after another page of the same server', afterAnother],
  ['in a new tab', inNewTab],
] as const)
  r.say(
    `${Object.keys(board.cards).length} cards, ${says}: usable after ${round(median(loads.map((l) => l.ours)))} ms, bare windowed page ${round(median(loads.map((l) => l.bare)))} ms, ${round(median(loads.map((l) => l.ours / l.bare)))}×`,
  );
r.say(
  `${RATE} mentions/s for ${STREAM_MS / 1000} s: ${frames.length} frames, p50 ${round(median(frames))} ms, p99 ${round(quantile(frames, 0.99))} ms, longest ${round(Math.max(...frames))} ms`,
);
r.say(
  `${interactions} interactions, ${inputs.length} of their events took 16 ms or more: p95 ${round(quantile(inputs, 0.95) || 16)} ms, slowest ${round(Math.max(16, ...inputs))} ms`,
);
r.say(`heap after forced collections, MB: ${looks.map(({ mb }) => mb.toFixed(1)).join(' ')}`);
r.atMost('usable, against a bare windowed page', median(afterAnother.map((l) => l.ours / l.bare)), 2.5, '×');
r.atMost('interaction to next paint, slowest', Math.max(16, ...inputs), 200, ' ms');
r.atMost('longest frame', Math.max(...frames), 100, ' ms');
r.atMost('heap, slope', slope(looks), 2, ' MB a minute');
r.end();
