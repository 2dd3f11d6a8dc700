// Where a text gives away personal data: e-mail, phone, payment card, IBAN, account numbers, and masks of our own numbers.
import type { PersonalDataKind } from '@rejoinder/contracts/voice-rules';
import { asSeen, endIn } from './as-seen.ts';

/** UTF-16 offsets in the text. */
export type Place = { from: number; to: number; kind: PersonalDataKind };

const LOCAL = /[\p{L}\p{N}._%+-]/u;
const DOMAIN = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,24}/u;
/** Longest local part that is looked at, so that a long line of letters costs nothing. */
const LONGEST_LOCAL = 64;

/** Every place, in order. Linear in the length of the text. */
export function findPersonalData(
  text: string,
  kinds: readonly PersonalDataKind[],
  masks: readonly string[],
  allow: readonly string[],
): Place[] {
  const allowed = new Set(allow.map(bare));
  const { text: seen, places } = asSeen(text);
  const found: Place[] = [];
  if (kinds.includes('email')) found.push(...emails(seen), ...speltOutEmails(seen));
  if (kinds.includes('iban')) found.push(...ibans(seen));
  found.push(...numbers(seen, kinds));
  if (kinds.includes('account_number')) found.push(...accounts(seen));
  for (const mask of masks) found.push(...maskPlaces(seen, mask));
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  let last = -1;
  const apart = found.filter((place) => {
    if (place.from < last || allowed.has(bare(seen.slice(place.from, place.to)))) return false;
    last = place.to;
    return true;
  });
  return apart.map(({ from, to, kind }) => ({ from: places[from] ?? 0, to: endIn(text, places[to - 1] ?? 0), kind }));
}

