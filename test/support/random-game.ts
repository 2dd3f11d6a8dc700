// One random game on a whole server: people, tokens and timers take steps by real doors, and every move is judged a second time.
import { applyAll } from '@rejoinder/board/apply';
import { columns, moveFacts } from '@rejoinder/board/views';
import type { CardView, MoveFacts } from '@rejoinder/contracts/cards';
import type { Actor } from '@rejoinder/contracts/people';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { Refusal } from '@rejoinder/contracts/problems';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { mayMove } from '@rejoinder/playbook/may-move';
import fc from 'fast-check';
import { expect } from 'vitest';
import * as Y from 'yjs';
import { moveCard } from '../../server/src/cards/moving.service.ts';
import { createDraftLog } from '../../server/src/drafts/draft-log.service.ts';
import { Problem, Refused } from '../../server/src/http/problems.ts';
import { callRoute } from './calls.ts';
import { oracleAllows } from './move-oracle.ts';
import { RANDOM_ROLES } from './random-playbook.ts';
import { deliverSigned, type Person, type World } from './world.ts';

const CARDS = 3;
export const tally = { sequences: 0, tried: 0, moved: 0, refused: 0, byItself: 0 };

export const step = fc.record({
  what: fc.nat(19),
  card: fc.nat(CARDS - 1),
  who: fc.nat(3),
  to: fc.nat(6),
  x: fc.nat(7),
  yes: fc.boolean(),
});
export type Step = { what: number; card: number; who: number; to: number; x: number; yes: boolean };

/** What was asked of the last move, as far as its line in the log does not tell it. */
type Asked = { seenVersion: number | null };

/** One random game: every step is really taken, every move that went through is judged again by the oracle. */
export class RandomGame {
  readonly #w: World;
  readonly #plan: Playbook;
  readonly #people: Person[];
  readonly #keeper: Person;
  #board!: BoardState;
  #ids: string[] = [];
  #texts = new Map<string, Y.Doc>();
  #asked = new Map<string, Asked>();

  constructor(w: World, plan: Playbook, people: Person[], keeper: Person) {
    this.#w = w;
    this.#plan = plan;
    this.#people = people;
    this.#keeper = keeper;
  }

