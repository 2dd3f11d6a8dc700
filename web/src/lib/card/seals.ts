// Which seals does a row of signatures show? Each person's newest word in each role, then the places still empty.
import type { SignOffView, StandIn } from '@rejoinder/contracts/cards';
import { judgeSignOffs } from '@rejoinder/signoff/decide';

export type Seal =
  | { kind: 'valid' | 'void'; key: string; signOff: SignOffView; says: string }
  /** `later`: others sign first. `deputies`: roles that may sign in place of one of these, which stayed silent. */
  | { kind: 'empty'; key: string; roles: string[]; later: boolean; deputies: string[] };

/** A seal that was signed anew hides its older, void ones; `earlier` counts those. */
export function sealsOf(
  signOffs: readonly SignOffView[],
  fingerprint: string | null,
  missing: readonly string[][],
  now: string,
  turn: { asked: readonly string[]; standIns: readonly Pick<StandIn, 'role' | 'deputy'>[] } | null = null,
): { seals: Seal[]; earlier: number } {
  const newest = new Map<string, Seal>();
  let earlier = 0;
  const inTime = signOffs.toSorted((a, b) => Date.parse(a.signedAt) - Date.parse(b.signedAt));
  for (const { signOff, standing, says } of judgeSignOffs(inTime, fingerprint, now)) {
    const key = `${signOff.userId} ${signOff.role}`;
    if (newest.delete(key)) earlier += 1;
    newest.set(key, { kind: standing === 'counts' ? 'valid' : 'void', key, signOff, says });
  }
  const empty = missing.map(
    (roles, i): Seal => ({
      kind: 'empty',
      key: `empty ${i} ${roles.join()}`,
      roles: [...roles],
      later: turn !== null && !roles.some((role) => turn.asked.includes(role)),
      deputies: (turn?.standIns ?? []).flatMap((each) => (roles.includes(each.role) ? [each.deputy] : [])),
    }),
  );
  const signed = [...newest.values()].sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'valid' ? -1 : 1));
  return { seals: [...signed, ...empty], earlier };
}
