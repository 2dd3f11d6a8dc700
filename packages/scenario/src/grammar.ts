// Answers: how hand-written fragments become a sentence. {slots} take facts of the poster, [a|b|] takes one of several wordings.
import type { Random } from './random.ts';

/** Facts a fragment may name. A fragment that names a fact the poster has not got is not usable, and `fill` says so with null. */
export type Facts = Record<string, string | undefined>;

/** A list of fragments, one a line; empty lines and surrounding space do not count. */
export function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const choice = /\[([^[\]]*\|[^[\]]*)\]/g;
const slot = /\{(\w+)\}/g;

/** The fragment with its choices made and its slots filled, or null when a fact is missing. */
export function fill(fragment: string, facts: Facts, random: Random): string | null {
  let missing = false;
  const chosen = fragment.includes('[')
    ? fragment.replace(choice, (_, inside: string) => random.pick(inside.split('|')))
    : fragment;
  const filled = chosen.replace(slot, (_, name: string) => {
    const fact = facts[name];
    if (fact === undefined) missing = true;
    return fact ?? '';
  });
  return missing ? null : tidy(filled);
}

/** Drops doubled spaces and starts every sentence with a capital; handles and links keep their case. */
export function tidy(text: string): string {
  return text
    .replace(/ {2,}/g, ' ')
    .replace(/ ([,.!?])/g, '$1')
    .replace(/^([a-z])(?![\w.-]*[@/])|(?<=[.!?] )([a-z])(?![\w.-]*[@/])/g, (letter) => letter.toUpperCase())
    .trim();
}

/** Draws from a list until it is used up, then shuffles again, so that the same words stay as far apart as they can. */
export type Decks = {
  draw(list: readonly string[]): string;
  /** A line nobody has said before, null when all are used up: a joke told twice is a template. */
  once(list: readonly string[]): string | null;
};

export function decksFrom(random: Random): Decks {
  const decks = new Map<readonly string[], { order: string[]; next: number }>();
  const fresh = new Map<readonly string[], string[]>();
  return {
    once(list) {
      const left = fresh.get(list) ?? random.shuffle(list);
      fresh.set(list, left);
      return left.pop() ?? null;
    },
    draw(list) {
      let deck = decks.get(list);
      if (deck === undefined || deck.next >= deck.order.length) {
        deck = { order: random.shuffle(list), next: 0 };
        decks.set(list, deck);
      }
      const drawn = deck.order[deck.next];
      deck.next += 1;
      if (drawn === undefined) throw new Error('an empty list has no fragments');
      return drawn;
    },
  };
}