  async begin(): Promise<void> {
    const { w } = this.#at();
    const params = { roomId: w.room.id };
    const { source, secret } = await this.#keeper.call('addSource', {
      params,
      body: { kind: 'webhook', name: 'Relay' },
    });
    const mentions = Array.from({ length: CARDS }, () =>
      w.mention('our parcel came ruined and nobody answers, I want a refund'),
    );
    const body = JSON.stringify({ events: mentions.map((mention) => ({ type: 'created', mention })) });
    await deliverSigned(`${w.origin}/api/hooks/${w.room.id}/${source.id}`, secret ?? '', body);
    await w.settled();
    this.#board = await w.board();
    this.#ids = Object.keys(this.#board.cards).sort();
    expect(this.#ids).toHaveLength(CARDS);
  }

  /** Folds what was logged since, and gives every move that went through to the oracle, with the facts as they were before it. */
  async catchUp(): Promise<void> {
    const { w } = this.#at();
    await w.settled();
    for (const event of await w.app.deps.events.read(w.room.id, this.#board.seq, 10_000)) {
      if (event.type === 'card.moved') {
        const { card, to, reason, from, via } = event.data;
        const before = this.#board.cards[card.id];
        expect(before?.stage).toBe(from);
        if (before === undefined) throw new Error(`${card.id} came from nowhere`);
        // Fields and owner given with a move are written first, in the same transaction.
        const asked: CardView = { ...before, fields: card.fields, owner: card.owner };
        const state = { ...this.#board, cards: { ...this.#board.cards, [card.id]: asked } };
        const facts = moveFacts(state, card.id, event.actor, reason, event.at);
        if (facts === null) throw new Error(`${card.id} is hidden`);
        const seenVersion = this.#asked.get(card.id)?.seenVersion ?? null;
        expect(oracleAllows(this.#plan, { ...facts, seenVersion }, to), `${from} → ${to} by ${via}`).toBe(true);
        if (via === 'automation') tally.byItself += 1;
        else tally.moved += 1;
      }
      this.#board = applyAll(this.#board, [event]).state;
    }
  }

  nothingIsLost(): void {
    const stages = this.#plan.stages.map((stage) => stage.id);
    const shown = columns(this.#board.cards, stages, this.#w.now());
    expect(shown.map((each) => each.stage)).toEqual(stages);
    expect(shown.flatMap((each) => each.cards.map((card) => card.id)).sort()).toEqual(this.#ids);
  }

  async take(step: Step): Promise<void> {
    await this.catchUp();
    const { card, person, params } = this.#at(step);
    const { what, x, yes } = step;
    if (what < 10) return this.#move(step);
    this.#asked.clear();
    if (what < 12) return this.#write(card, person, x, yes);
    if (what === 12) {
      const text = await person.try('draftText', { params });
      const role = this.#rolesOf(person)[x % 4] ?? 'ada';
      if ('reply' in text) await person.try('sign', { params, body: { fingerprint: text.reply.fingerprint, role } });
    } else if (what === 13) {
      const choices: Record<string, string>[] = [
        { class: 'c1', department: 'd1' },
        { class: 'c2' },
        { class: '' },
        { note: 'n' },
        { private_reason: 'x' },
      ];
      await person.try('assessCard', { params, body: { fields: choices[x % 5] ?? {} } });
    } else if (what === 14) await person.try('takeCard', { params, body: { over: yes } });
    else if (what === 15) {
      const item = ['Looked up', 'Called', 'Told legal'][x % 3] ?? '';
      await person.try('tickItem', { params, body: { item, done: yes } });
      await person.try('recordFact', { params, body: { fact: 'department_contacted', note: yes ? 'Ben' : '' } });
      await person.try('seePosts', { params, body: { count: 9 } });
    } else if (what === 16) {
      const body = {
        promised: yes ? 'Money' : '',
        delivered: x > 4,
        worth: [0, 50, 51, 500][x % 4],
        kind: yes ? 'refund' : null,
      };
      await person.try('setRemedy', { params, body });
      await person.try('followUp', { params, body: { state: 'posted', note: 'x' } });
    } else if (what === 17) {
      const body = { level: 1 + (x % 3), reason: 'Model.' };
      await this.#keeper.try('setLevel', { params: { roomId: this.#w.room.id }, body });
    } else if (what === 18) {
      const roles = RANDOM_ROLES.filter((_, i) => yes || (x >> i) % 2 === 1);
      const body = { email: person.email, roles: [...roles, 'ada'] };
      await this.#keeper.try('members', { params: { roomId: this.#w.room.id }, body });
    } else this.#w.at(new Date(Date.parse(this.#w.now()) + (yes ? 11 : 1) * 60_000).toISOString());
  }

  /** One try to move, by one of the doors; what the server says is what the browser would have said. */
  async #move(step: Step): Promise<void> {
    const { card, person, params, w } = this.#at(step);
    const { x, yes } = step;
    const { stages } = this.#plan;
    const on = stages.findIndex((stage) => stage.id === card.stage) + 1;
    const to = stages[step.to < 3 && on < stages.length ? on : step.to % stages.length]?.id ?? '';
    const reason = yes ? 'Because.' : '';
    const seenVersion = x === 6 ? Math.max(1, card.version - 1) : x === 7 ? undefined : card.version;
    const door =
      (['drag', 'keyboard', 'panel', 'api', 'bulk', 'token', 'timer', 'drag', 'bulk', 'panel'] as const)[step.what] ??
      'api';
    this.#asked.clear();
    const roles = this.#rolesOf(person);
    let actor: Actor = { kind: 'person', id: person.userId, name: person.name, roles };
    let said: Refusal | null = null;
    tally.tried += 1;
    if (door === 'bulk') {
      for (const id of this.#ids) this.#asked.set(id, { seenVersion: null });
      const body = { cardIds: this.#ids, to, reason };
      const answer = await person.call('moveCards', { params: { roomId: w.room.id }, body });
      expect(answer.outcomes.map((each) => each.cardId)).toEqual(this.#ids);
      return;
    }
    this.#asked.set(card.id, { seenVersion: seenVersion ?? null });
    if (door === 'timer') {
      actor = { kind: 'system', id: 'system:timer', name: 'Timer', roles: stages[x % stages.length]?.workedBy ?? [] };
      said = await refusalOf(moveCard(w.app.deps, actor, { ...params, to, via: 'timer', reason, seenVersion }));
    } else if (door === 'token') {
      const made = await this.#keeper.call('makeToken', {
        params: { roomId: w.room.id },
        body: { name: 'Script', roles: roles.length > 0 ? roles : ['ada'] },
      });
      actor = { kind: 'token', id: made.token.id, name: 'Script', roles: roles.length > 0 ? roles : ['ada'] };
      await this.catchUp();
      const headers = { authorization: `Bearer ${made.secret}` };
      const body = { to, reason, ...(seenVersion === undefined ? {} : { seenVersion }) };
      const answer = await callRoute(w.origin, w.app.deps.config.publicOrigin, headers, 'moveCard', { params, body });
      said = refusalIn(answer);
    } else {
      const body = { to, reason, via: door, ...(seenVersion === undefined ? {} : { seenVersion }) };
      const answer = await person.try('moveCard', { params, body });
      said = refusalIn(answer);
    }
    if (said !== null) tally.refused += 1;
    if (said?.rule === 'CA-1') {
      expect(seenVersion).not.toBe(card.version);
      return;
    }
    const known = moveFacts(this.#board, card.id, actor, reason, w.now());
    if (known === null) throw new Error(`${card.id} is hidden`);
    const facts: MoveFacts = { ...known, seenVersion: seenVersion ?? null };
    const verdict = mayMove(this.#plan, facts, to);
    expect(said).toEqual(verdict.ok ? null : verdict.refusal);
    expect(oracleAllows(this.#plan, facts, to)).toBe(said === null);
  }

  /** Types in the card's draft through its log, as the socket does; refused where the stage's text stands still. */
  async #write(card: CardView, person: Person, x: number, yes: boolean): Promise<void> {
    const { w } = this.#at();
    const params = { roomId: w.room.id, cardId: card.id };
    if (card.draft === null) {
      await person.try('startDraft', { params, body: {} });
      await this.catchUp();
    }
    const draft = this.#board.cards[card.id]?.draft;
    if (!draft) return;
    const doc = this.#texts.get(card.id) ?? new Y.Doc();
    this.#texts.set(card.id, doc);
    const trial = new Y.Doc();
    Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc));
    const before = Y.encodeStateVector(trial);
    const words = [
      'We are sorry and will send a new one today. ',
      'a@example.org ',
      'any inconvenience caused ',
      'So, ',
    ];
    if (yes || trial.getText('text').length < 5) trial.getText('text').insert(0, words[x % words.length] ?? '');
    else trial.getText('text').delete(0, 3);
    const update = Y.encodeStateAsUpdate(trial, before);
    const key = { roomId: w.room.id, draftId: draft.id, generation: draft.generation };
    const entry = {
      update,
      text: trial.getText('text').toString(),
      authors: [{ userId: person.userId, clientIds: [trial.clientID] }],
    };
    const text = this.#plan.stages.find((stage) => stage.id === card.stage)?.text;
    const isOpen = text === 'editable' || text === 'edits-void-sign-offs';
    try {
      await createDraftLog(w.app.deps).append(key, entry);
      expect(isOpen).toBe(true);
      Y.applyUpdate(doc, update);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      expect(isOpen).toBe(false);
    }
    await this.catchUp();
    // Whatever was typed, no signature over other words counts (SG-4).
    const after = this.#board.cards[card.id];
    for (const each of after?.signOffs ?? [])
      if (each.voidedAt === null) expect(each.fingerprint).toBe(after?.fingerprint);
  }

  #rolesOf(person: Person): string[] {
    return this.#board.people[person.userId]?.roles ?? [];
  }

  #at(step: Pick<Step, 'card' | 'who'> = { card: 0, who: 0 }) {
    const id = this.#ids[step.card] ?? '';
    const card = this.#board?.cards[id] as CardView;
    const person = this.#people[step.who] as Person;
    return { w: this.#w, card, person, params: { roomId: this.#w.room.id, cardId: id } };
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
