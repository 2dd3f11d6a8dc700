// Shapes of single values: words, names, numbers, durations, dates, choices, and names declared elsewhere in the plan.
import { readPhrase } from '@rejoinder/contracts/phrase-language';
import { amountIn, choiceIn, countIn, dateIn, flagIn, nameIn, secondsIn, shareIn, wordsIn } from '../expect.ts';
import type { Place } from '../faults.ts';
import type { Located } from '../located.ts';
import type { Reading, RefKind } from '../reading.ts';
import type { Shape } from './shape.ts';

export const words: Shape<string> = {
  data: { is: 'words' },
  read: (reading, node) => wordsIn(reading, node, ''),
  standIn: () => '',
};

export const name: Shape<string> = {
  data: { is: 'name' },
  read: (reading, node) => nameIn(reading, node, ''),
  standIn: () => '',
};

/** Seconds. */
export const duration: Shape<number> = {
  data: { is: 'duration' },
  read: (reading, node) => secondsIn(reading, node, 1),
  standIn: () => 1,
};

export const flag: Shape<boolean> = {
  data: { is: 'flag' },
  read: (reading, node) => flagIn(reading, node, false),
  standIn: () => false,
};

export const date: Shape<string> = {
  data: { is: 'date' },
  read: (reading, node) => dateIn(reading, node) ?? '',
  standIn: () => '',
};

/** A share from 0 to 1, written `50%`. */
export const share: Shape<number> = {
  data: { is: 'share' },
  read: (reading, node) => shareIn(reading, node),
  standIn: () => 0.5,
};

export function count(most = 100_000): Shape<number> {
  return {
    data: { is: 'count', least: 1, most },
    read: (reading, node) => countIn(reading, node, 1, most),
    standIn: () => 1,
  };
}

/** An amount in the plan's currency, or any number that is not negative. */
export const amount: Shape<number> = {
  data: { is: 'money', least: 0, most: 1_000_000_000 },
  read: (reading, node) => amountIn(reading, node),
  standIn: () => 0,
};

export function choice<const T extends string>(of: readonly T[], standIn: T | undefined = of[0]): Shape<T> {
  const stand = standIn as T;
  return {
    data: { is: 'choice', of },
    read: (reading, node) => choiceIn(reading, node, of, stand),
    standIn: () => stand,
  };
}

/** Words of a stated form. */
export function written(pattern: string, example: string, says: string): Shape<string> {
  const form = new RegExp(pattern, 'u');
  return {
    data: { is: 'written', pattern, example },
    read: (reading, node) => {
      const text = wordsIn(reading, node, '');
      if (text !== '' && !form.test(text))
        reading.faults.add(node.at, `\`${text.slice(0, 60)}\` is not ${says}.`, `such as \`${example}\``);
      return text;
    },
    standIn: () => '',
  };
}

/** An IANA time zone. */
export const zone: Shape<string> = {
  data: { is: 'zone' },
  read: (reading, node) => {
    const text = wordsIn(reading, node, 'UTC');
    if (isZone(text)) return text;
    reading.faults.add(
      node.at,
      `\`${text.slice(0, 60)}\` is not a time zone.`,
      'a name such as `Europe/Berlin` or `UTC`',
    );
    return 'UTC';
  },
  standIn: () => 'UTC',
};

/** A name that another block declares. `also` are words with a meaning of their own. */
export function ref(to: RefKind | readonly RefKind[], also: readonly string[] = []): Shape<string> {
  const kinds = typeof to === 'string' ? [to] : to;
  return {
    data: { is: 'reference', to: kinds, also },
    read: (reading, node) => {
      const text = wordsIn(reading, node, '');
      if (text !== '') reading.refer(kinds, text, node.at, undefined, also);
      return text;
    },
    standIn: () => '',
  };
}

/** A phrase in the plan's own small language. */
export const pattern: Shape<string> = {
  data: { is: 'pattern' },
  read: (reading, node) => {
    const text = wordsIn(reading, node, '');
    if (text !== '') checkPattern(reading, text, node.at);
    return text;
  },
  standIn: () => '',
};

export const mask: Shape<string> = {
  data: { is: 'mask' },
  read: (reading: Reading, node: Located) => {
    const text = wordsIn(reading, node, '');
    if (!/^(?=.*[#@])[\p{L}\p{N}#@ ./-]{4,40}$/u.test(text))
      reading.faults.add(
        node.at,
        `\`${text.slice(0, 60)}\` is not a mask.`,
        'a mask such as `RF-########`: # a digit, @ a letter',
      );
    return text;
  },
  standIn: () => '',
};

function checkPattern(reading: Reading, text: string, at: Place): void {
  const read = readPhrase(text);
  if ('says' in read)
    reading.faults.add(
      at,
      read.says,
      'words, `word*` for any ending, `(a|b)` for a choice, `(a)?` for one that may be absent',
    );
}

/** Asking for a zone is slow, and a plan names few; what was asked is remembered, within bounds. */
const zones = new Map<string, boolean>();

function isZone(text: string): boolean {
  const known = zones.get(text);
  if (known !== undefined) return known;
  const found = /^[A-Za-z][A-Za-z0-9_+-]{0,30}(\/[A-Za-z0-9_+-]{1,30}){0,2}$/.test(text) && isKnownZone(text);
  if (zones.size < 200) zones.set(text, found);
  return found;
}

function isKnownZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
