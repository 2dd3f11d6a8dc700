// What the rest of the room needs to know of stories: their views for the board, and the approved facts a draft is checked against.
import type { BoardState } from '@rejoinder/contracts/rooms';
import type { Executor } from '../db/database.ts';
import { storyViews } from './stories.repository.ts';

/** The stories of a board by id. */
export async function storiesOf(db: Executor, roomId: string): Promise<BoardState['stories']> {
  return Object.fromEntries((await storyViews(db, roomId)).map((story) => [story.id, story]));
}
