// The log of a room as a second opinion reads it: folds every line, and judges those that needed leave by the facts before them.
import { applyAll } from '@rejoinder/board/apply';
import { moveFacts } from '@rejoinder/board/views';
import type { CardView } from '@rejoinder/contracts/cards';
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { Actor } from '@rejoinder/contracts/people';
import type { Condition, Playbook } from '@rejoinder/contracts/playbooks';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { GUARD_RULES } from '@rejoinder/playbook/guards/judge';
import { expect } from 'vitest';
import { oracleAllows } from './move-oracle.ts';
import { type Broken, mayNotBreak, mayNotLeave, mayNotReview, mayPress } from './send-oracle.ts';

export const tally = {
  sequences: 0,
  tried: 0,
  moved: 0,
  refused: 0,
  byItself: 0,
  queued: 0,
  sent: 0,
  unsigned: 0,
  glass: 0,
  reviewed: 0,
  plans: 0,
};

/** A version of the plan the room may run, as text and as read. */
export type Version = { version: number; text: string; playbook: Playbook };

export class ToldLog {
  readonly #versions: readonly Version[];
  #plan: Playbook;
  #board: BoardState;
  #ids: string[];
  #broken = new Map<string, Broken[]>();
  #sendings: string[] = [];
  /** The version of the card each mover said it saw, which its line in the log does not tell. */
  readonly asked = new Map<string, number | null>();

  constructor(versions: readonly Version[], board: BoardState) {
    const [first] = versions;
    if (first === undefined) throw new Error('a game needs a plan');
    this.#versions = versions;
    this.#plan = first.playbook;
    this.#board = board;
    this.#ids = Object.keys(board.cards).sort();
  }

  get board(): BoardState {
    return this.#board;
  }
  get plan(): Playbook {
    return this.#plan;
  }
  /** Every card that was ever opened. */
  get ids(): readonly string[] {
    return this.#ids;
  }
  /** Fingerprints of what was set on its way, in order. */
  get sendings(): readonly string[] {
    return this.#sendings;
  }

  follow(events: readonly RoomEvent[]): void {
    for (const [i, event] of events.entries()) {
      this.#judge(event, events[i + 1]);
      this.#board = applyAll(this.#board, [event]).state;
      if (event.type === 'playbook.adopted') this.#takePlan(event.data.room.playbook.version);
    }
  }

  /** Why these words of this card may not go out now; null when they may. */
  mayNotLeave(card: CardView, fingerprint: string, at: string): string | null {
    const broken = this.#broken.get(card.id) ?? [];
    return mayNotLeave({ plan: this.#plan, board: this.#board, card, fingerprint, at, broken });
  }

  /** What one line of the log tells, as the oracles see it. Two lines of one break-glass stand side by side. */
  #judge(event: RoomEvent, after: RoomEvent | undefined): void {
    if (event.type === 'card.opened') {
      for (const card of event.data.cards) expect(this.#ids).not.toContain(card.id);
      this.#ids = [...this.#ids, ...event.data.cards.map((card) => card.id)].sort();
    } else if (event.type === 'card.moved') {
      const glass =
        after?.type === 'break-glass.used' && after.data.card.id === event.data.card.id ? after.data.glass : null;
      this.#judgeMove(event, glass);
    } else if (event.type === 'break-glass.used') {
      const { glass, card } = event.data;
      expect(mayNotBreak(this.#plan, this.#board, glass)).toBeNull();
      // Passed over is what the plan names and these two were told, no more.
      const told = glass.skipped.map((each) => each.rule);
      const over = (this.#plan.breakGlass?.over ?? []).filter((guard) =>
        told.includes(GUARD_RULES[guard as Condition['guard']]),
      );
      this.#broken.set(card.id, [...(this.#broken.get(card.id) ?? []), { fingerprint: glass.fingerprint, over }]);
      tally.glass += 1;
    } else if (event.type === 'break-glass.reviewed') {
      expect(mayNotReview(this.#plan, event.data.glass, event.actor)).toBeNull();
      tally.reviewed += 1;
    } else if (event.type === 'reply.approved' || event.type === 'reply.sending') this.#judgeSending(event);
    else if (event.type === 'playbook.adopted') this.#judgePlan(event.data);
  }

  #judgeMove({ data, actor, at }: Extract<RoomEvent, { type: 'card.moved' }>, glass: CardView['glass']): void {
    const { card, to, reason, from, via } = data;
    const before = this.#board.cards[card.id];
    expect(before?.stage).toBe(from);
    if (before === undefined) throw new Error(`${card.id} came from nowhere`);
    // Fields and owner given with a move are written first, in the same transaction.
    const asked: CardView = { ...before, fields: card.fields, owner: card.owner };
    const state = { ...this.#board, cards: { ...this.#board.cards, [card.id]: asked } };
    const facts = moveFacts(state, card.id, actor, reason, at);
    if (facts === null) throw new Error(`${card.id} is hidden`);
    const seenVersion = glass ? before.version : (this.asked.get(card.id) ?? null);
    // Of the two who break the glass one has to be who may move it.
    const movers = glass ? [glass.asked, glass.agreed].map((hand) => this.#personOf(hand?.userId)) : [actor];
    const isAllowed = movers.some((mover) =>
      oracleAllows(this.#plan, { ...facts, actor: mover, seenVersion, glass: glass !== null }, to),
    );
    expect(isAllowed, `${from} → ${to} by ${via}${glass ? ' through the glass' : ''}`).toBe(true);
    if (via === 'automation') tally.byItself += 1;
    else tally.moved += 1;
  }

  /** Words that are queued, or set on their way, are signed as the plan asks; and they are the words somebody read. */
  #judgeSending(event: Extract<RoomEvent, { type: 'reply.approved' | 'reply.sending' }>): void {
    const { card } = event.data;
    const before = this.#board.cards[card.id];
    const fingerprint = card.reply?.fingerprint ?? '';
    if (before === undefined) throw new Error(`${card.id} came from nowhere`);
    expect(this.mayNotLeave(before, fingerprint, event.at), event.type).toBeNull();
    if (event.type === 'reply.approved') {
      tally.queued += 1;
      expect(mayPress(this.#plan, this.#board.room.level, before, event.actor.roles)).toBe(true);
      expect(['sending', 'unknown'], 'what may stand in public already').not.toContain(before.reply?.state);
    } else {
      expect(before.reply?.state).toBe('approved');
      expect(before.fingerprint).toBe(fingerprint);
      this.#sendings.push(fingerprint);
      tally.sent += 1;
      if (!before.signOffs.some((each) => each.voidedAt === null)) tally.unsigned += 1;
    }
  }

  /** A plan that is taken moves the cards that lose their stage, and no other. */
  #judgePlan({ room, cards }: Extract<RoomEvent, { type: 'playbook.adopted' }>['data']): void {
    const next = this.#versions.find(({ version }) => version === room.playbook.version)?.playbook;
    const stages = next?.stages.map((stage) => stage.id) ?? [];
    const lost = Object.values(this.#board.cards).filter((card) => !stages.includes(card.stage));
    expect(cards.map((card) => card.id).sort()).toEqual(lost.map((card) => card.id).sort());
    for (const card of cards) expect(stages).toContain(card.stage);
    tally.plans += 1;
  }

  #takePlan(version: number): void {
    this.#plan = this.#versions.find((each) => each.version === version)?.playbook ?? this.#plan;
  }

  #personOf(userId = ''): Actor {
    const person = this.#board.people[userId];
    return { kind: 'person', id: userId, name: person?.name ?? '', roles: person?.roles ?? [] };
  }
}
