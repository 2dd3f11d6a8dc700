// How a room is governed: its level with a reason.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyAction } from '../support/verify-action.ts';
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
