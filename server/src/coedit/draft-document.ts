// The shared text of one draft in memory: takes checked updates in turn, gives back what is new, and never half of one.
import { DRAFT_LIMITS, DRAFT_ROOT } from '@rejoinder/contracts/drafts';
import * as Y from 'yjs';
import { holdAgainst, readUpdate, type UpdateEffect, UpdateFault, weighAfter } from './check-update.ts';
import type { Aside, DraftAuthors, DraftLimits } from './draft-store.ts';
import { isReadAlike, MOST_STEPS, stepsToPlace } from './integration-cost.ts';
import { asideOf } from './setting-aside.ts';
import { wasShownSo } from './shown-so.ts';

export type Taken = { kind: 'taken'; clientIds: number[] } | { kind: 'missing' };

/** Null when the update lacks what it builds on. */
type Effect = (UpdateEffect & { steps: number }) | 'nothing' | null;

/** The document broke although the update had passed its checks: it must be read anew from the log. */
export class Poisoned extends Error {}

export class DraftDocument {
  readonly doc = new Y.Doc();
  /** Rows of the log that are in `doc`. */
  n: number;
  rowsSinceCompaction: number;
  readonly owners = new Map<number, string>();
  readonly #text: Y.Text;
  readonly #limits: DraftLimits;
  #bytes = 0;
  /** What a look found; good until the document changes. */
  #looked: { update: Uint8Array; effect: Effect } | null = null;

  constructor(loaded: { updates: Uint8Array[]; n: number; authors?: DraftAuthors; limits?: DraftLimits }) {
    this.#text = this.doc.getText(DRAFT_ROOT);
    this.#limits = loaded.limits ?? DRAFT_LIMITS;
    this.doc.transact(() => {
      for (const update of loaded.updates) {
        Y.applyUpdate(this.doc, update);
        this.#bytes += update.byteLength;
      }
    });
    this.n = loaded.n;
    this.rowsSinceCompaction = loaded.updates.length;
    for (const { userId, clientIds } of loaded.authors ?? []) for (const id of clientIds) this.owners.set(id, userId);
  }

  get text(): string {
    return this.#text.toString();
  }

  vector(): Uint8Array {
    return Y.encodeStateVector(this.doc);
  }

  /** All that a client with this state vector lacks. Throws on a malformed vector. */
  since(vector?: Uint8Array): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc, vector);
  }

  /** Runs `work`, which may `take` updates, and gives the one merged update of what was new, or null. */
  collect(work: () => void): Uint8Array | null {
    let fresh: Uint8Array | null = null;
    const keep = (update: Uint8Array): void => {
      fresh = update;
      this.#looked = null;
    };
    this.doc.on('update', keep);
    try {
      this.doc.transact(work);
    } finally {
      this.doc.off('update', keep);
    }
    const bytes = (fresh as Uint8Array | null)?.byteLength ?? 0;
    this.#bytes += bytes;
    return fresh;
  }

  /** Takes in rows of the log that others committed; gives what of them was new here, or null. */
  takeRows({
    updates,
    n,
    authors = [],
  }: {
    updates: Uint8Array[];
    n: number;
    authors?: DraftAuthors;
  }): Uint8Array | null {
    for (const { userId, clientIds } of authors) for (const id of clientIds) this.owners.set(id, userId);
    const fresh = this.collect(() => {
      for (const update of updates) Y.applyUpdate(this.doc, update);
    });
    this.n = Math.max(this.n, n);
    this.rowsSinceCompaction += updates.length;
    return fresh;
  }

  /** What an update would do, without doing it; null when nothing, or when it lacks what it builds on. Throws UpdateFault. */
  aside(update: Uint8Array, userId: string): Aside | null {
    return this.#check(update, userId) === null ? null : asideOf(this.doc, update, userId);
  }

  /** Checks a large update ahead of its taking, which then need not. Throws UpdateFault when it may not be taken. */
  lookAt(update: Uint8Array, userId: string): void {
    this.#looked = { update, effect: this.#check(update, userId) };
  }

  /** Checks and applies one update. Throws UpdateFault when it may not be taken, Poisoned when the document broke. */
  take(update: Uint8Array, userId: string): Taken {
    const effect = this.#looked?.update === update ? this.#looked.effect : this.#check(update, userId);
    if (effect === null) return { kind: 'missing' };
    if (effect === 'nothing') return { kind: 'taken', clientIds: [] };
    this.#weigh(update, effect.adds);
    const before = new Map(effect.clientIds.map((id) => [id, Y.getState(this.doc.store, id)]));
    try {
      Y.applyUpdate(this.doc, update);
    } catch (cause) {
      throw new Poisoned('an update that had passed its checks could not be applied', { cause });
    }
    if (this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null)
      throw new Poisoned('an update that had passed its checks was not complete');
    if (!wasShownSo(this.doc, this.#text, before))
      throw new Poisoned('an update that had passed its checks put words where no page can have shown their place');
    // Typing alone takes no step at all; only what met others' words is looked at again.
    if (effect.steps > 0 && !isReadAlike(this.doc, DRAFT_ROOT))
      throw new Poisoned('an update that had passed its checks would be read in two ways');
    for (const clientId of effect.clientIds) this.owners.set(clientId, userId);
    return { kind: 'taken', clientIds: effect.clientIds };
  }

  destroy(): void {
    this.doc.destroy();
  }

  /** Throws UpdateFault when it may not be taken. */
  #check(update: Uint8Array, userId: string): Effect {
    const reading = readUpdate(update);
    if (reading.empty) return 'nothing';
    const effect = holdAgainst(reading, this.doc, this.owners, userId);
    if (effect === 'missing') return null;
    const steps = stepsToPlace(reading, this.doc, DRAFT_ROOT);
    if (steps > MOST_STEPS)
      throw new UpdateFault('too-large', 'This change cuts across too much of what others wrote meanwhile.');
    return { ...effect, steps };
  }

  #weigh(update: Uint8Array, adds: number): void {
    const length = this.#text.length + adds;
    const bytes = this.#bytes + update.byteLength;
    if (length <= this.#limits.textLength && bytes <= this.#limits.stateBytes) return;
    const after = weighAfter(this.doc, update);
    if (after.length > this.#limits.textLength)
      throw new UpdateFault('too-large', `A draft holds at most ${this.#limits.textLength} characters.`);
    if (after.bytes > this.#limits.stateBytes)
      throw new UpdateFault('too-large', 'This draft has been changed too often. Start it anew.');
    this.#bytes = after.bytes - update.byteLength;
  }
}
