// The board as one consistent snapshot: everything read in one transaction, with the seq it belongs to.
import { type BoardState, STREAM_LENGTH } from '@rejoinder/contracts/rooms';
import { readAllCards } from '../cards/card-view.service.ts';
import type { Deps } from '../deps.ts';
import { laddersOfRoom } from '../escalation/ladders.service.ts';
import { newestMentions } from '../ingest/mentions.repository.ts';
import { membersOf } from '../people/people.repository.ts';
import { headOf } from '../rooms/rooms.repository.ts';
import { roomContext, roomView } from '../rooms/rooms.service.ts';
import { storiesOf } from '../stories/stories.service.ts';

/** Repeatable read, so that no commit falls between the seq and the rows (EV-2). */
export async function readBoard(deps: Deps, roomId: string): Promise<BoardState> {
  return deps.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const head = await headOf(tx, roomId);
      const context = await roomContext(tx, roomId);
      const people = (await membersOf(tx, roomId)).map((m) => ({
        userId: m.user_id,
        name: m.name,
        roles: m.roles,
        hue: m.hue,
      }));
      const cards = await readAllCards(tx, roomId);
      const ladders = await laddersOfRoom(tx, roomId);
      return {
        seq: head.seq,
        room: await roomView(tx, context),
        people: Object.fromEntries(people.map((p) => [p.userId, p])),
        cards: Object.fromEntries(cards.map((c) => [c.id, c])),
        stories: await storiesOf(tx, roomId),
        ...(ladders.length > 0 ? { ladders } : {}),
        mentions: await newestMentions(tx, roomId, STREAM_LENGTH),
        mentionCount: head.mentionCount,
      };
    });
}

/** The seq of the newest event of a room. */
export const seqOf = async (deps: Deps, roomId: string): Promise<number> => (await headOf(deps.db, roomId)).seq;
