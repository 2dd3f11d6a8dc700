// Makes ids: a prefix and 26 characters that sort by time, so that rows of one moment lie together.
import { randomFillSync } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_CHARACTERS = 10;
const CHANCE = 12;
let counter = 0;
/** Chance is fetched for many ids at once; asking the system for each costs more than the rest of an id. */
const pool = new Uint8Array(CHANCE * 256);
let used = pool.length;
let newest = { at: Number.NaN, text: '' };

/** `card_` + 10 characters of milliseconds + 4 of a counter + 12 of chance. */
export function newId(prefix: string, now: number): string {
  counter = (counter + 1) % 32 ** 4;
  if (newest.at !== now) newest = { at: now, text: base32(now, TIME_CHARACTERS) };
  return `${prefix}_${newest.text}${base32(counter, 4)}${chance()}`;
}

function chance(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  let out = '';
  for (const end = used + CHANCE; used < end; used++) out += ALPHABET[(pool[used] ?? 0) & 31];
  return out;
}

/** The instant an id was made at, so that a time-partitioned row is found by its id alone. */
export function instantOf(id: string): string {
  const digits = id.slice(id.lastIndexOf('_') + 1).slice(0, TIME_CHARACTERS);
  let value = 0;
  for (const digit of digits) value = value * 32 + ALPHABET.indexOf(digit);
  return new Date(value).toISOString();
}

function base32(value: number, width: number): string {
  let out = '';
  for (let i = 0, rest = value; i < width; i++, rest = Math.floor(rest / 32)) out = (ALPHABET[rest % 32] ?? '0') + out;
  return out;
}
