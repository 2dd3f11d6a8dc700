// Owns: the queue of things that will happen, earliest first, ties in the order they were planned.

export type Timeline<T> = {
  plan(at: number, what: T): void;
  /** The next thing before that moment, or null. */
  next(before: number): { at: number; what: T } | null;
};

export function timeline<T>(): Timeline<T> {
  type Entry = { at: number; order: number; what: T };
  const heap: Entry[] = [];
  let order = 0;
  const before = (a: Entry | undefined, b: Entry | undefined): boolean =>
    a !== undefined && (b === undefined || a.at < b.at || (a.at === b.at && a.order < b.order));
  const swap = (a: number, b: number): void => {
    const [one, other] = [heap[a], heap[b]];
    if (one && other) [heap[a], heap[b]] = [other, one];
  };
  return {
    plan(at, what) {
      order += 1;
      heap.push({ at, order, what });
      for (let child = heap.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1;
        if (!before(heap[child], heap[parent])) break;
        swap(child, parent);
        child = parent;
      }
    },
    next(moment) {
      const first = heap[0];
      if (!first || first.at >= moment) return null;
      const last = heap.pop();
      if (last && heap.length > 0) heap[0] = last;
      for (let parent = 0; ; ) {
        const left = parent * 2 + 1;
        const least = before(heap[left + 1], heap[left]) ? left + 1 : left;
        if (!before(heap[least], heap[parent])) break;
        swap(least, parent);
        parent = least;
      }
      return first;
    },
  };
}
