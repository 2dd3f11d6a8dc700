// What time it is on the server, as narrowly as the answers so far tell. The viewer's own clock is never trusted blindly.

let low = Number.NEGATIVE_INFINITY;
let high = Number.POSITIVE_INFINITY;
let offset = 0;

/** Milliseconds since 1970 as the server counts them. */
export const serverNow = (): number => Date.now() + offset;

/** The server's instant as ISO text, for pure functions that take `now`. */
export const serverInstant = (): string => new Date(serverNow()).toISOString();

/** Learn from the `Date` header of an answer: whole seconds, written between our sending and our receiving. */
export function noteDateHeader(header: string | null, sentAt: number, receivedAt: number): void {
  const second = header === null ? Number.NaN : Date.parse(header);
  if (!Number.isNaN(second)) narrow(second - receivedAt, second + 1000 - sentAt);
}

/** Learn from an instant the server wrote before it reached us. */
export function noteInstant(instant: string, receivedAt: number): void {
  const at = Date.parse(instant);
  if (!Number.isNaN(at) && receivedAt + offset < at) narrow(at - receivedAt, Number.POSITIVE_INFINITY);
}

function narrow(from: number, to: number): void {
  low = Math.max(low, from);
  high = Math.min(high, to);
  if (low > high) [low, high] = [from, to]; // a clock was set: what was known before is void
  offset = Math.abs(Math.min(Math.max(0, low), high)) < 1 ? 0 : nearest();
}

function nearest(): number {
  if (high === Number.POSITIVE_INFINITY) return low;
  return (low + high) / 2;
}
