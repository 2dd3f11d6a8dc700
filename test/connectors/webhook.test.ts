// The signed door mentions come in by: what is taken, what is refused and how, and that order and repetition do not matter.
import { createHmac } from 'node:crypto';
import type { SourceEvent } from '@rejoinder/contracts/mentions';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliverSigned } from '../support/calls.ts';
import { verifyAction } from '../support/verify-action.ts';
import { type Person, type World, world } from '../support/world.ts';

let w: World;
let keeper: Person;
let hook: { sourceId: string; secret: string; url: string };

beforeAll(async () => {
  w = await world();
  keeper = await w.person('Keeper', ['administrator']);
  const { source, secret } = await keeper.call('addSource', {
    params: { roomId: w.room.id },
    body: { kind: 'webhook', name: 'Relay' },
  });
  hook = { sourceId: source.id, secret: secret ?? '', url: `${w.origin}/api/hooks/${w.room.id}/${source.id}` };
});
afterAll(() => w[Symbol.asyncDispose]());

type Signed = { id?: string; at?: Date; headers?: Record<string, string | null>; secret?: string; type?: string };

/** Signs by hand, as the specification reads, without any library of ours or theirs. */
async function post(
  body: string | Buffer,
  { id = crypto.randomUUID(), at = new Date(), headers = {}, ...more }: Signed = {},
) {
  const stamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from((more.secret ?? hook.secret).slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${stamp}.`).update(body).digest('base64');
  const all: Record<string, string | null> = {
    'content-type': more.type ?? 'application/json',
    'webhook-id': id,
    'webhook-timestamp': stamp,
    'webhook-signature': `v1,${signature}`,
    ...headers,
  };
  const sent = Object.fromEntries(Object.entries(all).flatMap(([k, v]) => (v === null ? [] : [[k, v]])));
  const response = await fetch(hook.url, { method: 'POST', headers: sent, body: new Uint8Array(Buffer.from(body)) });
  return {
    status: response.status,
    headers: response.headers,
    ...((await response.json()) as Answered),
  };
}

type Place = { path: string; says: string };
type Answered = { stored?: number; repeated?: boolean; problem?: { code: string; says: string; places?: Place[] } };

const seqNow = async (): Promise<number> => (await w.board()).seq;
const found = async (nativeId: string) => (await w.board()).mentions.find((m) => m.nativeId === nativeId);

describe('what is taken', () => {
  it('[IN-1] a new post, its edit and its deletion change one mention', async () => {
    const mention = w.mention('My parcel never arrived');
    const { nativeId } = mention;
    const created = await verifyAction(w, () => post(JSON.stringify({ type: 'created', mention })));
    expect(created.result).toMatchObject({ status: 200, stored: 1, repeated: false });
    const edit = { ...mention, text: 'It came after all', editedAt: '2026-03-02T11:00:00+01:00' };
    const edited = await verifyAction(w, () => post(JSON.stringify({ events: [{ type: 'edited', mention: edit }] })));
    expect(edited.result).toMatchObject({ status: 200, edited: 1 });
    expect(await found(nativeId)).toMatchObject({ text: 'It came after all', editedAt: '2026-03-02T10:00:00.000Z' });
    const gone = { type: 'deleted', platform: mention.platform, nativeId, at: '2026-03-02T10:30:00Z' };
    const deleted = await verifyAction(w, () => post(JSON.stringify(gone)));
    expect(deleted.result).toMatchObject({ status: 200, deleted: 1 });
    expect(await found(nativeId)).toMatchObject({ text: '', deletedAt: '2026-03-02T10:30:00.000Z' });
  });

  it('[IN-2] the standardwebhooks library and a signature by hand are both believed, also one among several', async () => {
    const body = (text: string) => JSON.stringify({ type: 'created', mention: w.mention(text) });
    const { result } = await verifyAction(w, async () => {
      const library = await deliverSigned(hook.url, hook.secret, body('Signed by the library'));
      const other = new Webhook(`whsec_${Buffer.from('another secret').toString('base64')}`);
      const text = body('Signed twice, während ein Schlüssel wechselt 🙂');
      const id = crypto.randomUUID();
      const at = new Date();
      const both = `v1a,nothing ${other.sign(id, at, text)} ${new Webhook(hook.secret).sign(id, at, text)}`;
      return [library.status, (await post(text, { id, at, headers: { 'webhook-signature': both } })).status];
    });
    expect(result).toEqual([200, 200]);
  });

  it('[F19] create, two edits and their repeats end in one state in every order', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 0, 1, 1, 2, 2, 2], { minLength: 7, maxLength: 7 }), async (order) => {
        const mention = w.mention(`Where is my order? ${++run}`);
        const events: SourceEvent[] = [
          { type: 'created', mention },
          { type: 'edited', mention: { ...mention, text: 'first edit', editedAt: '2026-03-02T09:10:00Z' } },
          { type: 'edited', mention: { ...mention, text: 'second edit', editedAt: '2026-03-02T10:11:00+01:00' } },
        ];
        // A deletion among them is proved below: it is final wherever it stands.
        for (const i of order) await post(JSON.stringify(events[i]));
        expect(await found(mention.nativeId)).toMatchObject({
          text: 'second edit',
          postedAt: mention.postedAt,
          editedAt: '2026-03-02T09:11:00.000Z',
          deletedAt: null,
        });
      }),
      { numRuns: 6 },
    );
    await verifyAction(w, async () => undefined);
  });

  it('[F20] a deletion is final in every order: what was deleted never shows its words again', async () => {
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    await verifyAction(w, async () => {
      for (const order of orders) {
        const mention = w.mention('To be deleted');
        const events: SourceEvent[] = [
          { type: 'created', mention },
          { type: 'edited', mention: { ...mention, text: 'changed', editedAt: '2026-03-02T09:20:00Z' } },
          { type: 'deleted', platform: 'bluesky', nativeId: mention.nativeId, at: '2026-03-02T09:30:00Z' },
        ];
        for (const i of [...order, ...order]) await post(JSON.stringify(events[i]));
        const shown = await found(mention.nativeId);
        expect(shown?.text ?? '').toBe('');
        if (shown) expect(shown.deletedAt).toBe('2026-03-02T09:30:00.000Z');
        await w.settled();
        const open = Object.values((await w.board()).cards).filter((c) => c.author.handle === mention.author.handle);
        expect(open.every((card) => card.excerpt === '')).toBe(true);
      }
    });
  });

  it('[IN-3] a delivery sent five times at once is stored once; its id with another body is refused', async () => {
    const body = JSON.stringify({ type: 'created', mention: w.mention('Once is enough') });
    const id = 'delivery-1';
    const { result, events } = await verifyAction(w, () => Promise.all([1, 2, 3, 4, 5].map(() => post(body, { id }))));
    expect(result.map((r) => r.status)).toEqual([200, 200, 200, 200, 200]);
    expect(result.filter((r) => r.repeated === false)).toHaveLength(1);
    expect(events.filter((event) => event.type === 'mention.received')).toHaveLength(1);
    const before = await seqNow();
    const other = await post(JSON.stringify({ type: 'created', mention: w.mention('Something else') }), { id });
    expect(other).toMatchObject({
      status: 409,
      problem: { code: 'already-done', says: expect.stringMatching(/id of its own/) },
    });
    expect(await seqNow()).toBe(before);
  });

  it('[IN-5] what cannot be stored or shown safely is made harmless', async () => {
    const mention = {
      ...w.mention('A\u0000B \uD800 <img src=x onerror=alert(1)>'),
      url: 'javascript:alert(1)',
      author: { handle: 'h.example', name: '\u0000Eve', followers: 1e300 },
    };
    const { result } = await verifyAction(w, () => post(JSON.stringify({ type: 'created', mention })));
    expect(result).toMatchObject({ status: 200, stored: 1 });
    expect(await found(mention.nativeId)).toMatchObject({
      text: 'AB \uFFFD <img src=x onerror=alert(1)>',
      url: null,
      author: { name: 'Eve', followers: Number.MAX_SAFE_INTEGER },
    });
  });
});

describe('what is refused, with nothing stored', () => {
  const good = () => JSON.stringify({ type: 'created', mention: w.mention('Not to be stored') });
  const refused = async (says: RegExp, expected: object, answer: () => ReturnType<typeof post>) => {
    const before = await seqNow();
    const { result } = await verifyAction(w, answer);
    expect(result).toMatchObject(expected);
    expect(result.problem?.says).toMatch(says);
    expect(await seqNow()).toBe(before);
    return result;
  };

  it('[IN-2] a wrong secret, an altered byte, another id or stamp', async () => {
    const wrong = { status: 401, problem: { code: 'bad-signature' } };
    const says = /sign the raw bytes/;
    await refused(says, wrong, () => post(good(), { secret: `whsec_${Buffer.alloc(32).toString('base64')}` }));
    const body = good();
    const id = crypto.randomUUID();
    const signature = new Webhook(hook.secret).sign(id, new Date(), body);
    const headers = { 'webhook-signature': signature };
    await refused(says, wrong, () => post(`${body} `, { id, headers }));
    await refused(says, wrong, () => post(body, { id: crypto.randomUUID(), headers }));
    await refused(says, wrong, () => post(body, { id, at: new Date(Date.now() + 60_000), headers }));
    await refused(says, wrong, () => post(body, { headers: { 'webhook-signature': 'v1, v1,AAAA nonsense' } }));
  });

  it('[IN-2] a stamp more than five minutes off, or none', async () => {
    const stale = { status: 401, problem: { code: 'stale-signature' } };
    await refused(/five minutes/, stale, () => post(good(), { at: new Date(Date.now() - 330_000) }));
    await refused(/five minutes/, stale, () => post(good(), { at: new Date(Date.now() + 330_000) }));
    await refused(/seconds since 1970/, { status: 400 }, () =>
      post(good(), { headers: { 'webhook-timestamp': 'noon' } }),
    );
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
      await refused(new RegExp(`header ${name} is missing`), { status: 400 }, () =>
        post(good(), { headers: { [name]: null } }),
      );
  });

  it('[IN-4] a body that is no JSON, too large, or has one bad event among good ones', async () => {
    await refused(/not JSON/, { status: 400 }, () => post('hello'));
    await refused(/not JSON/, { status: 400 }, () => post(Buffer.from([0x22, 0xff, 0x22])));
    await refused(/1024 KiB/, { status: 413 }, () => post(`"${'x'.repeat(1024 * 1024)}"`));
    await refused(/application\/json/, { status: 415 }, () => post(good(), { type: 'text/plain' }));
    await refused(/1 to 1000/, { status: 422 }, () => post(JSON.stringify({ events: [] })));
    const bad = { ...w.mention('x'), postedAt: '2026-02-30T99:00:00Z' };
    const events = [
      { type: 'created', mention: w.mention('good') },
      { type: 'created', mention: { ...w.mention('bad'), platform: 'Has Spaces' } },
      { type: 'created', mention: bad },
      { type: 'created', mention: { ...w.mention('x'), postedAt: '2026-03-02T09:00:00.000' } },
      { type: 'deleted', platform: 'bluesky', nativeId: 'a\u0000b', at: '2026-03-02T09:00:00Z' },
      { type: 'created', mention: { ...w.mention('x'), postedAt: '0000-01-01T00:00:00Z' } },
    ];
    const answer = await refused(/5 of 6 events.*nothing was stored/, { status: 422 }, () =>
      post(JSON.stringify({ events })),
    );
    const places = answer.problem?.places ?? [];
    expect(places.map((p) => p.path)).toEqual(['/events/1', '/events/2', '/events/3', '/events/4', '/events/5']);
    expect(places[0]?.says).toMatch(/platform/);
  });

  it('[IN-6] a source that does not exist, or is paused', async () => {
    const params = { roomId: w.room.id, sourceId: hook.sourceId };
    await verifyAction(w, () => keeper.call('setSourceState', { params, body: { state: 'paused' } }));
    const paused = await refused(/paused/, { status: 503, problem: { code: 'not-ready' } }, () => post(good()));
    expect(paused.headers.get('retry-after')).toMatch(/^\d+$/);
    const { events } = await verifyAction(w, () =>
      keeper.call('setSourceState', { params, body: { state: 'running' } }),
    );
    expect(events).toMatchObject([
      { type: 'source.changed', data: { source: { id: hook.sourceId, state: 'running' } } },
    ]);
    expect(await verifyAction(w, () => post(good()))).toMatchObject({ result: { status: 200 } });
    for (const path of ['src_none', 'a%00b', '..%2f..']) {
      const response = await fetch(`${w.origin}/api/hooks/${w.room.id}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      expect([400, 404]).toContain(response.status);
    }
  });
});

