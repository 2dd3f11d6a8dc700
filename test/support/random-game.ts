// One random game on a whole server: people, tokens and timers take steps by real doors, and every step is judged a second time.
import { columns, moveFacts } from '@rejoinder/board/views';
import type { CardView, MoveFacts } from '@rejoinder/contracts/cards';
import type { SourceMention } from '@rejoinder/contracts/mentions';
import type { Actor } from '@rejoinder/contracts/people';
import type { Refusal } from '@rejoinder/contracts/problems';
import { mayMove } from '@rejoinder/playbook/may-move';
import fc from 'fast-check';
import { expect } from 'vitest';
import { moveCard } from '../../server/src/cards/moving.service.ts';
import { Refused } from '../../server/src/http/problems.ts';
import { callRoute } from './calls.ts';
import * as steps from './game-steps.ts';
import { oracleAllows } from './move-oracle.ts';
import type { Outbox } from './outbox.ts';
import { mayPress } from './send-oracle.ts';
import { ToldLog, tally, type Version } from './told-log.ts';
import { deliverSigned, type Person, type World } from './world.ts';

const CARDS = 3;
export const step = fc.record({
  what: fc.nat(31),
  card: fc.nat(CARDS - 1),
  who: fc.nat(3),
  to: fc.nat(6),
  x: fc.nat(7),
  yes: fc.boolean(),
});
export type Step = { what: number; card: number; who: number; to: number; x: number; yes: boolean };
type Try = { door: string; to: string; reason: string; seenVersion: number | undefined };
const DOORS = ['drag', 'keyboard', 'panel', 'api', 'bulk', 'token', 'timer', 'drag', 'bulk', 'panel'] as const;

/** One random game: every step is really taken, and what the log tells of it is judged again by the oracles. */
export class RandomGame {
  readonly #w: World;
  readonly #people: readonly Person[];
  readonly #keeper: Person;
  readonly #outbox: Outbox;
  readonly #table: steps.Table;
  readonly #log: ToldLog;

  private constructor(table: steps.Table) {
    this.#w = table.w;
    this.#people = table.people;
    this.#keeper = table.keeper;
    this.#outbox = table.outbox;
    this.#log = table.log;
    this.#table = table;
  }

  /** The room hears of its first cards; from then on the game goes on. */
  static async begin(
    w: World,
    versions: readonly Version[],
    people: readonly Person[],
    keeper: Person,
    outbox: Outbox,
  ) {
    const body = { kind: 'webhook' as const, name: 'Relay' };
    const { source, secret } = await keeper.call('addSource', { params: { roomId: w.room.id }, body });
    const post = async (mentions: SourceMention[]): Promise<void> => {
      const events = mentions.map((mention) => ({ type: 'created', mention }));
      await deliverSigned(`${w.origin}/api/hooks/${w.room.id}/${source.id}`, secret ?? '', JSON.stringify({ events }));
    };
    await post(
      Array.from({ length: CARDS }, () => w.mention('our parcel came ruined and nobody answers, I want a refund')),
    );
    await w.settled();
    const log = new ToldLog(versions, await w.board());
    expect(log.ids).toHaveLength(CARDS);
    const catchUp = async (): Promise<void> => {
      await w.settled();
      log.follow(await w.app.deps.events.read(w.room.id, log.board.seq, 10_000));
    };
    return new RandomGame({
      w,
      people,
      keeper,
      outbox,
      log,
      catchUp,
      post,
      versions,
      read: new Map(),
      texts: new Map(),
    });
  }

