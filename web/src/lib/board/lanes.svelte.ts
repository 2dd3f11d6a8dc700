// The columns' state: which cards stand where, in which order they are shown, and which columns are folded away.
import { columns } from '@rejoinder/board/views';
import type { CardView } from '@rejoinder/contracts/cards';
import type { Playbook, Stage } from '@rejoinder/contracts/playbooks';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { SvelteMap } from 'svelte/reactivity';
import { serverNow } from '../server-clock.ts';
import { cardsByStory } from '../story/story-title.ts';
import { type Fitting, narrowed, widthBesideStream } from './column-widths.ts';
import { freeColumn, heldColumn, type Slot } from './held-column.ts';
import type { Lane } from './roving.ts';

/** A column: its stage, its cards in shown order, and how many cards it holds. */
export type LaneView = Lane & { readonly slots: readonly Slot[]; readonly plan: Stage | null; readonly count: number };

/** Places a card is shown in before the server confirmed them. */
export type Shown = ReadonlyMap<string, { readonly to: string }>;

/** How long (ms) a resting pointer keeps a column's order. */
const REST = 10_000;
/** How often (ms) time alone may change the order: a card whose clock runs out comes first. */
const TICK = 10_000;

export class Lanes {
  /** What the person folded or unfolded by hand. */
  readonly folds = new SvelteMap<string, boolean>();
  /** The stage whose order is kept because somebody points into it. */
  held: string | null = $state(null);
  /** On a narrow screen the one column shown. */
  shown: string | null = $state(null);

  /** The one story whose cards are shown; null shows all. */
  story: string | null = $state(null);

  #board: () => BoardState | null;
  #playbook: () => Playbook | null;
  #moved: () => Shown;
  #tick = $state(0);
  #rest: ReturnType<typeof setTimeout> | undefined;
  #slots = new Map<string, readonly Slot[]>();
  #views = new Map<string, LaneView>();

  #cards = $derived.by(() => {
    const cards = this.#board()?.cards ?? {};
    if (this.story === null) return cards;
    const of = cardsByStory(cards).get(this.story) ?? [];
    return Object.fromEntries(of.map((card) => [card.id, card]));
  });
  #stages = $derived.by(() => (this.#playbook()?.stages ?? []).map((stage) => stage.id));
  #ordered = $derived.by(() => {
    void this.#tick;
    return columns(this.#withMoved(this.#cards, this.#moved()), this.#stages, serverNow());
  });
  readonly all: readonly LaneView[] = $derived.by(() =>
    this.#ordered.map(({ stage, cards }) => this.#laneOf(stage, cards)),
  );

  /** Pixels the columns have together; a first guess that holds until they are measured. */
  width = $state(widthBesideStream(innerWidth));
  /** Columns that made themselves narrow so that all fit; while somebody points into a column no width changes. */
  #narrow: ReadonlySet<string> = $derived.by(() => {
    if (this.held === null) this.#wasNarrow = narrowed(this.all.map(fittingOf), this.width);
    return this.#wasNarrow;
  });
  #wasNarrow: ReadonlySet<string> = new Set();

  constructor(board: () => BoardState | null, playbook: () => Playbook | null, moved: () => Shown) {
    this.#board = board;
    this.#playbook = playbook;
    this.#moved = moved;
  }

  /** Follows time until the returned function is called. */
  run(): () => void {
    const timer = setInterval(() => {
      this.#tick += 1;
    }, TICK);
    return () => {
      clearInterval(timer);
      clearTimeout(this.#rest);
    };
  }

  isFolded(stage: string): boolean {
    return this.folds.get(stage) ?? this.#narrow.has(stage);
  }

  fold(stage: string): void {
    this.folds.set(stage, !this.isFolded(stage));
  }

  pointer(stage: string, inside: boolean): void {
    clearTimeout(this.#rest);
    if (inside) {
      if (this.held !== stage) this.held = stage;
      this.#rest = setTimeout(() => this.pointer(stage, false), REST);
    } else if (this.held === stage) this.held = null;
  }

  laneWith(id: string): LaneView | null {
    return this.all.find((lane) => lane.ids.includes(id)) ?? null;
  }

  #laneOf(stage: string, cards: readonly CardView[]): LaneView {
    const before = this.#slots.get(stage) ?? [];
    const slots = this.held === stage ? heldColumn(before, cards) : freeColumn(before, cards);
    const plan = this.#playbook()?.stages.find((each) => each.id === stage) ?? null;
    const old = this.#views.get(stage);
    if (old !== undefined && old.slots === slots && old.plan === plan && old.count === cards.length) return old;
    const ids = slots.filter((slot) => !slot.gone).map((slot) => slot.id);
    const view: LaneView = { stage, slots, plan, ids, count: cards.length };
    this.#slots.set(stage, slots);
    this.#views.set(stage, view);
    return view;
  }

  #withMoved(cards: BoardState['cards'], moved: Shown): BoardState['cards'] {
    if (moved.size === 0) return cards;
    const shown = { ...cards };
    for (const [id, { to }] of moved) {
      const card = cards[id];
      if (card !== undefined && card.stage !== to) shown[id] = { ...card, stage: to };
    }
    return shown;
  }
}

const fittingOf = ({ stage, slots, plan }: LaneView): Fitting => ({
  stage,
  empty: slots.length === 0,
  final: plan?.final === true,
});
