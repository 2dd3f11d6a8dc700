// Who is signed in here, what this installation is, and the sign-in shown over a page when the session has ended.
import type { Me } from '@rejoinder/contracts/people';
import { attempt, session as door, onSignedOut, type ReplyOf } from './api.ts';
import { whenDrawn } from './later.svelte.ts';

export type Installation = ReplyOf<'installation'>;

class Session {
  me: Me | null = $state.raw(null);
  installation: Installation | null = $state.raw(null);
  /** True once the first question to the server was answered, whatever it said. */
  asked = $state(false);
  /** True while a page waits for somebody to sign in again. */
  asking = $state(false);
  #met = (): void => {};
  /** Settles once the server has said who is here; a page may stand before that. */
  readonly met = new Promise<void>((settle) => {
    this.#met = settle;
  });
  #waiting: ((signedIn: boolean) => void)[] = [];

  constructor() {
    onSignedOut(() => this.ask());
  }

  /** Loads both, once per page load. Safe to call again. Who is signed in already has no need of the installation at once. */
  async load(): Promise<void> {
    const me = await attempt('me', {}, { quiet: true });
    if (me.ok) this.me = me.reply.me;
    this.#met();
    if (me.ok) await new Promise<void>((go) => whenDrawn(go));
    const installation = await attempt('installation', {}, { quiet: true });
    if (installation.ok) this.installation = installation.reply;
    this.asked = true;
  }

  /** Shows the sign-in over the page; resolves when somebody signed in (true) or gave up (false). */
  ask(): Promise<boolean> {
    this.asking = true;
    return new Promise((settle) => this.#waiting.push(settle));
  }

  answer(signedIn: boolean): void {
    this.asking = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const settle of waiting) settle(signedIn);
  }

  async signIn(email: string, password: string): Promise<void> {
    await door.signIn(email, password);
    await this.#greet();
  }

  async becomePersona(personaId: string): Promise<boolean> {
    const outcome = await attempt('becomePersona', { params: { personaId } }, { quiet: true });
    if (outcome.ok) this.#welcome(outcome.reply.me);
    return outcome.ok;
  }

  async signOut(): Promise<void> {
    await door.signOut();
    // Loaded only here: most pages hold no draft. What was not saved belongs to the session that typed it.
    await (await import('./draft/unsaved.ts')).forgetAllUnsaved();
    this.me = null;
  }

  /** Takes over who a set-up or a sign-in says is here now. */
  async #greet(): Promise<void> {
    const outcome = await attempt('me', {}, { quiet: true });
    if (outcome.ok) this.#welcome(outcome.reply.me);
  }

  #welcome(me: Me): void {
    this.me = me;
    this.answer(true);
  }
}

/** One per page load: a browser tab has one session. */
export const session = new Session();
