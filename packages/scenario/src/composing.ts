// Answers: what one person says next, put together from hand-written fragments to fit who they are and what they know.
import type { Person } from './cast.ts';
import { company, hashtags } from './company.ts';
import { cutAtWord } from './copies.ts';
import { type Decks, type Facts, fill, tidy } from './grammar.ts';
import { weekdays } from './parcels.ts';
import { demands, leavings, openers, rivalTalk } from './phrases-anger.ts';
import { details, type Grievance, grievances } from './phrases-complaints.ts';
import { comforts, quarrels, queries, remarks, selfReplies, supports } from './phrases-replies.ts';
import { drivers, neutrals, onlookers, praises, wholeComplaints } from './phrases-whole.ts';
import type { Random } from './random.ts';
import { giveaways, type Told } from './story.ts';
import { inVoice } from './voices.ts';

export type Moment = { at: number; leakAt: number };
export type Composed = { text: string; topic: string };

const minute = 60_000;
const day = 1440 * minute;
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** Where a grievance leads when the first complaint gets no answer. */
const leadsTo: Record<Grievance, readonly Grievance[]> = {
  late: ['unclear', 'service', 'late', 'refund'],
  unclear: ['service', 'unclear', 'late', 'app'],
  wet: ['refund', 'service', 'wet'],
  refund: ['service', 'refund'],
  app: ['service', 'unclear', 'app'],
  service: ['service', 'unclear', 'refund', 'late'],
  staff: ['service', 'staff', 'late'],
  photo: ['photo', 'unclear', 'service'],
};

export type Composer = { say(person: Person, moment: Moment, answering: Told | null): Composed };

