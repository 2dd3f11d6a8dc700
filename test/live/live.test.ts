// The live socket: batches in order without a gap under load, exact catch-up, presence by the server, and readers that do not read.
import { applyAll } from '@rejoinder/board/apply';
import type { RoomEvent } from '@rejoinder/contracts/events';
import {
  type ClientToServer,
  type EventBatch,
  type Here,
  PROTOCOL,
  type ServerToClient,
  type Watch,
  type WatchReply,
} from '@rejoinder/contracts/live';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createBatcher } from '../../server/src/live/batcher.ts';
import { openRoom } from '../../server/src/rooms/rooms.service.ts';
import { startAgain } from '../support/again.ts';
import { verifyAction } from '../support/verify-action.ts';
import { type Person, type World, world } from '../support/world.ts';

type Client = Socket<ServerToClient, ClientToServer>;
let w: World;
let ria: Person;
let sam: Person;
const open: Client[] = [];
beforeAll(async () => {
  w = await world();
  ria = await w.person('Ria', ['responder', 'social_lead', 'commander']);
  sam = await w.person('Sam', ['responder']);
});
afterEach(() => {
  for (const client of open.splice(0)) client.close();
});
afterAll(() => w[Symbol.asyncDispose]());

function connect(who: Pick<Person, 'cookie'>, base = w.origin): Client {
  const client: Client = io(base, {
    path: '/live',
    transports: ['websocket'],
    extraHeaders: { cookie: who.cookie, origin: 'http://rejoinder.test' },
    reconnection: false,
    forceNew: true,
  });
  open.push(client);
  return client;
}
const watch = (client: Client, since: number, roomId = w.room.id): Promise<WatchReply> =>
  client.emitWithAck('watch', { roomId, since, protocol: PROTOCOL });

/** A client that keeps what it is sent, and says when a batch did not follow what it had. */
async function follower(who: Person, since: number) {
  const client = connect(who);
  const events: RoomEvent[] = [];
  const batches: EventBatch[] = [];
  client.on('events', (batch) => {
    batches.push(batch);
    events.push(...batch.events);
  });
  const reply = await watch(client, since);
  return { client, events, batches, reply };
}
const seqs = (events: RoomEvent[]) => events.map((event) => event.seq);

