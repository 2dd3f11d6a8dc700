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
  return {
    get list() {
      return list;
    },
    append(created) {
      for (const mention of created) places.set(mention.id, list.push(mention) - 1);
      // Trimming now and then keeps a long catch-up flat; trimming at every event would move the window each time.
      if (list.length > 8 * STREAM_LENGTH) {
        list = list.slice(-STREAM_LENGTH);
        places = placesOf(list);
      }
    },
    replace(views) {
      for (const view of views) {
        const at = places.get(view.id);
        if (at !== undefined) list[at] = view;
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
export const finishStream = (stream: Stream): MentionView[] =>
  stream.list.length > STREAM_LENGTH ? stream.list.slice(-STREAM_LENGTH) : stream.list;

const placesOf = (list: readonly MentionView[]) => new Map(list.map((m, at) => [m.id, at]));
