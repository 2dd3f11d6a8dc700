// What a reply must hold and whether it does: an acknowledgement, a next step, a person's name at the end.
import type { RequiredElement } from '@rejoinder/contracts/voice-rules';
import { findPhrase, type Pattern } from './phrases.ts';
import type { Word } from './words.ts';

/** True when the element is there, or is not asked of a card of this class. Without a known class it is asked. */
export function hasElement(
  element: RequiredElement,
  patterns: readonly Pattern[],
  text: string,
  words: readonly Word[],
  cardClass: string | null,
): boolean {
  if (element.classes !== null && cardClass !== null && !element.classes.includes(cardClass)) return true;
  if (element.signature) return isSigned(text);
  return patterns.some((pattern) => findPhrase(pattern, words).length > 0);
}

/** A first name, perhaps with a family name, alone at the end: `… tomorrow. Maya`, `– Maya K.` */
export function isSigned(text: string): boolean {
  const tail = text.trimEnd().slice(-60);
  return /(?:^|\n|[.!?…]\s{1,3}|[\s^][~–—-]\s{0,2}|\^)\p{Lu}[\p{L}\p{M}'’-]{1,20}(?: \p{Lu}(?:\.|[\p{L}\p{M}'’-]{1,24}))?$/u.test(
    tail,
  );
}
