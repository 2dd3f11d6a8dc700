// Answers: who posts. Makes people with a platform, a handle, a following, a parcel, a temper and a way of typing.

import { abroadNames, family, given, nicknames } from './names.ts';
import { cities, type Parcel, parcels } from './parcels.ts';
import { type Foreign, foreign } from './phrases-abroad.ts';
import type { Grievance } from './phrases-complaints.ts';
import { handleOn, type Platform, platforms } from './platforms.ts';
import type { Random } from './random.ts';
import type { Mood, Told } from './story.ts';

export type Style = 'plain' | 'lower' | 'shout' | 'dots' | 'formal' | 'clipped' | 'typos';

export type Person = {
  id: string;
  platform: Platform;
  handle: string;
  name: string;
  firstName: string;
  followers: number | null;
  mood: Mood;
  style: Style;
  /** Null for somebody who waits for nothing and only passes by. */
  parcel: Parcel | null;
  city: string;
  city2: string;
  grievance: Grievance;
  waitingDays: number;
  /** Has the parcel, soaked; otherwise still waits for it. */
  received: boolean;
  /** How many posts they will write in all. */
  budget: number;
  told: Told[];
  /** Fragments already used, so that nobody repeats themselves. */
  used: Set<string>;
  foreign: Foreign | null;
};

/** 62 % write once; 38 % write twice or more and two thirds of all posts; 6 % five or more, at most 63. */
const budgets = [
  [1, 62],
  [2, 19],
  [3, 9.5],
  [4, 3.5],
  [5, 6],
] as const;

/** Posts per person that the table above comes to; arrivals are divided by it. */
export const postsPerPerson = 1.88;

const styles: readonly (readonly [Style, number])[] = [
  ['plain', 47],
  ['lower', 16],
  ['shout', 11],
  ['dots', 7],
  ['formal', 7],
  ['clipped', 6],
  ['typos', 6],
];

const reasons: readonly (readonly [Grievance, number])[] = [
  ['service', 27],
  ['late', 21],
  ['unclear', 14],
  ['wet', 13],
  ['refund', 10],
  ['app', 7],
  ['staff', 5],
  ['photo', 3],
];

/** Makes the next person. Followers are log-normal, median 440, as measured of people who mention brands. */
export function castFrom(random: Random): () => Person {
  const platformOdds = platforms.map((platform) => [platform, platform.share] as const);
  const taken = new Set<string>();
  let count = 0;
  return () => {
    count += 1;
    let platform = random.weighted(platformOdds);
    const budget = budgetFrom(random);
    const abroad = budget <= 2 && platform.handles && random.chance(0.017) ? random.pick(foreign) : null;
    const mood = abroad?.mood ?? moodFor(budget, random);
    // A review site is for judging a delivery, not for asking or looking on.
    if (mood === 'neutral') while (platform.id === 'reviews') platform = random.weighted(platformOdds);
    const named = abroad ? foreignName(abroad.lang, random) : nameFrom(random);
    let handle = handleOn(platform.id, named.stem, random);
    while (taken.has(handle)) handle = handleOn(platform.id, `${named.stem}${random.int(2, 9999)}`, random);
    taken.add(handle);
    const grievance = random.weighted(reasons);
    const onlooker = mood === 'negative' && budget <= 2 && platform.id !== 'reviews' && random.chance(0.2);
    return {
      id: `p${count}`,
      platform,
      handle,
      name: named.name,
      firstName: named.firstName,
      followers: platform.followers ? Math.min(4_000_000, Math.round(random.logNormal(440, 2.1))) : null,
      mood,
      style: random.weighted(styles),
      parcel: onlooker ? null : random.pick(parcels),
      city: random.pick(cities),
      city2: random.pick(cities),
      grievance,
      received: grievance === 'wet',
      waitingDays: random.int(2, 6),
      budget,
      told: [],
      used: new Set(),
      foreign: abroad,
    };
  };
}

function budgetFrom(random: Random): number {
  const drawn = random.weighted(budgets);
  if (drawn < 5) return drawn;
  return Math.min(63, Math.floor(5 * (1 - random.uniform()) ** (-1 / 2.6)));
}

/** The more often somebody posts, the likelier they are cross; over all posts 63 : 21 : 16. */
function moodFor(budget: number, random: Random): Mood {
  const odds: [Mood, number][] =
    budget >= 5
      ? [
          ['negative', 85],
          ['neutral', 10],
          ['positive', 5],
        ]
      : [
          ['negative', 56],
          ['neutral', 25],
          ['positive', 19],
        ];
  return random.weighted(odds);
}

function nameFrom(random: Random): { name: string; firstName: string; stem: string } {
  const firstName = random.pick(given);
  if (random.chance(0.16)) {
    const [name = '', stem = ''] = random.pick(nicknames);
    return { name, firstName, stem };
  }
  const last = random.pick(family);
  const year = random.int(52, 99);
  const stem = random.pick([
    `${firstName}${last}`,
    `${firstName}_${last}`,
    `${firstName.charAt(0)}${last}${year}`,
    `${firstName}${year}`,
    `${last}${firstName.charAt(0)}`,
    `its${firstName.toLowerCase()}`,
    `${firstName}_${last.charAt(0)}`,
    `the${last.toLowerCase()}s`,
    `${last.toLowerCase()}_${random.pick(['family', 'towers', 'and_sons', 'at_no9', 'hq'])}`,
    `${firstName.toLowerCase()}${random.pick(['bakes', 'runs', 'knits', 'gardens', 'teaches', 'reads', 'onabike'])}`,
    `${firstName.toLowerCase()}and${random.pick(['dog', 'thekids', 'co', 'dave', 'cats', 'bikes'])}`,
  ]);
  const name = random.weighted([
    [`${firstName} ${last}`, 60],
    [firstName, 15],
    [`${firstName} ${last.charAt(0)}.`, 12],
    [firstName.toLowerCase(), 8],
    [`Dr ${firstName} ${last}`, 3],
  ]);
  return { name, firstName, stem };
}

function foreignName(lang: string, random: Random): { name: string; firstName: string; stem: string } {
  const [name = '', stem = ''] = random.pick(abroadNames[lang] ?? [['Sam', 'sam']]);
  return { name, firstName: name.split(' ')[0] ?? name, stem };
}
