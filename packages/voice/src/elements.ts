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

/** Ends of a reply that are nobody's name: whoever signs is a person (A5). */
const NOBODY =
  /^(?:(?:the|your|our|das|ihr|euer|le|el)\s+)?(?:[\p{L}-]+\s+)?(?:team|support|service|services|care|desk|office|staff|management|department|customer|press|media|admin|bot|group|company|thanks|thank|sorry|regards|cheers|best|greetings|sincerely|yours|love|please|soon|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|danke|grüße|gruß|merci|gracias|kundenservice|kundendienst|service-team)\b/iu;
const NAME =
  /(?:^|\n|[.!?…]\s{1,3}|[\s^][~–—-]\s{0,2}|\^|(?:[Rr]egards|[Ww]ishes|[Cc]heers|[Bb]est|[Yy]ours|[Tt]hanks|[Ss]incerely|[Gg]rüßen?|[Gg]ruß),?\s{1,3})((?:\p{Lu}[\p{L}\p{M}'’-]{1,20}(?: \p{Lu}(?:\.|[\p{L}\p{M}'’-]{1,24}))?)|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Devanagari}\p{M}]{2,20})$/u;

/** A first name, perhaps with a family name, alone at the end: `… tomorrow. Maya`, `– Maya K.`, `Best, Maya`; not a team, a thank you or a day. */
export function isSigned(text: string): boolean {
  const tail = text
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .trimEnd()
    .slice(-60);
  const name = NAME.exec(tail)?.[1];
  return name !== undefined && !NOBODY.test(name);
}