describe('the live socket', () => {
  it('[LV-1] brings two people every event in order, without a gap, through 200 moves and mentions at once', async () => {
    const before = await w.board();
    const [a, b] = [await follower(ria, before.seq), await follower(sam, before.seq)];
    expect([a.reply, b.reply]).toEqual([
      { kind: 'none', seq: before.seq },
      { kind: 'none', seq: before.seq },
    ]);
    const hook = await w.webhook();
    await verifyAction(w, async () => {
      const posts = Array.from({ length: 20 }, (_, i) => w.mention(`My parcel number ${i} is lost, nobody answers`));
      await hook.deliver(posts.map((mention) => ({ type: 'created', mention })));
      await w.settled();
      const opened = Object.values((await w.board()).cards);
      expect(opened).toHaveLength(20);
      await Promise.all([
        ...Array.from({ length: 80 }, (_, i) =>
          hook.deliver([{ type: 'created', mention: w.mention(`A word about us ${i}`) }]),
        ),
        ...opened.flatMap((card, i) => {
          const params = { roomId: w.room.id, cardId: card.id };
          const reason = `round ${i}`;
          return [1, 2, 3, 4, 5].map(() =>
            ria.try('moveCard', {
              params,
              body: { to: 'watch', reason, fields: { class: 'rant', department: 'logistics' } },
            }),
          );
        }),
      ]);
    });
    const after = await w.board();
    expect(after.seq - before.seq).toBeGreaterThan(100);
    for (const { events, batches } of [a, b]) {
      await expect.poll(() => events.at(-1)?.seq, { timeout: 5000 }).toBe(after.seq);
      expect(seqs(events)).toEqual(Array.from({ length: after.seq - before.seq }, (_, i) => before.seq + 1 + i));
      for (const { from, to, events: run } of batches) expect([from, to]).toEqual([run[0]?.seq, run.at(-1)?.seq]);
      expect(batches.length).toBeLessThanOrEqual(events.length);
      expect(applyAll(before, events).state).toEqual(after);
    }
  });

  it('[LV-2] gives a client that was away exactly what it missed, also across a restart of its room’s feed', async () => {
    const { seq } = await w.board();
    const first = await follower(sam, seq);
    first.client.close();
    await w.cardFrom('Another parcel is lost');
    await w.cardFrom('And another lamp is broken');
    const after = await w.board();
    const back = await follower(sam, seq);
    if (back.reply.kind !== 'events') throw new Error(`answered ${back.reply.kind}`);
    expect(seqs(back.reply.events)).toEqual(Array.from({ length: after.seq - seq }, (_, i) => seq + 1 + i));
    expect((await follower(sam, after.seq)).reply).toEqual({ kind: 'none', seq: after.seq });
    expect((await follower(sam, after.seq + 5)).reply).toEqual({ kind: 'reload', seq: after.seq });
  });

  it('[LV-3] tells a page of another protocol to reload, and whoever may not watch why not', async () => {
    const client = connect(ria);
    const { seq } = await w.board();
    const old = await client.emitWithAck('watch', { roomId: w.room.id, since: seq, protocol: PROTOCOL + 1 });
    expect(old).toMatchObject({ kind: 'reload' });
    expect(await watch(client, 0, 'room_elsewhere')).toMatchObject({ kind: 'refused', code: 'not-found' });
    const nonsense = await client.emitWithAck('watch', { roomId: 7 } as unknown as Watch);
    expect(nonsense).toMatchObject({ kind: 'refused', code: 'bad-request' });
    const stranger = await w.person('Stranger', [], { member: false });
    expect(await watch(connect(stranger), 0)).toMatchObject({ kind: 'refused', code: 'not-found' });
    const raw = client as unknown as { emit: (name: string, ...given: unknown[]) => void };
    raw.emit('watch', null);
    raw.emit('looking', null);
    raw.emit('nonsense', { deep: [[[]]] });
    expect(await watch(client, seq)).toMatchObject({ kind: 'none' });
  });

  it('[LV-4] says who is here from sessions alone, once a person, and whoever leaves is gone', async () => {
    const seen: Here[] = [];
    const a = connect(ria);
    a.on('here', (here) => seen.push(here));
    await watch(a, 0);
    const b = connect(sam);
    await watch(b, 0);
    const tab = connect(sam);
    await watch(tab, 0);
    tab.emit('looking', { roomId: w.room.id, cardId: 'card_x', userId: 'someone-else', name: 'Mallory' } as never);
    b.emit('looking', { roomId: w.room.id, cardId: 'card_1' });
    const names = () =>
      seen
        .at(-1)
        ?.people.map((p) => `${p.name} ${p.cardId ?? '-'}`)
        .toSorted();
    await expect.poll(names, { timeout: 3000 }).toEqual(['Ria -', 'Sam card_1']);
    b.close();
    tab.close();
    await expect.poll(names, { timeout: 3000 }).toEqual(['Ria -']);
  });

  it('[LV-6] a socket is in the one room it asked for last, however fast it asks', async () => {
    const system = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };
    const member = { userId: ria.userId, name: 'Ria', roles: ['commander'], hue: 1 };
    const other = await openRoom(w.app.deps, system, {
      name: 'Other',
      zone: 'Europe/London',
      kind: 'live',
      members: [member],
    });
    const heard: string[] = [];
    const client = connect(ria);
    client.on('events', ({ roomId }) => heard.push(roomId));
    const answers = await Promise.all([
      watch(client, 0),
      watch(client, 0, other.id),
      watch(client, 0),
      watch(client, 0, other.id),
    ]);
    expect(answers.every((answer) => answer.kind !== 'refused')).toBe(true);
    expect(w.app.live.watchers().filter((s) => s.userId === ria.userId)).toMatchObject([{ roomId: other.id }]);
    await w.cardFrom('Something for the first room, a lost parcel');
    await w.app.deps.events.change({ roomId: other.id, actor: system }, async ({ log }) =>
      log({ type: 'person.left', data: { userId: 'x' } }),
    );
    await expect.poll(() => heard.length, { timeout: 3000 }).toBe(1);
    expect(heard).toEqual([other.id]);
    // Gone before it was let in: nothing of it stays.
    for (let i = 0; i < 5; i++) {
      const hasty = connect(sam);
      hasty.on('connect', () => {
        hasty.emit('watch', { roomId: w.room.id, since: 0, protocol: PROTOCOL }, () => undefined);
        setTimeout(() => hasty.close(), i);
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    await expect
      .poll(() => w.app.live.watchers().filter((s) => s.userId === sam.userId).length, { timeout: 3000 })
      .toBe(0);
  });

  it('[LV-5] cuts off a reader that does not read, while the others go on and memory stays bounded', async () => {
    const { seq } = await w.board();
    const reader = await follower(ria, seq);
    const stalled = new WebSocket(`${w.origin.replace('http', 'ws')}/live/?EIO=4&transport=websocket`, {
      headers: { cookie: sam.cookie, origin: 'http://rejoinder.test' },
    });
    await new Promise<void>((resolve) => {
      stalled.on('message', (data) => {
        const text = String(data);
        if (text.startsWith('0')) stalled.send('40');
        else if (text.startsWith('40'))
          stalled.send(`420["watch",${JSON.stringify({ roomId: w.room.id, since: seq, protocol: PROTOCOL })}]`);
        else if (text.startsWith('430')) resolve();
      });
    });
    stalled.pause();
    const watchers = () => w.app.live.watchers().length;
    expect(watchers()).toBe(2);
    const heap = process.memoryUsage().rss;
    const filler = 'x'.repeat(200_000);
    const system = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };
    let sent = 0;
    for (; sent < 200 && watchers() === 2; sent++)
      await w.app.deps.events.change({ roomId: w.room.id, actor: system }, async ({ log }) =>
        log({ type: 'mention.quarantined', data: { mentionId: 'men_x', says: filler } }),
      );
    await expect.poll(watchers, { timeout: 5000 }).toBe(1);
    // The system's own socket buffers take a few MiB before ours fill; what is held beyond them is one hard cap.
    expect(sent).toBeLessThan(100);
    expect(process.memoryUsage().rss - heap).toBeLessThan(150 * 1024 * 1024);
    const head = await w.board();
    await expect.poll(() => reader.events.at(-1)?.seq, { timeout: 5000 }).toBe(head.seq);
    expect(seqs(reader.events)).toEqual(Array.from({ length: head.seq - seq }, (_, i) => seq + 1 + i));
    stalled.terminate();
  });

  it('[LV-2] a client comes back to a restarted server and asks from where it was', async () => {
    const { seq } = await w.board();
    const client = connect(ria);
    await watch(client, seq);
    await using again = await startAgain(w);
    const actor = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };
    await again.deps.events.change({ roomId: w.room.id, actor }, async ({ log }) => {
      log({ type: 'person.left', data: { userId: 'a' } });
      log({ type: 'person.left', data: { userId: 'b' } });
    });
    const back = connect(ria, again.origin);
    expect(await watch(back, seq)).toMatchObject({ kind: 'events', events: [{ seq: seq + 1 }, { seq: seq + 2 }] });
    back.close();
  });
});