  /** After every step: the fold is the snapshot, no card is hidden, and what went out is what was signed. */
  async #holds(): Promise<void> {
    await this.#table.catchUp();
    const snapshot = await this.#w.board();
    await this.#table.catchUp();
    // A timer may log one more line while this is read.
    if (snapshot.seq === this.#log.board.seq) expect(this.#log.board).toEqual(snapshot);
    const stages = this.#log.plan.stages.map((stage) => stage.id);
    const shown = columns(this.#log.board.cards, stages, this.#w.now());
    expect(shown.map((each) => each.stage)).toEqual(stages);
    expect(shown.flatMap((each) => each.cards.map((card) => card.id)).sort()).toEqual(this.#log.ids);
    const sent = this.#outbox.sent();
    expect(sent.map((each) => each.fingerprint)).toEqual(this.#log.sendings);
    for (const { fingerprint, text } of sent) expect(text).toBe(this.#table.read.get(fingerprint)?.trim());
  }

  /** What the receiver put off or held back goes out, so that nothing of this room is sent in another's time. */
  async end(): Promise<void> {
    await this.#outbox.letGo();
    await steps.wait(this.#table, 2);
    await this.#holds();
  }

  async take(step: Step): Promise<void> {
    await this.#table.catchUp();
    const { card, person } = this.#at(step);
    const { what, x, yes } = step;
    const turn = { card, person, x, yes };
    const t = this.#table;
    this.#log.asked.clear();
    if (what < 9) await this.#move(card, person, this.#tryOf(step), x);
    else if (what < 12) await steps.write(t, turn);
    else if (what < 14) await steps.sign(t, turn);
    else if (what === 14) await steps.assess(t, turn);
    else if (what === 15)
      await person.try('takeCard', { params: { roomId: this.#w.room.id, cardId: card.id }, body: { over: yes } });
    else if (what < 18) await steps.record(t, turn);
    else if (what === 18) await steps.promise(t, turn);
    else if (what === 19) await steps.govern(t, turn, 'level');
    else if (what === 20) await steps.govern(t, turn, 'roles');
    else if (what === 21) await steps.govern(t, turn, 'plan');
    else if (what === 22) await steps.wait(t, yes ? 11 : 1);
    else if (what < 25) await steps.press(t, turn);
    else if (what === 25) await steps.settle(t, turn);
    else if (what === 26) await steps.breakGlass(t, turn, this.#tryOf(step).to);
    else if (what === 27) await steps.answerGlass(t, turn);
    else if (what === 28) await steps.postAgain(t, turn);
    else await this.#hurry(card, step);
    await this.#holds();
  }

  /** What a team does that wants one reply out: write, read, sign, go where replies go out from, press; each by its door. */
  async #hurry({ id }: CardView, { x, yes, who }: Step): Promise<void> {
    const t = this.#table;
    const now = () => this.#log.board.cards[id] as CardView;
    const first = this.#people.find((person) => this.#may(person, 'draft')) ?? (this.#people[who] as Person);
    await steps.write(t, { card: now(), person: first, x: yes ? 0 : x, yes: true });
    await steps.record(t, { card: now(), person: first, x, yes: true });
    if (now().glass?.state === 'used')
      for (const person of this.#people) await steps.answerGlass(t, { card: now(), person, x, yes: false });
    const to = this.#log.plan.stages.find((stage) =>
      stage.leave.some(({ guard }) => guard === 'posted_and_matches'),
    )?.id;
    if (to === undefined) return;
    const signers = this.#people.filter((person) => this.#may(person, 'sign'));
    for (const person of yes ? signers : []) await steps.sign(t, { card: now(), person, x, yes }, true);
    for (const person of this.#people.filter((each) => this.#works(now(), each))) {
      await this.#table.catchUp();
      if (now().stage === to) break;
      await this.#move(now(), person, { door: 'drag', to, reason: 'On.', seenVersion: now().version }, 0);
    }
    await this.#table.catchUp();
    if (now().stage !== to) await steps.breakGlass(t, { card: now(), person: first, x, yes: true }, to);
    await this.#table.catchUp();
    const presser = this.#people.find((person) =>
      mayPress(this.#log.plan, this.#log.board.room.level, now(), steps.rolesOf(t, person)),
    );
    if (presser) await steps.press(t, { card: now(), person: presser, x, yes });
  }

  #may(person: Person, ability: 'draft' | 'sign'): boolean {
    const held = steps.rolesOf(this.#table, person);
    return this.#log.plan.roles.some((role) => held.includes(role.id) && role.may.includes(ability));
  }

  #works(card: CardView, person: Person): boolean {
    const stage = this.#log.plan.stages.find((each) => each.id === card.stage);
    return steps.rolesOf(this.#table, person).some((role) => stage?.workedBy.includes(role));
  }

  #tryOf(step: Step): Try {
    const { card } = this.#at(step);
    const { stages } = this.#log.plan;
    const { x, yes } = step;
    const on = stages.findIndex((stage) => stage.id === card.stage) + 1;
    return {
      door: DOORS[step.what] ?? 'api',
      to: stages[step.to < 3 && on < stages.length ? on : step.to % stages.length]?.id ?? '',
      reason: yes ? 'Because.' : '',
      seenVersion: x === 6 ? Math.max(1, card.version - 1) : x === 7 ? undefined : card.version,
    };
  }

  /** One try to move, by one of the doors; what the server says is what the browser would have said. */
  async #move(card: CardView, person: Person, { door, to, reason, seenVersion }: Try, x: number): Promise<void> {
    const w = this.#w;
    const params = { roomId: w.room.id, cardId: card.id };
    this.#log.asked.clear();
    const roles = steps.rolesOf(this.#table, person);
    let actor: Actor = { kind: 'person', id: person.userId, name: person.name, roles };
    let said: Refusal | null = null;
    tally.tried += 1;
    if (door === 'bulk') {
      const body = { cardIds: [...this.#log.ids], to, reason };
      const answer = await person.call('moveCards', { params: { roomId: w.room.id }, body });
      expect(answer.outcomes.map((each) => each.cardId)).toEqual(this.#log.ids);
      return;
    }
    this.#log.asked.set(card.id, seenVersion ?? null);
    if (door === 'timer') {
      const { stages } = this.#log.plan;
      actor = { kind: 'system', id: 'system:timer', name: 'Timer', roles: stages[x % stages.length]?.workedBy ?? [] };
      said = await refusalOf(moveCard(w.app.deps, actor, { ...params, to, via: 'timer', reason, seenVersion }));
    } else if (door === 'token') {
      const held = roles.length > 0 ? roles : ['ada'];
      const body = { name: 'Script', roles: held };
      const made = await this.#keeper.call('makeToken', { params: { roomId: w.room.id }, body });
      actor = { kind: 'token', id: made.token.id, name: 'Script', roles: held };
      await this.#table.catchUp();
      const headers = { authorization: `Bearer ${made.secret}` };
      const asked = { to, reason, ...(seenVersion === undefined ? {} : { seenVersion }) };
      said = refusalIn(
        await callRoute(w.origin, w.app.deps.config.publicOrigin, headers, 'moveCard', { params, body: asked }),
      );
    } else {
      const via = door as 'drag' | 'keyboard' | 'panel' | 'api';
      const body = { to, reason, via, ...(seenVersion === undefined ? {} : { seenVersion }) };
      said = refusalIn(await person.try('moveCard', { params, body }));
    }
    if (said !== null) tally.refused += 1;
    if (said?.rule === 'CA-1') return expect(seenVersion).not.toBe(card.version);
    if (said?.rule === 'CA-7') return expect(card.closedAt).not.toBeNull();
    const known = moveFacts(this.#log.board, card.id, actor, reason, w.now());
    if (known === null) throw new Error(`${card.id} is hidden`);
    const facts: MoveFacts = { ...known, seenVersion: seenVersion ?? null };
    const verdict = mayMove(this.#log.plan, facts, to);
    expect(said).toEqual(verdict.ok ? null : verdict.refusal);
    expect(oracleAllows(this.#log.plan, facts, to)).toBe(said === null);
  }

  #at({ card, who }: Step): { card: CardView; person: Person } {
    return { card: this.#log.board.cards[this.#log.ids[card] ?? ''] as CardView, person: this.#people[who] as Person };
  }
}

function refusalIn(answer: Awaited<ReturnType<Person['try']>>): Refusal | null {
  if ('problem' in answer) throw new Error(`the move is no move: ${JSON.stringify(answer)}`);
  return 'refused' in answer ? answer.refused : null;
}

async function refusalOf(move: Promise<unknown>): Promise<Refusal | null> {
  try {
    await move;
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}
