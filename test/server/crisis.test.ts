// The crisis as a state of the room: declared, worked on, told about, stood down when its criteria held, reviewed; and its log.
import type { RoomEvent } from '@rejoinder/contracts/events';
import { Id } from '@rejoinder/contracts/shapes';
import { Check } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchCriteria } from '../../server/src/crisis/criteria.service.ts';
import { firePromises } from '../../server/src/crisis/firing.service.ts';
import { type CrisisDesk, crisisDesk } from '../support/crisis-desk.ts';
import { verifyWithTimers } from '../support/verify-action.ts';
import type { Person, World } from '../support/world.ts';

const HOLDING = { what: 'parcels of the last three days are late', time: '14:00' };
const CLOSING = { what: 'The late parcels', summary: 'A belt stood still. It runs again. We doubled it.' };

/** The instant a promise was told for. */
function instantOf(event: RoomEvent): string {
  if (event.type === 'crisis.promiseWarned') return event.data.promise.warnAt[event.data.point - 1] ?? '';
  return event.type === 'crisis.promiseMissed' ? event.data.promise.dueAt : '';
}

describe('a crisis', () => {
  let desk: CrisisDesk;
  let w: World;
  const fire = async () => {
    const { events } = await verifyWithTimers(w, () => firePromises(w.app.deps));
    return events.filter((event) => 'promise' in event.data);
  };
  beforeAll(async () => {
    desk = await crisisDesk();
    w = desk.w;
  });
  afterAll(() => desk[Symbol.asyncDispose]());

  it('[CR-1] is declared by those who may raise the level, with commander, type and reason, and the level rises with it', async () => {
    const { ida, rex, declare, crisis, owed } = desk;
    expect(await declare(rex)).toMatchObject({
      status: 409,
      refused: { rule: 'CR-1', who: expect.arrayContaining(['commander']) },
    });
    expect(await declare(ida, { kind: null })).toMatchObject({ status: 409, refused: { rule: 'CR-1' } });
    expect(await declare(ida, { commanderId: rex.userId })).toMatchObject({ status: 409, refused: { rule: 'CR-1' } });
    expect(await declare(ida, { reason: ' ' })).toMatchObject({
      status: 409,
      refused: { fix: [{ do: 'give-reason' }] },
    });
    expect((await crisis()).state).toBe('watching');
    expect(await declare(ida)).toMatchObject({
      status: 200,
      reply: {
        room: {
          level: 3,
          crisis: { state: 'declared', kind: 'accidental', commander: { name: 'Ida' }, why: 'It is on the news.' },
        },
      },
    });
    expect(await owed()).toEqual({
      freeze: '09:15',
      'update:internal': '09:30',
      'update:public': '10:00',
      'clock:holding-line': '10:00',
    });
    expect(await declare(ida)).toMatchObject({ status: 409, refused: { rule: 'CR-1' } });
  });

  it('[CR-2] [CR-12] [CR-13] becomes active once the freeze is confirmed; what is held stays held while it burns', async () => {
    const { ida, cora, rex, params, act, owed, confirm, step } = desk;
    expect(await step(ida, 'activate')).toMatchObject({
      status: 409,
      refused: { rule: 'CR-2', who: ['social_lead', 'comms'] },
    });
    expect(await confirm(rex)).toMatchObject({ status: 409, refused: { rule: 'CR-12' } });
    const body = {
      name: 'Spring sale, newsletter to everybody',
      what: 'newsletters',
      plannedFor: '2026-03-02T16:00:00Z',
    };
    const { item } = await act(() => rex.call('freezeItem', { params, body }));
    expect(await rex.try('freezeItem', { params, body: { ...body, what: 'parades' } })).toMatchObject({
      status: 422,
    });
    expect(await confirm(cora)).toMatchObject({ status: 200 });
    expect(await confirm(cora)).toMatchObject({ status: 409 });
    expect(Object.keys(await owed())).not.toContain('freeze');
    expect(await step(ida, 'activate')).toMatchObject({
      status: 200,
      reply: { room: { crisis: { state: 'active' } } },
    });
    const release = { params: { ...params, itemId: item.id }, body: { reason: 'Now it may.' } };
    expect(await act(() => ida.try('releaseItem', release))).toMatchObject({ status: 409, refused: { rule: 'CR-13' } });
  });

  it('[CR-10] [CR-11] updates come from those the plan names, with the time of the next, and without personal data', async () => {
    const { cora, rex, owed, update } = desk;
    w.at('09:20');
    const next = { nextAt: '2026-03-02T09:45:00Z' };
    expect(await update(rex, next)).toMatchObject({ status: 409, refused: { rule: 'CR-10', who: ['comms'] } });
    expect(await update(cora)).toMatchObject({ status: 409, refused: { rule: 'CR-11' } });
    expect(await update(cora, { nextAt: '2026-03-02T09:51:00Z' })).toMatchObject({
      status: 409,
      refused: { rule: 'CR-11' },
    });
    expect(await update(cora, { nextAt: '2026-03-02T09:19:00Z' })).toMatchObject({
      status: 409,
      refused: { rule: 'CR-11' },
    });
    const leak = { text: 'Ask jane@house.example about it.', ...next };
    expect(await update(cora, leak)).toMatchObject({ status: 409, refused: { rule: 'VO-3' } });
    expect(await update(cora, { audience: 'public', ...next })).toMatchObject({
      status: 409,
      refused: { rule: 'CR-10' },
    });
    expect(await update(cora, next)).toMatchObject({ status: 200, reply: { update: { audience: 'internal' } } });
    expect(await owed()).toMatchObject({ 'update:internal': '09:45', 'update:public': '10:00' });
    const told = await w.app.deps.db.selectFrom('messages').selectAll().where('about_kind', '=', 'update').execute();
    expect(told).toHaveLength(0);
  });

  it('[CR-20] what is overdue is told once, in the order of the instants, also after an hour of downtime', async () => {
    const { crisis } = desk;
    w.at('10:30');
    await fire();
    const all = await w.app.deps.events.read(w.room.id, 0, 10_000);
    const told = all.flatMap((e) => ('promise' in e.data ? [[e.type, e.data.promise.id, instantOf(e)] as const] : []));
    expect(told.map(([type, id]) => `${type.slice('crisis.promise'.length)} ${id}`).sort()).toEqual([
      'Missed clock:holding-line',
      'Missed update:internal',
      'Missed update:public',
      'Warned clock:holding-line',
    ]);
    const instants = told.map(([, , at]) => at);
    expect(instants).toEqual(instants.toSorted());
    expect(await fire()).toEqual([]);
    expect((await crisis()).promises.every((each) => each.missedAt !== null)).toBe(true);
    const about = await w.app.deps.db.selectFrom('messages').selectAll().where('about_kind', '=', 'alarm').execute();
    expect(about.filter((each) => !Check(Id, each.about_id))).toEqual([]);
    expect(about.map((each) => each.title)).toContain('Overdue: Update to colleagues');
    expect(new Set(about.map((each) => each.to_name))).toEqual(new Set(['Cora']));
  });

  it('[CR-14] [CR-16] a cleared text goes out with its slots filled, stops the holding line and is the public update', async () => {
    const { crisis, owed, prepare, posted } = desk;
    expect(await prepare('holding-unclear', { ...HOLDING, what: '' })).toMatchObject({
      status: 409,
      refused: { rule: 'CR-14' },
    });
    const leak = { ...HOLDING, what: 'card 4111 1111 1111 1111 was charged twice' };
    expect(await prepare('holding-unclear', leak)).toMatchObject({ status: 409, refused: { rule: 'VO-3' } });
    const ready = await prepare('holding-unclear', HOLDING);
    expect(ready).toMatchObject({
      status: 200,
      reply: { missing: [], statement: { changed: false, kind: 'holding' } },
    });
    const id = 'reply' in ready ? ready.reply.statement.id : '';
    expect(await posted(id, null)).toMatchObject({ status: 409, refused: { rule: 'CR-11' } });
    expect(await posted(id, '2026-03-02T11:00:00Z')).toMatchObject({
      status: 200,
      reply: { statement: { posted: { by: { name: 'Pia' } } } },
    });
    expect(await owed()).toEqual({ 'update:internal': '09:45', 'update:public': '11:00' });
    expect((await crisis()).lastStatement).toMatchObject({ kind: 'holding', url: 'https://social.example/1' });
    expect(await posted(id, '2026-03-02T11:10:00Z')).toMatchObject({ status: 409, refused: { rule: 'CR-16' } });
  });

  it('[CR-8] [CR-9] the retrospective gets a date within the time of the plan, and an ordinary day is said where none was measured', async () => {
    const { ida, rex, params, crisis, act } = desk;
    const at = (person: Person, day: number) =>
      act(() => person.try('setRetrospective', { params, body: { at: `2026-03-0${day}T10:00:00Z` } }));
    expect(await at(rex, 5)).toMatchObject({ status: 409, refused: { rule: 'CR-8' } });
    expect(await at(ida, 9)).toMatchObject({ status: 409, refused: { rule: 'CR-8' } });
    expect(await at(ida, 1)).toMatchObject({ status: 409, refused: { rule: 'CR-8' } });
    expect(await at(ida, 5)).toMatchObject({
      status: 200,
      reply: { room: { crisis: { retrospectiveAt: '2026-03-05T10:00:00.000Z' } } },
    });
    expect((await crisis()).baseline).toBeNull();
    const base = (person: Person, reason: string) =>
      act(() => person.try('setBaseline', { params, body: { perHour: 4, reason } }));
    expect(await base(rex, 'As last week.')).toMatchObject({ status: 409, refused: { rule: 'CR-9' } });
    expect(await base(ida, '')).toMatchObject({ status: 409, refused: { rule: 'CR-9' } });
    expect(await base(ida, 'As last week.')).toMatchObject({
      status: 200,
      reply: { room: { crisis: { baseline: { perHour: 4 } } } },
    });
  });

  it('[CR-6] [CR-21] is stood down once every criterion has held as long as the plan says, and not a minute before', async () => {
    const { ida, cora, rex, params, step, update, prepare, posted } = desk;
    w.at('11:03');
    const card = await w.cardFrom('@drovewell.example my parcel never came, I am waiting for days');
    const refused = await step(ida, 'stand_down');
    const missing = 'refused' in refused ? refused.refused.missing : [];
    const lacks = missing.map((each) => each.rule);
    expect(refused).toMatchObject({ status: 409, refused: { rule: 'CR-6' } });
    expect(lacks).toEqual(expect.arrayContaining(['GU-37', 'GU-41']));
    expect(missing.find((each) => each.rule === 'GU-42')?.fix).toMatchObject([{ do: 'wait' }]);
    // Answered on purpose with nothing, so that nobody waits.
    const fields = { class: 'troll', department: 'communications' };
    await cora.call('moveCard', {
      params: { ...params, cardId: card.id },
      body: { to: 'watch', fields, reason: 'A troll.' },
    });
    const closing = await prepare('closing', CLOSING);
    expect(await posted('reply' in closing ? closing.reply.statement.id : '', '2026-03-02T12:00:00Z')).toMatchObject({
      status: 200,
    });
    expect(await update(cora, { nextAt: '2026-03-02T11:30:00Z' })).toMatchObject({ status: 200 });
    w.at('2026-03-02T11:04:00Z');
    expect(await step(ida, 'stabilise')).toMatchObject({ status: 200 });
    await watchCriteria(w.app.deps);
    const early = await step(ida, 'stand_down');
    expect(early).toMatchObject({
      status: 409,
      refused: {
        rule: 'CR-6',
        missing: expect.arrayContaining([expect.objectContaining({ fix: [expect.objectContaining({ do: 'wait' })] })]),
      },
    });
    // Updates go on while it is stabilising: five hours in steps that never let one be overdue.
    for (let minute = 20; minute <= 320; minute += 25) {
      w.at(new Date(Date.parse('2026-03-02T11:04:00Z') + minute * 60_000).toISOString());
      if (minute === 70) {
        const closed = { to: 'closed', reason: 'The hour is over.' };
        await ida.call('moveCard', { params: { ...params, cardId: card.id }, body: closed });
      }
      const next = new Date(Date.parse(w.now()) + 29 * 60_000).toISOString();
      await cora.call('postUpdate', {
        params,
        body: { audience: 'internal', text: 'Quiet.', url: null, nextAt: next },
      });
      const open = { audience: 'public' as const, text: 'Quiet here too.', url: 'https://social.example/2' };
      await cora.call('postUpdate', { params, body: { ...open, nextAt: next } });
    }
    const { criteria, volume } = await ida.call('crisis', { params });
    expect(criteria.map((each) => each.lacks)).toEqual(criteria.map(() => []));
    expect(criteria.every((each) => each.metSince !== null && each.metSince <= '2026-03-02T13:30:00.000Z')).toBe(true);
    expect(volume.lastHour).toBe(0);
    expect(await step(rex, 'stand_down')).toMatchObject({ status: 409, refused: { rule: 'CR-6' } });
    expect(await step(ida, 'stand_down')).toMatchObject({
      status: 200,
      reply: { room: { crisis: { state: 'stood_down', promises: [] } } },
    });
  });

  it('[CR-13] [CR-7] what was held is released one by one with a reason, and the crisis is reviewed after its retrospective', async () => {
    const { ida, rex, params, act, step } = desk;
    const { frozen } = await ida.call('crisis', { params });
    expect(frozen).toMatchObject([{ what: 'newsletters', released: null }]);
    const itemId = frozen[0]?.id ?? '';
    const release = (person: Person, reason: string) =>
      act(() => person.try('releaseItem', { params: { ...params, itemId }, body: { reason } }));
    w.at('2026-03-05T12:00:00Z');
    expect(await step(ida, 'review')).toMatchObject({
      status: 409,
      refused: { rule: 'CR-7', says: 'One thing is still frozen.' },
    });
    expect(await release(rex, 'Why not.')).toMatchObject({
      status: 409,
      refused: { rule: 'CR-13', who: ['commander'] },
    });
    expect(await release(ida, '')).toMatchObject({ status: 409, refused: { fix: [{ do: 'give-reason' }] } });
    expect(await release(ida, 'The shelves are full again.')).toMatchObject({
      status: 200,
      reply: { item: { released: { by: { name: 'Ida' } } } },
    });
    expect(await release(ida, 'Twice.')).toMatchObject({ status: 409 });
    expect(await step(ida, 'review')).toMatchObject({
      status: 200,
      reply: { room: { crisis: { state: 'reviewed' } } },
    });
  });

  it('[CR-18] [CR-19] the crisis log tells what was decided, page by page and by matter, with the lines of the scribe', async () => {
    const { rex, params, act } = desk;
    const note = (text: string, over: object = {}) =>
      act(() => rex.try('noteCrisis', { params, body: { text, happenedAt: null, corrects: null, ...over } }));
    const written = await note('The depot called back.', { happenedAt: '2026-03-05T11:50:00Z' });
    const first = 'reply' in written ? written.reply.entry.id : '';
    expect(await note('It was the other depot.', { corrects: first })).toMatchObject({ status: 200 });
    expect(await note('x', { corrects: 'note_none' })).toMatchObject({ status: 409, refused: { rule: 'CR-19' } });
    expect(await note('x', { happenedAt: '2026-03-06T00:00:00Z' })).toMatchObject({
      status: 409,
      refused: { rule: 'CR-19' },
    });
    expect(await note('Call +44 20 7946 0958 about it.')).toMatchObject({ status: 409, refused: { rule: 'VO-3' } });
    const read = (query: object) => rex.call('crisisLog', { params, query });
    const notes = await read({ only: 'notes' });
    expect(notes).toMatchObject({
      next: null,
      events: [{ data: { entry: { corrects: first } } }, { data: { entry: { id: first } } }],
    });
    const decisions = (await read({ only: 'decisions' })).events.map((each) => each.type);
    expect(decisions.slice(0, 3)).toEqual(['crisis.stepped', 'crisis.released', 'crisis.stepped']);
    expect(decisions.slice(-3)).toEqual(['crisis.declared', 'room.levelChanged', 'room.opened']);
    const whole = await read({});
    const older = await read({ before: whole.events.at(2)?.seq ?? 0 });
    expect(older.events[0]).toEqual(whole.events[3]);
    expect(whole.events.some((each) => /^(mention|card|draft)[.]/.test(each.type))).toBe(false);
  });
});
