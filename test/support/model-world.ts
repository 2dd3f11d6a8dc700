// A room in memory that random actions change: what is so, the events that tell it, and the board a browser folds from them.
import { applyAll } from '@rejoinder/board/apply';
import { sampleRoom } from '@rejoinder/board/sample';
import { emptyBoard } from '@rejoinder/board/state';
import type { CardView, MoveFacts } from '@rejoinder/contracts/cards';
import type { NewEvent, RoomEvent } from '@rejoinder/contracts/events';
import type { Actor } from '@rejoinder/contracts/people';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { exampleCard } from '@rejoinder/playbook/example-move';

const START = Date.parse('2026-03-01T09:00:00.000Z');
const ACCOUNTS = [
  { id: 'acc_1', platform: 'mastodon' },
  { id: 'acc_2', platform: 'x' },
];

export type ModelPerson = { id: string; roles: string[] };

/** The truth in plain maps; `board` is only ever what the events say. */
export class ModelWorld {
  readonly plan: Playbook;
  readonly cards = new Map<string, CardView>();
  readonly people: ModelPerson[];
  level = 1;
  minutes = 0;
  board: BoardState;
  words = 0;

  constructor(plan: Playbook, people: ModelPerson[], cards: number) {
    this.plan = plan;
    this.people = people;
    const accounts = ACCOUNTS.map((each) => ({ ...each, name: each.id, channel: 'rehearsal' as const }));
    this.board = emptyBoard({ ...sampleRoom, accounts });
    for (const person of people) this.tell({ type: 'person.joined', data: { person: this.view(person) } });
    const stage = plan.stages[0]?.id ?? '';
    const fresh: Partial<CardView> = {
      enteredStageAt: this.now,
      draft: null,
      signOffs: [],
      fingerprint: null,
      reply: null,
      followUp: null,
      owner: null,
      fields: {},
    };
    for (let i = 0; i < cards; i++) {
      const card = exampleCard(stage, { id: `card_${i}`, version: 1, ...fresh });
      this.cards.set(card.id, card);
      this.tell({ type: 'card.opened', data: { cards: [card], mentions: [] } });
    }
  }

  get now(): string {
    return new Date(START + this.minutes * 60_000).toISOString();
  }

  view(person: ModelPerson) {
    return { userId: person.id, name: person.id, roles: person.roles, hue: 0 };
  }

  tell(event: NewEvent): void {
    const actor: Actor = { kind: 'system', id: 'system', name: 'Model', roles: [] };
    const stored = { ...event, seq: this.board.seq + 1, at: this.now, actor, hash: '' } as RoomEvent;
    // As it comes over the wire: nothing is shared with the truth.
    this.board = applyAll(this.board, [JSON.parse(JSON.stringify(stored)) as RoomEvent]).state;
  }

  change(card: CardView, change: Partial<CardView>): void {
    const next = { ...card, ...change, version: card.version + 1 };
    this.cards.set(card.id, next);
    this.tell({ type: 'card.assessed', data: { card: next, changed: [] } });
  }

  raise(level: number): void {
    this.level = level;
    this.tell({
      type: 'room.levelChanged',
      data: { room: { ...this.board.room, level }, from: 1, reason: 'Model', clocks: [] },
    });
  }

  giveRoles(person: ModelPerson, roles: string[]): void {
    person.roles = roles;
    this.tell({ type: 'person.rolesChanged', data: { person: this.view(person) } });
  }

  move(card: CardView, to: string): void {
    const final = this.plan.stages.find((stage) => stage.id === to)?.final === true;
    const checks = card.checks.filter((each) => each.stage !== to);
    const next = {
      ...card,
      stage: to,
      enteredStageAt: this.now,
      closedAt: final ? this.now : null,
      checks,
      version: card.version + 1,
    };
    this.cards.set(card.id, next);
    this.tell({ type: 'card.moved', data: { card: next, from: card.stage, to, via: 'api', reason: '', warnings: [] } });
  }

  /** As the server gathers them, from the truth and by counting one by one. */
  facts(card: CardView, actor: Actor | null, reason: string, seenVersion: number | null): MoveFacts {
    const counts: Record<string, number> = {};
    const countsOfOwner: Record<string, number> = {};
    for (const each of this.cards.values()) {
      if (each.closedAt !== null) continue;
      counts[each.stage] = (counts[each.stage] ?? 0) + 1;
      if (card.owner !== null && each.owner?.userId === card.owner.userId)
        countsOfOwner[each.stage] = (countsOfOwner[each.stage] ?? 0) + 1;
    }
    return {
      now: this.now,
      actor,
      card,
      level: this.level,
      counts,
      countsOfOwner,
      accounts: ACCOUNTS,
      ownerRoles: this.people.find((person) => person.id === card.owner?.userId)?.roles ?? [],
      likest: card.draft?.likest ?? null,
      seenVersion,
      reason,
      glass: false,
    };
  }
}