describe('the secret', () => {
  it('[IN-7] is shown once and stands in no list, no event, no kept answer and no table in the clear', async () => {
    const operationId = crypto.randomUUID();
    const params = { roomId: w.room.id };
    const body = { kind: 'webhook' as const, name: 'Second' };
    const first = await keeper.call('addSource', { params, body }, operationId);
    const again = await keeper.call('addSource', { params, body }, operationId);
    expect(again).toEqual(first);
    expect(first.secret).toMatch(/^whsec_/);
    const core = (first.secret ?? '').slice('whsec_'.length, 30);
    const { sources } = await keeper.call('sources', { params });
    expect(JSON.stringify(sources)).not.toContain(core);
    const tables = ['events', 'operations', 'sources', 'accounts', 'api_tokens', 'deliveries'] as const;
    const { secret: token } = await keeper.call('makeToken', { params, body: { name: 'Bot', roles: ['responder'] } });
    const tokenCore = token.split('.').at(-1) ?? 'none';
    const { secret: account } = await keeper.call('addAccount', {
      params,
      body: { platform: 'mastodon', name: 'us', url: 'https://relay.example/out' },
    });
    for (const table of tables) {
      const rows = JSON.stringify(await w.app.deps.db.selectFrom(table).selectAll().execute());
      for (const secret of [core, tokenCore, account.slice('whsec_'.length, 30)]) expect(rows).not.toContain(secret);
    }
  });
});
