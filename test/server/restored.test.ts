// A restored or cloned database: told apart at the start, held until an administrator says go, and nothing of it is sent twice.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../server/src/app.ts';
import { checkForRestore, hold, holdOf, keepSends, letGo } from '../../server/src/db/installation.ts';
import { until } from '../coedit/typist.ts';
import { publishingJourney } from '../support/journey.ts';

const NOW = '2026-03-02T09:00:00.000Z';
const HERE = 'http://rejoinder.test';

describe('after a restore', () => {
  let j: Awaited<ReturnType<typeof publishingJourney>>;
  let dataDir: string;
  beforeAll(async () => {
    j = await publishingJourney({ sendMs: 5_000 });
    dataDir = await mkdtemp(path.join(tmpdir(), 'rejoinder-restore-'));
  });
  afterAll(async () => {
    await j[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  });
  const db = () => j.w.app.deps.db;
  const check = (origin = HERE) => checkForRestore(db(), dataDir, origin, NOW);
  const kept = () => readFile(path.join(dataDir, 'reply-sends'), 'utf8');

  it('[PU-22] a database that knows of every sending, at the address it had, goes on; one that lags behind or moved is held', async () => {
    expect(await check()).toBeNull();
    const keep = keepSends(dataDir);
    await Promise.all([keep(2), keep(1)]);
    expect(await kept()).toBe('2\n');
    expect(await check()).toMatchObject({ why: expect.stringContaining('restored from a backup') });
    await letGo(db());
    await sql`select nextval('reply_sends'), nextval('reply_sends'), nextval('reply_sends')`.execute(db());
    expect(await check()).toBeNull();
    expect(await check('http://staging.test')).toMatchObject({ why: expect.stringContaining('http://rejoinder.test') });
    expect(await check(HERE)).toMatchObject({ since: NOW });
    await letGo(db());
    await writeFile(path.join(dataDir, 'reply-sends'), 'nonsense');
    expect(await check()).toBeNull();
  });

  it('[PU-22] on hold what looks queued is unknown, nothing is sent and no source is read, until an administrator says go', async () => {
    const card = await j.to('publish');
    j.post.script({ do: 'answer', status: 429, headers: { 'retry-after': '60' } });
    await j.publish(card);
    await until(async () => (await j.card(card.id)).reply?.says !== null, 'it waits');
    const later = await j.to('publish');
    const before = j.post.received.length;
    await hold(db(), 'A test.', j.w.now());
    const { config } = j.w.app.deps;
    const again = await createApp({ config, databaseUrl: j.w.databaseUrl, pages: '/nonexistent', now: j.w.now });
    try {
      expect((await j.card(card.id)).reply).toMatchObject({
        state: 'unknown',
        says: expect.stringContaining('restored'),
      });
      j.w.at('09:10');
      await j.publish(later);
      const webhook = await j.w.webhook();
      expect((await webhook.deliver([{ type: 'created', mention: j.w.mention('Late again') }])).status).toBe(503);
      expect(await j.sam.call('installation', {})).toMatchObject({ onHold: { why: 'A test.' } });
      expect(await j.sam.try('endHold', { body: {} })).toMatchObject({ status: 403 });
      expect(j.post.received).toHaveLength(before);
      expect((await j.card(later.id)).reply?.state).toBe('approved');
      const admin = await j.w.person('Ada', [], { admin: true });
      expect(await admin.try('endHold', { body: {} })).toMatchObject({ status: 200 });
      expect(await admin.try('endHold', { body: {} })).toMatchObject({ status: 404 });
      await j.replied(later, 'published');
      expect(j.post.received).toHaveLength(before + 1);
      expect((await j.card(card.id)).reply?.state).toBe('unknown');
      expect(await holdOf(db())).toBeNull();
    } finally {
      await again.close();
    }
  });
});
