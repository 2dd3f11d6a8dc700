// What a source hands over at once, and what becomes of it.
import type { SourceEvent } from '@rejoinder/contracts/mentions';
import type { Tx } from '../db/database.ts';

/** What became of a batch: stored anew, known already, edited, deleted; `repeated` when its delivery was handled before. */
export type IngestResult = { stored: number; known: number; edited: number; deleted: number; repeated?: boolean };

/**
 * One batch of one source. `alongside` is written in the same transaction: the source's cursor.
 * A batch with a `delivery` is stored once, however often it comes; the same id with another body is a Problem (IN-3).
 */
export type Batch = {
  roomId: string;
  sourceId: string;
  events: SourceEvent[];
  alongside?: (tx: Tx) => Promise<boolean>;
  delivery?: { id: string; bodyHash: string };
};

/** Nothing in it depends on what was stored before: public posts, reported for the first time. */
export const bringsOnlyNew = ({ events }: Batch): boolean =>
  events.every((event) => event.type === 'created' && event.mention.visibility !== 'private');

/** A post that was unknown when its identity was looked up is there now, from another transaction: all is to be done again (IN-17). */
export class StoredMeanwhile extends Error {
  /** PostgreSQL's own code for work that another transaction overtook. */
  readonly code = '40001';
  constructor() {
    super('another transaction stored the same post meanwhile');
  }
}