/** Luhn's check digit, as payment cards carry it. */
export function isPaymentCard(digits: string): boolean {
  if (!/^\d{13,19}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** The check digits of an IBAN (ISO 13616: remainder 1 modulo 97). */
export function isIban(text: string): boolean {
  const plain = text.replace(/\s/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(plain)) return false;
  let rest = 0;
  for (const char of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

function emails(text: string): Place[] {
  const found: Place[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let from = at;
    while (from > 0 && at - from < LONGEST_LOCAL && LOCAL.test(text.charAt(from - 1))) from -= 1;
    // `@name@host` is a handle, not an address.
    if (from === at || text.charAt(from - 1) === '@') continue;
    const domain = DOMAIN.exec(text.slice(at + 1, at + 256));
    if (domain) found.push({ from, to: at + 1 + domain[0].length, kind: 'email' });
  }
  return found;
}

/** A quick no: without one of these nothing is spelt out, and the whole is dear to look for in a long line of letters. */
const SPELT_OUT = /[([{]\s?(?:at|@)\s?[)\]}]|\sdot\s/i;

/** `jo (at) example (dot) org`, as people write what they do not want to be read. */
function speltOutEmails(text: string): Place[] {
  if (!SPELT_OUT.test(text)) return [];
  const spelt =
    /[\p{L}\p{N}._%+-]{1,64}\s{0,3}(?:[([{]\s?(?:at|@)\s?[)\]}]\s{0,3}[\p{L}\p{N}-]{1,63}(?:\s{0,3}(?:\.|[([{]\s?(?:dot|\.)\s?[)\]}]|\sdot\s)\s{0,3}[\p{L}\p{N}-]{2,24}){1,4}|\sat\s{1,3}[\p{L}\p{N}-]{1,63}(?:\s{1,3}dot\s{1,3}[\p{L}\p{N}-]{2,24}){1,4})/giu;
  return [...text.matchAll(spelt)].map((run) => ({ from: run.index, to: run.index + run[0].length, kind: 'email' }));
}

const GAP = '[ .\\-/()]{0,3}';
const RUN = new RegExp(`\\+?\\(?\\d(?:${GAP}\\d){6,60}`, 'g');

function numbers(text: string, kinds: readonly PersonalDataKind[]): Place[] {
  const found: Place[] = [];
  for (const run of text.matchAll(RUN)) {
    const from = run.index;
    const to = from + run[0].length;
    // A number inside a longer word or an address is not a phone.
    if (/[\p{L}\p{N}_=/#-]/u.test(text.charAt(from - 1)) || /[\p{L}_]/u.test(text.charAt(to))) continue;
    const cards = kinds.includes('payment_card') ? cardsIn(run[0], from) : [];
    found.push(...cards);
    const digits = run[0].replace(/\D/g, '');
    if (cards.length === 0 && kinds.includes('phone') && isPhone(run[0], digits))
      found.push({ from, to, kind: 'phone' });
  }
  return found;
}

/** Cards in a run of digits: other numbers may stand before and after, so every stretch of whole groups is looked at. */
function cardsIn(run: string, offset: number): Place[] {
  const groups = [...run.matchAll(/\d+/g)];
  const found: Place[] = [];
  for (let first = 0; first < groups.length; first += 1) {
    let digits = '';
    for (let last = first; last < groups.length && digits.length < 19; last += 1) {
      digits += groups[last]?.[0] ?? '';
      if (!isPaymentCard(digits)) continue;
      const [begin, end] = [groups[first], groups[last]];
      found.push({
        from: offset + (begin?.index ?? 0),
        to: offset + (end?.index ?? 0) + (end?.[0].length ?? 0),
        kind: 'payment_card',
      });
      first = last;
      break;
    }
  }
  return found;
}

function isPhone(written: string, digits: string): boolean {
  if (digits.length > 15) return false;
  if (written.startsWith('+') || digits.startsWith('00')) return digits.length >= 8;
  if (digits.startsWith('0')) return digits.length >= 9;
  return /^\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$/.test(written);
}

function ibans(text: string): Place[] {
  const found: Place[] = [];
  const begins = /(?<![A-Za-z0-9])[A-Za-z]{2}[ .-]?\d[ .-]?\d/g;
  for (let run = begins.exec(text); run !== null; run = begins.exec(text)) {
    const to = ibanEnd(text, run.index);
    // Words may stand around the number, and what looked like its beginning may be one of them.
    begins.lastIndex = to < 0 ? run.index + 1 : to;
    if (to >= 0) found.push({ from: run.index, to, kind: 'iban' });
  }
  return found;
}

/** Where the longest IBAN that begins here ends, or -1. At most 34 letters and digits are looked at. */
function ibanEnd(text: string, from: number): number {
  let plain = '';
  let end = -1;
  for (let at = from; at < text.length && plain.length < 34; at += 1) {
    const char = text.charAt(at);
    if (!/[A-Za-z0-9]/.test(char)) {
      if (!/[ .\-/]/.test(char) || /^[ .\-/]{3}$/.test(text.slice(at, at + 3))) break;
      continue;
    }
    plain += char;
    const isWhole = !/[A-Za-z0-9]/.test(text.charAt(at + 1));
    if (plain.length >= 15 && isWhole && isIban(plain)) end = at + 1;
  }
  return end;
}

const NAMED =
  /(?<![\p{L}\p{N}])(?:account|customer|client|contract|policy|member(?:ship)?|routing|kunden|konto|vertrags?|compte|client|contrat|cuenta|cliente|contrato|cuenta de cliente)[ -]?(?:number|num|no|nr|ref|reference|id|nummer|num[eé]ro|n[uú]mero|n[°º])?[.:#=° ]{0,3}(?:is |ist |lautet |est |es )?([A-Za-z]{0,4}[-/]?\d[\dA-Za-z/ -]{4,24})/giu;

function accounts(text: string): Place[] {
  const found: Place[] = [];
  for (const run of text.matchAll(NAMED)) {
    const number = /^[A-Za-z]{0,4}[-/]?\d[\dA-Za-z/-]*(?: [\d-]+)*/.exec(run[1] ?? '')?.[0] ?? '';
    if ((number.match(/\d/g)?.length ?? 0) < 5) continue;
    const from = run.index + run[0].length - (run[1] ?? '').length;
    found.push({ from, to: from + number.length, kind: 'account_number' });
  }
  return found;
}

/** `#` a digit, `@` a letter, anything else itself; spaces and hyphens in the text may be left out. */
function maskPlaces(text: string, mask: string): Place[] {
  const found: Place[] = [];
  const first = mask.charAt(0).toLowerCase();
  const isItself = !/[#@ \-/._]/.test(first) && first !== '';
  for (let from = 0; from < text.length; from += 1) {
    if (isItself && text.charAt(from).toLowerCase() !== first) continue;
    if (from > 0 && /[\p{L}\p{N}]/u.test(text.charAt(from - 1))) continue;
    const to = maskEnd(text, mask, from);
    if (to < 0 || /[\p{L}\p{N}]/u.test(text.charAt(to))) continue;
    found.push({ from, to, kind: 'account_number' });
    from = to;
  }
  return found;
}

function maskEnd(text: string, mask: string, from: number): number {
  let at = from;
  for (const want of mask) {
    while (/[ \-/._]/.test(text.charAt(at)) && at > from && !/[ \-/._]/.test(want)) at += 1;
    const char = text.charAt(at);
    if (want === '#' ? /\d/.test(char) : want === '@' ? /\p{L}/u.test(char) : char.toLowerCase() === want.toLowerCase())
      at += 1;
    else if (!/[ \-/._]/.test(want)) return -1;
  }
  return at;
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[\s().\-/]/g, '');
}
