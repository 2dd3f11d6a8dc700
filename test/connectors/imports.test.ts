// Import of NDJSON: answered when the upload is in, followed while it is stored, bad lines named, nothing twice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLine } from '../../server/src/connectors/import.service.ts';
import { linesOf } from '../../server/src/connectors/lines.ts';
import { startAgain } from '../support/again.ts';
import { verifyAction } from '../support/verify-action.ts';
import { type Person, type World, world } from '../support/world.ts';

let w: World;
let keeper: Person;
beforeAll(async () => {
  w = await world();
  keeper = await w.person('Keeper', ['administrator']);
});
afterAll(() => w[Symbol.asyncDispose]());

const headers = (more: Record<string, string> = {}) => ({
  cookie: keeper.cookie,
  origin: 'http://rejoinder.test',
  'content-type': 'application/x-ndjson',
  ...more,
});
async function upload(body: string, more: Record<string, string> = {}) {
  const response = await fetch(`${w.origin}/api/rooms/${w.room.id}/imports?name=old.ndjson`, {
    method: 'POST',
    headers: headers(more),
    body,
  });
  return { status: response.status, ...((await response.json()) as { importId?: string; problem?: { says: string } }) };
}
const progress = (importId: string) => keeper.call('importProgress', { params: { roomId: w.room.id, importId } });
async function finished(importId: string) {
  await expect
    .poll(async () => (await progress(importId)).state, { timeout: 10_000, interval: 20 })
    .not.toBe('running');
  return progress(importId);
}

describe('an import', () => {
  it('[IN-11] stores good lines, names bad ones, and a repeat stores nothing twice', async () => {
    const first = w.mention('Line one');
    const lines = [
      JSON.stringify(first),
      '',
      'not json',
      JSON.stringify({
        type: 'edited',
        mention: { ...first, text: 'Line one, edited', editedAt: '2026-03-02T09:05:00Z' },
      }),
      JSON.stringify({ ...w.mention('x'), text: 7 }),
      JSON.stringify({ ...w.mention('x'), editedAt: '2026-99-02T09:05:00Z' }),
      'x'.repeat(70_000),
      JSON.stringify(w.mention('Last line, without an end')),
    ];
    const file = `\uFEFF${lines.join('\r\n')}`;
    const { result } = await verifyAction(w, async () => {
      const answer = await upload(file);
      expect(answer.status).toBe(200);
      return finished(answer.importId ?? '');
    });
    expect(result).toMatchObject({ state: 'done', lines: 8, stored: 2, known: 0 });
    expect(result.bad.map((b) => b.line)).toEqual([3, 5, 6, 7]);
    expect(result.bad.map((b) => b.says).join('\n')).toMatch(/not JSON[\s\S]*\/text[\s\S]*editedAt[\s\S]*64 KiB/);
    const texts = (await w.board()).mentions.map((m) => m.text);
    expect(texts).toEqual(['Line one, edited', 'Last line, without an end']);

    const again = await verifyAction(w, async () => finished((await upload(file)).importId ?? ''));
    expect(again.result).toMatchObject({ state: 'done', stored: 0, known: 3 });
    expect(again.events.map((e) => e.type)).toEqual(['source.added']);
  });

  it('[IN-12] is answered before it is stored and can be followed while it runs', async () => {
    const body = Array.from({ length: 1500 }, (_, i) =>
      JSON.stringify(w.mention(`Post number ${i} about the van`)),
    ).join('\n');
    const { result } = await verifyAction(w, async () => {
      const { importId = '' } = await upload(body);
      const seen: number[] = [];
      for (;;) {
        const now = await progress(importId);
        seen.push(now.stored);
        if (now.state !== 'running') return { seen, end: now };
      }
    });
    expect(result.end).toMatchObject({ state: 'done', lines: 1500, stored: 1500, bad: [] });
    expect(result.seen.some((stored) => stored > 0 && stored < 1500)).toBe(true);
    expect(result.seen).toEqual(result.seen.toSorted((a, b) => a - b));
  });

  it('[IN-12] is refused whole when it is no NDJSON, from a stranger, or by someone without the right', async () => {
    const responder = await w.person('Responder', ['responder']);
    const stranger = await w.person('Stranger', [], { member: false });
    const before = (await w.board()).seq;
    expect(await upload('{}', { 'content-type': 'application/json' })).toMatchObject({ status: 415 });
    expect(await upload('{}', { cookie: responder.cookie })).toMatchObject({ status: 403 });
    expect(await upload('{}', { cookie: stranger.cookie })).toMatchObject({ status: 404 });
    expect(await upload('{}', { cookie: '' })).toMatchObject({ status: 401 });
    expect(await upload('{}', { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
    expect((await w.board()).seq).toBe(before);
  });

  it('[IN-13] that is cut by a stop says so and can be sent again', async () => {
    const lines = Array.from({ length: 2000 }, (_, i) => JSON.stringify(w.mention(`Cut ${i}`)));
    const { importId = '' } = await upload(lines.join('\n'));
    await expect.poll(async () => (await progress(importId)).stored, { timeout: 5000, interval: 5 }).toBeGreaterThan(0);
    await using again = await startAgain(w);
    const row = await again.deps.db
      .selectFrom('imports')
      .selectAll()
      .where('import_id', '=', importId)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ state: 'failed', bad: [{ says: expect.stringMatching(/Send the file again/) }] });
    expect(row.stored).toBeLessThan(2000);
    const stored = await again.deps.db
      .selectFrom('mentions')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('text', 'like', 'Cut %')
      .executeTakeFirstOrThrow();
    expect(Number(stored.n)).toBe(row.stored);
  });
});

describe('lines', () => {
  const cut = async (chunks: string[], longest = 10) => {
    const lines: (string | null)[] = [];
    const bytes = chunks.map((chunk) => Buffer.from(chunk, 'latin1'));
    for await (const line of linesOf(
      (async function* () {
        yield* bytes;
      })(),
      longest,
    ))
      lines.push(line);
    return lines;
  };
  it('[IN-11] come out whole however the bytes are cut, and a long one is passed over', async () => {
    const text = Buffer.from('é1\nzwei\r\n\n', 'utf8').toString('latin1');
    expect(await cut([...text])).toEqual(['é1', 'zwei', '']);
    expect(await cut(['x'.repeat(8), 'y'.repeat(8), '\nshort'])).toEqual([null, 'short']);
    expect(await cut(['x'.repeat(50)])).toEqual([null]);
    expect(readLine('{"type":"deleted"}')).toMatch(/\//);
  });
});
