// The words a signer has in front of them, whether they are still the newest, and what a signature given now would cover.
import type { CardView } from '@rejoinder/contracts/cards';
import { difference, type Piece } from '@rejoinder/signoff/difference';
import { fingerprint, normalise } from '@rejoinder/signoff/fingerprint';
import { picturesDifference } from '@rejoinder/signoff/pictures-difference';
import { attempt, type ReplyOf } from '../../api.ts';
import type { CardPage } from '../card-page.svelte.ts';

type Words = ReplyOf<'draftText'>;

const LOOK_AGAIN_MS = 4_000;

export class SignWords {
  readonly #page: CardPage;
  /** What is shown. It changes only when the signer asks for it: nothing moves while they read. */
  shown: Words | null = $state.raw(null);
  /** The newest words the server has. */
  newest: Words | null = $state.raw(null);
  failed = $state('');
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(page: CardPage) {
    this.#page = page;
  }

  readonly text = $derived.by(() => normalise(this.shown?.text ?? ''));
  readonly pictures = $derived.by(() => this.shown?.pictures ?? []);
  /** Neither words nor pictures that a signature would be about. */
  readonly isNothing = $derived.by(
    () => this.text === '' && (this.pictures.length === 0 || this.#page.card?.draft?.pictures?.covered !== true),
  );
  /** Which pictures are not as this person signed them last; none when they never did. */
  readonly pictureChanges = $derived.by(() => {
    const before = this.shown?.mine?.pictures;
    return before === undefined ? [] : picturesDifference(before, this.pictures);
  });
  readonly moved = $derived.by(
    () => this.shown !== null && this.newest !== null && this.newest.fingerprint !== this.shown.fingerprint,
  );
  /** What changed since this person last signed; null when they never did, or signed these very words. */
  readonly changes: Piece[] | null = $derived.by(() => {
    const before = this.shown?.mine?.text;
    return before === undefined || normalise(before) === this.text ? null : difference(normalise(before), this.text);
  });

  /**
   * The fingerprint of exactly what is on this screen, computed here: the signature covers what was read,
   * whatever a server may claim. Null when it does not agree with the server's.
   */
  covers(card: CardView): string | null {
    if (this.shown === null || card.account === null) return null;
    const checked = card.draft?.facts ?? null;
    const facts = checked?.covered ? checked.sheet : null;
    const { account, replyTo, draft } = card;
    const pictures = draft?.pictures?.covered ? this.pictures : [];
    const replyToId = replyTo.nativeId;
    const own = fingerprint({ text: this.text, account, replyTo: replyToId, facts, about: draft?.about, pictures });
    return own === this.shown.fingerprint ? own : null;
  }

  async open(): Promise<void> {
    await this.look();
    this.shown = this.newest;
    this.#timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.look();
    }, LOOK_AGAIN_MS);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Asks for the newest words without showing them. */
  async look(): Promise<void> {
    const outcome = await attempt('draftText', { params: this.#page.params });
    if (outcome.ok) this.newest = outcome.reply;
    this.failed = outcome.ok ? '' : (outcome.problem?.says ?? outcome.refused?.says ?? '');
    if (this.shown === null && outcome.ok) this.shown = outcome.reply;
  }

  readAgain(): void {
    this.shown = this.newest;
  }
}
