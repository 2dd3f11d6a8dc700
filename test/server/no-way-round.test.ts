// No way round the plan, on the server: random plans and people, every door there is, and a second opinion on every move that went through.
import type { RoomView } from '@rejoinder/contracts/rooms';
import { readPlaybook } from '@rejoinder/playbook/read';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBoard } from '../../server/src/measuring/board.service.ts';
import { insertPlaybook } from '../../server/src/playbooks/playbooks.repository.ts';
import { openRoom } from '../../server/src/rooms/rooms.service.ts';
import { Outbox } from '../support/outbox.ts';
import { RandomGame, type Step, step } from '../support/random-game.ts';
import { RANDOM_ROLES, randomPlaybook } from '../support/random-playbook.ts';
import { type Receiver, receiver } from '../support/receiver.ts';
import { tally, type Version } from '../support/told-log.ts';
import { verifyAction } from '../support/verify-action.ts';
import { type Person, type World, world } from '../support/world.ts';

/** Each sequence is a room of its own with a plan of its own. `SEQUENCES` is shared with the test in memory, which carries the bulk. */
const SEQUENCES = Number(process.env.SERVER_SEQUENCES ?? 12);

/** What a run must have judged to mean anything, and how many games more it may take to meet it: one in three queues a reply. */
const SEEN = ['moved', 'refused', 'queued', 'sent', 'plans'] as const;
const AT_MOST_MORE = 60;

/** A failure names its seed and path; given here, the same game is played again. */
const { SEED, SEED_PATH } = process.env;
const replay = SEED ? { seed: Number(SEED), ...(SEED_PATH ? { path: SEED_PATH } : {}) } : {};

describe('no way round the plan, on the server', () => {
  let w: World;
  let people: Person[];
  let keeper: Person;
  let post: Receiver;
  beforeAll(async () => {
    post = await receiver();
    w = await world();
    people = await Promise.all(['Ann', 'Bo', 'Cem', 'Di'].map((name) => w.person(name, [], { member: false })));
    keeper = await w.person('Keeper', [], { member: false });
  });
  afterAll(async () => {
    post.letGo();
    await w[Symbol.asyncDispose]();
    await post.close();
  });

  it(`[MV-17] ${SEQUENCES} sequences by every door reach no state their plan forbids, send nothing unsigned and lose no card; browser and server say the same`, {
    timeout: 3_600_000,
  }, async () => {
    const plans = fc.array(randomPlaybook, { minLength: 3, maxLength: 3 });
    const many = fc.array(step, { minLength: 14, maxLength: 26, size: 'max' });
    const playOn = (numRuns: number) =>
      fc.assert(fc.asyncProperty(plans, many, play), { numRuns, endOnFailure: true, ...replay });
    await playOn(SEQUENCES);
    if (!SEED) {
      // A few games may leave something out by chance; they go on until each thing that must be judged has come up.
      const unseen = () => SEEN.filter((what) => tally[what] === 0);
      for (let more = 0; unseen().length > 0 && more < AT_MOST_MORE; more++) await playOn(1);
      expect(unseen()).toEqual([]);
    }
    if (process.env.SERVER_SEQUENCES) console.log(JSON.stringify(tally));
  });

  /** One room with its people, cards and three versions of a plan, and every step through a real door. */
  async function play(texts: string[], steps: Step[]): Promise<void> {
    const versions = texts.map((text, i): Version => {
      const numbered = text.replace(/^version: 1$/m, `version: ${i + 1}`);
      const read = readPlaybook(numbered);
      if ('faults' in read) throw new Error(JSON.stringify(read.faults));
      return { version: i + 1, text: numbered, playbook: read.playbook };
    });
    const room = await openRandomRoom(versions);
    const inRoom: World = { ...w, room, board: () => readBoard(w.app.deps, room.id) };
    await verifyAction(inRoom, async () => {
      const game = await RandomGame.begin(inRoom, versions, people, keeper, new Outbox(inRoom, post));
      for (const each of steps) await game.take(each);
      await game.end();
    });
    tally.sequences += 1;
  }

  /** The room runs the first version; the others it ran before, so that it may take them again whatever a linter thinks of them. */
  async function openRandomRoom([first, ...others]: Version[]): Promise<RoomView> {
    const founder = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };
    const member = (person: Person, roles: string[]) => ({ userId: person.userId, name: person.name, roles, hue: 0 });
    const room = await openRoom(w.app.deps, founder, {
      name: 'Random',
      zone: 'Europe/London',
      kind: 'live',
      playbookText: first?.text ?? '',
      members: [
        ...people.map((person, i) =>
          member(person, i === 3 ? [...RANDOM_ROLES] : [RANDOM_ROLES[i] ?? 'ada', RANDOM_ROLES[i + 1] ?? 'ben']),
        ),
        member(keeper, ['keeper']),
      ],
      accounts: [],
    });
    for (const { version, text } of others)
      await insertPlaybook(w.app.deps.db, {
        room_id: room.id,
        playbook_id: 'random',
        version,
        text,
        adopted_at: w.now(),
        adopted_by: 'system:test',
      });
    const body = { platform: 'bluesky', name: 'us', url: post.url };
    await keeper.call('addAccount', { params: { roomId: room.id }, body });
    await w.settled();
    return room;
  }
});
