// Where a text gives away personal data: e-mail, phone, payment card, IBAN, account numbers, and masks of our own numbers.
import type { PersonalDataKind } from '@rejoinder/contracts/voice-rules';

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
  const found: Place[] = [];
  if (kinds.includes('email')) found.push(...emails(text));
  if (kinds.includes('iban')) found.push(...ibans(text));
  found.push(...numbers(text, kinds));
  if (kinds.includes('account_number')) found.push(...accounts(text));
  for (const mask of masks) found.push(...maskPlaces(text, mask));
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  let last = -1;
  return found.filter((place) => {
    if (place.from < last || allowed.has(bare(text.slice(place.from, place.to)))) return false;
    last = place.to;
    return true;
  });
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

function numbers(text: string, kinds: readonly PersonalDataKind[]): Place[] {
  const found: Place[] = [];
  for (const run of text.matchAll(/\+?\(?\d(?:[ \u00A0().\-/]{0,2}\d){6,24}/g)) {
    const from = run.index;
    const to = from + run[0].length;
    const digits = run[0].replace(/\D/g, '');
    // A number inside a longer word or an address is not a phone.
    if (/[\p{L}\p{N}_=/#-]/u.test(text.charAt(from - 1)) || /[\p{L}_]/u.test(text.charAt(to))) continue;
    if (kinds.includes('payment_card') && isPaymentCard(digits)) found.push({ from, to, kind: 'payment_card' });
    else if (kinds.includes('phone') && isPhone(run[0], digits)) found.push({ from, to, kind: 'phone' });
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
  for (const run of text.matchAll(/\b[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}/g)) {
    // Words may follow the number; the longest stretch that checks out is taken.
    for (let length = run[0].length; length >= 15; length -= 1) {
      if (!isIban(run[0].slice(0, length)) || run[0].charAt(length - 1) === ' ') continue;
      found.push({ from: run.index, to: run.index + length, kind: 'iban' });
      break;
    }
  }
  return found;
}

function accounts(text: string): Place[] {
  const found: Place[] = [];
  const named =
    /\b(?:account|customer|client|contract|policy|member(?:ship)?)[ -]?(?:number|no|nr|id)?[.:# ]{0,3}(?:is )?([A-Za-z]{0,4}[-/]?\d[\dA-Za-z/-]{4,24})/gi;
  for (const run of text.matchAll(named)) {
    const number = run[1] ?? '';
    if ((number.match(/\d/g)?.length ?? 0) < 5) continue;
    const to = run.index + run[0].length;
    found.push({ from: to - number.length, to, kind: 'account_number' });
  }
  return found;
}

/** `#` a digit, `@` a letter, anything else itself; spaces and hyphens in the text may be left out. */
function maskPlaces(text: string, mask: string): Place[] {
  const found: Place[] = [];
  for (let from = 0; from < text.length; from += 1) {
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
    while (/[ \-/]/.test(text.charAt(at)) && at > from && !/[ \-/]/.test(want)) at += 1;
    const char = text.charAt(at);
    if (want === '#' ? /\d/.test(char) : want === '@' ? /\p{L}/u.test(char) : char.toLowerCase() === want.toLowerCase())
      at += 1;
    else if (!/[ \-/]/.test(want)) return -1;
  }
  return at;
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[\s().\-/]/g, '');
}
