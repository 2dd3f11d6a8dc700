// What the rest of the room needs to know of stories: their views for the board, and the approved facts a draft is checked against.
import type { BoardState } from '@rejoinder/contracts/rooms';
import type { Executor } from '../db/database.ts';
import { approvedSheet, storyViews } from './stories.repository.ts';

/** The stories of a board by id. */
export async function storiesOf(db: Executor, roomId: string): Promise<BoardState['stories']> {
  return Object.fromEntries((await storyViews(db, roomId)).map((story) => [story.id, story]));
}

/** The facts of a story as somebody approved them. */
export type ApprovedSheet = { storyId: string; version: number; fingerprint: string; facts: readonly string[] };

/** The approved facts of a card's story; null where it has none. The same version is the same object, so that its words are taken apart once. */
export async function approvedFacts(
  db: Executor,
  roomId: string,
  storyId: string | null,
): Promise<ApprovedSheet | null> {
  const row = storyId === null ? undefined : await approvedSheet(db, roomId, storyId);
  if (row === undefined) return null;
  const known = kept.get(row.fingerprint);
  const facts = known ?? row.facts.map((fact) => fact.text);
  if (known === undefined) {
    if (kept.size >= KEPT) kept.clear();
    kept.set(row.fingerprint, facts);
  }
  return { storyId: row.story_id, version: row.version, fingerprint: row.fingerprint, facts };
}

const KEPT = 500;
const kept = new Map<string, readonly string[]>();
