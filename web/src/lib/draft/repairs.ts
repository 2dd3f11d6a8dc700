// What one press does about a finding: takes words out, cuts what is too long, or signs with the name of whoever writes.
import type { Finding } from '@rejoinder/contracts/cards';
import { VOICE } from '@rejoinder/contracts/voice-numbers';
import { WORDS_CARD } from '../words-card.ts';
import { WORDS_VOICE } from '../words-voice.ts';

export type Repair = { from: number; to: number; insert: string };

/** A missing signature stands at the end; other elements that lack stand at the beginning and need a person's own words. */
const isSignature = ({ rule, from, to }: Finding): boolean => rule === VOICE.element && from === to && from > 0;

/** What is changed; null when only a person can, or when the text moved on meanwhile: then the place is shown. */
export function repairOf(text: string, finding: Finding, name: string): Repair | null {
  if (isSignature(finding)) {
    const end = text.trimEnd().length;
    if (name === '') return null;
    return { from: end, to: text.length, insert: `${/[.!?…]$/.test(text.trimEnd()) ? ' ' : '\n'}${name}` };
  }
  const { from, to } = tidyRange(text, finding);
  return from === to ? null : { from, to, insert: '' };
}

export function saysRepair(finding: Finding, name: string): string {
  if (isSignature(finding) && name !== '') return WORDS_VOICE.sign(name);
  if (finding.from === finding.to) return WORDS_CARD.draft.goThere;
  return finding.rule === VOICE.length ? WORDS_VOICE.shorten : WORDS_CARD.draft.takeOut;
}

/** The range to take out, with one of the two blanks that would be left behind; empty when the text moved on meanwhile. */
function tidyRange(
  text: string,
  { from, to, match }: Pick<Finding, 'from' | 'to' | 'match'>,
): { from: number; to: number } {
  if (text.slice(from, to) !== match) return { from, to: from };
  const blankBefore = from === 0 || /\s/.test(text.charAt(from - 1));
  return { from, to: blankBefore && text.charAt(to) === ' ' ? to + 1 : to };
}
