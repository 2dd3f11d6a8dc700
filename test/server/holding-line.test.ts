// Story 10 to the stand-down, from end to end: a holding text in other words goes out over silent signatures, once; what nobody knows waits for a person; and it is over when everything has held long enough.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchCriteria } from '../../server/src/crisis/criteria.service.ts';
import { type StatementDesk, statementDesk } from '../support/statement-desk.ts';
import type { Person } from '../support/world.ts';

const TEXT =
  'Parcels of the last days lie in the rain, and we are sorry. We look for every one. We write again at 10:00.';
const SLOTS = { what: 'parcels of the last three days are late', time: '10:00' };
const CLOSING = { what: 'The late parcels', summary: 'A belt stood still. It runs again. We doubled it.' };
const MINUTE = 60_000;

describe('from the holding line to the stand-down', () => {
  let desk: StatementDesk;
  let lena: Person;
  let eva: Person;
  let holdingId: string;
  beforeAll(async () => {
    desk = await statementDesk({ sendMs: 400 });
    lena = await desk.w.person('Lena', ['legal']);
    eva = await desk.w.person('Eva', ['executive']);
  });
  afterAll(() => desk[Symbol.asyncDispose]());

  const glass = (person: Person) =>
    desk.act(() =>
      person.try('breakGlassStatement', {
        params: { ...desk.params, statementId: holdingId },
        body: { reason: 'Legal and its deputy are silent; the news runs at half past.' },
      }),
    );
  const sentTo = () => desk.house.post.received;

  it('[WT-10] [CR-17] [CR-27] other words than the cleared ones wait for legal and its deputy; at minute 22 two people let them out, marked, and the named roles are told', async () => {
    const { w, ida, cora, params, act, ready, publish, crisis } = desk;
    const statement = await ready('holding-unclear', SLOTS, TEXT);
    holdingId = statement.id;
    expect(statement).toMatchObject({ changed: true, signatures: [], glass: null });
    await act(() =>
      cora.call('signStatement', {
        params: { ...params, statementId: holdingId },
        body: { role: 'comms', fingerprint: statement.fingerprint },
      }),
    );
    const unsigned = { status: 409, refused: { rule: 'CR-15', who: ['legal', 'executive'] } };
    expect(await publish(statement)).toMatchObject(unsigned);
    // Legal is silent for ten minutes, and its deputy for ten more: until then there is no glass to break.
    const wait = { do: 'wait', until: '2026-03-02T09:20:00.000Z' };
    for (const time of ['09:10', '09:19:59']) {
      w.at(time);
      expect(await glass(ida)).toMatchObject({ status: 409, refused: { rule: 'CR-17', fix: [wait] } });
    }
    w.at('09:22');
    expect(await glass(cora)).toMatchObject({ status: 403 });
    expect(await glass(ida)).toMatchObject({ status: 200, reply: { statement: { glass: { agreed: null } } } });
    expect(await glass(ida)).toMatchObject({ status: 409, refused: { rule: 'CR-17' } });
    expect(await publish(statement)).toMatchObject(unsigned);
    expect(await glass(eva)).toMatchObject({
      status: 200,
      reply: {
        missing: [],
        statement: { glass: { asked: { role: 'commander' }, agreed: { role: 'executive', at: w.now() } } },
      },
    });
    const told = await w.app.deps.db
      .selectFrom('messages')
      .select('to_name')
      .where('about_id', '=', holdingId)
      .execute();
    expect(told.map((each) => each.to_name).sort()).toEqual([eva.name, lena.name]);
    expect((await crisis()).unreviewed).toEqual([holdingId]);
    expect(sentTo()).toHaveLength(0);
  });

  it('[WT-10] [CR-25] it goes out once; the line breaks, nobody knows, and a person settles it; it is never sent again by itself', async () => {
    const { w, house, line, publish, became, settle, owed, crisis } = desk;
    const { statement } = await line(holdingId);
    house.post.script({ do: 'reset', posts: true });
    expect(await publish(statement)).toMatchObject({ status: 200 });
    const { jobId } = await became(statement, 'unknown');
    // The platform cannot say either.
    house.post.standing.set(jobId, { status: 503 });
    for (const time of ['09:25', '09:40']) {
      w.at(time);
      await became(statement, 'unknown');
    }
    expect(await publish(statement)).toMatchObject({ status: 409, refused: { fix: [{ do: 'settle' }] } });
    expect(sentTo().map(({ text }) => text)).toEqual([TEXT]);
    expect(Object.keys(await owed())).toContain('clock:holding-line');
    expect(await settle(statement, 'published')).toMatchObject({ status: 200 });
    expect(Object.keys(await owed())).not.toContain('clock:holding-line');
    expect((await crisis()).lastStatement).toMatchObject({ kind: 'holding', text: TEXT });
    expect((await line(holdingId)).statement.glass?.agreed).toBeTruthy();
    expect(sentTo()).toHaveLength(1);
  });

  it('[WT-10] [CR-6] [CR-13] it is not stood down before every criterion has held long enough; then what was held is released one by one', async () => {
    const { w, ida, cora, params, act, step, ready, publish, became, update, crisis } = desk;
    const held = await Promise.all(
      ['Spring sale newsletter', 'Saturday advertisement'].map((name) =>
        cora.call('freezeItem', { params, body: { name, what: 'scheduled_posts', plannedFor: null } }),
      ),
    );
    const release = (at: number) =>
      act(() =>
        ida.try('releaseItem', {
          params: { ...params, itemId: held[at]?.item.id ?? '' },
          body: { reason: 'The shelves are full again.' },
        }),
      );
    await step(ida, 'activate');
    const lacking = async (): Promise<string[]> => {
      const answer = await step(ida, 'stand_down');
      return 'refused' in answer ? answer.refused.missing.map(({ rule }) => rule) : [];
    };
    // Nobody said what an ordinary day is, nothing was closed in words, and no date is set to look back.
    expect(await lacking()).toEqual(expect.arrayContaining(['GU-40', 'GU-41', 'GU-42']));
    expect(await release(0)).toMatchObject({ status: 409, refused: { rule: 'CR-13' } });
    await ida.call('setBaseline', { params, body: { perHour: 4, reason: 'As last week.' } });
    await ida.call('setRetrospective', { params, body: { at: '2026-03-05T10:00:00Z' } });
    const closing = await ready('closing', CLOSING);
    await publish(closing);
    await became(closing, 'published');
    const goesOn = async (): Promise<void> => {
      const nextAt = new Date(Date.parse(w.now()) + 29 * MINUTE).toISOString();
      await update(cora, { nextAt });
      await update(cora, { audience: 'public', url: 'https://social.example/2', nextAt });
    };
    await goesOn();
    await watchCriteria(w.app.deps);
    const since = Date.parse(w.now());
    // All of it holds now, but not for four hours.
    for (let minutes = 25; minutes <= 225; minutes += 25) {
      w.at(new Date(since + minutes * MINUTE).toISOString());
      expect(await lacking()).not.toEqual([]);
      await goesOn();
    }
    expect((await crisis()).state).toBe('active');
    const { criteria } = await ida.call('crisis', { params });
    const at =
      criteria
        .map(({ holdsAt }) => holdsAt ?? '')
        .sort()
        .at(-1) ?? '';
    w.at(new Date(Date.parse(at) - 1_000).toISOString());
    expect(await step(ida, 'stand_down')).toMatchObject({ status: 409, refused: { rule: 'CR-6' } });
    w.at(at);
    expect(await step(ida, 'stand_down')).toMatchObject({
      status: 200,
      reply: { room: { crisis: { state: 'stood_down', promises: [] } } },
    });
    expect(await release(0)).toMatchObject({ status: 200 });
    const { frozen } = await ida.call('crisis', { params });
    expect(frozen.map(({ name, released }) => [name, released !== null]).sort()).toEqual([
      ['Saturday advertisement', false],
      ['Spring sale newsletter', true],
    ]);
    expect(await release(1)).toMatchObject({ status: 200 });
  });
});
