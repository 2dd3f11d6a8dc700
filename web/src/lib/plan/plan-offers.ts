// What an editor offers at a place of a plan, and what it says about a word there; all of it from the plan's vocabulary.
import type { RefKind } from '@rejoinder/playbook/reading';
import { choicesAt, helpAt, vocabulary } from '@rejoinder/playbook/vocabulary';
import { type Place, placeAt } from './place-at.ts';

/** `names`: what the plan declares. `insert` is what is written; `detail` says what kind of thing it is. */
export type Offer = { label: string; insert: string; detail: string; help: string };
export type Names = Readonly<Record<RefKind, readonly string[]>>;

const standsAlone = (name: string): boolean =>
  vocabulary.guards.some((each) => each.name === name && each.argument === null);

export function offersAt(text: string, place: Place, names: Names): Offer[] {
  if (place.at === 'fence') return place.part === 'kind' ? kindsFor(text) : [];
  if (place.at === 'prose') return [];
  const { keys, words, names: kinds } = choicesAt(place.kind, place.path);
  const asKeys: Offer[] = Object.entries(keys)
    .filter(([key]) => !place.present.includes(key))
    .map(([key, { help, required }]) => ({
      label: key,
      insert: place.wants !== 'key' && standsAlone(key) ? key : `${key}: `,
      detail: required ? 'needed' : '',
      help: exampleOf(key) ?? help,
    }));
  const asWords: Offer[] = words.map((word) => ({ label: word, insert: word, detail: '', help: '' }));
  const asNames: Offer[] = kinds.flatMap((kind) =>
    (names[kind] ?? []).map((name) => ({ label: name, insert: name, detail: kind, help: '' })),
  );
  if (place.wants === 'key') return asKeys.length > 0 ? asKeys : [...asNames, ...asWords].map(asKey);
  // Between brackets and behind a key stands a word; a key of its own would need braces.
  const alone = asKeys.filter((offer) => offer.insert === offer.label);
  return [...asNames, ...asWords, ...(place.wants === 'item' && !place.flow ? asKeys : alone)];
}

const asKey = (offer: Offer): Offer => ({ ...offer, insert: `${offer.label}: ` });

/** Guards show how they are written. */
function exampleOf(key: string): string | null {
  const guard = vocabulary.guards.find((each) => each.name === key);
  return guard === undefined ? null : `${guard.help}\n${guard.example}`;
}

/** Kinds that stand once and are there already are left out. */
function kindsFor(text: string): Offer[] {
  const present = new Set([...text.matchAll(/^ {0,3}`{3,}yaml[ \t]+(\S+)[ \t]*$/gm)].map(([, kind]) => kind));
  return vocabulary.blocks
    .filter(({ kind, takesId }) => takesId || !present.has(kind))
    .map(({ kind, takesId, required, help }) => ({
      label: kind,
      insert: takesId ? `${kind} ` : kind,
      detail: required ? 'needed' : '',
      help,
    }));
}

/** Help for the word around an offset: what a key, a guard, a kind of block or a name of the plan is. Null for all else. */
export function helpFor(text: string, offset: number, names: Names): { from: number; to: number; says: string } | null {
  const isWord = (at: number) => /[\w-]/.test(text.charAt(at));
  let from = offset;
  let to = offset;
  while (from > 0 && isWord(from - 1)) from -= 1;
  while (isWord(to)) to += 1;
  const word = text.slice(from, to);
  if (word === '') return null;
  const place = placeAt(text, to);
  const says = sayWord(word, place, names);
  return says === null ? null : { from, to, says };
}

function sayWord(word: string, place: Place, names: Names): string | null {
  if (place.at === 'prose') return null;
  if (place.at === 'fence') return place.part === 'kind' && place.typed === word ? helpAt(word, []) : null;
  if (place.typed !== word) return null;
  const help = place.wants === 'value' ? null : helpAt(place.kind, [...place.path, word]);
  if (help) return exampleOf(word) ?? help;
  const kind = choicesAt(place.kind, place.path).names.find((each) => names[each]?.includes(word));
  return kind === undefined ? null : `A ${kind} of this plan.`;
}
