// Ten people in one live draft who type numbered words and remember which of them they were told are saved.
import type * as Y from 'yjs';
import { type Typist, typist } from '../coedit/typist.ts';

type Typed = { word: string; frame: number };
export type ManyPens = {
  people: Typist[];
  /** Everyone types a word about each `everyMs` until stopped. */
  type: (everyMs: number) => () => void;
  /** Words whose frame was acknowledged on the connection that sent it. */
  acknowledged: () => Set<string>;
  words: () => number;
  converged: () => boolean;
  leave: () => void;
};

export function manyPens(base: string, name: string, headers: Record<string, string>[], mark: string): ManyPens {
  const people = headers.map((each) => typist(base, name, { headers: each }));
  const acknowledged = new Set<string>();
  const waiting: Typed[][] = people.map(() => []);
  let words = 0;
  const collect = (): void => {
    for (const [i, person] of people.entries()) {
      const typed = waiting[i] ?? [];
      while (typed[0] && typed[0].frame <= person.saved) acknowledged.add((typed.shift() as Typed).word);
    }
  };
  const typeOne = (i: number, person: Typist): void => {
    const word = `${mark}${i}x${(words++).toString(36)} `;
    // Anywhere between two words, as people do.
    const text = person.text.toString();
    const at = text.indexOf(' ', Math.floor(Math.random() * text.length)) + 1;
    const before = person.sent;
    person.text.insert(at, word);
    if (person.sent > before) waiting[i]?.push({ word: word.trim(), frame: person.sent });
  };
  return {
    people,
    type(everyMs) {
      const timers = people.map((person, i) => {
        // A new connection counts its frames anew; what an older one sent is judged by the text alone.
        waiting[i] = [];
        return setInterval(() => {
          collect();
          typeOne(i, person);
        }, everyMs + i);
      });
      return () => {
        for (const timer of timers) clearInterval(timer);
        collect();
      };
    },
    acknowledged: () => acknowledged,
    words: () => words,
    converged: () => people.every((p) => p.allSaved()) && new Set(people.map((p) => textOf(p.doc))).size === 1,
    leave() {
      for (const person of people) person.leave();
    },
  };
}

const textOf = (doc: Y.Doc): string => doc.getText('text').toString();
