// A text cleared beforehand, filled: what its words are, whether more than the slots changed, and why it may not be used now.
import type { Statement } from '@rejoinder/contracts/playbooks';
import { STATEMENT_LIMITS } from '@rejoinder/contracts/statement-limits';
import { sayList } from './levels.ts';

export type Slots = Readonly<Record<string, string>>;

/** The cleared words with their slots filled; a slot nobody filled stays as it is written in the plan. */
export function fillStatement({ text, slots }: Statement, filled: Slots): string {
  const ids = new Set(slots.map((each) => each.id));
  return text.replace(/\{([^{}\n]{0,60})\}/g, (whole, id: string) => {
    const words = ids.has(id) && Object.hasOwn(filled, id) ? (filled[id] ?? '').trim() : '';
    return words === '' ? whole : words;
  });
}

/** Whether these words are the cleared ones with every slot filled by one short line, and nothing else. One walk over the words for each slot. */
export function isFilled({ text, slots }: Statement, words: string): boolean {
  const ids = new Set(slots.map((each) => each.id));
  const parts = text.split(/\{([^{}\n]{0,60})\}/g);
  // Pieces between slots; what looks like a slot and is none is part of a piece.
  const pieces = [''];
  for (const [i, part] of parts.entries()) {
    if (i % 2 === 1 && ids.has(part)) pieces.push('');
    else pieces.push((pieces.pop() ?? '') + (i % 2 === 1 ? `{${part}}` : part));
  }
  const [first = '', ...rest] = pieces;
  if (!words.startsWith(first)) return false;
  let ends = [first.length];
  for (const piece of rest) ends = endsAfterSlot(words, piece, ends);
  return ends.includes(words.length);
}

/** Where the words may have come to after a slot and the piece behind it, from each place before it; in order. */
function endsAfterSlot(words: string, piece: string, from: readonly number[]): number[] {
  const ends: number[] = [];
  let at = 0;
  let start = -1;
  for (let end = (from[0] ?? words.length) + 1; end <= words.length; end++) {
    if (BREAKS.test(words[end - 1] ?? '')) start = end;
    while ((from[at + 1] ?? Number.POSITIVE_INFINITY) < end) at += 1;
    const began = from[at] ?? Number.POSITIVE_INFINITY;
    const fits = began < end && began >= start && end - began <= STATEMENT_LIMITS.slot;
    if (fits && words.startsWith(piece, end)) ends.push(end + piece.length);
  }
  return ends;
}

const BREAKS = /[\n\r{}\u2028\u2029]/;

/** What is wrong with what stands in the slots: empty, too long, several lines, braces, or a slot the text does not have. */
export function slotFaults({ slots }: Statement, filled: Slots): string[] {
  const named = slots.flatMap(({ id, name }) => {
    const words = (Object.hasOwn(filled, id) ? (filled[id] ?? '') : '').trim();
    if (words === '') return [`“${name}” is empty.`];
    if (words.length > STATEMENT_LIMITS.slot) return [`“${name}” is longer than ${STATEMENT_LIMITS.slot} characters.`];
    return /[\n\r{}\u2028\u2029]/.test(words) ? [`“${name}” takes one line without braces.`] : [];
  });
  const unknown = Object.keys(filled).filter((id) => !slots.some((each) => each.id === id));
  return [...named, ...unknown.map((id) => `The text has no slot “${id}”.`)];
}

/** Why a cleared text may not be used at this level on this day (in the room's zone); null when it may. */
export function whyNotNow(statement: Statement, level: number, day: string): string | null {
  if (!statement.levels.includes(level))
    return `This text is cleared for level ${sayList(statement.levels.map(String), 'and')}; the room is at level ${level}.`;
  if (statement.validUntil !== null && day > statement.validUntil)
    return `This text was cleared until ${statement.validUntil}.`;
  return null;
}
