// A connection that lets PostgreSQL keep the plans of statements that come again and again.
import pg from 'pg';

/** A text is prepared from its third use on, so that statements of ever-changing shape take no place. */
const USES = 3;
const LONGEST_TEXT = 6_000;
const MOST_NAMES = 400;
const MOST_COUNTED = 5_000;

const names = new Map<string, string>();
const uses = new Map<string, number>();

/** The name under which a text is prepared, the same on every connection; undefined while it is not worth it. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= MOST_NAMES || text.length > LONGEST_TEXT) return known;
  const used = (uses.get(text) ?? 0) + 1;
  if (used < USES) {
    if (uses.size > MOST_COUNTED) uses.clear();
    uses.set(text, used);
    return undefined;
  }
  uses.delete(text);
  const name = `rj_${names.size}`;
  names.set(text, name);
  return name;
}

/** Answered before PostgreSQL has: what follows goes out right behind it and fails with it. */
const BEGUN = Object.freeze({ command: 'BEGIN', rowCount: null, rows: [], fields: [], oid: 0 });

/** Ends the text of the last statement of a transaction: `commit` goes out right behind it, so that its locks are not held for a round trip. */
export const THEN_COMMIT = '/* then commit */';

/**
 * Planning takes PostgreSQL longer than running most of our statements; so what has parameters is prepared by name.
 * `begin` costs no round trip: the connection is a pipeline, and nobody waits for its answer.
 */
export class PreparingClient extends pg.Client {
  /** The answer to a `commit` that went out behind the last statement; where that failed, PostgreSQL has rolled back instead. */
  #ended: Promise<unknown> | null = null;

  constructor(config?: pg.ClientConfig) {
    super({ ...config, pipeline: true } as pg.ClientConfig);
  }

  override query(...args: unknown[]): never {
    const [text, values] = args;
    const send = super.query.bind(this) as (...all: unknown[]) => never;
    if (text === 'begin') {
      this.#ended = null;
      (send(text) as Promise<unknown>).catch(() => undefined);
      return Promise.resolve(BEGUN) as never;
    }
    if (this.#ended !== null && (text === 'commit' || text === 'rollback')) {
      const ended = this.#ended;
      this.#ended = null;
      return ended as never;
    }
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    const answer = name && args.length === 2 ? send({ name, text, values }) : send(...args);
    if (typeof text === 'string' && text.endsWith(THEN_COMMIT)) {
      this.#ended = send('commit') as Promise<unknown>;
      this.#ended.catch(() => undefined);
    }
    return answer;
  }
}
