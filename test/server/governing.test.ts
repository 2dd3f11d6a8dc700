// How a room is governed: its level with a reason.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fireClocks } from '../../server/src/escalation/clocks.service.ts';
import { verifyAction, verifyWithTimers } from '../support/verify-action.ts';
import { type Person, type World, world } from '../support/world.ts';

describe('a room', () => {
  let w: World;
  let ingrid: Person;
  let nadia: Person;
  beforeAll(async () => {
    w = await world();
    ingrid = await w.person('Ingrid', ['commander']);
    nadia = await w.person('Nadia', ['responder']);
  });
  beforeEach(() => void w.at('09:00'));
  afterAll(() => w[Symbol.asyncDispose]());

  const level = (person: Person, to: number, reason = 'It spreads.') =>
    verifyAction(w, () => person.try('setLevel', { params: { roomId: w.room.id }, body: { level: to, reason } }));

  const fireAt = async (time: string) =>
    (
      await verifyWithTimers(w, async () => {
        w.at(time);
        await fireClocks(w.app.deps);
      })
    ).events;

  it('[RM-3] is raised with a reason by those the plan names, and lowered only after its time', async () => {
    expect((await level(ingrid, 7)).result).toMatchObject({ status: 422 });
    expect((await level(ingrid, 2, ' ')).result).toMatchObject({ status: 409, refused: { rule: 'RM-3' } });
    expect((await level(nadia, 3)).result).toMatchObject({ status: 409, refused: { rule: 'RM-3' } });
    const raised = await level(ingrid, 3);
    expect(raised.result).toMatchObject({ status: 200, reply: { room: { level: 3, levelReason: 'It spreads.' } } });
    expect(raised.events).toMatchObject([{ type: 'room.levelChanged', data: { from: 1 } }]);
    const early = (await level(ingrid, 1)).result;
    expect(early).toMatchObject({ status: 409, refused: { rule: 'RM-3', fix: [{ do: 'wait' }] } });
    w.at('2026-03-03T09:00:00Z');
    expect((await level(ingrid, 1)).result).toMatchObject({ status: 200, reply: { room: { level: 3 } } });
    const other = await w.person('Olga', ['commander']);
    expect((await level(other, 1)).result).toMatchObject({ status: 200, reply: { room: { level: 1 } } });
  });

  it('[CK-15] [RM-11] a raised level reckons the clocks of open cards anew, as the preview said, and lowering gives the time back', async () => {
    w.at('2026-03-04T09:00:00Z');
    const posted = (name: string, minutes: number) =>
      w.cardFrom(`@drovewell.example parcel ${name} never came, I am waiting`, {
        author: { handle: `${name}.example`, name, followers: 10 },
        postedAt: new Date(Date.parse('2026-03-04T09:00:00Z') + minutes * 60_000).toISOString(),
      });
    w.at('2026-03-04T09:05:00Z');
    const [old, fresh] = [await posted('old', -100), await posted('fresh', 0)];
    const params = { roomId: w.room.id };
    const before = await ingrid.call('previewLevel', { params, query: { level: 3 } });
    expect(await ingrid.try('previewLevel', { params, query: { level: 8 } })).toMatchObject({ status: 422 });
    expect(before.preview).toMatchObject({ from: 1, to: 3, lateCount: 1, late: [{ cardId: old.id, author: 'old' }] });
    expect(before.preview.rules.map((rule) => rule.says)).toContain('First public reply');

    const { events } = await level(ingrid, 3, 'It is on television.');
    const raised = events.find((event) => event.type === 'room.levelChanged');
    const changed = raised?.type === 'room.levelChanged' ? raised.data.clocks : [];
    expect(changed).toHaveLength(before.preview.reckoned);
    const clockOf = async (id: string) => (await w.board()).cards[id]?.clocks[0];
    expect(await clockOf(old.id)).toMatchObject({
      dueAt: '2026-03-04T08:20:00.000Z',
      promisedUntil: '2026-03-04T10:20:00.000Z',
      breachedAt: null,
    });
    expect(await clockOf(fresh.id)).toMatchObject({
      dueAt: '2026-03-04T10:00:00.000Z',
      promisedUntil: '2026-03-04T10:00:00.000Z',
    });
    const breaches = async () => (await nadia.call('measures', { params })).breaches;
    const none = await breaches();
    expect((await fireAt('2026-03-04T09:30:00Z')).filter((event) => event.type === 'clock.breached')).toEqual([]);
    expect(await breaches()).toEqual(none);
    const told = (await fireAt('2026-03-04T10:30:00Z')).flatMap((event) =>
      event.type === 'clock.breached' ? [[event.data.card.id, event.data.clock.breachedAt]] : [],
    );
    expect(told).toContainEqual([old.id, '2026-03-04T10:20:00.000Z']);
    expect(told).toContainEqual([fresh.id, '2026-03-04T10:00:00.000Z']);

    w.at('2026-03-04T13:10:00Z');
    const young = await posted('young', 245);
    expect(young.clocks[0]?.dueAt).toBe('2026-03-04T14:05:00.000Z');
    const other = await w.person('Ove', ['commander']);
    await level(ingrid, 1, 'It is over.');
    await level(other, 1, 'It is over.');
    expect(await clockOf(young.id)).toMatchObject({ dueAt: '2026-03-04T16:05:00.000Z' });
    expect(await clockOf(old.id)).toMatchObject({ breachedAt: '2026-03-04T10:20:00.000Z' });
  });

  it('[RM-10] is lowered when as many people agreed as the plan asks, within their time', async () => {
    const oskar = await w.person('Oskar', ['commander']);
    w.at('2026-03-05T09:00:00Z');
    await level(ingrid, 3);
    w.at('2026-03-05T14:00:00Z');
    const robot = await w.token('Robot', ['commander']);
    const alone = robot.try('setLevel', { params: { roomId: w.room.id }, body: { level: 2, reason: 'Me too.' } });
    expect(await alone).toMatchObject({ status: 403 });
    const asked = await level(ingrid, 2, 'It calms down.');
    expect(asked.result).toMatchObject({ status: 200, reply: { room: { level: 3, levelAsk: { to: 2, takes: 2 } } } });
    expect(asked.events.map((event) => event.type)).toEqual(['room.levelAsked']);
    expect((await level(ingrid, 2, 'Again.')).events).toEqual([]);
    w.at('2026-03-05T14:16:00Z');
    expect((await level(oskar, 2, 'Too late.')).result).toMatchObject({ reply: { room: { level: 3 } } });
    w.at('2026-03-05T14:20:00Z');
    const both = await level(ingrid, 2, 'Now.');
    expect(both.result).toMatchObject({ status: 200, reply: { room: { level: 2, levelAsk: null } } });
    expect(both.events.map((event) => event.type)).toEqual(['room.levelChanged']);
  });
});
