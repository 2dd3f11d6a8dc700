// Signatures a reply still lacks, as the publisher asks for them.
import { describe, expect, it } from 'vitest';
import { REPLY_SIGN_OFF, signaturesMissing } from './awaiting.ts';
import { exampleCard, exampleSignOff } from './example-move.ts';
import { planWith } from './plan-for-tests.ts';

const NOW = '2026-03-01T09:30:00.000Z';
const plan = planWith();

describe('signatures a reply still lacks', () => {
  const lacks = (changes: Parameters<typeof exampleCard>[1] = {}, now = NOW) =>
    signaturesMissing(plan, 1, exampleCard('publish', changes), now);

  it('[PU-1] are asked of the sign-off named reply, over the exact words, while they last', () => {
    expect(plan.signOffs.map((each) => each.id)).toEqual([REPLY_SIGN_OFF]);
    expect(lacks()).toEqual([]);
    expect(lacks({ signOffs: [] })).toEqual([['comms', 'legal']]);
    expect(lacks({ fingerprint: 'other words' })).toEqual([['comms', 'legal']]);
    const signOff = exampleSignOff('usr_bo', 'comms');
    expect(lacks({ signOffs: [{ ...signOff, expiresAt: NOW }] })).toEqual([['comms', 'legal']]);
    expect(lacks({ signOffs: [{ ...signOff, voidedAt: NOW }] })).toEqual([['comms', 'legal']]);
  });

  it('[PU-1] are more where the words touch liability', () => {
    const strict = planWith((each) => ({
      ...each,
      signOffs: each.signOffs.map((signOff) => ({
        ...signOff,
        agree: Object.fromEntries(
          Object.entries(signOff.agree).map(([level, agree]) => [level, { ...agree, ifLiability: ['executive'] }]),
        ),
      })),
    }));
    const card = exampleCard('publish');
    expect(signaturesMissing(strict, 1, card, NOW)).toEqual([]);
    const liable = { ...card, fields: { ...card.fields, liability: 'yes' } };
    expect(signaturesMissing(strict, 1, liable, NOW)).toEqual([['executive']]);
  });
});
