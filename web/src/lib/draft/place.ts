// Where a comment stands in the shared text now: its two relative positions made and read.
import type { Anchor } from '@rejoinder/contracts/comments';
import {
  createAbsolutePositionFromRelativePosition,
  createRelativePositionFromTypeIndex,
  decodeRelativePosition,
  encodeRelativePosition,
  type RelativePosition,
  type Text,
} from 'yjs';

export type Place = { from: number; to: number };

/** The end keeps to its last character, so that what is written behind the words stays outside. */
export const anchorAt = (text: Text, { from, to }: Place): Anchor => ({
  from: base64(encodeRelativePosition(createRelativePositionFromTypeIndex(text, from, 0))),
  to: base64(encodeRelativePosition(createRelativePositionFromTypeIndex(text, to, -1))),
});

/** Null when every word of it is gone. */
export function placeOf(text: Text, anchor: Anchor): Place | null {
  const from = indexOf(text, anchor.from);
  const to = indexOf(text, anchor.to);
  return from !== null && to !== null && from < to ? { from, to } : null;
}

function indexOf(text: Text, position: string): number | null {
  const { doc } = text;
  if (doc === null) return null;
  const found = createAbsolutePositionFromRelativePosition(read(position), doc, false);
  return found !== null && found.type === text ? found.index : null;
}

const read = (position: string): RelativePosition =>
  decodeRelativePosition(Uint8Array.from(atob(position), (char) => char.charCodeAt(0)));
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
