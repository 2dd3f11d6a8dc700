// Folds the steps of a draft's life up to any of them; forward from where it stands, back from the start.
import { DRAFT_ROOT } from '@rejoinder/contracts/drafts';
import type { DraftHistory } from '@rejoinder/contracts/history';
import { applyUpdate, Doc } from 'yjs';
import { type Run, runsOf, writersOf } from './runs.ts';

export type Moment = { text: string; runs: Run[] };

export class Life {
  readonly history: DraftHistory;
  readonly #updates: Uint8Array[];
  #doc = new Doc();
  #done = 0;

  constructor(history: DraftHistory) {
    this.history = history;
    this.#updates = history.steps.map((step) => Uint8Array.from(atob(step.update), (char) => char.charCodeAt(0)));
  }

  /** The text after the first `steps` of them. */
  at(steps: number): Moment {
    const upTo = Math.min(steps, this.#updates.length);
    if (upTo < this.#done) {
      this.#doc.destroy();
      this.#doc = new Doc();
      this.#done = 0;
    }
    this.#doc.transact(() => {
      for (const update of this.#updates.slice(this.#done, upTo)) applyUpdate(this.#doc, update);
    });
    this.#done = upTo;
    const text = this.#doc.getText(DRAFT_ROOT);
    return { text: text.toString(), runs: runsOf(text, writersOf(this.history.writers)) };
  }

  /** How many steps lead to the version with this number. */
  stepsTo(n: number): number {
    const after = this.history.steps.findIndex((step) => step.n > n);
    return after === -1 ? this.history.steps.length : after;
  }

  close(): void {
    this.#doc.destroy();
  }
}
