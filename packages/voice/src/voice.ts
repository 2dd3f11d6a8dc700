// May it be said like this? Every finding of the plan's voice rules in a text, with its place, its clause and a repair.
import type { Finding } from '@rejoinder/contracts/cards';
import { VOICE } from '@rejoinder/contracts/voice-numbers';
import type { Voice } from '@rejoinder/contracts/voice-rules';
import { hasElement } from './elements.ts';
import { findLeftovers } from './leftovers.ts';
import { lengthOn, overflowsAt } from './length.ts';
import { findPersonalData } from './personal-data.ts';
import { compilePhrase, findNear, findPhrase, type Pattern, type Span } from './phrases.ts';
import { type Word, wordsOf } from './words.ts';

/** What is known of the card; required elements may hold for some classes only. `pictured`: pictures stand for an empty text. */
export type About = { cardClass: string | null; pictured?: boolean };

type Insists = { clause: string; strength: Finding['strength']; why: string; repair: string | null };
type Ready = { banned: Pattern[][]; required: Pattern[][]; leftovers: Pattern[]; liability: Pattern[] };

/**
 * All findings in the order of their places. Offsets are UTF-16. An empty text has none, unless
 * pictures stand for it: that a reply is there is another rule.
 * The rules of a voice are compiled once per object, so pass the same one again.
 */
export function findings(voice: Voice, text: string, platform: string, about: About = { cardClass: null }): Finding[] {
  if (text.trim() === '' && !about.pictured) return [];
  const ready = compiled(voice);
  const words = wordsOf(text);
  const found: Finding[] = [
    ...bannedIn(voice, ready, text, words),
    ...missingFrom(voice, ready, text, words, about),
    ...personalDataIn(voice, text),
    ...leftoversIn(voice, ready, text, words),
    ...liabilityIn(voice, ready, text, words),
    ...tooLongFor(voice, text, platform),
  ];
  return found.sort((a, b) => a.from - b.from || a.to - b.to);
}

/** True when words in the text bring the legal signature in. */
export function touchesLiability(found: readonly Pick<Finding, 'rule'>[]): boolean {
  return found.some((finding) => finding.rule === VOICE.liability);
}

const cache = new WeakMap<Voice, Ready>();

function compiled(voice: Voice): Ready {
  const known = cache.get(voice);
  if (known) return known;
  const all = (patterns: readonly string[]) => patterns.flatMap((pattern) => compilePhrase(pattern) ?? []);
  const ready: Ready = {
    banned: voice.banned.map((rule) => all(rule.patterns)),
    required: voice.required.map((rule) => all(rule.any)),
    leftovers: all(voice.leftovers.words),
    liability: all(voice.liability.words),
  };
  cache.set(voice, ready);
  return ready;
}

/** VO-1 */
function bannedIn(voice: Voice, ready: Ready, text: string, words: Word[]): Finding[] {
  return voice.banned.flatMap((rule, i) => {
    const patterns = ready.banned[i] ?? [];
    const [one, two] = patterns;
    const isNear = rule.form === 'near' && one && two;
    const spans = isNear
      ? findNear(one, two, rule.within, words)
      : patterns.flatMap((pattern) => findPhrase(pattern, words));
    return spans.map((span) => finding(VOICE.phrase, rule, rule.why, text, placeOf(span, words)));
  });
}

/** VO-2 */
function missingFrom(voice: Voice, ready: Ready, text: string, words: Word[], about: About): Finding[] {
  return voice.required.flatMap((rule, i) => {
    if (hasElement(rule, ready.required[i] ?? [], text, words, about.cardClass)) return [];
    const end = rule.signature ? text.length : 0;
    return [finding(VOICE.element, rule, `The reply lacks ${rule.name}. ${rule.why}`, text, { from: end, to: end })];
  });
}

/** VO-3. Always blocks; the sentence never repeats what it found. */
function personalDataIn(voice: Voice, text: string): Finding[] {
  const { kinds, masks, allow } = voice.personalData;
  const names = {
    email: 'an e-mail address',
    phone: 'a phone number',
    payment_card: 'a payment card',
    iban: 'a bank account',
    account_number: 'an account number',
  };
  return findPersonalData(text, kinds, masks, allow).map((place) => {
    const says = `This looks like ${names[place.kind]}. ${voice.personalData.why}`;
    return finding(VOICE.personalData, { ...voice.personalData, strength: 'block' }, says, text, place);
  });
}

/** VO-5 */
function leftoversIn(voice: Voice, ready: Ready, text: string, words: Word[]): Finding[] {
  const own = ready.leftovers.flatMap((pattern) => findPhrase(pattern, words)).map((span) => placeOf(span, words));
  return [...findLeftovers(text), ...own].map((place) =>
    finding(VOICE.leftover, voice.leftovers, voice.leftovers.why, text, place),
  );
}

/** VO-6 */
function liabilityIn(voice: Voice, ready: Ready, text: string, words: Word[]): Finding[] {
  const spans = ready.liability.flatMap((pattern) => findPhrase(pattern, words));
  return spans.map((span) =>
    finding(VOICE.liability, voice.liability, voice.liability.why, text, placeOf(span, words)),
  );
}

/** VO-4 */
function tooLongFor(voice: Voice, text: string, platform: string): Finding[] {
  const at = overflowsAt(platform, text);
  if (at === null) return [];
  const { count, limit } = lengthOn(platform, text);
  const says = `The reply has ${count} characters as ${platform} counts; ${limit} fit. ${voice.length.why}`;
  return [finding(VOICE.length, voice.length, says, text, { from: at, to: text.length })];
}

function placeOf(span: Span, words: Word[]): { from: number; to: number } {
  return { from: words[span.from]?.from ?? 0, to: words[span.to - 1]?.to ?? 0 };
}

function finding(
  rule: string,
  insists: Insists,
  says: string,
  text: string,
  place: { from: number; to: number },
): Finding {
  const { clause, strength, repair } = insists;
  return {
    rule,
    clause,
    strength,
    from: place.from,
    to: place.to,
    match: text.slice(place.from, place.to),
    says,
    repair,
  };
}
