// What stands around the text of one draft: who wrote what, comments at their places, and the comment being written.
import type { Anchor, ThreadView } from '@rejoinder/contracts/comments';
import type { RoomEvent } from '@rejoinder/contracts/events';
import { attempt } from '../api.ts';
import type { CardPage } from '../card/card-page.svelte.ts';
import { WORDS_DRAFT } from '../words-draft.ts';
import type { DraftSession } from './draft-session.svelte.ts';
import type { Editor } from './editor.ts';
import type { Mark } from './editor-marks.ts';
import { anchorAt, type Place, placeOf } from './place.ts';
import { type Run, runsOf, type Writers, writersOf } from './runs.ts';

export type Placed = { thread: ThreadView; place: Place | null; older: boolean };
export type Writing = { anchor: Anchor; quote: string; generation: number };

const ASK_AGAIN_MS = 1_500;

export class DraftDesk {
  readonly page: CardPage;
  readonly session: DraftSession;
  editor: Editor | null = null;
  /** What is selected in the text field. */
  selected: Place = $state.raw({ from: 0, to: 0 });
  /** Whether everybody's words are marked. */
  who = $state(false);
  threads: ThreadView[] = $state.raw([]);
  /** The comment that is being written, at the words it is about. */
  writing: Writing | null = $state.raw(null);
  shown: string | null = $state(null);
  #writers: Writers = $state.raw(new Map());
  #asked = 0;

  constructor(page: CardPage, session: DraftSession) {
    this.page = page;
    this.session = session;
  }

  readonly runs: Run[] = $derived.by(() => {
    void this.session.text;
    return this.who ? runsOf(this.session.ytext, this.#writers) : [];
  });
  /** Each thread with where its words are now. Before the text is here nothing is called gone. */
  readonly placed: Placed[] = $derived.by(() => {
    void this.session.text;
    if (!this.session.loaded) return [];
    return this.threads.map((thread) => {
      const older = thread.generation !== this.session.generation;
      return { thread, older, place: older ? null : placeOf(this.session.ytext, thread.anchor) };
    });
  });
  readonly marks: Mark[] = $derived.by(() => {
    const words = WORDS_DRAFT.who;
    const people = this.runs.map(({ from, to, userId, name }) => ({
      from,
      to,
      class: userId === null ? 'cm-who' : `cm-who cm-who-${this.page.hue(userId) % 8}`,
      title: words.wrote(name ?? words.unknown),
    }));
    const comments = this.placed.flatMap(({ thread, place }) => {
      const [first] = thread.comments;
      if (place === null || thread.resolved !== null || first === undefined) return [];
      const on = thread.id === this.shown ? 'cm-comment cm-comment-shown' : 'cm-comment';
      return [{ ...place, class: on, title: `${first.name}: ${first.text.slice(0, 120)}` }];
    });
    return [...comments, ...people];
  });
  /** Whose words the caret stands in. */
  readonly atCaret: Run | null = $derived.by(() => {
    const { to } = this.selected;
    return this.runs.find((run) => run.from < to && to <= run.to) ?? null;
  });

  /** Loads the comments and follows what is said; answers how to stop. */
  open(): () => void {
    void this.loadComments();
    return this.page.room.subscribe((events) => this.#follow(events));
  }

  async loadComments(): Promise<void> {
    const outcome = await attempt('comments', { params: this.page.params });
    if (outcome.ok) this.threads = outcome.reply.threads;
  }

  /** Asks whose the client ids are that nobody is known for yet, at most now and then. */
  async learnWriters(): Promise<void> {
    const isKnown = this.runs.every((run) => run.userId !== null);
    const now = Date.now();
    if (!this.who || isKnown || now - this.#asked < ASK_AGAIN_MS) return;
    this.#asked = now;
    const outcome = await attempt('draftWriters', { params: this.page.params });
    if (outcome.ok) this.#writers = writersOf(outcome.reply.writers);
  }

  /** Selects the next run of this person behind the caret, from the start again after the last. */
  goTo(userId: string | null): void {
    const theirs = this.runs.filter((run) => run.userId === userId);
    const next = theirs.find((run) => run.from >= this.selected.to) ?? theirs[0];
    if (next) this.editor?.show(next.from, next.to);
  }

  /** Begins a comment on what is selected; false when nothing is. */
  beginComment(): boolean {
    const { from, to } = this.selected;
    const quote = this.session.ytext.toString().slice(from, to);
    if (quote.trim() === '') return false;
    this.writing = { anchor: anchorAt(this.session.ytext, { from, to }), quote, generation: this.session.generation };
    return true;
  }

  show({ thread, place }: Placed): void {
    this.shown = thread.id;
    if (place !== null) this.editor?.show(place.from, place.to);
  }

  put(thread: ThreadView): void {
    const known = this.threads.some((one) => one.id === thread.id);
    this.threads = known ? this.threads.map((one) => (one.id === thread.id ? thread : one)) : [...this.threads, thread];
  }

  #follow(events: readonly RoomEvent[]): void {
    for (const event of events)
      if (
        (event.type === 'comment.added' || event.type === 'comment.resolved') &&
        event.data.card.id === this.page.cardId
      )
        this.put(event.data.thread);
  }
}
