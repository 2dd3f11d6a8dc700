// Which sign-offs count now, why the others do not, and whether somebody may add one.
import type { SignOffView } from '@rejoinder/contracts/cards';

/** `voided` by an event, `other-words` than would be sent now, `expired`, or counting. */
export type Standing = 'counts' | 'voided' | 'other-words' | 'expired';
export type Judged = { signOff: SignOffView; standing: Standing; says: string };

/**
 * Judges each sign-off against what would be sent now (`fingerprint`, null when there is nothing to send) at `now` (ISO).
 * A signature over other words never counts, whether or not somebody has marked it void yet (SG-4).
 */
export const judgeSignOffs = (signOffs: readonly SignOffView[], fingerprint: string | null, now: string): Judged[] =>
  signOffs.map((signOff) => judge(signOff, fingerprint, now));

/** Those that count. */
export const countingSignOffs = (
  signOffs: readonly SignOffView[],
  fingerprint: string | null,
  now: string,
): SignOffView[] => signOffs.filter((s) => judge(s, fingerprint, now).standing === 'counts');

/**
 * Marks every unmarked sign-off over other words as void, at `now`, with the reason. `signOffs` is the whole list afterwards,
 * `voided` those that were marked; the marked ones stay in the list against the words they covered (SG-5).
 */
export function voidOutdated(
  signOffs: readonly SignOffView[],
  fingerprint: string | null,
  now: string,
  reason: string,
): { signOffs: SignOffView[]; voided: SignOffView[] } {
  return voidWhere(signOffs, (s) => s.fingerprint !== fingerprint, now, reason);
}

/** Marks every unmarked sign-off as void: the person posted again, or the account or post answered changed. */
export const voidAll = (signOffs: readonly SignOffView[], now: string, reason: string) =>
  voidWhere(signOffs, () => true, now, reason);

/** True when everyone who signed is the one person who wrote the text: nobody else has read it (SG-6). */
export function isOnlySignedByAuthor(counting: readonly SignOffView[], authors: readonly string[]): boolean {
  const [author] = authors;
  return authors.length === 1 && counting.length > 0 && counting.every((s) => s.userId === author);
}

/** Whether a sign-off may be added: the words seen are the words there, and this person has not signed them in this role. */
export type MaySign =
  | { ok: true }
  | { ok: false; why: 'nothing-to-sign' | 'other-words' | 'signed-already'; says: string };

export function maySign(
  signOffs: readonly SignOffView[],
  asked: { userId: string; role: string; fingerprint: string },
  fingerprint: string | null,
  now: string,
): MaySign {
  if (fingerprint === null) return { ok: false, why: 'nothing-to-sign', says: 'There are no words to sign yet.' };
  if (asked.fingerprint !== fingerprint)
    return { ok: false, why: 'other-words', says: 'The words changed after you read them. Read them again and sign.' };
  const again = countingSignOffs(signOffs, fingerprint, now).some(
    (s) => s.userId === asked.userId && s.role === asked.role,
  );
  return again
    ? { ok: false, why: 'signed-already', says: 'You have signed these words in this role already.' }
    : { ok: true };
}

function judge(signOff: SignOffView, fingerprint: string | null, now: string): Judged {
  if (signOff.voidedAt !== null)
    return { signOff, standing: 'voided', says: signOff.voidReason ?? 'This signature was made void.' };
  if (fingerprint === null || signOff.fingerprint !== fingerprint)
    return { signOff, standing: 'other-words', says: 'The words, the account or the post answered changed since.' };
  if (signOff.expiresAt !== null && Date.parse(signOff.expiresAt) <= Date.parse(now))
    return { signOff, standing: 'expired', says: 'This signature is older than the plan allows.' };
  return { signOff, standing: 'counts', says: 'Agreed to exactly these words.' };
}

function voidWhere(signOffs: readonly SignOffView[], is: (s: SignOffView) => boolean, now: string, reason: string) {
  const voided: SignOffView[] = [];
  const after = signOffs.map((s) => {
    if (s.voidedAt !== null || !is(s)) return s;
    const marked = { ...s, voidedAt: now, voidReason: reason };
    voided.push(marked);
    return marked;
  });
  return { signOffs: after, voided };
}
