import type { DraftHistory } from '@rejoinder/contracts/history';
import { describe, expect, it } from 'vitest';
import { applyUpdate, Doc } from 'yjs';
import { Life } from './life.ts';
import { sharesOf } from './runs.ts';

/** Two people write in turn; every change is a step. */
function history(): DraftHistory {
  const [ria, sam] = [new Doc(), new Doc()];
  const steps: DraftHistory['steps'] = [];
  const follow = (doc: Doc, other: Doc) =>
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'other') return;
      steps.push({ n: steps.length + 1, at: '2026-03-02T09:00:00.000Z', update: btoa(String.fromCharCode(...update)) });
      applyUpdate(other, update, 'other');
    });
  follow(ria, sam);
  follow(sam, ria);
  ria.getText('text').insert(0, 'Sorry. ');
  sam.getText('text').insert(7, 'A new one comes.');
  ria.getText('text').insert(0, 'I am so ');
  sam.getText('text').delete(0, 8);
  const writers = [
    { clientId: ria.clientID, userId: 'u1', name: 'Ria' },
    { clientId: sam.clientID, userId: 'u2', name: 'Sam' },
  ];
  return { draftId: 'd', current: 1, shown: 1, generations: [], steps, writers, marks: [] };
}

describe('the life of a reply in the page', () => {
  it('[HI-7] tells the text and its writers at any step, forward and back', () => {
    const life = new Life(history());
    const texts = [
      '',
      'Sorry. ',
      'Sorry. A new one comes.',
      'I am so Sorry. A new one comes.',
      'Sorry. A new one comes.',
    ];
    for (const at of [4, 0, 3, 2, 1, 4, 9]) expect(life.at(at).text).toBe(texts[Math.min(at, 4)]);
    expect(life.at(3).runs).toEqual([
      { from: 0, to: 15, userId: 'u1', name: 'Ria' },
      { from: 15, to: 31, userId: 'u2', name: 'Sam' },
    ]);
    expect(sharesOf(life.at(3).runs)).toMatchObject([
      { name: 'Sam', length: 16 },
      { name: 'Ria', length: 15 },
    ]);
    expect([0, 2, 4, 7].map((n) => life.stepsTo(n))).toEqual([0, 2, 4, 4]);
  });

  it('[HI-7] words of a client nobody is known for yet are told as such', () => {
    const life = new Life({ ...history(), writers: [] });
    expect(life.at(2).runs).toEqual([{ from: 0, to: 23, userId: null, name: null }]);
  });
});