describe('the batcher', () => {
  const event = (seq: number) => ({ seq }) as RoomEvent;
  const make = (log: () => number) => {
    const sent: number[] = [];
    const batcher = createBatcher(
      async () => 2,
      async (_room, since) => Array.from({ length: log() - since }, (_, i) => event(since + 1 + i)),
      (_room, events) => {
        sent.push(...seqs(events));
        return null;
      },
      () => 2,
    );
    return { batcher, sent };
  };

  it('[LV-1] sends what was heard in the wrong order in the right one, and reads what was not heard at all', async () => {
    const { batcher, sent } = make(() => 6);
    await batcher.start('r');
    batcher.hear('r', [event(4)]);
    batcher.hear('r', [event(3)]);
    await expect.poll(() => sent).toEqual([3, 4]);
    batcher.hear('r', [event(6)]);
    await expect.poll(() => sent).toEqual([3, 4, 5, 6]);
    batcher.stop();
  });

  it('[LV-1] keeps what it hears while it still looks for the head, for everyone who joins meanwhile', async () => {
    const { batcher, sent } = make(() => 4);
    const first = batcher.start('r');
    const second = batcher.start('r');
    batcher.hear('r', [event(2), event(3)]);
    await Promise.all([first, second]);
    await expect.poll(() => sent).toEqual([3]);
    batcher.stop();
  });
});
