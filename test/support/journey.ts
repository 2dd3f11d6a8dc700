// Brings a card along the plan as people would: assess, take, write in the live draft, sign, put up for publishing.
import type { CardView } from '@rejoinder/contracts/cards';
import type { RoomEvent } from '@rejoinder/contracts/events';
import type * as Y from 'yjs';
import { defaultPlaybookText } from '../../server/src/playbooks/playbooks.service.ts';
import { type Typist, typist, until } from '../coedit/typist.ts';
import { type Receiver, receiver } from './receiver.ts';
import { type Person, type World, type WorldOptions, world } from './world.ts';

export const COMPLAINT = '@drovewell.example my parcel was left in the rain and is ruined, I want a refund';
export const REPLY = 'I am sorry, Mara, that should not have happened. We will send you a new parcel today. Ria';

/** A responder who writes, a communications person who signs, a social lead who publishes. */
export type Team = { ria: Person; colin: Person; sam: Person };
export type Journey = Team & {
  w: World;
  params: (card: CardView) => { roomId: string; cardId: string };
  card: (id: string) => Promise<CardView>;
  /** A new card of a new author, assessed and taken to this stage; from Drafting on `text` is its draft. */
  to: (stage: Stage, text?: string) => Promise<CardView>;
  /** Takes an existing card on from where it stands. */
  on: (card: CardView, stage: Stage, text?: string) => Promise<CardView>;
  /** Opens the card's draft in a real client; the caller lets it leave. */
  write: (person: Person, card: CardView, doc?: Y.Doc) => Promise<Typist>;
  sign: (person: Person, card: CardView, role: string) => Promise<CardView>;
  publish: (card: CardView, operationId?: string) => Promise<CardView>;
  /** Waits until the card's reply is in this state and the flow has settled. */
  replied: (card: CardView, state: string) => Promise<CardView>;
  events: (type?: RoomEvent['type']) => Promise<RoomEvent[]>;
  [Symbol.asyncDispose]: () => Promise<void>;
};
export type Stage = 'new' | 'owned' | 'drafting' | 'sign-off' | 'publish';
const WAY: Stage[] = ['new', 'owned', 'drafting', 'sign-off', 'publish'];

export async function journey(options: WorldOptions = {}): Promise<Journey> {
  const w = await world({ playbookText: planForOneReply(), ...options });
  const [ria, colin, sam] = [
    await w.person('Ria', ['responder']),
    await w.person('Colin', ['comms']),
    await w.person('Sam', ['social_lead', 'publisher']),
  ];
  const typists: Typist[] = [];
  const j: Journey = {
    ria,
    colin,
    sam,
    w,
    params: (card) => ({ roomId: w.room.id, cardId: card.id }),
    async card(id) {
      const card = (await w.board()).cards[id];
      if (!card) throw new Error(`there is no card ${id}`);
      return card;
    },
    to: async (stage, text) => j.on(await w.cardFrom(COMPLAINT), stage, text),
    async on(card, stage, text = REPLY) {
      let now = card;
      const params = j.params(card);
      for (const next of WAY.slice(WAY.indexOf(card.stage as Stage) + 1, WAY.indexOf(stage) + 1)) {
        const fields = { class: 'complaint', department: 'logistics' };
        const more = next === 'owned' ? { fields, take: true } : {};
        if (next === 'sign-off' && now.draft?.empty !== false) {
          const t = await j.write(ria, now);
          t.text.insert(0, text);
          await until(() => t.allSaved(), 'the words are saved');
          t.leave();
        }
        if (next === 'publish') {
          await ria.call('seePosts', { params, body: { count: now.posts.count } });
          now = await j.sign(colin, now, 'comms');
        }
        now = (
          await ria.call('moveCard', {
            params,
            body: { to: next, seenVersion: now.version, reason: 'Go on.', ...more },
          })
        ).card;
      }
      return now;
    },
    async write(person, card, doc) {
      const { draft } = (await person.call('startDraft', { params: j.params(card), body: {} })).card;
      const base = `${w.origin.replace('http', 'ws')}/yjs`;
      const name = `${w.room.id}/${draft?.id}.${draft?.generation}`;
      const headers = { cookie: person.cookie, origin: w.app.deps.config.publicOrigin };
      const t = typist(base, name, { headers }, doc);
      typists.push(t);
      await until(() => t.provider.synced && t.state !== null, 'the draft is open');
      return t;
    },
    async sign(person, card, role) {
      const { fingerprint } = await person.call('draftText', { params: j.params(card) });
      return (await person.call('sign', { params: j.params(card), body: { fingerprint, role } })).card;
    },
    async publish(card, operationId) {
      const params = j.params(card);
      const { fingerprint } = await sam.call('draftText', { params });
      return (await sam.call('publish', { params, body: { fingerprint } }, operationId)).card;
    },
    async replied(card, state) {
      await until(async () => (await j.card(card.id)).reply?.state === state, `the reply is ${state}`);
      await w.settled();
      return j.card(card.id);
    },
    async events(type) {
      const all = await w.app.deps.events.read(w.room.id, 0, 100_000);
      return type ? all.filter((event) => event.type === type) : all;
    },
    async [Symbol.asyncDispose]() {
      for (const t of typists) t.leave();
      await w[Symbol.asyncDispose]();
    },
  };
  return j;
}

/** The shipped plan without its rule on likeness: every card here gets the same words, and likeness has tests of its own. */
export function planForOneReply(): string {
  return defaultPlaybookText().replace(/^likeness:\n(?: .*\n)+/m, '');
}

/** The same with an account that publishes to a scripted receiver. */
export async function publishingJourney(
  options: WorldOptions = {},
): Promise<Journey & { post: Receiver; secret: string }> {
  const post = await receiver();
  const j = await journey({ ...options, accounts: [] });
  const secret = await addAccount(j, post.url);
  const disposeJourney = j[Symbol.asyncDispose];
  return Object.assign(j, {
    post,
    secret,
    async [Symbol.asyncDispose]() {
      post.letGo();
      await post.close();
      await disposeJourney();
    },
  });
}

/** Adds a webhook account on Bluesky; answers its secret. */
export async function addAccount(j: Journey, url: string): Promise<string> {
  const body = { platform: 'bluesky', name: 'drovewell.example', url };
  return (await j.sam.call('addAccount', { params: { roomId: j.w.room.id }, body })).secret;
}
