// The panel of a move that lacks something: what is asked, what was typed, and what would be decided now.
import type { CardView, MoveFacts, Via } from '@rejoinder/contracts/cards';
import type { Refusal } from '@rejoinder/contracts/problems';
import type { LiveRoom } from '../live.svelte.ts';
import { judge } from './judge.ts';
import { type Answers, answered, askedSoFar, isOpen, type Question, suggestedFields } from './move-questions.ts';

type Asked = { readonly id: string; readonly to: string; readonly via: Via; readonly refusal: Refusal | null };

/** Who judges and sends for the panel, and shows it. */
type Mover = {
  panel: MovePanel | null;
  facts(id: string): MoveFacts | null;
  send(id: string, to: string, via: Via, answers: Answers): Promise<boolean>;
};

export class MovePanel {
  readonly id: string;
  readonly to: string;
  readonly #via: Via;
  readonly #room: LiveRoom;
  readonly #moving: Mover;

  fields: Record<string, string> = $state({});
  reason = $state('');
  take = $state(false);
  busy = $state(false);
  /** What went wrong on the way, when it was not a refusal. */
  fault = $state('');
  /** What the server said last; it counts until the answers or the card changed. */
  #server: { refusal: Refusal; key: string } | null = $state.raw(null);
  #asked: readonly Question[] = [];
  /** The version on screen when the panel opened. */
  readonly #opened: number;

  constructor(room: LiveRoom, moving: Mover, asked: Asked) {
    this.#room = room;
    this.#moving = moving;
    this.id = asked.id;
    this.to = asked.to;
    this.#via = asked.via;
    this.#opened = room.card(asked.id)?.version ?? 0;
    if (asked.refusal !== null) this.serverSaid(asked.refusal);
  }

  readonly card: CardView | null = $derived.by(() => this.#room.card(this.id));
  readonly answers: Answers = $derived({ fields: { ...this.fields }, reason: this.reason, take: this.take });
  readonly changedMeanwhile = $derived.by(() => this.card !== null && this.card.version !== this.#opened);

  readonly #judged = $derived.by(() => {
    const facts = this.#moving.facts(this.id);
    const playbook = this.#room.playbook;
    if (facts === null || playbook === null) return null;
    return judge(playbook, answered(facts, this.answers), this.to);
  });
  /** The server's word while it is about what stands here now, else the browser's. */
  readonly refusal: Refusal | null = $derived.by(() => {
    if (this.#server !== null && this.#server.key === this.#key()) return this.#server.refusal;
    return this.#judged?.kind === 'no' ? this.#judged.refusal : null;
  });
  readonly byServer = $derived.by(() => this.#server !== null && this.#server.key === this.#key());
  /** In the order in which they were first asked. */
  readonly questions: readonly Question[] = $derived.by(() => {
    const playbook = this.#room.playbook;
    if (playbook !== null) this.#asked = askedSoFar(this.#asked, playbook, this.refusal);
    return this.#asked;
  });
  readonly asksReason = $derived.by(() => this.questions.some((question) => question.asksReason));
  readonly canGo = $derived.by(() => !this.busy && this.card !== null && this.refusal === null);

  isOpen(question: Question): boolean {
    return isOpen(question, this.refusal);
  }

  fieldValue(id: string): string {
    return this.fields[id] ?? this.card?.fields[id] ?? '';
  }

  /** What triage suggests for this question's fields that nobody has answered yet. */
  suggestions(question: Question) {
    const playbook = this.#room.playbook;
    if (playbook === null || this.card === null) return [];
    const empty = question.fields.map((field) => field.id).filter((id) => this.fieldValue(id) === '');
    return suggestedFields(playbook, this.card, empty);
  }

  accept(suggestions: readonly { id: string; value: string }[]): void {
    for (const { id, value } of suggestions) this.fields[id] = value;
  }

  /** Sends the move with everything answered; true when it was taken. */
  async go(): Promise<boolean> {
    if (!this.canGo || this.#room.notReady !== null) return false;
    this.busy = true;
    this.fault = '';
    const taken = await this.#moving.send(this.id, this.to, this.#via, this.answers);
    this.busy = false;
    if (taken && this.#moving.panel === this) this.#moving.panel = null;
    return taken;
  }

  /** Asks the server once more although nothing changed here. */
  async again(): Promise<boolean> {
    this.#server = null;
    return this.go();
  }

  /** The server refused what the browser would have let through: its list counts, everything typed stays. */
  serverSaid(refusal: Refusal): void {
    this.#server = { refusal, key: this.#key() };
  }

  failed(says: string): void {
    this.fault = says;
  }

  #key(): string {
    return JSON.stringify([this.fields, this.reason, this.take, this.card?.version ?? 0]);
  }
}
