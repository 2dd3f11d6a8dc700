// What keeps words to everybody from going out: at the press, and again between the press and the wire.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hold, letGo } from '../../server/src/db/installation.ts';
import { defaultPlaybookText } from '../../server/src/playbooks/playbooks.service.ts';
import { until } from '../coedit/typist.ts';
import { type StatementDesk, statementDesk } from '../support/statement-desk.ts';
import type { Person } from '../support/world.ts';

const HOLDING = { what: 'parcels are late', time: '14:00' };
const OTHER = 'Parcels of the last days are late. We will write again at 14:00.';
const WAIT = { do: 'answer', status: 429, headers: { 'retry-after': '60' } } as const;

describe('what keeps a statement in', () => {
  let desk: StatementDesk;
  let eva: Person;
  let lex: Person;
  beforeAll(async () => {
    desk = await statementDesk({ sendMs: 5_000 });
    eva = await desk.w.person('Eva', ['executive']);
    lex = await desk.w.person('Lex', ['legal']);
  });
  beforeEach(() => {
    desk.w.at('2026-03-02T09:10:00Z');
    desk.house.post.forget();
  });
  afterAll(() => desk[Symbol.asyncDispose]());

  const sign = (person: Person, role: string, { id, fingerprint }: { id: string; fingerprint: string }) =>
    person.try('signStatement', { params: { ...desk.params, statementId: id }, body: { role, fingerprint } });
  const adopt = (text: string) => desk.ida.call('adoptPlaybook', { params: desk.params, body: { text } });
  /** A statement that the receiver asked to keep back for a minute. */
  async function waiting(planId: string, slots: Record<string, string>, text: string | null = null) {
    const statement = await desk.ready(planId, slots, text);
    if (text !== null)
      for (const [person, role] of [
        [desk.cora, 'comms'],
        [lex, 'legal'],
        [eva, 'executive'],
      ] as const)
        expect(await sign(person, role, statement)).toMatchObject({ status: 200 });
    desk.house.post.script(WAIT);
    expect(await desk.publish(statement)).toMatchObject({ status: 200 });
    await until(async () => (await desk.posting(statement))?.says?.includes('wait') === true, 'it waits');
    const requests = desk.house.post.received.length;
    return {
      statement,
      /** A while later it must have been stopped at the wire. */
      async stopped(at: string, says: string) {
        desk.w.at(at);
        expect((await desk.became(statement, 'rejected')).says).toContain(says);
        expect(desk.house.post.received).toHaveLength(requests);
        expect((await desk.line(statement.id)).statement.posted).toBeNull();
      },
    };
  }

  it('[CR-23] only by whom the plan lets publish there, from an account of the room that can say all of it', async () => {
    const { ready, publish, rex, cora, params, w } = desk;
    const statement = await ready('holding-unclear', HOLDING);
    expect(await publish(statement, {}, rex)).toMatchObject({ status: 403 });
    const text = defaultPlaybookText().replace('version: 1', 'version: 2');
    await adopt(text.replace(/^(mastodon:.*published_by: )\{.*?\}/m, '$1[social_lead]'));
    const no = await publish(statement);
    expect(no).toMatchObject({ status: 409, refused: { rule: 'CR-23', who: ['social_lead'] } });
    await adopt(text.replace('version: 2', 'version: 3'));
    expect(await publish(statement, { fingerprint: 'sha256:other' })).toMatchObject({
      status: 409,
      refused: { rule: 'CR-22', fix: [{ do: 'reload' }] },
    });
    const none = { ...desk.house, id: 'acc_nowhere' };
    expect(await publish(statement, { from: [none] })).toMatchObject({ status: 422 });
    expect(await publish(statement, { nextAt: null })).toMatchObject({ status: 409, refused: { rule: 'CR-11' } });
    const token = await w.token('Robot', ['publisher']);
    const body = { fingerprint: statement.fingerprint, accountIds: [desk.house.id], nextAt: null };
    expect(
      await token.try('publishStatement', { params: { ...params, statementId: statement.id }, body }),
    ).toMatchObject({ status: 403 });
    const { room } = await cora.call('addAccount', {
      params,
      body: { platform: 'x', name: '@house', url: desk.house.post.url },
    });
    const x = { ...desk.house, id: room.accounts.at(-1)?.id ?? '' };
    const long = await ready('holding-unclear', { ...HOLDING, what: `${'parcels '.repeat(20)}are late` });
    // All or none: nothing is queued for the other account either.
    expect(await publish(long, { from: [desk.house, x] })).toMatchObject({
      status: 409,
      refused: { rule: 'CR-23', says: expect.stringContaining('280') },
    });
    expect((await desk.line(long.id)).statement.postings).toBeUndefined();
  });

  it('[CR-24] unsigned other words, another level, a day that passed: refused at the press', async () => {
    const { ready, publish } = desk;
    const unsigned = await ready('holding-unclear', HOLDING, OTHER);
    expect(await publish(unsigned)).toMatchObject({ status: 409, refused: { rule: 'CR-15' } });
    const harm = await ready('holding-harm', { what: 'a charger', advice: 'stop', who: 'the maker', time: '14:00' });
    const cleared = await ready('holding-unclear', HOLDING);
    const text = defaultPlaybookText().replace('version: 1', 'version: 4').replace('levels: [2, 3]', 'levels: [2]');
    await adopt(text.replace(/^( {2}levels: \[3\]\n)/m, '$1  valid_until: 2026-03-02\n'));
    const no = { status: 409, refused: { rule: 'CR-14' } };
    expect(await publish(cleared)).toMatchObject(no);
    desk.w.at('2026-03-03T09:10:00Z');
    expect(await publish(harm)).toMatchObject(no);
    await adopt(defaultPlaybookText().replace('version: 1', 'version: 5'));
  });

  it('[CR-24] signatures that ran out or no longer suffice stop it at the wire', async () => {
    const { stopped } = await waiting('holding-unclear', HOLDING, OTHER);
    await stopped('2026-03-02T23:10:00Z', 'Still to sign');
  });

  it('[CR-24] a plan that clears other words, or none, stops it at the wire', async () => {
    const one = await waiting('holding-unclear', HOLDING);
    const text = defaultPlaybookText().replace('version: 1', 'version: 6');
    await adopt(text.replace('We are finding out what happened', 'We look for what happened'));
    await one.stopped('09:12', 'clears other words');
    await adopt(text.replace('version: 6', 'version: 7'));
    expect(await desk.publish(one.statement)).toMatchObject({ status: 200 });
    await desk.became(one.statement, 'published');
  });

  it('[CR-24] a phrase that was banned meanwhile, or other bytes in the outbox, stop it at the wire', async () => {
    const one = await waiting('holding-unclear', { ...HOLDING, what: 'parcels are marooned' });
    const text = defaultPlaybookText().replace('version: 1', 'version: 8');
    await adopt(text.replace(/^banned:\n/m, 'banned:\n  - id: glib\n    family: [marooned]\n    why: It is glib.\n'));
    await one.stopped('09:12', 'glib');
    await adopt(text.replace('version: 8', 'version: 9'));
    const two = await waiting('holding-unclear', HOLDING);
    const { db } = desk.w.app.deps;
    await db
      .updateTable('publish_jobs')
      .set({ text: 'Buy now!' })
      .where('statement_id', '=', two.statement.id)
      .execute();
    await two.stopped('09:14', 'not the prepared ones');
  });

  it('[CR-24] on hold after a restore nothing leaves', async () => {
    const { db } = desk.w.app.deps;
    const { statement } = await waiting('holding-unclear', HOLDING);
    await hold(db, 'A test.', desk.w.now());
    desk.w.at('09:12');
    desk.w.app.publishing.wake();
    await desk.publish(await desk.ready('holding-unclear', HOLDING));
    expect((await desk.posting(statement))?.state).toBe('approved');
    await letGo(db);
    await desk.became(statement, 'published');
  });

  it('[CR-28] a program that posts by a schedule asks first, lists what it holds, and releases nothing itself', async () => {
    const { w, params, act } = desk;
    const scheduler = await w.token('Scheduler', ['responder']);
    expect(await scheduler.call('crisis', { params })).toMatchObject({ freeze: { since: expect.any(String) } });
    const body = { name: 'Spring sale', what: 'scheduled_posts', plannedFor: '2026-03-02T16:00:00Z' };
    const { item } = await act(() => scheduler.call('freezeItem', { params, body }));
    expect((await scheduler.call('crisis', { params })).frozen).toMatchObject([{ id: item.id, released: null }]);
    const release = { params: { ...params, itemId: item.id }, body: { reason: 'It is time.' } };
    expect(await scheduler.try('releaseItem', release)).toMatchObject({ status: 409, refused: { rule: 'CR-13' } });
  });

  it('[CR-24] a rehearsal reaches nothing, whatever its accounts say', async () => {
    const { db } = desk.w.app.deps;
    await db.updateTable('rooms').set({ kind: 'rehearsal' }).where('room_id', '=', desk.w.room.id).execute();
    const requests = desk.house.post.received.length;
    const statement = await desk.ready('holding-unclear', HOLDING);
    await desk.publish(statement);
    expect(await desk.became(statement, 'published')).toMatchObject({ url: null });
    expect(desk.house.post.received).toHaveLength(requests);
  });
});
