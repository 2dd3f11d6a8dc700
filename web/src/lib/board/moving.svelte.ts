// Moving cards: what each stage says, sending, what is shown until the server confirmed, and what came of it.
import { moveFacts } from '@rejoinder/board/views';
import type { CardView, MoveFacts, Via } from '@rejoinder/contracts/cards';
import type { Refusal } from '@rejoinder/contracts/problems';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { SvelteMap } from 'svelte/reactivity';
import { attempt } from '../api.ts';
import type { LiveRoom } from '../live.svelte.ts';
import { serverInstant } from '../server-clock.ts';
import { WORDS } from '../words-board.ts';
import { type Judged, judge, sum, type Word } from './judge.ts';
import { MovePanel } from './move-panel.svelte.ts';
import { type Answers, fieldsToSend, NO_ANSWERS } from './move-questions.ts';

/** A card shown where it is going: `version` is the one that confirms it, null until the server answered. */
export type Pending = { readonly to: string; readonly version: number | null };
export type BulkResult = {
  readonly to: string;
  readonly moved: number;
  readonly refused: readonly { card: CardView; refused: Refusal }[];
};

/** The most cards one request may carry. */
const AT_ONCE = 200;

export class Moving {
  readonly pending = new SvelteMap<string, Pending>();
  /** The panel that collects what a move lacks. */
  panel: MovePanel | null = $state.raw(null);
  /** The cards a "Move to…" list is open for. */
  choosing: readonly string[] | null = $state.raw(null);
  bulk: BulkResult | null = $state.raw(null);

  #gathered: { board: BoardState | null; facts: Map<string, MoveFacts> } = { board: null, facts: new Map() };
  readonly #room: LiveRoom;
  readonly #say: (text: string, aloud?: boolean) => void;
  readonly #moved: (id: string) => void;

  constructor(room: LiveRoom, say: (text: string, aloud?: boolean) => void, moved: (id: string) => void) {
    this.#room = room;
    this.#say = say;
    this.#moved = moved;
  }

