// A part of the app that nobody sees at first: fetched once the page has come to rest, or at once when it is asked for.

/** How long (ms) after its start a page is left alone to draw what it is for. */
const REST = 400;

export class Later<T> {
  /** The part, once it is here. */
  part: T | null = $state.raw(null);
  readonly #load: () => Promise<T>;
  #coming: Promise<T> | null = null;

  constructor(load: () => Promise<T>) {
    this.#load = load;
    if (typeof window !== 'undefined') setTimeout(() => whenIdle(() => void this.get().catch(() => undefined)), REST);
  }

  /** @throws when it cannot be fetched now; asking again tries again */
  get(): Promise<T> {
    this.#coming ??= this.#load().then(
      (part) => {
        this.part = part;
        return part;
      },
      (fault: unknown) => {
        this.#coming = null;
        throw fault;
      },
    );
    return this.#coming;
  }
}

/** Calls back when the page has drawn what it has to draw, within a quarter of a second; answers how to call it off. */
export function whenIdle(then: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(then, 50);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(then, { timeout: 250 });
  return () => cancelIdleCallback(handle);
}
