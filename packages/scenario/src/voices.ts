// Answers: how this person types the same sentence. Handles, hashtags and links are never touched.
import type { Person, Style } from './cast.ts';
import type { Random } from './random.ts';
import type { Mood } from './story.ts';

const short: Record<string, string> = {
  you: 'u',
  your: 'ur',
  please: 'pls',
  because: 'cos',
  thanks: 'thx',
  people: 'ppl',
  message: 'msg',
  tomorrow: 'tmrw',
  about: 'abt',
  "you're": 'ur',
  are: 'r',
  and: '&',
};

const emoji: Record<Mood, readonly string[]> = {
  negative: ['😡', '🤬', '🙄', '😤', '☔', '🤦‍♀️', '😭', '💦', '👏👏👏', '🤡', '🌧️'],
  neutral: ['🤔', '👀', '📦', '🙏', '🤷'],
  positive: ['❤️', '🙏', '😊', '👏', '🥰', '☕', '💪'],
};

/** The text as this person would have typed it; the angrier, the more their habits show. */
export function inVoice(text: string, person: Person, anger: number, random: Random): string {
  const typed = habits[person.style](text, person, anger, random);
  return random.chance(person.mood === 'neutral' ? 0.02 : 0.038)
    ? `${typed} ${random.pick(emoji[person.mood])}`
    : typed;
}

const habits: Record<Style, (text: string, person: Person, anger: number, random: Random) => string> = {
  plain: (text, _, anger, random) => (anger >= 3 && random.chance(0.25) ? shoutLast(text) : text),
  lower: (text, _, __, random) =>
    eachWord(text, (word) => word.toLowerCase()).replace(/\.$/, () => (random.chance(0.8) ? '' : '.')),
  shout: (text, _, anger) =>
    anger >= 4 ? eachWord(text, (word) => word.toUpperCase()) : anger >= 1 ? shoutLast(text) : text,
  dots: (text) => text.replace(/([a-z])\. (?=[A-Z])/g, '$1... '),
  formal: (text, person, anger, random) =>
    person.told.length < 4 && text.length < 190
      ? `${text.replace(/([^.!?])$/, '$1.')} ${anger >= 2 ? signature(person) : `${random.pick(['Regards', 'Kind regards', 'Yours', 'Thank you'])}, ${signature(person)}`}`
      : text,
  clipped: (text) => eachWord(text, (word) => short[word.toLowerCase()] ?? word).replace(/n't\b/g, 'nt'),
  typos: (text, _, __, random) => {
    const slips = random.int(1, 2);
    let left = slips;
    return eachWord(text, (word) => {
      if (left === 0 || word.length < 6 || !/^[a-z]+$/.test(word) || !random.chance(0.12)) return word;
      left -= 1;
      const place = random.int(1, word.length - 3);
      return word.slice(0, place) + word.charAt(place + 1) + word.charAt(place) + word.slice(place + 2);
    });
  },
};

function signature(person: Person): string {
  return person.name.startsWith(person.firstName) ? person.name : person.firstName;
}

function shoutLast(text: string): string {
  const start = Math.max(text.lastIndexOf('. '), text.lastIndexOf('? '), text.lastIndexOf('! '));
  const last = text.slice(start + 1);
  if (last.length > 70) return text.replace(/\.$/, '!!');
  return text.slice(0, start + 1) + eachWord(last, (word) => word.toUpperCase());
}

function eachWord(text: string, change: (word: string) => string): string {
  return text
    .split(' ')
    .map((word) => (/^[("]?[@#]|https?:|\.example|@/.test(word) ? word : change(word)))
    .join(' ');
}
