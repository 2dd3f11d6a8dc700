// Which card the arrow keys reach next: up and down within a column, left and right to the next column that has cards.

export type Lane = { readonly stage: string; readonly ids: readonly string[] };
export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End';

export const isArrow = (key: string): key is Arrow =>
  ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key);

/** The card to focus after `key`, or null on an empty board. Without a place the first card of the first filled column. */
export function nextCard(lanes: readonly Lane[], from: string | null, key: Arrow): string | null {
  const column = lanes.findIndex((lane) => from !== null && lane.ids.includes(from));
  const here = lanes[column];
  if (here === undefined || from === null) return lanes.find((lane) => lane.ids.length > 0)?.ids[0] ?? null;
  const row = here.ids.indexOf(from);
  if (key === 'ArrowUp') return here.ids[Math.max(0, row - 1)] ?? from;
  if (key === 'ArrowDown') return here.ids[Math.min(here.ids.length - 1, row + 1)] ?? from;
  if (key === 'Home') return here.ids[0] ?? from;
  if (key === 'End') return here.ids.at(-1) ?? from;
  const aside = key === 'ArrowLeft' ? lanes.slice(0, column).reverse() : lanes.slice(column + 1);
  const target = aside.find((lane) => lane.ids.length > 0);
  return target?.ids[Math.min(row, target.ids.length - 1)] ?? from;
}

/** Everything between two cards of one column, both included; across columns just the second. */
export function between(lanes: readonly Lane[], from: string, to: string): string[] {
  const lane = lanes.find((each) => each.ids.includes(to));
  const start = lane?.ids.indexOf(from) ?? -1;
  if (lane === undefined || start < 0) return [to];
  const end = lane.ids.indexOf(to);
  return lane.ids.slice(Math.min(start, end), Math.max(start, end) + 1);
}
