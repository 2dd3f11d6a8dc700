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
