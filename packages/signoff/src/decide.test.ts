import type { SignOffView } from '@rejoinder/contracts/cards';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countingSignOffs, isOnlySignedByAuthor, judgeSignOffs, maySign, voidAll, voidOutdated } from './decide.ts';

const now = '2026-10-01T10:00:00.000Z';
const signed = (over: Partial<SignOffView> = {}): SignOffView => ({
  id: 'sig_1',
  userId: 'u1',
  name: 'Ines',
  role: 'comms',
  fingerprint: 'A',
  signedAt: '2026-10-01T09:00:00.000Z',
  expiresAt: null,
  voidedAt: null,
  voidReason: null,
  ...over,
});

describe('standing', () => {
  it('[SG-3] a signature over exactly these words counts until it expires', () => {
    const lives = signed({ expiresAt: '2026-10-01T10:00:00.001Z' });
    expect(countingSignOffs([lives, signed({ expiresAt: now })], 'A', now)).toEqual([lives]);
    expect(judgeSignOffs([signed({ expiresAt: now })], 'A', now)[0]?.standing).toBe('expired');
  });
  it('[SG-4] a signature over older text does not count, marked or not', () => {
    const marked = signed({ voidedAt: now, voidReason: 'new message from this person' });
    expect(judgeSignOffs([signed({ fingerprint: 'B' }), marked, signed()], 'A', now).map((j) => j.standing)).toEqual([
      'other-words',
      'voided',
      'counts',
    ]);
    expect(judgeSignOffs([marked], 'A', now)[0]?.says).toBe('new message from this person');
    expect(countingSignOffs([signed()], null, now)).toEqual([]);
  });
  it('[SG-5] marking void keeps every signature, touches only outdated ones, and repeats harmlessly', () => {
    const list = fc.array(
      fc
        .record({ fingerprint: fc.constantFrom('A', 'B'), voidedAt: fc.constantFrom(null, '2026-10-01T09:30:00.000Z') })
        .map(signed),
    );
    fc.assert(
      fc.property(list, fc.constantFrom('A', 'B', null), (signOffs, print) => {
        const once = voidOutdated(signOffs, print, now, 'the words changed');
        expect(once.signOffs).toHaveLength(signOffs.length);
        expect(once.voided).toHaveLength(signOffs.filter((s) => s.voidedAt === null && s.fingerprint !== print).length);
        expect(voidOutdated(once.signOffs, print, now, 'again')).toEqual({ signOffs: once.signOffs, voided: [] });
        expect(countingSignOffs(once.signOffs, print, now)).toEqual(countingSignOffs(signOffs, print, now));
      }),
    );
    expect(voidAll([signed()], now, 'posted again').voided[0]?.voidReason).toBe('posted again');
  });
});

describe('who signs', () => {
  it('[SG-6] the only author is not enough as the only signer', () => {
    expect(isOnlySignedByAuthor([signed()], ['u1'])).toBe(true);
    expect(isOnlySignedByAuthor([signed(), signed({ role: 'legal' })], ['u1'])).toBe(true);
    expect(isOnlySignedByAuthor([signed(), signed({ userId: 'u2' })], ['u1'])).toBe(false);
    expect(isOnlySignedByAuthor([signed()], ['u1', 'u2'])).toBe(false);
    expect(isOnlySignedByAuthor([], ['u1'])).toBe(false);
  });
  it('[SG-7] one signs the words that are there, once in each role', () => {
    const asked = { userId: 'u1', role: 'comms', fingerprint: 'A' };
    expect(maySign([], asked, 'A', now)).toEqual({ ok: true });
    expect(maySign([signed({ fingerprint: 'B' })], asked, 'A', now)).toEqual({ ok: true });
    expect(maySign([signed({ role: 'legal' })], asked, 'A', now)).toEqual({ ok: true });
    expect(maySign([signed()], asked, 'A', now)).toMatchObject({ ok: false, why: 'signed-already' });
    expect(maySign([], asked, 'B', now)).toMatchObject({ ok: false, why: 'other-words' });
    expect(maySign([], asked, null, now)).toMatchObject({ ok: false, why: 'nothing-to-sign' });
  });
});
