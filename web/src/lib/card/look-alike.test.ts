import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookAlikes, skeleton } from './look-alike.ts';

const found = (text: string) => lookAlikes(text).map(({ char, script, like }) => `${char}:${script}:${like}`);

describe('letters that look like others', () => {
  it('[SG-12] a word that mixes alphabets shows the letters that do not belong', () => {
    expect(found('Write to pаypal today')).toEqual(['а:Cyrillic:a']);
    expect(lookAlikes('Write to pаypal')[0]?.at).toBe(10);
    expect(found('Οur answer')).toEqual(['Ο:Greek:O']);
    expect(found('dօnt')).toEqual(['օ:Armenian:o']);
    expect(found('ᎪB')).toEqual(['Ꭺ:Cherokee:A']);
  });

  it('[SG-12] a whole word of another alphabet that poses as ours between our words', () => {
    expect(found('Go to сосоа now')).toEqual([
      'с:Cyrillic:c',
      'о:Cyrillic:o',
      'с:Cyrillic:c',
      'о:Cyrillic:o',
      'а:Cyrillic:a',
    ]);
  });

  it('[SG-12] letters made for mathematics or full width', () => {
    expect(found('𝐟ree ｏf charge')).toEqual(['𝐟:Styled:f', 'ｏ:Styled:o']);
  });

  it('[SG-12] other alphabets by themselves, beside ours, and our letters with marks are left alone', () => {
    expect(found('Grüße aus Kraków, señor. Œuvre, naïve.')).toEqual([]);
    expect(found('Мы очень сожалеем о случившемся')).toEqual([]);
    expect(found('We wrote: «Мы очень сожалеем, а он нет»')).toEqual([]);
    expect(found('Λυπόμαστε πολύ')).toEqual([]);
    expect(found('2 µg, 30 °C, 東京, नमस्ते')).toEqual([]);
  });

  it('[SG-12] in a Russian word a Latin letter is the stranger', () => {
    expect(found('сожалеeм')).toEqual(['e:Latin:e']);
  });

  it('[SG-12] texts that look alike have one skeleton, and every place lies in the text', () => {
    expect(skeleton('pаypal')).toBe('paypal');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        lookAlikes(text).every(({ at, char }) => text.startsWith(char, at)),
      ),
    );
  });
});
