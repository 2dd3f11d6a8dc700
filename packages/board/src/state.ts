// What a board is before its first event.
import type { PersonView } from '@rejoinder/contracts/people';
import type { BoardState, RoomView } from '@rejoinder/contracts/rooms';

/** A board at seq 0: the room as given, nobody or the given people in it, no cards and no mentions. */
export const emptyBoard = (room: RoomView, people: readonly PersonView[] = []): BoardState => ({
  seq: 0,
  room,
  people: Object.fromEntries(people.map((p) => [p.userId, p])),
  cards: {},
  stories: {},
  mentions: [],
  mentionCount: 0,
});
