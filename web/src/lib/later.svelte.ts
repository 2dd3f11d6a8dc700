// A part of the app that nobody sees at first: fetched once the page has come to rest, or at once when it is asked for.

import { beginAnew } from './begin-anew.ts';

/** How long (ms) parts wait for a page that never says that its first sight stands. */
const AT_LAST = 3_000;
let stands: () => void = () => {};
const firstSight = new Promise<void>((resolve) => {
  stands = resolve;
});
if (typeof window !== 'undefined') setTimeout(() => stands(), AT_LAST);

/** What the page is for is in the document; once it is drawn, the parts that come later may come. */
export const firstSightStands = (): unknown => whenDrawn(() => stands());

export class Later<T> {
  /** The part, once it is here. */
  part: T | null = $state.raw(null);
  readonly #load: () => Promise<T>;
  #coming: Promise<T> | null = null;

  constructor(load: () => Promise<T>) {
    this.#load = load;
    if (typeof window !== 'undefined') void firstSight.then(() => this.get()).catch(() => undefined);
  }

  /** @throws when it cannot be fetched now; the page begins anew once the server is back */
  get(): Promise<T> {
    this.#coming ??= this.#load().then(
      (part) => {
        this.part = part;
        return part;
      },
      (fault: unknown) => {
        this.#coming = null;
        beginAnew();
        throw fault;
      },
    );
    return this.#coming;
  }
}

/** Calls back when what the page has now is on the screen and it has come to rest; answers how to call it off. */
export function whenDrawn(then: () => void): () => void {
  let done = false;
  const go = () => {
    if (!done) then();
    done = true;
  };
  // A page in the background draws nothing.
  const atLast = setTimeout(go, document.hidden ? 0 : 1_000);
  // The first frame puts it into the document's picture, the second comes after that picture was shown.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => (typeof requestIdleCallback === 'function' ? requestIdleCallback(go) : setTimeout(go))),
  );
  return () => {
    done = true;
    clearTimeout(atLast);
  };
}
