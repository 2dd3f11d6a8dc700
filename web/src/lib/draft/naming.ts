// Naming a colleague while writing a comment: what was asked for with an @, who fits, and the names that stand in a text.
import type { Told } from '@rejoinder/contracts/comments';

type Named = { userId: string; name: string };
const MOST = 6;

/** What follows the @ before the caret, or null where no colleague is being named. */
export function askedName(text: string, caret: number): string | null {
  const found = /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{N}'’-]{0,30}(?: [\p{L}\p{N}'’-]{0,30})?)$/u.exec(text.slice(0, caret));
  return found?.[1] ?? null;
}

/** Colleagues with a name, or a part of one, that begins so. */
export function fitting(people: readonly Named[], asked: string): Named[] {
  const start = asked.toLocaleLowerCase();
  const fits = ({ name }: Named): boolean => {
    const whole = name.toLocaleLowerCase();
    return whole.startsWith(start) || whole.split(/\s+/).some((part) => part.startsWith(start));
  };
  return people
    .filter(fits)
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .slice(0, MOST);
}

/** The text with the whole name in place of what was asked for, and where the caret goes. */
export function putName(text: string, caret: number, name: string): { text: string; caret: number } {
  const asked = askedName(text, caret) ?? '';
  const before = `${text.slice(0, caret - asked.length)}${name} `;
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length };
}

/** A comment's text in pieces: names of those it tells, and what stands between. */
export function piecesOf(text: string, told: readonly Told[]): { says: string; name: boolean }[] {
  const names = told.flatMap(({ name }) => [name, name.split(/\s+/, 1)[0] ?? name]).filter((name) => name !== '');
  if (names.length === 0) return [{ says: text, name: false }];
  const longest = names
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const parts = text.split(new RegExp(`(@(?:${longest.join('|')})(?![\\p{L}\\p{N}_]))`, 'giu'));
  return parts.map((says, i) => ({ says, name: i % 2 === 1 })).filter((piece) => piece.says !== '');
}
