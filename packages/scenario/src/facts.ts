// Answers: which facts a person's words may name at a moment: their parcel, their days of waiting, how often they have asked.
import type { Person } from './cast.ts';
import { company } from './company.ts';
import type { Facts } from './grammar.ts';
import { weekdays } from './parcels.ts';
import { drivers } from './phrases-whole.ts';
import type { Random } from './random.ts';

/** Now, and the moment of the leaked photo, in milliseconds. */
export type Moment = { at: number; leakAt: number };

const minute = 60_000;
const day = 1440 * minute;
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** What a fragment may say of this person at this moment; a fact they have not got is undefined. */
export function factsOf(person: Person, { at, leakAt }: Moment, random: Random): Facts {
  const { parcel, platform, told } = person;
  const handle = company.handles[platform.id] ?? company.name;
  const date = new Date(at);
  const hour = date.getUTCHours();
  const weekday = (ms: number): string => weekdays[new Date(ms).getUTCDay()] ?? 'Monday';
  const started = told[0]?.at ?? at;
  const since = started - person.waitingDays * day;
  const waited = Math.max(person.waitingDays, Math.floor((at - since) / day));
  const count = told.length + 1;
  const soon = weekday(started + (1 + (person.waitingDays % 3)) * day);
  const hold = [35, 40, 45, 50, 55, 70, 80, 90][Math.floor(random.uniform(0, 8))] ?? 40;
  const stake = parcel?.stake.replace('{soon}', soon).replace('{soon}', 'Sunday').replace('{since}', weekday(since));
  return {
    co: platform.handles ? `@${handle}` : company.name,
    Co: company.name,
    my: parcel?.my,
    // Marks of fragments that only fit somebody who still waits, or who has it, soaked.
    w: parcel && !person.received ? '' : undefined,
    r: parcel && person.received ? '' : undefined,
    thing: parcel?.thing,
    thingloud: parcel?.thing.toUpperCase(),
    stake,
    stakefull: parcel && stake ? `It's ${parcel.my}. ${stake}` : undefined,
    amount:
      parcel && parcel.pounds > 0
        ? random.chance(0.1)
          ? `£${parcel.pounds}`
          : `${parcel.pounds} ${random.pick(['quid', 'pounds'])}`
        : undefined,
    small: random.pick(['3.49', '4.99', '2.95', '6 quid', '5.50']),
    city: person.city,
    city2: person.city2 === person.city ? 'the other end of the country' : person.city2,
    since: weekday(since),
    today: weekday(at),
    roofday: weekday(leakAt - 3 * day),
    soon,
    days: waited < 10 ? `${random.chance(0.7) ? numbers[waited] : waited} days` : `${waited} days`,
    daynumber: waited < 10 && random.chance(0.5) ? numbers[waited] : String(waited),
    hours: random.pick(['8 to 12', '12 to 2', 'one hour', 'four hour', '10.15 to 11.15']),
    hold: random.chance(0.5) ? `${hold} minutes` : hold < 60 ? `the best part of an hour` : 'an hour and a half',
    ref: `DW${1000 + ((person.waitingDays * 7919 + person.handle.length * 104729 + person.handle.charCodeAt(0) * 13) % 9000)}`,
    nth: ordinals[Math.min(count, 10) - 1],
    nn: String(Math.max(count, 3)),
    nnplus: String(Math.max(count, 3) + 1),
    ago: told.length > 0 ? agoOf(at - started) : undefined,
    daypart: hour < 5 ? 'night' : hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : hour < 22 ? 'evening' : 'night',
    driver: random.pick(drivers),
  };
}

function agoOf(ms: number): string {
  const minutes = Math.round(ms / minute);
  if (minutes < 2) return 'a minute';
  if (minutes < 55)
    return `${minutes < 10 ? (numbers[minutes] ?? minutes) : minutes < 20 ? 'a quarter of an hour' : minutes < 40 ? 'half an hour' : 'three quarters of an hour'}${minutes < 10 ? ' minutes' : ''}`;
  if (minutes < 90) return 'an hour';
  if (minutes < 20 * 60) return `${numbers[Math.round(minutes / 60)] ?? Math.round(minutes / 60)} hours`;
  const days = Math.max(1, Math.round(minutes / 1440));
  return days === 1 ? 'a day' : `${numbers[days] ?? days} days`;
}
