// What waits for the signed-in person in this room: who named or answered them, told live and kept until it is read.
import type { NoticeView } from '@rejoinder/contracts/comments';
import type { RoomEvent } from '@rejoinder/contracts/events';
import { attempt } from '../api.ts';
import type { LiveRoom } from '../live.svelte.ts';

/** Shows that somebody wrote to this person, the moment it happens. */
type Tell = (by: string, says: string, cardId: string, threadId: string) => void;

export class ForYou {
  readonly room: LiveRoom;
  notices: NoticeView[] = $state.raw([]);
  unread = $state(0);
  readonly #told: Tell;
  readonly #me: () => string | null;

  constructor(room: LiveRoom, me: () => string | null, told: Tell) {
    this.room = room;
    this.#me = me;
    this.#told = told;
  }

  async load(): Promise<void> {
    const outcome = await attempt('notices', { params: this.#params }, { quiet: true });
    if (!outcome.ok) return;
    this.notices = outcome.reply.notices;
    this.unread = outcome.reply.unread;
  }

  /** Everything, or one of them. */
  async read(id?: string): Promise<void> {
    const mine = this.notices.filter((notice) => notice.readAt === null && (id === undefined || notice.id === id));
    if (mine.length === 0) return;
    const body = id === undefined ? {} : { ids: [id] };
    const outcome = await attempt('readNotices', { params: this.#params, body });
    if (outcome.ok) await this.load();
  }

  follow(events: readonly RoomEvent[]): void {
    const me = this.#me();
    let told = false;
    for (const event of events) {
      if (event.type !== 'comment.added' || me === null || !event.data.tells.includes(me)) continue;
      const { card, thread } = event.data;
      const newest = thread.comments.at(-1);
      if (newest) this.#told(newest.name, newest.text, card.id, thread.id);
      told = true;
    }
    if (told) void this.load();
  }

  href(cardId: string, threadId: string): string {
    return `/rooms/${this.room.roomId}/cards/${cardId}#comment-${threadId}`;
  }

  get #params(): { roomId: string } {
    return { roomId: this.room.roomId };
  }
}
