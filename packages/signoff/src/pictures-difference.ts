// What changed between the pictures somebody signed and those there now: added, removed, replaced, described anew, put elsewhere.

export type Pictured = { hash: string; alt: string };

/** `at` counts from 1: among the pictures there now, of a removed one among those before. `was`: what stood there, or was said, before. */
export type PictureChange<P extends Pictured> =
  | { kind: 'added' | 'removed' | 'moved'; at: number; picture: P }
  | { kind: 'replaced' | 'described'; at: number; picture: P; was: P };

/**
 * The changes that lead from one list to the other, by place, removed ones last; none when both are equal (PI-9). A picture that
 * came where another went is one `replaced`; one that kept its bytes is `described` when its words differ, and `moved` when those that
 * stayed stand in another order.
 */
export function picturesDifference<P extends Pictured>(before: readonly P[], after: readonly P[]): PictureChange<P>[] {
  const hashes = (list: readonly P[]) => new Set(list.map(({ hash }) => hash));
  const [then, now] = [hashes(before), hashes(after)];
  const stayedBefore = before.filter(({ hash }) => now.has(hash)).map(({ hash }) => hash);
  const stayed = after.filter(({ hash }) => then.has(hash)).map(({ hash }) => hash);
  const replaced = new Set<string>();
  const changes: PictureChange<P>[] = after.flatMap((picture, i): PictureChange<P>[] => {
    const at = i + 1;
    const same = before.find(({ hash }) => hash === picture.hash);
    if (same === undefined) {
      const there = before[i];
      if (there === undefined || now.has(there.hash)) return [{ kind: 'added', at, picture }];
      replaced.add(there.hash);
      return [{ kind: 'replaced', at, picture, was: there }];
    }
    const moved = stayed.indexOf(picture.hash) !== stayedBefore.indexOf(picture.hash);
    return [
      ...(same.alt === picture.alt ? [] : [{ kind: 'described' as const, at, picture, was: same }]),
      ...(moved ? [{ kind: 'moved' as const, at, picture }] : []),
    ];
  });
  const removed = before.flatMap((picture, i): PictureChange<P>[] =>
    now.has(picture.hash) || replaced.has(picture.hash) ? [] : [{ kind: 'removed', at: i + 1, picture }],
  );
  return [...changes, ...removed];
}
