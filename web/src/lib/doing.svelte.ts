// One thing a person does in a form: busy while it is on its way, and what the server said to it.
import type { Refusal } from '@rejoinder/contracts/problems';
import type { Outcome } from './api.ts';

export class Doing {
  busy = $state(false);
  refused: Refusal | null = $state.raw(null);
  fault: string | null = $state(null);
  /** Why not, in a sentence: for a form without room for all of a refusal. */
  readonly says = $derived.by(() => this.fault ?? this.refused?.says ?? null);

  /** Its reply, or null when it was not done. */
  async run<T>(work: () => Promise<Outcome<T>>): Promise<T | null> {
    if (this.busy) return null;
    this.busy = true;
    const outcome = await work();
    this.busy = false;
    this.refused = outcome.ok ? null : (outcome.refused ?? null);
    this.fault = outcome.ok ? null : (outcome.problem?.says ?? null);
    return outcome.ok ? outcome.reply : null;
  }
}
