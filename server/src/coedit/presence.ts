// Who has a caret where. Each socket speaks for its own client id only, and the server writes the name (T7).
import { DRAFT_LIMITS } from '@rejoinder/contracts/drafts';
import type { Connection } from './connection.ts';
import { type AwarenessEntry, awarenessFrame } from './wire.ts';

/** At most ten presence frames a second to anybody. */
const FLUSH_MS = 100;
/** Clients forget a caret after 30 s of silence, so an unchanged one is passed on now and then. */
const RENEW_MS = 10_000;

type Seen = { connection: Connection; clock: number; state: string; toldAt: number };

export class Presence {
  readonly #seen = new Map<number, Seen>();
  readonly #dirty = new Map<number, AwarenessEntry>();
  readonly #connections: ReadonlySet<Connection>;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | null = null;
  #flushedAt = 0;
  frames = 0;

  constructor(connections: ReadonlySet<Connection>, now: () => number) {
    this.#connections = connections;
    this.#now = now;
  }

  /** Takes what a socket says of its own caret; what it says of others, and what is not sound, is dropped. */
  hear(connection: Connection, entries: AwarenessEntry[], owner: (clientId: number) => string | undefined): void {
    if (connection.state.state === 'read-only') return;
    for (const entry of entries) {
      if (!this.#isOwn(connection, entry, owner)) continue;
      const state = signed(connection, entry.state);
      if (state === null) continue;
      const known = this.#seen.get(entry.clientId);
      const now = this.#now();
      if (known?.connection === connection && known.state === state && now - known.toldAt < RENEW_MS) continue;
      const clock = Math.max((known?.clock ?? 0) + 1, now);
      this.#seen.set(entry.clientId, { connection, clock, state, toldAt: now });
      this.#tell({ clientId: entry.clientId, clock, state });
    }
  }

  /** Removes a socket's caret for everyone. */
  leave(connection: Connection): void {
    const { clientId } = connection;
    if (clientId === null) return;
    const known = this.#seen.get(clientId);
    if (known?.connection !== connection) return;
    this.#seen.delete(clientId);
    this.#tell({ clientId, clock: Math.max(known.clock + 1, this.#now()), state: 'null' });
  }

  /** Everybody's caret, for one who just came. */
  all(): Uint8Array | null {
    const entries = [...this.#seen].map(([clientId, { clock, state }]) => ({ clientId, clock, state }));
    const carets = entries.filter((entry) => entry.state !== 'null');
    return carets.length === 0 ? null : awarenessFrame(carets);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #isOwn(connection: Connection, entry: AwarenessEntry, owner: (clientId: number) => string | undefined): boolean {
    const userId = connection.visitor.actor.id;
    if (connection.clientId !== null) return connection.clientId === entry.clientId;
    // The first client id a socket names is its own, unless it is known to be another person's.
    const owned = owner(entry.clientId) ?? this.#seen.get(entry.clientId)?.connection.visitor.actor.id;
    if (owned !== undefined && owned !== userId) return false;
    connection.clientId = entry.clientId;
    return true;
  }

  #tell(entry: AwarenessEntry): void {
    this.#dirty.set(entry.clientId, entry);
    if (this.#timer) return;
    const wait = Math.max(0, this.#flushedAt + FLUSH_MS - this.#now());
    this.#timer = setTimeout(() => this.#flush(), wait);
    this.#timer.unref();
  }

  #flush(): void {
    this.#timer = null;
    this.#flushedAt = this.#now();
    const entries = [...this.#dirty.values()];
    this.#dirty.clear();
    const shared = awarenessFrame(entries);
    for (const connection of this.#connections) {
      const own = connection.clientId !== null && entries.some((entry) => entry.clientId === connection.clientId);
      // A client that hears its own state back would take it over, so it gets a frame without it.
      const rest = own ? entries.filter((entry) => entry.clientId !== connection.clientId) : entries;
      if (rest.length === 0) continue;
      connection.sendPresence(own ? awarenessFrame(rest) : shared);
      this.frames += 1;
    }
  }
}

/** The state with `user` replaced by the session's; null when it is too large or not an object. */
function signed(connection: Connection, state: string): string | null {
  if (state.length > DRAFT_LIMITS.awarenessBytes) return null;
  if (state === 'null') return 'null';
  let parsed: unknown;
  try {
    parsed = JSON.parse(state);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const { actor, hue } = connection.visitor;
  const said = JSON.stringify({ ...parsed, user: { name: actor.name, hue, userId: actor.id } });
  return Buffer.byteLength(said) <= DRAFT_LIMITS.awarenessBytes ? said : null;
}
