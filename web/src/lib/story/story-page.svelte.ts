// The state of one story's page: what the server says of it, kept current by the room's events, and every action on it.
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { StoryPage as Page } from '@rejoinder/contracts/stories';
import { createContext } from 'svelte';
import { attempt, type CallOf, type ReplyOf, type RouteName } from '../api.ts';
import type { LiveRoom } from '../live.svelte.ts';
import { replyOrTell, tell } from '../tell.ts';

const REFETCH_AFTER_MS = 200;
/** New posts alone are no hurry. */
const POSTS_AFTER_MS = 3_000;

export class StoryPage {
  readonly room: LiveRoom;
  readonly storyId: string;
  page: Page | null = $state.raw(null);
  /** Why it cannot be shown. */
  lost = $state('');
  busy: RouteName | null = $state(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(room: LiveRoom, storyId: string) {
    this.room = room;
    this.storyId = storyId;
  }

  get params(): { roomId: string; storyId: string } {
    return { roomId: this.room.roomId, storyId: this.storyId };
  }

  /** Loads and follows until the returned function is called. */
  run(): () => void {
    void this.load();
    const stop = this.room.subscribe((events) => this.#heard(events));
    return () => {
      stop();
      clearTimeout(this.#timer);
    };
  }

  async load(): Promise<void> {
    const outcome = await attempt('story', { params: this.params });
    if (outcome.ok) {
      this.page = outcome.reply;
      this.lost = '';
    } else if (this.page === null) this.lost = outcome.problem?.says ?? '';
  }

  /** Runs one action; answers its reply, or null after telling why not. */
  async act<N extends RouteName>(name: N, input: CallOf<N>, done: string): Promise<ReplyOf<N> | null> {
    if (this.busy !== null) return null;
    this.busy = name;
    const outcome = await attempt(name, input).finally(() => {
      this.busy = null;
    });
    const reply = replyOrTell(outcome);
    if (reply !== null) tell.done(done);
    await this.load();
    return reply;
  }

  #heard(events: readonly RoomEvent[]): void {
    const isNear = events.some(
      ({ type }) => type.startsWith('story.') || type.startsWith('facts.') || type === 'reply.published',
    );
    const isPost = events.some(
      (event) => event.type === 'mention.triaged' && event.data.verdicts.some((each) => each.storyId === this.storyId),
    );
    if (isNear) clearTimeout(this.#timer);
    else if (!isPost || this.#timer !== undefined) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        void this.load();
      },
      isNear ? REFETCH_AFTER_MS : POSTS_AFTER_MS,
    );
  }
}

const [get, set] = createContext<StoryPage>();

/** `const page = storyContext.get()` in any component of the story's page. */
export const storyContext = { get, set };