export function composerFrom(random: Random, decks: Decks): Composer {
  const say = (person: Person, moment: Moment, answering: Told | null): Composed => {
    let said: Composed = { text: '', topic: 'other' };
    // One person in four asks something; a text spoken too early or against that wish is thrown away, a few times at most.
    const asks = random.chance(0.24);
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const draft =
        answering && answering.truth.person !== person.id
          ? answer(person, moment, answering)
          : own(person, moment, answering !== null);
      said = { topic: draft.topic, text: finish(draft.text, person, moment) };
      if (tooEarly(said.text, moment)) continue;
      if (said.text.includes('?') === asks || attempt >= 3) return said;
    }
    return said;
  };

  /** A fragment this person has not used, filled; an empty text when none fits. */
  const take = (list: readonly string[], person: Person, facts: Facts, moment: Moment): string => {
    for (let attempt = 0; attempt < 7; attempt += 1) {
      const fragment = decks.draw(list);
      if (person.used.has(fragment)) continue;
      const text = fill(fragment, facts, random);
      if (text === null || tooEarly(text, moment)) continue;
      if (person.budget > 1 && fragment.length > 12) person.used.add(fragment);
      return text;
    }
    return '';
  };

  const own = (person: Person, moment: Moment, underOwnPost: boolean): Composed => {
    const facts = factsOf(person, moment, random);
    if (person.foreign) return { text: fill(person.foreign.text, facts, random) ?? '', topic: 'abroad' };
    if (person.mood === 'neutral')
      return {
        text: take(neutrals, person, facts, moment) || take(neutrals, person, facts, moment),
        topic: 'question',
      };
    if (person.mood === 'positive')
      return { text: take(praises, person, facts, moment) || take(praises, person, facts, moment), topic: 'praise' };
    const anger = angerOf(person);
    if (!person.parcel) {
      const text = take(onlookers, person, facts, moment);
      if (text) return { text, topic: 'photo' };
    }
    if (underOwnPost && random.chance(0.2)) {
      const text = take(selfReplies, person, facts, moment);
      if (text) return { text, topic: 'service' };
    }
    if (anger < 3 && random.chance(0.2)) {
      const text = take(wholeComplaints, person, facts, moment);
      if (text) return { text, topic: person.grievance };
    }
    return built(person, facts, anger, moment);
  };

  const built = (person: Person, facts: Facts, anger: number, moment: Moment): Composed => {
    if (person.told.length > 0 && random.chance(0.45)) person.grievance = random.pick(leadsTo[person.grievance]);
    const grievance = person.grievance === 'photo' && moment.at < moment.leakAt ? 'unclear' : person.grievance;
    const goal = Math.min(person.platform.limit - 30, random.logNormal(person.platform.handles ? 135 : 205, 0.42));
    const parts: string[] = [];
    const add = (list: readonly string[]): void => {
      const text = take(list, person, facts, moment);
      const length = parts.reduce((sum, part) => sum + part.length + 1, 0);
      if (text && length + text.length < person.platform.limit - 24) parts.push(text);
    };
    const length = (): number => parts.reduce((sum, part) => sum + part.length + 1, 0);
    if (random.chance(anger === 0 ? 0.45 : 0.8)) add(openers[anger] ?? []);
    add(grievances[grievance]);
    if (length() < goal && random.chance(0.65)) add(details);
    if (length() < goal && random.chance(0.25)) add(grievances[random.pick(leadsTo[grievance])]);
    if (random.chance(0.028)) add(rivalTalk);
    if (random.chance(0.022 + 0.01 * anger)) add(leavings);
    if (length() < goal || random.chance(0.2)) add(demands[anger] ?? []);
    return { text: parts.join(' '), topic: grievance };
  };

  const answer = (person: Person, moment: Moment, told: Told): Composed => {
    const facts: Facts = {
      ...factsOf(person, moment, random),
      who: person.platform.handles ? `@${told.mention.author.handle}` : told.firstName,
      theirs: told.thing ? `${random.pick(['the', 'your', 'that'])} ${told.thing}` : undefined,
    };
    const list =
      person.mood === 'positive'
        ? comforts
        : person.mood === 'neutral'
          ? random.chance(0.4)
            ? queries
            : remarks
          : told.truth.mood === 'negative'
            ? supports
            : quarrels;
    const first = take(list, person, facts, moment);
    if (!first) return own(person, moment, false);
    if (list !== supports || !random.chance(0.45)) return { text: first, topic: told.truth.topic };
    const second = take(random.chance(0.6) ? grievances[person.grievance] : details, person, facts, moment);
    return { text: tidy(`${first} ${second}`), topic: told.truth.topic };
  };

  /** Voice, hashtags, a link now and then, the company's name if nobody has said it, and the platform's limit. */
  const finish = (plain: string, person: Person, moment: Moment): string => {
    const { platform } = person;
    let text = plain.replace(/([:,])\s+([A-Z][a-z])/g, (all, mark: string, word: string) =>
      mark === ':' ? all : `${mark} ${word}`,
    );
    text = person.foreign ? text : inVoice(text, person, angerOf(person), random);
    const handle = company.handles[platform.id] ?? company.name;
    if (platform.handles && !text.startsWith('@') && !/drove/i.test(text)) {
      text = random.chance(0.6) ? `@${handle} ${text}` : `${text} @${handle}`;
    }
    if (platform.handles && random.chance(0.12)) text = `${text} ${hashtag(moment)}`;
    if (random.chance(platform.handles ? 0.05 : 0.02)) text = `${text} ${link()}`;
    return cutAtWord(text, platform.limit);
  };

  const hashtag = (moment: Moment): string => {
    const known = hashtags.filter(({ fromMinute }) => moment.at - moment.leakAt >= fromMinute * minute);
    return random.weighted(known.map(({ tag, weight }) => [tag, weight] as const));
  };
  const link = (): string => `https://pics.example/${random.int(46656, 1679615).toString(36)}`;

  return { say };
}

/** 0 for the first post, 4 for those who have stopped expecting an answer. Some people are born at 1. */
export function angerOf(person: Person): number {
  const asked = person.told.length;
  return asked === 0 ? 0 : asked === 1 ? 1 : asked <= 3 ? 2 : asked <= 6 ? 3 : 4;
}

function tooEarly(text: string, { at, leakAt }: Moment): boolean {
  const known = (at - leakAt) / minute;
  return giveaways.some(({ words, fromMinute }) => known < fromMinute && words.test(text));
}

function factsOf(person: Person, { at, leakAt }: Moment, random: Random): Facts {
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
  return {
    co: platform.handles ? `@${handle}` : company.name,
    Co: company.name,
    my: parcel?.my,
    thing: parcel?.thing,
    thingloud: parcel?.thing.toUpperCase(),
    stake: parcel?.stake.replace('{soon}', soon).replace('{soon}', 'Sunday').replace('{since}', weekday(since)),
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
