// What waits for the signed-in person in this room: who named or answered them, told live and kept until it is read.
import type { NoticeView } from '@rejoinder/contracts/comments';
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { LadderView } from '@rejoinder/contracts/ladders';
import { attempt } from '../api.ts';
import { asksTo } from '../card/ladder-steps.ts';
import type { LiveRoom } from '../live.svelte.ts';
import { replyOrTell, tell } from '../tell.ts';
import { WORDS_LADDER } from '../words-ladder.ts';

/** A ladder that asks this person and waits for the answer. */
export type AskedOfMe = { ladder: LadderView; cardId: string | null };

/** Shows that somebody wrote to this person, the moment it happens. */
type Tell = (by: string, says: string, cardId: string, threadId: string) => void;
type TellAsk = (says: string, cardId: string | null) => void;

export class ForYou {
  readonly room: LiveRoom;
  notices: NoticeView[] = $state.raw([]);
  unread = $state(0);
  readonly #told: Tell;
  readonly #asks: TellAsk;
  readonly #me: () => string | null;

  constructor(room: LiveRoom, me: () => string | null, told: Tell, asks: TellAsk) {
    this.room = room;
    this.#me = me;
    this.#told = told;
    this.#asks = asks;
  }

  /** What a ladder asks this person, oldest first. */
  readonly asked: AskedOfMe[] = $derived.by(() => {
    const me = this.#me() ?? undefined;
    const { board } = this.room;
    if (board === null) return [];
    const all = Object.values(board.cards).flatMap(({ id, ladders = [] }) =>
      ladders.map((ladder): AskedOfMe => ({ ladder, cardId: id })),
    );
    all.push(...(board.ladders ?? []).map((ladder): AskedOfMe => ({ ladder, cardId: null })));
    return all
      .filter(({ ladder }) => asksTo(ladder, me).length > 0)
      .sort((a, b) => a.ladder.startedAt.localeCompare(b.ladder.startedAt));
  });
  /** Id of the ladder that is being accepted, or null. */
  accepting: string | null = $state(null);

  async accept({ ladder }: AskedOfMe): Promise<void> {
    if (this.accepting !== null) return;
    this.accepting = ladder.id;
    const params = { ...this.#params, ladderId: ladder.id };
    const outcome = await attempt('acceptLadder', { params, body: {} }).finally(() => {
      this.accepting = null;
    });
    if (replyOrTell(outcome) !== null) tell.done(WORDS_LADDER.acceptSays);
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
      if (
        event.type === 'ladder.asked' &&
        me !== null &&
        asksTo(event.data.ladder, me).some((ask) => ask.at === event.at)
      )
        this.#asks(event.data.ladder.says, event.data.cardId);
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

  hrefOfAsk({ cardId }: Pick<AskedOfMe, 'cardId'>): string {
    const room = `/rooms/${this.room.roomId}`;
    return cardId === null ? room : `${room}/cards/${cardId}`;
  }

  get #params(): { roomId: string } {
    return { roomId: this.room.roomId };
  }
}
