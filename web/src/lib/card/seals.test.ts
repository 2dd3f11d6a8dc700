import type { SignOffView } from '@rejoinder/contracts/cards';
import { describe, expect, it } from 'vitest';
import { sealsOf } from './seals.ts';

const sign = (over: Partial<SignOffView>): SignOffView => ({
  id: 'sig_1',
  userId: 'usr_ana',
  name: 'Ana',
  role: 'comms',
  fingerprint: 'sha256:now',
  signedAt: '2026-10-01T09:00:00.000Z',
  expiresAt: null,
  voidedAt: null,
  voidReason: null,
  ...over,
});
const NOW = '2026-10-01T10:00:00.000Z';

describe('the row of seals', () => {
  it('[SG-11] shows who counts, who is void and why, and whose place is empty', () => {
    const { seals } = sealsOf(
      [sign({}), sign({ id: 'sig_2', userId: 'usr_leo', role: 'legal', voidedAt: NOW, voidReason: 'One comma.' })],
      'sha256:now',
      [['legal'], ['expert']],
      NOW,
    );
    expect(seals.map((seal) => seal.kind)).toEqual(['valid', 'void', 'empty', 'empty']);
    expect(seals[1]).toMatchObject({ says: 'One comma.' });
  });

  it('[SG-11] a signature given anew stands in place of the void one, which is counted', () => {
    const old = sign({ id: 'sig_0', fingerprint: 'sha256:old', signedAt: '2026-10-01T08:00:00.000Z', voidedAt: NOW });
    const { seals, earlier } = sealsOf([sign({}), old], 'sha256:now', [], NOW);
    expect(seals.map((seal) => seal.kind)).toEqual(['valid']);
    expect(earlier).toBe(1);
  });
});
