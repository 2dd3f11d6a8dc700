// When a press becomes a lift, and how fast the board scrolls while a card is held near its edge. Pixels throughout.

export type Point = { readonly x: number; readonly y: number };
export type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

/** A mouse must travel this far before a press is a lift, so that a click stays a click. */
export const LIFT_AFTER = 6;
/** A finger must rest this long (ms) before it lifts; moving sooner is scrolling. */
export const LIFT_AFTER_REST = 280;
/** How near to an edge scrolling begins, and how many pixels a frame it reaches at the edge itself. */
const EDGE = 56;
const FASTEST = 18;

export const hasTravelled = (from: Point, to: Point): boolean => Math.hypot(to.x - from.x, to.y - from.y) >= LIFT_AFTER;

const along = (at: number, low: number, high: number): number => {
  const edge = Math.min(EDGE, (high - low) / 4);
  if (at < low + edge) return -Math.round(FASTEST * Math.min(1, (low + edge - at) / edge));
  if (at > high - edge) return Math.round(FASTEST * Math.min(1, (at - (high - edge)) / edge));
  return 0;
};

/** Pixels to scroll this frame in both directions. */
export const scrollSpeed = (at: Point, box: Box): Point => ({
  x: along(at.x, box.left, box.right),
  y: along(at.y, box.top, box.bottom),
});