  /** The facts as this board knows them now, or null without board, playbook or card. */
  facts(id: string, reason = ''): MoveFacts | null {
    const board = this.#room.board;
    return board === null ? null : moveFacts(board, id, this.#room.actor, reason, serverInstant());
  }

  judge(id: string, to: string): Judged {
    const facts = this.facts(id);
    const playbook = this.#room.playbook;
    return facts === null || playbook === null ? { kind: 'here' } : judge(playbook, facts, to);
  }

  /** What a stage says to all of these. Facts are gathered once per state of the board, for all stages. */
  word(ids: readonly string[], to: string): Word {
    const { board, playbook } = this.#room;
    if (board === null || playbook === null) return { kind: 'here' };
    if (this.#gathered.board !== board) this.#gathered = { board, facts: new Map() };
    const { facts } = this.#gathered;
    return sum(
      ids.flatMap((id) => {
        const known = facts.get(id) ?? this.facts(id);
        if (known === null) return [];
        facts.set(id, known);
        return judge(playbook, known, to);
      }),
    );
  }

  title(stage: string): string {
    return this.#room.playbook?.stages.find((each) => each.id === stage)?.title ?? stage;
  }

  /** Any door of this page: one card goes, or opens the panel; several are judged one by one by the server. */
  async ask(ids: readonly string[], to: string, via: Via): Promise<void> {
    this.choosing = null;
    const [only] = ids;
    if (this.#room.notReady !== null) return this.#say(this.#room.notReady, true);
    if (only === undefined) return;
    if (ids.length > 1) return this.many(ids, to);
    const said = this.judge(only, to);
    if (said.kind === 'here') return;
    if (said.kind !== 'no') return void (await this.send(only, to, via, NO_ANSWERS));
    this.open(only, to, via);
    await this.#askAnyway(only, to, via, said.refusal);
  }

  /** The browser's no opens the panel at once; the server is asked all the same, so that its log holds every refusal. */
  async #askAnyway(id: string, to: string, via: Via, expected: Refusal): Promise<void> {
    const seenVersion = this.#room.card(id)?.version;
    const params = { roomId: this.#room.roomId, cardId: id };
    const outcome = await attempt('moveCard', { params, body: { to, via, seenVersion } });
    const { panel } = this;
    if (outcome.ok) {
      this.#moved(id);
      if (panel?.id === id && panel.to === to) this.panel = null;
    } else if (outcome.refused && JSON.stringify(outcome.refused) !== JSON.stringify(expected)) {
      if (panel?.id === id && panel.to === to) panel.serverSaid(outcome.refused);
    }
  }

  /** Opens the panel for one card; a refusal of the server may come with it. */
  open(id: string, to: string, via: Via, refusal: Refusal | null = null): void {
    if (this.facts(id) === null) return;
    this.panel = new MovePanel(this.#room, this, { id, to, via, refusal });
  }

  /** Sends one move. Shown at once, because the browser's own judgement said yes. Answers whether it was taken. */
  async send(id: string, to: string, via: Via, answers: Answers): Promise<boolean> {
    const card = this.#room.card(id);
    if (card === null) return false;
    const what = WORDS.drag.what(1, card.author.name || card.author.handle);
    this.pending.set(id, { to, version: null });
    this.#say(WORDS.move.asked(what, this.title(to)));
    const outcome = await attempt('moveCard', {
      params: { roomId: this.#room.roomId, cardId: id },
      body: {
        to,
        via,
        reason: answers.reason.trim() || undefined,
        fields: fieldsToSend(card, answers),
        take: answers.take || undefined,
        seenVersion: card.version,
      },
    });
    if (outcome.ok) {
      this.pending.set(id, { to, version: outcome.reply.card.version });
      this.#moved(id);
      this.settle();
      this.#say(WORDS.move.moved(what, this.title(to)));
      return true;
    }
    this.pending.delete(id);
    if (outcome.refused) this.#refused(id, to, via, outcome.refused);
    else this.#failed(id, to, via, outcome.problem.says);
    return false;
  }

  /** Many moves in one request, each with its own outcome. */
  async many(ids: readonly string[], to: string, reason = ''): Promise<void> {
    const sent = ids.slice(0, AT_ONCE).filter((id) => this.#room.card(id)?.stage !== to);
    const cards = new Map(sent.flatMap((id) => this.#room.card(id) ?? []).map((card) => [card.id, card]));
    const sure = sent.filter((id) => this.judge(id, to).kind === 'yes');
    for (const id of sure) this.pending.set(id, { to, version: null });
    const outcome = await attempt('moveCards', {
      params: { roomId: this.#room.roomId },
      body: {
        cardIds: [...sent],
        to,
        reason: reason.trim() || undefined,
        seenVersions: Object.fromEntries([...cards].map(([id, card]) => [id, card.version])),
      },
    });
    for (const id of sure) this.pending.delete(id);
    if (!outcome.ok) return this.#say(WORDS.move.failed(outcome.refused?.says ?? outcome.problem?.says ?? ''), true);
    const refused: { card: CardView; refused: Refusal }[] = [];
    for (const each of outcome.reply.outcomes) {
      const card = cards.get(each.cardId);
      if (each.ok) {
        this.pending.set(each.cardId, { to, version: each.card.version });
        this.#moved(each.cardId);
      } else if (card !== undefined) refused.push({ card, refused: each.refused });
    }
    this.settle();
    this.bulk = { to, moved: outcome.reply.outcomes.length - refused.length, refused };
    const more = ids.length > AT_ONCE ? ` ${WORDS.bulk.atMost(AT_ONCE)}` : '';
    this.#say(`${WORDS.bulk.summary(this.bulk.moved, refused.length)}${more}`);
  }

  async take(id: string): Promise<boolean> {
    if (this.#room.notReady !== null) {
      this.#say(this.#room.notReady, true);
      return false;
    }
    const outcome = await attempt('takeCard', { params: { roomId: this.#room.roomId, cardId: id }, body: {} });
    const says = outcome.ok ? '' : (outcome.refused?.says ?? outcome.problem?.says ?? '');
    const author = this.#room.card(id)?.author;
    this.#say(outcome.ok ? WORDS.taken(author?.name || (author?.handle ?? '')) : WORDS.notTaken(says), true);
    return outcome.ok;
  }

  isTicked(id: string, item: string): boolean {
    const card = this.#room.card(id);
    return card?.checks.some((each) => each.stage === card.stage && each.item === item) ?? false;
  }

  /** Ticks an item of the list of the card's stage, or takes the tick back. */
  async tick(id: string, item: string, done: boolean): Promise<void> {
    if (this.#room.notReady !== null) return this.#say(this.#room.notReady, true);
    const params = { roomId: this.#room.roomId, cardId: id };
    const outcome = await attempt('tickItem', { params, body: { item, done } });
    if (!outcome.ok) this.#say(outcome.refused?.says ?? outcome.problem?.says ?? '', true);
  }

  async takeMany(ids: readonly string[]): Promise<void> {
    let taken = 0;
    for (const id of ids) if (await this.take(id)) taken += 1;
    if (ids.length > 1) this.#say(WORDS.bulk.tookSome(taken, ids.length - taken), true);
  }

  /** Places that the board itself now shows need no mark any more. Call after every fold. */
  settle(): void {
    for (const [id, { version }] of this.pending) {
      const card = this.#room.card(id);
      if (card === null || (version !== null && card.version >= version)) this.pending.delete(id);
    }
  }

  #refused(id: string, to: string, via: Via, refused: Refusal): void {
    this.#say(WORDS.move.refused(refused.says));
    if (this.panel?.id === id) this.panel.serverSaid(refused);
    else this.open(id, to, via, refused);
  }

  #failed(id: string, to: string, via: Via, says: string): void {
    this.#say(WORDS.move.failed(says));
    if (this.panel?.id !== id) this.open(id, to, via);
    this.panel?.failed(WORDS.move.failed(says));
  }
}
