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

/** Planning takes PostgreSQL longer than running most of our statements; so what has parameters is prepared by name. */
export class PreparingClient extends pg.Client {
  override query(...args: unknown[]): never {
    const [text, values] = args;
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    const send = super.query.bind(this) as (...all: unknown[]) => never;
    return name && args.length === 2 ? send({ name, text, values }) : send(...args);
  }
}
