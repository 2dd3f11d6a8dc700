// Which cards are chosen and which one holds the keyboard's place.
import { SvelteSet } from 'svelte/reactivity';
import { between, type Lane } from './roving.ts';

export class Selection {
  readonly ids = new SvelteSet<string>();
  /** The card that Tab reaches; null until somebody walked. */
  focused: string | null = $state(null);
  #anchor: string | null = null;

  toggle(id: string): void {
    if (!this.ids.delete(id)) this.ids.add(id);
    this.#anchor = id;
  }

  /** Everything from the last one touched to this one. */
  extend(lanes: readonly Lane[], id: string): void {
    for (const each of between(lanes, this.#anchor ?? this.focused ?? id, id)) this.ids.add(each);
    this.#anchor = id;
  }

  /** Exactly these. */
  all(ids: readonly string[]): void {
    this.clear();
    for (const id of ids) this.ids.add(id);
  }

  clear(): void {
    this.ids.clear();
    this.#anchor = null;
  }

  /** Cards that are no longer on the board are no longer chosen. */
  keep(exists: (id: string) => boolean): void {
    for (const id of this.ids) if (!exists(id)) this.ids.delete(id);
  }

  /** What an act on this card is about: all chosen ones when it is one of them, else it alone. */
  around(id: string): string[] {
    return this.ids.has(id) ? [...this.ids] : [id];
  }
}
