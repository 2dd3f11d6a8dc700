// Which columns make themselves narrow so that all stages fit: the last one first, then empty ones from the right, never more than needed.

/** Least width of an open column and width of a narrow one, in pixels; Column.svelte uses the same figures. */
export const OPEN_WIDTH = 146;
export const NARROW_WIDTH = 40;

/** What the columns will have beside an open stream, before anything is laid out; StreamPane.svelte uses the same figures. */
export const widthBesideStream = (page: number): number =>
  page < 720 ? page : page - Math.min(420, Math.max(240, 0.19 * page));

export type Fitting = { readonly stage: string; readonly empty: boolean; readonly final: boolean };

export function narrowed(lanes: readonly Fitting[], width: number): ReadonlySet<string> {
  const narrow = new Set<string>();
  const inOrder = [
    ...lanes.filter((lane) => lane.final),
    ...lanes.toReversed().filter((lane) => lane.empty && !lane.final),
  ];
  let needed = lanes.length * OPEN_WIDTH;
  for (const lane of inOrder) {
    if (needed <= width) break;
    narrow.add(lane.stage);
    needed -= OPEN_WIDTH - NARROW_WIDTH;
  }
  return narrow;
}
