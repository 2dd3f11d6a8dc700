// The live stream under change: append, replace and patch by id over a window of the newest mentions.
import type { MentionView } from '@rejoinder/contracts/mentions';
import { STREAM_LENGTH } from '@rejoinder/contracts/rooms';

/** A copy of the stream that changes in place until `finishStream`. Ids outside the window are passed over. */
export type Stream = {
  list: MentionView[];
  append(created: readonly MentionView[]): void;
  replace(views: readonly MentionView[]): void;
  patch(id: string, change: Partial<MentionView>): void;
};

export function startStream(mentions: readonly MentionView[]): Stream {
  let list = mentions.slice();
  let places = placesOf(list);
  let inOrder = true;
  // Two sources may store at the same moment and be logged the other way round; a snapshot reads by instant and id.
  const sorted = (mentions: MentionView[]): MentionView[] =>
    inOrder ? mentions : mentions.toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
  return {
    get list() {
      return sorted(list);
    },
    append(created) {
      for (const mention of created) {
        const last = list.at(-1);
        if (last && isBefore(mention, last)) inOrder = false;
        places.set(mention.id, list.push(mention) - 1);
      }
      // Trimming now and then keeps a long catch-up flat; trimming at every event would move the window each time.
      if (list.length > 8 * STREAM_LENGTH) {
        list = sorted(list).slice(-STREAM_LENGTH);
        places = placesOf(list);
      }
    },
    replace(views) {
      for (const view of views) {
        const at = places.get(view.id);
        const known = at === undefined ? undefined : list[at];
        if (at !== undefined && known) list[at] = { ...view, ...judgedOf(known) };
      }
    },
    patch(id, change) {
      const at = places.get(id);
      const known = at === undefined ? undefined : list[at];
      if (at !== undefined && known) list[at] = { ...known, ...change };
    },
  };
}

/** The newest STREAM_LENGTH of them. Appending only ever pushes old ones out, so one trim at the end equals a trim per event. */
export function finishStream(stream: Stream): MentionView[] {
  const { list } = stream;
  return list.length > STREAM_LENGTH ? list.slice(-STREAM_LENGTH) : list;
}

const isBefore = (a: MentionView, b: MentionView): boolean =>
  a.receivedAt < b.receivedAt || (a.receivedAt === b.receivedAt && a.id < b.id);

/** What is judged here is told by events of its own; a source's news of a post may be older than they are. */
const judgedOf = ({ severity, reasons, storyId, cardId }: MentionView) => ({ severity, reasons, storyId, cardId });

const placesOf = (list: readonly MentionView[]) => new Map(list.map((m, at) => [m.id, at]));
