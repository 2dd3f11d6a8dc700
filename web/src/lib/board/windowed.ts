// How a windowed list tells readers aloud that it is one, and which place an item has in the whole of it.

export const asList = (label: string) => ({ role: 'list', 'aria-label': label }) as const;

export const asItem = (index: number, size: number) =>
  ({ role: 'listitem', 'aria-setsize': size, 'aria-posinset': index + 1 }) as const;
