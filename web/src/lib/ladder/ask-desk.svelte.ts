// One ask behind its link: what it is about now, and the two answers.
import type { AskPage } from '@rejoinder/contracts/ladders';
import { attempt, type Outcome } from '../api.ts';

export class AskDesk {
  readonly token: string;
  ask: AskPage | null = $state.raw(null);
  fault: string | null = $state(null);
  busy = $state(false);

  constructor(token: string) {
    this.token = token;
  }

  load = (): Promise<void> => this.#take(attempt('ask', { params: this.#params }, { quiet: true }));
  accept = (): Promise<void> => this.#answer(attempt('acceptAsk', { params: this.#params, body: {} }, { quiet: true }));
  passOn = (reason: string): Promise<void> =>
    this.#answer(attempt('passOnAsk', { params: this.#params, body: { reason } }, { quiet: true }));

  get #params(): { token: string } {
    return { token: this.token };
  }

  async #answer(asked: Promise<Outcome<{ ask: AskPage }>>): Promise<void> {
    this.busy = true;
    await this.#take(asked).finally(() => {
      this.busy = false;
    });
  }

  async #take(asked: Promise<Outcome<{ ask: AskPage }>>): Promise<void> {
    const outcome = await asked;
    this.fault = outcome.ok ? null : (outcome.problem?.says ?? outcome.refused?.says ?? '');
    if (outcome.ok) this.ask = outcome.reply.ask;
  }
}
