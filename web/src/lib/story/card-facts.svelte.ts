// The approved facts of a card's story, fetched anew when another version is approved.
import type { FactSheet } from '@rejoinder/contracts/stories';
import { attempt } from '../api.ts';
import type { LiveRoom } from '../live.svelte.ts';

export class CardFacts {
  sheet: FactSheet | null = $state.raw(null);
  /** The texts alone: the same array as long as the sheet is the same. */
  readonly texts: readonly string[] | null = $derived(this.sheet?.facts.map((fact) => fact.text) ?? null);
  readonly #room: LiveRoom;
  #asked = '';

  constructor(room: LiveRoom) {
    this.#room = room;
  }

  /** Call with the story and the approved version as the board has them; null where there is none. */
  async follow(storyId: string | null, version: number | null): Promise<void> {
    const key = `${storyId} ${version}`;
    if (key === this.#asked) return;
    this.#asked = key;
    if (storyId === null || version === null) {
      this.sheet = null;
      return;
    }
    const outcome = await attempt('facts', { params: { roomId: this.#room.roomId, storyId } });
    if (this.#asked !== key) return;
    if (outcome.ok) this.sheet = outcome.reply.sheet;
    else this.#asked = '';
  }
}
