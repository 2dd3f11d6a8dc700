// A server process of its own with two contacts on the telephone, and a social lead and a commander who read e-mail: what each was asked is what the telephone and the mailbox really got.
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CardView } from '@rejoinder/contracts/cards';
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { SourceEvent } from '@rejoinder/contracts/mentions';
import { readEvents } from '../../server/src/db/event-reading.ts';
import { type Rig, rigOf } from '../chaos/rig.ts';
import { typist, until } from '../coedit/typist.ts';
import { deliverSigned } from './calls.ts';
import { COMPLAINT, planForOneReply, REPLY } from './journey.ts';
import { ladderDesk, said } from './ladder-desk.ts';
import { mailServer } from './mail-server.ts';
import { receiver } from './receiver.ts';
import { anchorOf } from './words-in.ts';
import type { Person } from './world.ts';

/** One message that left the house about a card that stands too long. */
export type Heard = { id: string; to: string; by: 'phone' | 'email'; link: string };
export type NightHouse = Awaited<ReturnType<typeof nightHouse>>;

const PHONES = { Lou: '+44 20 7946 0001', Dee: '+44 20 7946 0002' };
const DAY = 86_400_000;
/** However slow the machine is. */
const PATIENCE = 60_000;
const ABOUT_STAGE = 'A card stands in New longer than';

