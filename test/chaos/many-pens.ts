// Many people in one live draft who type numbered words and remember which of them they were told are saved.
import type * as Y from 'yjs';
import { type Typist, typist } from '../coedit/typist.ts';

type Typed = { word: string; frame: number; socket: number };
export type ManyPens = {
  people: Typist[];
  /** Everyone types a word about each `everyMs` until stopped. */
  type: (everyMs: number) => () => void;
  /** Words of which the page was told that they are saved: their frame on the socket that sent it, or all there is after coming back. */
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
      const saved = person.allSaved()
        ? () => true
        : (t: Typed) => t.socket === person.sockets && t.frame <= person.saved;
      waiting[i] = (waiting[i] ?? []).filter((typed) => {
        if (saved(typed)) acknowledged.add(typed.word);
        return !saved(typed);
      });
    }
  };
  const typeOne = (i: number, person: Typist): void => {
    const word = `${mark}${i}x${(words++).toString(36)} `;
    // Anywhere between two words, as people do.
    const text = person.text.toString();
    const at = text.indexOf(' ', Math.floor(Math.random() * text.length)) + 1;
    const before = person.sent;
    person.text.insert(at, word);
    // What was typed while offline has no frame of its own: it is saved when everything is.
    const frame = person.sent > before ? person.sent : Number.POSITIVE_INFINITY;
    waiting[i]?.push({ word: word.trim(), frame, socket: person.sockets });
  };
  return {
    people,
    type(everyMs) {
      const timers = people.map((person, i) =>
        setInterval(() => {
          collect();
          typeOne(i, person);
        }, everyMs + i),
      );
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
