// The live stream's state: what it shows, what waits, and why it is held.
import type { BoardState } from '@rejoinder/contracts/rooms';
import { untrack } from 'svelte';
import { EMPTY_STREAM, freeStream, heldStream, type Stream, storySizes } from './held-stream.ts';

/** How often (ms) a flowing stream takes what came in: a list that moves with every frame cannot be read. */
const STEP = 400;
/** How long (ms) a pointer may rest over the list before the list counts as not being read. */
const REST = 12_000;

export class StreamState {
  folded = $state(false);
  view: Stream = $state.raw(EMPTY_STREAM);
  readonly sizes = $derived(storySizes(this.view.rows));

  /** A finger gives no warning before it lands, so under fingers nothing flows by itself. */
  readonly #touched = matchMedia('(pointer: coarse)').matches;
  #board: () => BoardState | null;
  #busyElsewhere: () => boolean;
  #scrolled = $state(false);
  #pointed = $state(false);
  #focused = $state(false);
  #rest: ReturnType<typeof setTimeout> | undefined;
  #next: ReturnType<typeof setTimeout> | undefined;
  #last = Number.NEGATIVE_INFINITY;

  /** Someone reads, drags or types: nothing here changes its place. */
  readonly held = $derived.by(
    () => this.#touched || this.#scrolled || this.#pointed || this.#focused || this.#busyElsewhere(),
  );

  constructor(board: () => BoardState | null, busyElsewhere: () => boolean) {
    this.#board = board;
    this.#busyElsewhere = busyElsewhere;
  }

  /** Call inside an effect: takes over what the board has now, at most once per STEP while it flows. */
  follow(): void {
    const board = this.#board();
    if (board === null) return;
    const held = this.held;
    untrack(() => {
      if (held && this.view.upTo > 0) this.#hold(board);
      else this.#soon();
    });
  }

  /** The button: the newest on top again. */
  showNew(): void {
    this.#scrolled = false;
    this.#take();
  }

  scrolled(offset: number): void {
    this.#scrolled = offset > 8;
  }

  pointer(inside: boolean): void {
    clearTimeout(this.#rest);
    this.#pointed = inside;
    if (inside) this.#rest = setTimeout(() => this.pointer(false), REST);
  }

  focus(inside: boolean): void {
    this.#focused = inside;
  }

  stop(): void {
    clearTimeout(this.#rest);
    clearTimeout(this.#next);
  }

  #hold(board: BoardState): void {
    this.view = heldStream(this.view, board.mentions, board.mentionCount);
  }

  #soon(): void {
    const wait = this.#last + STEP - performance.now();
    if (wait <= 0) this.#take();
    else
      this.#next ??= setTimeout(() => {
        this.#next = undefined;
        if (!this.held) this.#take();
      }, wait);
  }

  #take(): void {
    clearTimeout(this.#next);
    this.#next = undefined;
    this.#last = performance.now();
    const board = this.#board();
    if (board !== null) this.view = freeStream(board.mentions, board.mentionCount);
  }
}