/** @param byHand an instant: the process's clock stands there until `at` sets it; the true clock where left out */
export async function nightHouse({ byHand, plan = planForOneReply() }: { byHand?: string; plan?: string } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'rejoinder-night-'));
  const [telephone, mail] = await Promise.all([receiver(), mailServer()]);
  const day = byHand ? { day: new Date(Date.parse(byHand) - DAY).toISOString().slice(0, 10) } : { realClock: true };
  const d = await ladderDesk({ ...day, playbookText: withPhones(plan) });
  const { j, cleo } = d;
  const { w, ria, colin, sam } = j;
  if (byHand) w.at(byHand);
  const roomId = w.room.id;
  const keeper = await w.person('Amal', ['administrator']);
  await keeper.call('setChannel', { params: { roomId }, body: { channel: 'webhook', url: telephone.url } });
  const hook = await w.webhook();
  const clock = path.join(folder, 'clock');
  const at = async (time: string): Promise<string> => {
    // At once or not at all: the process may read in this very instant.
    await writeFile(`${clock}.next`, time);
    await rename(`${clock}.next`, clock);
    return time;
  };
  if (byHand) await at(byHand);
  const rig: Rig = await rigOf(j, () => ({
    SMTP_URL: mail.url,
    MAIL_FROM: 'warroom@rejoinder.test',
    ...(byHand
      ? {
          NODE_OPTIONS: `--import ${path.join(import.meta.dirname, 'hand-clock.ts')}`,
          HAND_CLOCK_FILE: clock,
        }
      : {}),
  }));

  const call = (person: Person): Person['call'] =>
    async function answered(name, input) {
      const answer = await rig.call(person)(name, input);
      if ('reply' in answer) return answer.reply;
      throw new Error(`${name} answered ${answer.status}: ${JSON.stringify(answer)}`);
    };
  const on = (card: CardView) => ({ roomId, cardId: card.id });
  const deliver = (events: (SourceEvent | { type: string })[], now = new Date().toISOString()): Promise<Response> => {
    const address = `${rig.server.origin}/api/hooks/${roomId}/${hook.sourceId}`;
    return deliverSigned(address, hook.secret, JSON.stringify({ events }), undefined, new Date(now));
  };
  const board = () => call(sam)('board', { params: { roomId } });
  const house = {
    rig,
    roomId,
    people: { ria, colin, sam, lou: d.lou, dee: d.dee, cleo },
    /** The platform where replies go. */
    platform: j.post,
    at,
    call,
    on,
    mention: (text: string) => w.mention(text),
    deliver,
    board,
    async card({ id }: Pick<CardView, 'id'>): Promise<CardView> {
      const card = (await board()).cards[id];
      if (!card) throw new Error(`there is no card ${id}`);
      return card;
    },
    /** What a webhook brings and the card that opens for it. */
    async cardFrom(postedAt: string, now = postedAt): Promise<CardView> {
      const mention = w.mention(COMPLAINT, { postedAt });
      const answer = await deliver([{ type: 'created', mention }], now);
      if (answer.status !== 200) throw new Error(`the webhook answered ${answer.status}`);
      const { handle } = mention.author;
      let card: CardView | undefined;
      await until(
        async () => {
          card = Object.values((await board()).cards).find((each) => each.author.handle === handle);
          return card !== undefined;
        },
        'the card is open',
        PATIENCE,
      );
      if (!card) throw new Error('no card');
      return card;
    },
    log: (): Promise<RoomEvent[]> => readLog(rig, roomId),
    /** What the ladder about New did by itself, and when by the server's clock. */
    async told(card: CardView): Promise<{ says: string; at: string }[]> {
      return (await readLog(rig, roomId)).flatMap((event) => {
        if (!('ladder' in event.data) || !('cardId' in event.data)) return [];
        const { cardId, ladder } = event.data;
        if (cardId !== card.id || ladder.cause !== 'stage:new') return [];
        return said(event).map((says) => ({ says: says.replace(/^late /, ''), at: event.at }));
      });
    },
    /** Waits until the log tells this, as often as said. */
    async tells(card: CardView, says: string, times = 1): Promise<void> {
      await until(
        async () => (await house.told(card)).filter((each) => each.says === says).length >= times,
        `the ladder says “${says}”`,
        PATIENCE,
      );
    },
    /** What telephone and mailbox got about cards that stand too long, in the order of arrival at each. */
    heard(): Heard[] {
      const calls = telephone.received.flatMap(({ body, headers }): Heard[] => {
        const { data } = JSON.parse(body) as { data: { to: string; text: string; link: string } };
        if (!data.text.includes(ABOUT_STAGE)) return [];
        return [{ id: headers['webhook-id'] ?? '', to: data.to, by: 'phone', link: data.link }];
      });
      const mails = mail.mails.flatMap(({ to, headers, text }): Heard[] => {
        if (!text.includes(ABOUT_STAGE)) return [];
        const link = /https?:\/\/\S+/.exec(text)?.[0] ?? '';
        return [{ id: headers.get('message-id') ?? '', to: to[0] ?? '', by: 'email', link }];
      });
      return [...calls, ...mails];
    },
    /** Waits until so many different messages arrived, and until the server wrote down that they did. */
    hears: (count: number): Promise<void> =>
      until(
        async () => new Set(house.heard().map(({ id }) => id)).size >= count && (await delivered(rig, roomId)) >= count,
        `${count} messages arrived`,
        PATIENCE,
      ),
    /** Ria takes the card along the plan to Publish, with a comment of Colin's among ourselves and his signature. */
    async toPublish(card: CardView): Promise<CardView> {
      await call(ria)('moveCard', {
        params: on(card),
        body: { to: 'owned', take: card.owner === null, fields: { class: 'complaint', department: 'logistics' } },
      });
      await call(ria)('moveCard', { params: on(card), body: { to: 'drafting' } });
      const { draft } = (await call(ria)('startDraft', { params: on(card), body: {} })).card;
      const t = typist(
        `${rig.server.origin.replace('http', 'ws')}/yjs`,
        `${roomId}/${draft?.id}.${draft?.generation}`,
        {
          headers: rig.headersOf(ria),
        },
      );
      await until(() => t.provider.synced && t.state !== null, 'the draft is open', PATIENCE);
      t.text.insert(0, REPLY);
      await until(() => t.allSaved(), 'the words are saved', PATIENCE);
      const anchor = anchorOf(t.text, 'sorry');
      t.leave();
      await call(colin)('addComment', {
        params: on(card),
        body: { generation: draft?.generation ?? 1, anchor, text: 'Is this right?' },
      });
      await call(ria)('moveCard', { params: on(card), body: { to: 'sign-off' } });
      await call(ria)('seePosts', { params: on(card), body: { count: card.posts.count } });
      const { fingerprint } = await call(colin)('draftText', { params: on(card) });
      const signed = await call(colin)('sign', { params: on(card), body: { fingerprint, role: 'comms' } });
      const body = { to: 'publish', seenVersion: signed.card.version };
      return (await call(ria)('moveCard', { params: on(card), body })).card;
    },
    async publish(card: CardView): Promise<void> {
      const { fingerprint } = await call(sam)('draftText', { params: on(card) });
      await call(sam)('publish', { params: on(card), body: { fingerprint } });
    },
    replied: (card: CardView, state: string): Promise<void> =>
      until(async () => (await house.card(card)).reply?.state === state, `the reply is ${state}`, PATIENCE),
    async clock(card: CardView) {
      const clock = (await house.card(card)).clocks.find((each) => each.clock === 'public-reply');
      if (!clock) throw new Error('the card has no clock');
      return clock;
    },
    async end(): Promise<void> {
      await rig.end();
      await j[Symbol.asyncDispose]();
      await Promise.all([telephone.close(), mail.close(), rm(folder, { recursive: true, force: true })]);
    },
  };
  return house;
}

/** Lou and Dee are called: at any hour, also while nobody said whose matter a card is. */
function withPhones(plan: string): string {
  const who = (name: 'Lou' | 'Dee', n: number) =>
    `{ name: ${name}, user: ${name.toLowerCase()}.${n}@test.example, phone: "${PHONES[name]}" }`;
  return plan.replace(
    /^no_department: .*$/m,
    `no_department:   { primary: ${who('Lou', 3)}, deputy: ${who('Dee', 4)}, channels: [phone] }`,
  );
}

async function delivered(rig: Rig, roomId: string): Promise<number> {
  return (await readLog(rig, roomId)).filter(
    (event) => event.type === 'message.delivered' && event.data.about.kind === 'ask',
  ).length;
}

const readLog = (rig: Rig, roomId: string): Promise<RoomEvent[]> => readEvents(rig.db, roomId, 0, 100_000);
