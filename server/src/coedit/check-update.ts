// May this Yjs update touch the draft? Decoded only, never applied, so that a hostile one costs nothing (D8, T9).
import { DRAFT_LIMITS, DRAFT_ROOT } from '@rejoinder/contracts/drafts';
import type { ProblemCode } from '@rejoinder/contracts/problems';
import * as Y from 'yjs';

/** Longest run one struct may claim: a deleted run costs no bytes, so its length is only a number. */
const LONGEST_RUN = 1_000_000;
const HIGHEST_CLIENT_ID = 2 ** 32 - 1;
const NUL = String.fromCharCode(0);

/** Why an update is not taken. The socket that sent it is closed with the code. */
export class UpdateFault extends Error {
  readonly code: ProblemCode;
  constructor(code: ProblemCode, says: string) {
    super(says);
    this.code = code;
  }
}

type Run = { client: number; clock: number; end: number; item: Y.Item | null };

/** An update as read: its runs in order, and the ranges it deletes. */
export type UpdateReading = { runs: Run[]; deletes: Map<number, { clock: number; len: number }[]>; empty: boolean };

/** What an update would add: the client ids that wrote something new, and at most how many UTF-16 units. */
export type UpdateEffect = { clientIds: number[]; adds: number };

/** Reads an update and checks its form: size, author count, one root, plain strings and deletions only (CO-4). */
export function readUpdate(update: Uint8Array): UpdateReading {
  if (update.byteLength > DRAFT_LIMITS.frameBytes)
    throw new UpdateFault('too-large', 'One change is larger than 64 KiB.');
  const decoded = decode(update);
  const runs: Run[] = [];
  const authors = new Set<number>();
  let previous = -1;
  for (const struct of decoded.structs) {
    const { client, clock } = struct.id;
    if (client !== previous) {
      if (authors.has(client)) throw new UpdateFault('not-valid', 'An author appears twice in one change.');
      authors.add(client);
      previous = client;
    }
    if (struct.length > LONGEST_RUN || client > HIGHEST_CLIENT_ID)
      throw new UpdateFault('not-valid', 'A run is too long.');
    if (struct instanceof Y.Skip) continue;
    if (!(struct instanceof Y.Item)) throw new UpdateFault('not-valid', 'Only text and deletions may be sent.');
    checkItem(struct);
    runs.push({ client, clock, end: clock + struct.length, item: struct });
  }
  if (authors.size > DRAFT_LIMITS.authorsPerUpdate)
    throw new UpdateFault('too-large', 'Too many authors in one change.');
  return { runs, deletes: decoded.ds.clients, empty: runs.length === 0 && decoded.ds.clients.size === 0 };
}

/**
 * Holds an update against the document: `missing` when it builds on something the document does not have,
 * else what it adds. Throws when it writes under another person's client id (T9).
 */
export function holdAgainst(
  reading: UpdateReading,
  doc: Y.Doc,
  owners: ReadonlyMap<number, string>,
  userId: string,
): UpdateEffect | 'missing' {
  const known = new Map<number, number>();
  const state = (client: number): number => known.get(client) ?? Y.getState(doc.store, client);
  const clientIds = new Set<number>();
  let adds = 0;
  for (const { client, clock, end, item } of reading.runs) {
    const have = state(client);
    if (clock > have) return 'missing';
    if (end <= have) continue;
    const owner = owners.get(client);
    if (owner !== undefined && owner !== userId)
      throw new UpdateFault('not-allowed', 'That change was written under another person’s name.');
    clientIds.add(client);
    known.set(client, end);
    if (item?.content instanceof Y.ContentString) adds += end - Math.max(clock, have);
  }
  const has = (id: Y.ID | null): boolean => id === null || id.clock < state(id.client);
  for (const { item } of reading.runs) if (item && !(has(item.origin) && has(item.rightOrigin))) return 'missing';
  for (const [client, ranges] of reading.deletes)
    for (const range of ranges) if (range.clock + range.len > state(client)) return 'missing';
  return { clientIds: [...clientIds], adds };
}

/** Exact text length and state size after the update, on a copy. Dear: only asked when the quick bound says too much. */
export function weighAfter(doc: Y.Doc, update: Uint8Array): { length: number; bytes: number } {
  const copy = new Y.Doc();
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    Y.applyUpdate(copy, update);
    return { length: copy.getText(DRAFT_ROOT).length, bytes: Y.encodeStateAsUpdate(copy).byteLength };
  } finally {
    copy.destroy();
  }
}

function decode(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> {
  try {
    return Y.decodeUpdate(update);
  } catch {
    throw new UpdateFault('not-valid', 'That is not a Yjs update.');
  }
}

function checkItem(item: Y.Item): void {
  const { client, clock } = item.id;
  const later = (id: Y.ID | null): boolean => id !== null && id.client === client && id.clock >= clock;
  if (later(item.origin) || later(item.rightOrigin)) throw new UpdateFault('not-valid', 'A run builds on itself.');
  const parent: unknown = item.parent;
  if ((parent !== null && parent !== DRAFT_ROOT) || item.parentSub !== null)
    throw new UpdateFault('not-valid', 'Only the draft’s text may be changed.');
  if (item.content instanceof Y.ContentString) {
    // Postgres text cannot hold it: one such character would fail the write for everyone.
    if (item.content.str.includes(NUL)) throw new UpdateFault('not-valid', 'The text holds a NUL character.');
    return;
  }
  if (!(item.content instanceof Y.ContentDeleted)) throw new UpdateFault('not-valid', 'Only plain text may be sent.');
}
