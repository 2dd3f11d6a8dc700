import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsFingerprint, fingerprint, normalise } from './fingerprint.ts';

const text = fc.string({ unit: 'binary' });
const odd = fc.string({
  unit: fc.constantFrom('a', ' ', '\n', '\r', '\0', 'e', '\u0301', 'é', '\uD83D', '\uDE00', '\uFEFF'),
});

describe('normalise', () => {
  it('[SG-1] is idempotent', () => {
    fc.assert(
      fc.property(fc.oneof(text, odd), (t) => {
        expect(normalise(normalise(t))).toBe(normalise(t));
      }),
    );
  });
  it('[SG-1] composes, unifies line ends and cuts blanks at the very end only', () => {
    expect(normalise('Cafe\u0301 \r\nis  open\r \n\t')).toBe('Café \nis  open');
    expect(normalise('\0a\uD800')).toBe('a\uFFFD');
    expect(normalise('  indented')).toBe('  indented');
  });
});

describe('fingerprint', () => {
  const of = { text: 'We are sorry, Ana.', account: 'acc_1', replyTo: 'post-9' };

  it('[FS-7] is another one with other facts, and the old one without', () => {
    const facts = factsFingerprint('sto_1', [{ text: 'About 12,000.', source: 'log' }]);
    expect(fingerprint({ ...of, facts: null })).toBe(fingerprint(of));
    expect(
      new Set([fingerprint(of), fingerprint({ ...of, facts }), fingerprint({ ...of, facts: `${facts}0` })]).size,
    ).toBe(3);
    const others = [
      factsFingerprint('sto_2', [{ text: 'About 12,000.', source: 'log' }]),
      factsFingerprint('sto_1', [{ text: 'About 12,000.', source: '' }]),
      factsFingerprint('sto_1', [{ text: 'About 12,000.log', source: '' }]),
      factsFingerprint('sto_1', []),
    ];
    expect(new Set([facts, ...others]).size).toBe(5);
    expect(factsFingerprint('sto_1', [{ text: 'About 12,000. ', source: 'log' }])).toBe(facts);
  });
  it('[SG-2] is the stated SHA-256 of length-prefixed parts', () => {
    const hex = createHash('sha256').update('rejoinder reply 1\n18:We are sorry, Ana.5:acc_16:post-9').digest('hex');
    expect(fingerprint(of)).toBe(`sha256:${hex}`);
  });
  it('[SG-2] differs exactly when the normalised words, the account or the post answered differ', () => {
    const part = fc.oneof(odd, fc.constantFrom('1:', '2:a', 'a1:', '')).map((s) => s.toWellFormed());
    const triple = fc.record({ text: fc.oneof(odd, part), account: part, replyTo: part });
    fc.assert(
      fc.property(triple, triple, (a, b) => {
        const same = normalise(a.text) === normalise(b.text) && a.account === b.account && a.replyTo === b.replyTo;
        expect(fingerprint(a) === fingerprint(b)).toBe(same);
        expect(fingerprint({ ...a, text: normalise(a.text) })).toBe(fingerprint(a));
      }),
    );
  });
  it('[PI-6] is another one with every other list of pictures, and the old one without', () => {
    const picture = fc.record({
      hash: fc.constantFrom('a', 'b', '1:a'),
      alt: fc.constantFrom('', 'a', 'b', 'pictures'),
    });
    const list = fc.array(picture, { maxLength: 3 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        expect(fingerprint({ ...of, pictures: a }) === fingerprint({ ...of, pictures: b })).toBe(same);
      }),
    );
    expect(fingerprint({ ...of, pictures: [] })).toBe(fingerprint(of));
    const about = { kind: 'correction', supersedes: 'p' };
    expect(fingerprint({ ...of, about, pictures: [{ hash: 'a', alt: 'b' }] })).not.toBe(fingerprint({ ...of, about }));
  });
  it('[SG-2] changes with one comma', () => {
    expect(fingerprint({ ...of, text: 'We are sorry Ana.' })).not.toBe(fingerprint(of));
  });
});
