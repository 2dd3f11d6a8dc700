// What the settings page knows of how its person is reached; every choice is saved as it is made.
import type { OwnReach, ReachChoice, ReachTest } from '@rejoinder/contracts/reaching';
import { attempt, type Outcome, type Problem } from '#lib/api.ts';
import { replyOrTell, tell } from '#lib/tell.ts';
import { WORDS_REACH } from '#lib/words-reach.ts';
import { nameOfBrowser, type PushState, pushHere, subscribeHere, unsubscribeHere } from './push-here.ts';

const w = WORDS_REACH.push;

export class OwnReachState {
  reach: OwnReach | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  /** Counts what was saved, so that it can be said again. */
  saves = $state(0);
  push: PushState = $state('loading');
  /** What marks this browser among the devices. */
  mark: string | null = $state(null);
  tests: Partial<Record<'email' | 'push', ReachTest>> = $state.raw({});
  busy: 'email' | 'push' | 'device' | null = $state(null);
  #saving: Promise<void> = Promise.resolve();

  async load(): Promise<void> {
    const outcome = await attempt('ownReach', {});
    this.problem = outcome.ok ? null : (outcome.problem ?? null);
    if (outcome.ok) await this.#take(outcome.reply.reach);
  }

  /** Shown at once and saved in the order in which it was chosen. */
  choose(change: Partial<ReachChoice>): void {
    if (!this.reach) return;
    const choice = { ...this.reach.choice, ...change };
    this.reach = { ...this.reach, choice };
    this.#saving = this.#saving.then(async () => {
      if (replyOrTell(await attempt('chooseReach', { body: choice }))) this.saves += 1;
      // What counts is what the server has.
      else await this.load();
    });
  }

  async test(way: 'email' | 'push'): Promise<void> {
    this.busy = way;
    const reply = replyOrTell(await attempt('testOwnReach', { body: { way } }));
    this.busy = null;
    if (!reply) return;
    this.tests = { ...this.tests, [way]: reply.test };
    await this.#take(reply.reach);
  }

  async turnOn(): Promise<void> {
    if (!this.reach) return;
    this.busy = 'device';
    try {
      const made = await subscribeHere(this.reach.push.publicKey);
      if (made) await this.#answer(await attempt('addDevice', { body: { ...made, label: nameOfBrowser() } }));
      else tell.fault(w.refused);
    } catch (fault) {
      tell.fault(w.failed((fault as Error).message));
    }
    await this.#look();
    this.busy = null;
  }

  async turnOff(): Promise<void> {
    this.busy = 'device';
    const here = this.reach?.push.devices.find((device) => device.mark === this.mark);
    await unsubscribeHere().catch(() => undefined);
    if (here) await this.remove(here.id);
    await this.#look();
    this.busy = null;
  }

  async remove(deviceId: string): Promise<void> {
    await this.#answer(await attempt('removeDevice', { params: { deviceId } }));
  }

  async #answer(outcome: Outcome<{ reach: OwnReach }>): Promise<void> {
    const reply = replyOrTell(outcome);
    if (reply) await this.#take(reply.reach);
  }

  async #take(reach: OwnReach): Promise<void> {
    this.reach = reach;
    await this.#look();
  }

  async #look(): Promise<void> {
    const here = await pushHere((this.reach?.push.devices ?? []).map((device) => device.mark));
    this.push = here.state;
    this.mark = here.mark;
  }
}
