// Everything a plan may say, as plain data for an editor: kinds of block, keys with help, guards, and what may stand at a place.
import { BLOCKS } from './blocks/all.ts';
import { FRONT_MATTER } from './front-matter.ts';
import { GUARD_WORDS, type GuardWord, keysOfGuards } from './guard-words.ts';
import { REF_KINDS, type RefKind } from './reading.ts';
import type { KeyData, ShapeData } from './shapes/shape.ts';

/** `takesId`: the block is introduced by `yaml KIND ID` and may stand several times; others stand once. */
export type BlockWord = { kind: string; help: string; takesId: boolean; required: boolean; holds: ShapeData };

export type Vocabulary = {
  frontMatter: ShapeData;
  blocks: readonly BlockWord[];
  guards: readonly GuardWord[];
  /** What a plan declares by name and refers to elsewhere. */
  names: readonly RefKind[];
};

export const vocabulary: Vocabulary = {
  frontMatter: FRONT_MATTER.data,
  blocks: BLOCKS.map(({ kind, help, idOf, required, data }) => ({
    kind,
    help,
    takesId: idOf !== null,
    required,
    holds: data,
  })),
  guards: GUARD_WORDS,
  names: REF_KINDS,
};

/** What stands at a place: keys with help, words to choose from, names declared under these kinds, and the form in words. */
export type Choices = { keys: Record<string, KeyData>; words: string[]; names: RefKind[]; form: string };

/**
 * What may stand at a place of a block. `path` leads there by keys, list places left out: `['leave', 'has_fields']`.
 * `kind` is a kind of block, or null for the front matter. A path that leads nowhere gives no choices.
 */
export function choicesAt(kind: string | null, path: readonly string[]): Choices {
  const start = kind === null ? vocabulary.frontMatter : vocabulary.blocks.find((each) => each.kind === kind)?.holds;
  const out: Choices = { keys: {}, words: [], names: [], form: '' };
  for (const data of start === undefined ? [] : follow(start, path)) gather(data, out);
  return out;
}

/** The help of a key, for the hover: the last key of the path. Null when the path leads to none. */
export function helpAt(kind: string | null, path: readonly string[]): string | null {
  const last = path.at(-1);
  if (last === undefined) return vocabulary.blocks.find((each) => each.kind === kind)?.help ?? null;
  const { keys } = choicesAt(kind, path.slice(0, -1));
  return Object.hasOwn(keys, last) ? (keys[last]?.help ?? null) : null;
}

/** The form of a value in a few words. */
export function sayForm(data: ShapeData): string {
  switch (data.is) {
    case 'words':
      return 'words';
    case 'name':
      return 'a name';
    case 'duration':
      return 'a duration';
    case 'share':
      return 'a share such as `50%`';
    case 'flag':
      return '`true` or `false`';
    case 'date':
      return 'a date';
    case 'zone':
      return 'a time zone';
    case 'mask':
      return 'a mask';
    case 'pattern':
      return 'a phrase';
    case 'guards':
      return data.about === 'card' ? 'guards' : 'guards about the room';
    case 'count':
      return `a whole number up to ${data.most}`;
    case 'money':
      return 'a number';
    case 'choice':
      return data.of.map((each) => `\`${each}\``).join(', ');
    case 'written':
      return `such as \`${data.example}\``;
    case 'reference':
      return [...data.also.map((each) => `\`${each}\``), ...data.to.map((each) => `a ${each}`)].join(' or ');
    case 'list':
      return `a list: ${sayForm(data.of)}`;
    case 'per-level':
      return `${sayForm(data.of)}; per level`;
    case 'by-level':
      return `by level: ${sayForm(data.of)}`;
    case 'named':
      return `by ${data.to ?? 'name'}: ${sayForm(data.of)}`;
    case 'keys':
      return `{ ${Object.keys(data.keys).join(', ')} }`;
    case 'either':
      return data.of.map(sayForm).join(', or ');
  }
}

/** The descriptions at the end of a path. More than one where a value may take several forms. */
function follow(data: ShapeData, path: readonly string[]): ShapeData[] {
  const [key, ...rest] = path;
  if (key === undefined) return [data];
  switch (data.is) {
    case 'list':
      return follow(data.of, path);
    case 'either':
      return data.of.flatMap((each) => follow(each, path));
    case 'per-level':
      return /^[1-9]$/.test(key) ? follow(data.of, rest) : follow(data.of, path);
    case 'by-level':
      return /^[1-9]$/.test(key) ? follow(data.of, rest) : [];
    case 'named': {
      const beside = data.besides?.[key];
      return beside ? follow(beside.holds, rest) : follow(data.of, rest);
    }
    case 'keys': {
      const found = Object.hasOwn(data.keys, key) ? data.keys[key] : undefined;
      return found ? follow(found.holds, rest) : [];
    }
    case 'guards': {
      const keys = keysOfGuards(data.about);
      const found = Object.hasOwn(keys, key) ? keys[key] : undefined;
      return found ? follow(found.holds, rest) : [];
    }
    default:
      return [];
  }
}

function gather(data: ShapeData, out: Choices): void {
  out.form = out.form === '' ? sayForm(data) : out.form;
  if (data.is === 'list' || data.is === 'per-level') gather(data.of, out);
  else if (data.is === 'either') for (const each of data.of) gather(each, out);
  else if (data.is === 'keys') Object.assign(out.keys, data.keys);
  else if (data.is === 'guards') Object.assign(out.keys, keysOfGuards(data.about));
  else if (data.is === 'named') {
    Object.assign(out.keys, data.besides ?? {});
    for (const name of data.names) out.keys[name] = { help: '', required: false, holds: data.of };
    if (data.to) out.names.push(data.to);
    out.words.push(...data.also);
  } else if (data.is === 'choice') out.words.push(...data.of);
  else if (data.is === 'flag') out.words.push('true', 'false');
  else if (data.is === 'reference') {
    out.words.push(...data.also);
    out.names.push(...data.to);
  }
}
