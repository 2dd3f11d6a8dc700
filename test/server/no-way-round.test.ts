// No way round the plan, on the server: random plans and people, every door there is, and a second opinion on every move that went through.
import type { RoomView } from '@rejoinder/contracts/rooms';
import { readPlaybook } from '@rejoinder/playbook/read';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBoard } from '../../server/src/measuring/board.service.ts';
import { openRoom } from '../../server/src/rooms/rooms.service.ts';
import { RandomGame, type Step, step, tally } from '../support/random-game.ts';
import { RANDOM_ROLES, randomPlaybook } from '../support/random-playbook.ts';
import { verifyAction } from '../support/verify-action.ts';
import { type Person, type World, world } from '../support/world.ts';

/** Each sequence is a room of its own with a plan of its own. `SEQUENCES` is shared with the test in memory, which carries the bulk. */
const SEQUENCES = Number(process.env.SERVER_SEQUENCES ?? 50);

describe('no way round the plan, on the server', () => {
  let w: World;
  let people: Person[];
  let keeper: Person;
  beforeAll(async () => {
    w = await world();
    people = await Promise.all(['Ann', 'Bo', 'Cem', 'Di'].map((name) => w.person(name, [], { member: false })));
    keeper = await w.person('Keeper', [], { member: false });
  });
  afterAll(() => w[Symbol.asyncDispose]());

  it(`[MV-17] ${SEQUENCES} sequences by every door reach no state their plan forbids; no card is lost; browser and server say the same`, {
    timeout: 3_600_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(randomPlaybook, fc.array(step, { minLength: 12, maxLength: 24, size: 'max' }), play),
      { numRuns: SEQUENCES, endOnFailure: true },
    );
    expect(tally.moved).toBeGreaterThan(0);
    if (process.env.SERVER_SEQUENCES) console.log(JSON.stringify(tally));
  });

  /** One room, its people and cards, and every step through a real door. */
  async function play(text: string, steps: Step[]): Promise<void> {
    const read = readPlaybook(text);
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    const room = await openRandomRoom(text);
    const inRoom: World = { ...w, room, board: () => readBoard(w.app.deps, room.id) };
    const game = new RandomGame(inRoom, read.playbook, people, keeper);
    await verifyAction(inRoom, async () => {
      await game.begin();
      for (const each of steps) await game.take(each);
      await game.catchUp();
    });
    game.nothingIsLost();
    tally.sequences += 1;
  }

  async function openRandomRoom(text: string): Promise<RoomView> {
    const founder = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };
    const member = (person: Person, roles: string[]) => ({ userId: person.userId, name: person.name, roles, hue: 0 });
    return openRoom(w.app.deps, founder, {
      name: 'Random',
      zone: 'Europe/London',
      kind: 'live',
      playbookText: text,
      members: [
        ...people.map((person, i) =>
          member(person, i === 3 ? [...RANDOM_ROLES] : [RANDOM_ROLES[i] ?? 'ada', RANDOM_ROLES[i + 1] ?? 'ben']),
        ),
        member(keeper, ['keeper']),
      ],
      accounts: [{ platform: 'bluesky', name: 'us', channel: 'rehearsal' }],
    });
  }
});
