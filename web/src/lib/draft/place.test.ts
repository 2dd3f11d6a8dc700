import { describe, expect, it } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import { anchorAt, placeOf } from './place.ts';

function written(words: string) {
  const doc = new Doc();
  const text = doc.getText('text');
  text.insert(0, words);
  const at = (part: string) => {
    const from = text.toString().indexOf(part);
    return anchorAt(text, { from, to: from + part.length });
  };
  const wordsAt = (anchor: ReturnType<typeof at>) => {
    const place = placeOf(text, anchor);
    return place && text.toString().slice(place.from, place.to);
  };
  return { doc, text, at, wordsAt };
}

describe('the place of a comment', () => {
  it('[CM-7] goes with its words: what is written before, inside and behind them moves, widens and leaves it', () => {
    const { text, at, wordsAt } = written('We send a new parcel today.');
    const anchor = at('new parcel');
    text.insert(0, 'Dear Mara. ');
    text.insert(text.toString().indexOf('parcel'), 'big ');
    text.insert(text.toString().indexOf(' today'), ' and flowers');
    expect(wordsAt(anchor)).toBe('new big parcel');
    text.delete(text.toString().indexOf('new '), 4);
    expect(wordsAt(anchor)).toBe('big parcel');
  });

  it('[CM-7] is nowhere once every word of it is gone, also for who reads only the folded log, and when others stand there', () => {
    const { doc, text, at, wordsAt } = written('We send a new parcel today.');
    const anchor = at('new parcel');
    text.delete(10, 10);
    expect(wordsAt(anchor)).toBe(null);
    text.insert(10, 'voucher');
    expect(wordsAt(anchor)).toBe(null);
    const later = new Doc();
    applyUpdate(later, encodeStateAsUpdate(doc));
    expect(placeOf(later.getText('text'), anchor)).toBe(null);
  });

  it('[CM-7] is nowhere in another start of the reply', () => {
    const anchor = written('We send a new parcel today.').at('new parcel');
    expect(placeOf(written('We send a new parcel today.').text, anchor)).toBe(null);
  });
});
