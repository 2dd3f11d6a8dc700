// Dragging by mouse, pen and finger: a press becomes a lift, the pointer chooses a column, Escape puts back.
import type { CardView } from '@rejoinder/contracts/cards';
import { hasTravelled, LIFT_AFTER_REST, type Point, scrollSpeed } from './drag-geometry.ts';

export type Lifted = { readonly ids: readonly string[]; readonly card: CardView; readonly from: string };

type Press = { readonly card: CardView; readonly at: Point; readonly pointer: number; readonly touch: boolean };

type Hooks = {
  /** The cards a lift of this one takes along. */
  around: (id: string) => readonly string[];
  /** Why nothing may be lifted now, or null. */
  off: () => string | null;
  lifted: (what: Lifted) => void;
  over: (stage: string | null) => void;
  dropped: (what: Lifted, stage: string | null) => void;
};

/** An element that a drop may land on names its stage with this attribute. */
const DROP = 'data-drop';

export class Dragging {
  lifted: Lifted | null = $state.raw(null);
  over: string | null = $state(null);
  at: Point = $state.raw({ x: 0, y: 0 });
  /** The scrolling row of columns, for scrolling at its edges. */
  board: HTMLElement | null = null;

  #hooks: Hooks;
  #press: Press | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  #stop: AbortController | null = null;
  #swallowClick = false;

  constructor(hooks: Hooks) {
    this.#hooks = hooks;
  }

  /** Call from `pointerdown` of a tile. */
  press(event: PointerEvent, card: CardView): void {
    if (event.button !== 0 || !event.isPrimary || this.#press !== null) return;
    this.#swallowClick = false;
    const touch = event.pointerType === 'touch';
    this.#press = { card, at: { x: event.clientX, y: event.clientY }, pointer: event.pointerId, touch };
    const stop = new AbortController();
    this.#stop = stop;
    const { signal } = stop;
    addEventListener('pointermove', (move) => this.#move(move), { signal });
    addEventListener('pointerup', (up) => up.pointerId === this.#press?.pointer && this.#drop(), { signal });
    addEventListener('pointercancel', (gone) => gone.pointerId === this.#press?.pointer && this.cancel(), { signal });
    addEventListener('keydown', (key) => this.#key(key), { signal, capture: true });
    addEventListener('blur', () => this.cancel(), { signal });
    addEventListener('contextmenu', (menu) => touch && menu.preventDefault(), { signal });
    addEventListener('touchmove', (move) => this.lifted !== null && move.cancelable && move.preventDefault(), {
      signal,
      passive: false,
    });
    if (touch) this.#rest = setTimeout(() => this.#lift(), LIFT_AFTER_REST);
  }

  /** True once after a drag, so that the click which ends it opens nothing. */
  endedWithClick(): boolean {
    const swallow = this.#swallowClick;
    this.#swallowClick = false;
    return swallow;
  }

  cancel(): void {
    const what = this.lifted;
    this.#end();
    if (what !== null) this.#hooks.dropped(what, null);
  }

  #move(event: PointerEvent): void {
    const press = this.#press;
    if (press === null || event.pointerId !== press.pointer) return;
    this.at = { x: event.clientX, y: event.clientY };
    if (this.lifted === null) {
      if (!hasTravelled(press.at, this.at)) return;
      if (press.touch)
        this.#end(); // a moving finger scrolls
      else this.#lift();
    }
    if (this.lifted !== null) this.#find();
  }

  #lift(): void {
    const press = this.#press;
    if (press === null || this.lifted !== null) return;
    if (this.#hooks.off() !== null) {
      this.#end();
      return;
    }
    getSelection()?.removeAllRanges();
    if (this.at.x === 0 && this.at.y === 0) this.at = press.at;
    if (press.touch) this.at = press.at;
    this.lifted = { ids: this.#hooks.around(press.card.id), card: press.card, from: press.card.stage };
    this.#swallowClick = true;
    this.#hooks.lifted(this.lifted);
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  #find(): void {
    const under = document.elementFromPoint(this.at.x, this.at.y)?.closest(`[${DROP}]`);
    const stage = under?.getAttribute(DROP) ?? null;
    if (stage === this.over) return;
    this.over = stage;
    this.#hooks.over(stage);
  }

  #scroll(): void {
    if (this.lifted === null) return;
    const board = this.board;
    if (board !== null) {
      const box = board.getBoundingClientRect();
      const inside = this.at.y > box.top && this.at.y < box.bottom;
      const { x } = scrollSpeed(this.at, box);
      if (inside && x !== 0 && board.scrollWidth > board.clientWidth) {
        board.scrollLeft += x;
        this.#find();
      }
    }
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.lifted === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.cancel();
  }

  #drop(): void {
    const what = this.lifted;
    const stage = this.over;
    this.#end();
    if (what !== null) this.#hooks.dropped(what, stage);
  }

  #end(): void {
    clearTimeout(this.#rest);
    cancelAnimationFrame(this.#frame);
    this.#stop?.abort();
    this.#stop = null;
    this.#press = null;
    this.lifted = null;
    this.over = null;
  }
}
