// The board page's state: one object made per page, shared with every part below it.
import type { CardView } from '@rejoinder/contracts/cards';
import { createContext, tick } from 'svelte';
import type { LiveRoom } from '../live.svelte.ts';
import { WORDS } from '../words-board.ts';
import { WORDS_STORY } from '../words-story.ts';
import { type Command, commandOf, takesText } from './board-keys.ts';
import { Dragging, type Lifted } from './dragging.svelte.ts';
import type { Word } from './judge.ts';
import { Lanes } from './lanes.svelte.ts';
import { Moving } from './moving.svelte.ts';
import { nextCard } from './roving.ts';
import { Selection } from './selection.svelte.ts';
import { StreamState } from './stream.svelte.ts';

export type Sheet = 'palette' | 'help' | null;

/** How long (ms) a `g` waits for the key after it. */
const G_WAITS = 1_500;
/** How long (ms) a sentence about one's own act stays on screen. */
const SHOWN_FOR = 5_000;

export class BoardPage {
  readonly room: LiveRoom;
  readonly moving: Moving;
  readonly lanes: Lanes;
  readonly stream: StreamState;
  readonly selection = new Selection();
  readonly dragging: Dragging;
  sheet: Sheet = $state(null);
  /** The sentence for the live region; the counter makes equal sentences heard twice. */
  said: { text: string; n: number } = $state.raw({ text: '', n: 0 });
  /** The card the page must bring into view and focus, once its column has drawn it. */
  wanted: { id: string; n: number } | null = $state.raw(null);
  /** Somebody types into something on this page. */
  typing = $state(false);

  readonly open: (cardId: string) => void;
  #g = 0;

