// Feeds from a real HTTP server: new, edited and unchanged items, failures with words, and downtime without a gap.
import { createHash } from 'node:crypto';
import http from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pollFeed } from '../../server/src/connectors/feed.service.ts';
import { findSource } from '../../server/src/connectors/sources.repository.ts';
import { createEgress, type Egress } from '../../server/src/http/egress.ts';
import { startAgain } from '../support/again.ts';
import { verifyAction } from '../support/verify-action.ts';
import { type World, world } from '../support/world.ts';

type Item = { id: string; title: string; body: string; at: string; edited?: string };
type Shape = 'rss' | 'atom' | 'json';

/** A site with one feed: answers 304 to whoever has the newest already, and notes what it was asked. */
type Site = {
  url: string;
  items: Item[];
  shape: Shape;
  answer: ((response: http.ServerResponse) => void) | null;
  asked: { etag: string | undefined; since: string | undefined; status: number }[];
  close: () => Promise<void>;
};

async function site(port = 0): Promise<Site> {
  const server = http.createServer((request, response) => {
    const etag = `"${createHash('sha256').update(JSON.stringify(it.items)).digest('base64url')}"`;
    const asked = { etag: request.headers['if-none-match'], since: request.headers['if-modified-since'], status: 200 };
    it.asked.push(asked);
    if (it.answer) return it.answer(response);
    if (asked.etag === etag) {
      asked.status = 304;
      return response.writeHead(304).end();
    }
    response.writeHead(200, { etag, 'last-modified': 'Mon, 02 Mar 2026 09:00:00 GMT', 'content-type': 'text/xml' });
    response.end(documentOf(it.shape, it.items));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const it: Site = {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/feed`,
    items: [],
    shape: 'rss',
    answer: null,
    asked: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return it;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function documentOf(shape: Shape, items: Item[]): string {
  if (shape === 'json')
    return JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Town forum',
      items: items.map((i) => ({
        id: i.id,
        url: `https://forum.example/${i.id}`,
        title: i.title,
        content_html: i.body,
        date_published: i.at,
        ...(i.edited ? { date_modified: i.edited } : {}),
        authors: [{ name: 'Kim' }],
      })),
    });
  if (shape === 'atom')
    return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Town forum</title><id>urn:forum</id><updated>2026-03-02T09:00:00Z</updated>${items
      .map(
        (i) =>
          `<entry><id>${i.id}</id><title>${escaped(i.title)}</title><link href="https://forum.example/${i.id}"/><published>${i.at}</published><updated>${i.edited ?? i.at}</updated><author><name>Kim</name></author><content type="html">${escaped(i.body)}</content></entry>`,
      )
      .join('')}</feed>`;
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Town forum</title><link>https://forum.example</link><description>d</description>${items
    .map(
      (i) =>
        `<item><guid isPermaLink="false">${i.id}</guid><title>${escaped(i.title)}</title><link>https://forum.example/${i.id}</link><pubDate>${new Date(i.at).toUTCString()}</pubDate><description>${escaped(i.body)}</description></item>`,
    )
    .join('')}</channel></rss>`;
}

let w: World;
let feed: Site;
let egress: Egress;
let keeper: Awaited<ReturnType<World['person']>>;
let sourceId: string;

const item = (id: string, body = 'Waited an hour, <b>nobody</b> came &amp; no answer'): Item => ({
  id: `${run}/${id}`,
  title: `Title ${id}`,
  body,
  at: '2026-03-02T08:50:00Z',
});

async function poll(deps = w.app.deps): Promise<void> {
  const source = await findSource(deps.db, w.room.id, sourceId);
  if (!source) throw new Error('the source is gone');
  await pollFeed(deps, egress, source);
}
const state = async () => {
  const { sources } = await keeper.call('sources', { params: { roomId: w.room.id } });
  return sources.find((s) => s.id === sourceId);
};
const mine = async () => (await w.board()).mentions.filter((m) => m.sourceId === sourceId);
const texts = async () => (await mine()).map((m) => `${m.nativeId.split('/')[1]}: ${m.text}`);
let run = 0;

beforeAll(async () => {
  w = await world();
  egress = createEgress(true);
  keeper = await w.person('Keeper', ['administrator']);
});
afterAll(() => w[Symbol.asyncDispose]());
beforeEach(async () => {
  run++;
  feed = await site();
});
afterEach(() => feed.close());

async function addFeed(): Promise<void> {
  const { source } = await keeper.call('addSource', {
    params: { roomId: w.room.id },
    body: { kind: 'feed', name: 'Forum', url: feed.url, everySeconds: 60 },
  });
  sourceId = source.id;
}

describe('a feed', () => {
  for (const shape of ['rss', 'atom', 'json'] as const) {
    it(`[IN-8] ${shape}: new items come in as plain text, an edited one changes its mention, an unchanged feed costs a 304`, async () => {
      feed.shape = shape;
      feed.items = [item('one'), item('two')];
      await verifyAction(w, async () => {
        await addFeed();
        await poll();
      });
      expect(await texts()).toEqual([
        'one: Title one\n\nWaited an hour, nobody came & no answer',
        'two: Title two\n\nWaited an hour, nobody came & no answer',
      ]);
      const [first] = await mine();
      expect(first).toMatchObject({
        platform: 'feed',
        url: `https://forum.example/${run}/one`,
        postedAt: '2026-03-02T08:50:00.000Z',
      });
      expect(await state()).toMatchObject({ state: 'running', says: null, received: 2, lastCheckedAt: w.now() });

      const quiet = await verifyAction(w, () => poll());
      expect(quiet.events).toEqual([]);
      expect(feed.asked.at(-1)).toMatchObject({ status: 304, since: 'Mon, 02 Mar 2026 09:00:00 GMT' });

      feed.items = [item('three'), item('one'), { ...item('two', 'It came today'), edited: '2026-03-02T08:58:00Z' }];
      const { events } = await verifyAction(w, () => poll());
      expect(events.filter((e) => e.type === 'mention.received')).toHaveLength(1);
      expect(await texts()).toEqual([
        'one: Title one\n\nWaited an hour, nobody came & no answer',
        'two: Title two\n\nIt came today',
        'three: Title three\n\nWaited an hour, nobody came & no answer',
      ]);
      // An item that left the document is no news.
      feed.items = [item('three')];
      expect((await verifyAction(w, () => poll())).events).toEqual([]);
    });
  }

  it('[IN-9] that cannot be read says why in words, is tried again, and takes up where it stood', async () => {
    feed.items = [item('one')];
    await addFeed();
    await poll();
    const broken: [((r: http.ServerResponse) => void) | null, RegExp][] = [
      [(r) => r.writeHead(500).end(), /answered 500.*tried again/],
      [
        (r) => r.writeHead(301, { location: 'https://new.example/feed' }).end(),
        /moved to https:\/\/new\.example\/feed/,
      ],
      [(r) => r.writeHead(200).end('<html><body>Sign in</body></html>'), /not a feed/],
      [(r) => r.writeHead(200).end('x'.repeat(9 * 1024 * 1024)), /larger than 8 MiB/],
      [(r) => r.destroy(), /connection broke/],
    ];
    for (const [answer, says] of broken) {
      feed.answer = answer;
      const { events } = await verifyAction(w, () => poll());
      expect(events).toEqual([]);
      expect(await state()).toMatchObject({ state: 'failing', says: expect.stringMatching(says) });
    }
    // Nobody listens at all; meanwhile two items appear.
    const port = Number(new URL(feed.url).port);
    const items = [item('three'), item('two'), item('one')];
    await feed.close();
    await poll();
    expect(await state()).toMatchObject({ state: 'failing', says: expect.stringMatching(/Nobody answers/) });
    feed = await site(port);
    feed.items = items;
    await verifyAction(w, () => poll());
    expect(await state()).toMatchObject({ state: 'running', says: null });
    expect((await mine()).map((m) => m.nativeId.split('/')[1])).toEqual(['one', 'three', 'two']);
  });

  it('[IN-10] keeps cursor and batch together: a failure between them loses and doubles nothing', async () => {
    feed.items = [item('one')];
    await addFeed();
    await poll();
    feed.items = [item('one', 'Now edited'), item('two')];
    const { events } = w.app.deps;
    const failing = {
      ...w.app.deps,
      events: {
        ...events,
        change: (async (options, work) =>
          events.change(options, async (change) => {
            await work(change);
            throw new Error('the power went');
          })) as typeof events.change,
      },
    };
    await poll(failing);
    expect(await texts()).toEqual(['one: Title one\n\nWaited an hour, nobody came & no answer']);
    expect(await state()).toMatchObject({ state: 'failing', says: expect.stringMatching(/the power went/) });
    await verifyAction(w, () => poll());
    expect(await texts()).toEqual([
      'one: Title one\n\nNow edited',
      'two: Title two\n\nWaited an hour, nobody came & no answer',
    ]);
  });

  it('[IN-9] that is paused while it is being read stays paused', async () => {
    await addFeed();
    await poll();
    let release = (): void => {};
    const asked = new Promise<void>((started) => {
      feed.answer = (response) => {
        release = () => void response.writeHead(200).end(documentOf('rss', [item('one')]));
        started();
      };
    });
    const polling = poll();
    await asked;
    const params = { roomId: w.room.id, sourceId };
    await keeper.call('setSourceState', { params, body: { state: 'paused' } });
    release();
    await polling;
    expect(await state()).toMatchObject({ state: 'paused' });
  });

  it('[IN-8] with two items under one id does not change at every look', async () => {
    feed.items = [item('same', 'the one'), item('same', 'the other')];
    await addFeed();
    await poll();
    feed.items = [...feed.items, item('new')];
    const { events } = await verifyAction(w, () => poll());
    expect(events.filter((e) => e.type === 'mention.received')).toMatchObject([{ data: { edited: [] } }]);
    expect((await texts())[0]).toMatch(/the one/);
  });

  it('[IN-9] is looked at by the clock alone when its time has come, and after downtime at once', async () => {
    feed.items = [item('one')];
    await addFeed();
    await expect.poll(async () => (await mine()).length, { timeout: 5000 }).toBe(1);
    feed.items = [item('one'), item('two')];
    const before = feed.asked.length;
    await using again = await startAgain(w);
    w.at('11:00');
    await expect
      .poll(
        () => again.deps.db.selectFrom('mentions').select('native_id').where('source_id', '=', sourceId).execute(),
        { timeout: 5000 },
      )
      .toHaveLength(2);
    expect(feed.asked.length).toBe(before + 1);
  });
});