  constructor(room: LiveRoom, open: (cardId: string) => void) {
    this.room = room;
    this.open = open;
    this.moving = new Moving(
      room,
      (text, aloud) => this.say(text, aloud),
      (id) => this.selection.ids.delete(id),
    );
    this.lanes = new Lanes(
      () => room.board,
      () => room.playbook,
      () => this.moving.pending,
    );
    this.dragging = new Dragging({
      around: (id) => this.selection.around(id),
      off: () => {
        if (this.off !== null) this.say(this.off, true);
        return this.off;
      },
      lifted: (what) => this.say(WORDS.drag.lifted(this.#name(what), this.moving.title(what.from))),
      over: (stage) => this.#sayOver(stage),
      dropped: (what, stage) => this.#dropped(what, stage),
    });
    this.stream = new StreamState(
      () => room.board,
      () => this.dragging.lifted !== null || this.typing || this.moving.panel !== null || this.moving.choosing !== null,
    );
  }

  /** Why nothing can be changed now, or null. */
  readonly off: string | null = $derived.by(() => {
    if (this.room.notReady !== null) return this.room.notReady;
    return this.room.playbook !== null && !this.mayMoveAnything ? WORDS.off.readOnly : null;
  });
  readonly mayMoveAnything = $derived.by(() => {
    const roles = this.room.actor?.roles ?? [];
    return (
      this.room.can('move') ||
      (this.room.playbook?.stages.some((s) => s.workedBy.some((r) => roles.includes(r))) ?? false)
    );
  });
  /** What every column says to what is lifted; judged once per lift and once per change of the board. */
  readonly wordOf: ReadonlyMap<string, Word> = $derived.by(() => {
    const lifted = this.dragging.lifted;
    if (lifted === null) return new Map();
    return new Map(this.lanes.all.map(({ stage }) => [stage, this.moving.word(lifted.ids, stage)]));
  });
  readonly lookers: ReadonlyMap<string, LiveRoom['here']> = $derived.by(() => {
    const map = new Map<string, LiveRoom['here']>();
    for (const person of this.room.here)
      if (person.cardId !== null && person.userId !== this.room.actor?.id)
        map.set(person.cardId, [...(map.get(person.cardId) ?? []), person]);
    return map;
  });
  /** The same sentence is shown on screen for a while when it is about an act of this person. */
  saidQuietly = $state(true);
  readonly modifier = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
  #quiet: ReturnType<typeof setTimeout> | undefined;

  /** Says it to screen readers; with `aloud` it is shown for a moment too. */
  say(text: string, aloud = false): void {
    this.said = { text, n: this.said.n + 1 };
    clearTimeout(this.#quiet);
    this.saidQuietly = !aloud;
    if (aloud) this.#quiet = setTimeout(() => (this.saidQuietly = true), SHOWN_FOR);
  }

  /** After every fold: what the board confirmed needs no mark, and the keyboard keeps its place. */
  folded(): void {
    this.moving.settle();
    const exists = (id: string) => this.room.board?.cards[id] !== undefined;
    this.selection.keep(exists);
    const { focused } = this.selection;
    if (focused !== null && !exists(focused)) this.selection.focused = null;
  }

  /** What an act on "the card" is about: the chosen ones, else the one in focus. */
  chosen(): readonly string[] {
    if (this.selection.ids.size > 0) return [...this.selection.ids];
    return this.selection.focused === null ? [] : [this.selection.focused];
  }

  /** A plain click on a link to a card opens it the board's way; with a modifier the browser's. */
  followed(event: MouseEvent, cardId: string | null): void {
    if (cardId === null || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    this.open(cardId);
  }

  /** Puts the keyboard on a card, wherever it is scrolled to. */
  goTo(id: string | null): void {
    if (id === null) return;
    const lane = this.lanes.laneWith(id);
    if (lane === null) return;
    if (this.lanes.isFolded(lane.stage)) this.lanes.fold(lane.stage);
    this.lanes.shown = lane.stage;
    this.selection.focused = id;
    this.wanted = { id, n: (this.wanted?.n ?? 0) + 1 };
  }

  /** Gives the keyboard back to a card after something above the page has closed and let go of the focus. */
  comeBackTo(id: string | null, tries = 20): void {
    if (id !== null) this.selection.focused = id;
    setTimeout(() => {
      const at = document.activeElement;
      if (at === null || at === document.body) this.goTo(id);
      else if (at.closest('[role="dialog"]') !== null && tries > 0) this.comeBackTo(id, tries - 1);
    }, 40);
  }

  goToStage(stage: string): void {
    const lane = this.lanes.all.find((each) => each.stage === stage);
    if (lane === undefined) return;
    this.lanes.shown = stage;
    const [first] = lane.ids;
    if (first !== undefined) this.goTo(first);
    else document.querySelector<HTMLElement>(`[data-stage="${CSS.escape(stage)}"]`)?.focus();
  }

  hrefOf(cardId: string): string {
    return `/rooms/${this.room.roomId}/cards/${cardId}`;
  }

  /** The stage a card that left its column stands in now. */
  whereNow(id: string): string {
    const stage = this.moving.pending.get(id)?.to ?? this.room.card(id)?.stage;
    return stage === undefined ? '' : this.moving.title(stage);
  }

  /** A click on a tile: open it, or choose it together with others. */
  clicked(event: MouseEvent, card: CardView): void {
    if (event.button !== 0) return;
    event.preventDefault();
    if (this.dragging.endedWithClick()) return;
    this.selection.focused = card.id;
    // Nothing that opens by itself stands inside a tile; its story mark is a place that is pressed.
    const onMark = event.target instanceof Element && event.target.closest('[data-story]') !== null;
    if (onMark) this.show(card.storyId);
    else if (event.shiftKey) this.selection.extend(this.lanes.all, card.id);
    else if (event.ctrlKey || event.metaKey) this.selection.toggle(card.id);
    else this.open(card.id);
  }

  /** Shows the cards of one story only; null shows all. */
  show(storyId: string | null): void {
    this.lanes.story = storyId;
    this.selection.clear();
    if (storyId !== null) this.say(WORDS_STORY.board.filter, false);
  }

  choose(ids: readonly string[]): void {
    if (this.off !== null) this.say(this.off, true);
    else if (ids.length === 0) this.say(WORDS.off.noCard, true);
    else this.moving.choosing = ids;
  }

  key(event: KeyboardEvent): void {
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    if (event.defaultPrevented || target.closest('[role="dialog"], dialog') !== null) return;
    const card = target.closest<HTMLElement>('[data-card]')?.dataset.card ?? null;
    const inText = takesText(target.tagName, target.getAttribute('type'), target.isContentEditable);
    // With the focus nowhere, the card last in focus is still meant.
    const nowhere = target === document.body && this.selection.focused !== null;
    const onTile = nowhere || (card !== null && target.matches('[data-card]'));
    const command = commandOf(event, { inText, onCard: onTile, afterG: Date.now() - this.#g < G_WAITS });
    this.#g = 0;
    // Keys may come quicker than the focus walks; the card last walked to is the one that is meant.
    if (command === null || !this.#run(command, onTile ? (this.selection.focused ?? card) : card)) return;
    event.preventDefault();
  }

  #run(command: Command, card: string | null): boolean {
    const at = card ?? this.selection.focused;
    switch (command.do) {
      case 'walk': {
        const next = nextCard(
          this.lanes.all.filter((lane) => !this.lanes.isFolded(lane.stage)),
          at,
          command.arrow,
        );
        if (command.extend && next !== null) this.selection.extend(this.lanes.all, next);
        this.goTo(next);
        return true;
      }
      case 'open':
        if (at !== null) this.open(at);
        return true;
      case 'select':
        if (at !== null) this.selection.toggle(at);
        return true;
      case 'select-between':
        if (at !== null) this.selection.extend(this.lanes.all, at);
        return true;
      case 'move':
        this.choose(this.selection.ids.size > 0 ? this.chosen() : at === null ? [] : [at]);
        return true;
      case 'take':
        if (at !== null) void this.moving.take(at);
        return true;
      case 'palette':
      case 'help':
        this.sheet = command.do;
        return true;
      case 'after-g':
        this.#g = Date.now();
        return true;
      case 'go':
        this.go(command.where);
        return true;
      case 'go-stage':
        this.goToStage(this.lanes.all[command.place - 1]?.stage ?? '');
        return true;
      case 'escape':
        if (this.selection.ids.size === 0 && this.moving.bulk === null) return false;
        this.selection.clear();
        this.moving.bulk = null;
        return true;
    }
  }

  go(where: 'burns' | 'mine' | 'stream'): void {
    if (where === 'stream') {
      this.stream.folded = false;
      void tick().then(() => document.querySelector<HTMLElement>('[data-stream]')?.focus());
      return;
    }
    const me = this.room.actor?.id;
    const slots = this.lanes.all
      .flatMap((lane) => lane.slots)
      .filter((slot) => !slot.gone && slot.card.closedAt === null);
    const fits = where === 'mine' ? slots.filter(({ card }) => card.owner?.userId === me) : slots;
    const due = (card: CardView) => card.clocks.find((c) => c.stoppedAt === null)?.dueAt ?? '9999';
    this.goTo(fits.toSorted((a, b) => (due(a.card) < due(b.card) ? -1 : 1))[0]?.id ?? null);
  }

  #name(what: Lifted): string {
    return WORDS.drag.what(what.ids.length, what.card.author.name || what.card.author.handle);
  }

  #sayOver(stage: string | null): void {
    const word = stage === null ? undefined : this.wordOf.get(stage);
    if (stage !== null && word !== undefined) this.say(WORDS.drag.over(this.moving.title(stage), sayWord(word)));
  }

  #dropped(what: Lifted, stage: string | null): void {
    if (stage === null) this.say(WORDS.drag.cancelled);
    else void this.moving.ask(what.ids, stage, 'drag');
  }
}

/** A column's word as one sentence. */
export function sayWord(word: Word): string {
  if (word.kind === 'here') return WORDS.drag.here;
  if (word.kind === 'no' || word.kind === 'asks') return word.says;
  if (word.kind === 'some') return WORDS.drag.takesSome(word.yes, word.all, word.says);
  return word.all === 1 ? WORDS.drag.takes : WORDS.drag.takesAll(word.all);
}

const [get, set] = createContext<BoardPage>();
export const boardContext = { get, set };
