// Answers: what one person says next, put together from hand-written fragments to fit who they are and what they know.
import type { Person } from './cast.ts';
import { company, hashtags } from './company.ts';
import { cutAtWord } from './copies.ts';
import { factsOf, type Moment } from './facts.ts';
import { type Decks, type Facts, fill, tidy } from './grammar.ts';
import { demands, leavings, openers, rivalTalk } from './phrases-anger.ts';
import * as calm from './phrases-calm.ts';
import { details, type Grievance, grievances } from './phrases-complaints.ts';
import { comforts, quarrels, queries, remarks, selfReplies, supports } from './phrases-replies.ts';
import { underWellKnown } from './phrases-threads.ts';
import { neutrals, onlookers, praises, wholeComplaints } from './phrases-whole.ts';
import type { Random } from './random.ts';
import { giveaways, type Told } from './story.ts';
import { inVoice } from './voices.ts';

export type Composed = { text: string; topic: string };
type List = readonly string[];

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

/** Threads where people bring up their own parcel; elsewhere it would be tasteless. */
const widely = new Set(['leak', 'repeat-poster', 'seller', 'press', 'influencer', 'canned-reply', 'politician']);

export type Composer = { say(person: Person, moment: Moment, answering: Told | null): Composed };

export function composerFrom(random: Random, decks: Decks): Composer {
  /** How often each list of answers to a well-known post was drawn from: after twice through, people speak for themselves. */
  const answered = new Map<List, number>();
  const say = (person: Person, moment: Moment, answering: Told | null): Composed => {
    let said: Composed = { text: '', topic: 'other' };
    // One person in four asks something; a text against that wish, or spoken too early, is thrown away, a few times at most.
    const asks = random.chance(0.33);
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const toOther = answering !== null && answering.truth.person !== person.id;
      const draft = toOther ? answer(person, moment, answering) : own(person, moment, answering !== null);
      if (draft.text === '') continue;
      const text = finish(draft.text, person, moment);
      if (tooEarly(text, moment)) continue;
      said = { topic: draft.topic, text };
      if (text.includes('?') === asks || attempt >= 5) return said;
    }
    // Everything has been said: what is left is the plain question, with the facts of this person.
    if (said.text === '' && answering === null) {
      const facts = factsOf(person, moment, random);
      const bare = fill('Anyone there, {Co}? [Waiting|Asking|Posting] from {city} since {since}.', facts, random) ?? '';
      said = { topic: 'service', text: finish(bare, person, moment) };
    }
    return said;
  };

  /** A fragment this person has not used, filled; an empty text when none fits. */
  const take = (list: List, person: Person, facts: Facts, moment: Moment): string => {
    for (let attempt = 0; attempt < 7; attempt += 1) {
      const fragment = decks.draw(list);
      if (person.used.has(fragment)) continue;
      const text = fill(fragment, facts, random);
      if (text === null || tooEarly(text, moment)) continue;
      if (fragment.length > 12) person.used.add(fragment);
      return text;
    }
    return '';
  };

  /** A whole post by hand, each told once in a storm. */
  const takeOnce = (list: List, facts: Facts, moment: Moment): string => {
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const fragment = decks.once(list);
      const text = fragment === null ? null : fill(fragment, facts, random);
      if (text !== null && !tooEarly(text, moment)) return text;
    }
    return '';
  };

  const own = (person: Person, moment: Moment, underOwnPost: boolean): Composed => {
    const facts = factsOf(person, moment, random);
    const one = (list: List): string => take(list, person, facts, moment);
    const terse = random.chance(0.1);
    const joined = (lists: readonly List[]): string =>
      tidy((terse ? lists.filter((list) => list !== calm.aboutMe).slice(0, 1) : lists).map(one).join(' '));
    const whole = (list: List): string => takeOnce(list, facts, moment);
    if (person.foreign) return { text: fill(person.foreign.text, facts, random) ?? '', topic: 'abroad' };
    if (person.mood === 'neutral') return { text: asking(whole, joined), topic: 'question' };
    if (person.mood === 'positive') return { text: thanking(person, whole, joined), topic: 'praise' };
    const anger = angerOf(person);
    if (!person.parcel) {
      const text = lookingOn(moment, whole, joined);
      if (text) return { text, topic: 'photo' };
    }
    if (underOwnPost && random.chance(0.2)) {
      const text = joined([selfReplies, random.pick([details, demands[anger] ?? details])]);
      if (text) return { text, topic: 'service' };
    }
    if (anger < 3 && random.chance(0.12)) {
      const text = whole(wholeComplaints);
      if (text) return { text, topic: person.grievance };
    }
    return built(person, anger, moment, facts, terse);
  };

  type One = (list: List) => string;
  type Joined = (lists: readonly List[]) => string;

  const thanking = (person: Person, whole: One, joined: Joined): string => {
    if (person.told.length > 0)
      return joined(random.chance(0.7) ? [calm.thanksAgain, calm.kindnessMore] : [calm.kindnesses, calm.kindnessMore]);
    const rare = random.chance(0.3) ? whole(praises) : '';
    if (rare) return rare;
    const { thanksOpeners, thanksClosers } = calm;
    const [what, more] = random.chance(0.5) ? [calm.arrivals, calm.myGoodNews] : [calm.kindnesses, calm.kindnessMore];
    return joined(
      random.pick([
        [thanksOpeners, what, more],
        [what, more, thanksClosers],
        [thanksOpeners, what, thanksClosers],
      ]),
    );
  };

  const asking = (whole: One, joined: Joined): string => {
    const rare = random.chance(0.3) ? whole(neutrals) : '';
    if (rare) return rare;
    if (random.chance(0.45)) return joined([calm.reports, random.chance(0.6) ? calm.aboutMe : calm.asides]);
    return joined(
      random.pick([
        [calm.asks, calm.aboutMe],
        [calm.asks, calm.aboutMe, calm.asides],
        [calm.aboutMe, calm.asks],
      ]),
    );
  };

  const lookingOn = (moment: Moment, whole: One, joined: Joined): string => {
    if (moment.at < moment.leakAt) return '';
    const rare = random.chance(0.3) ? whole(onlookers) : '';
    if (rare) return rare;
    const { onlookerHeads, onlookerTails } = calm;
    return joined(
      random.pick([
        [onlookerHeads, grievances.photo],
        [grievances.photo, onlookerTails],
        [onlookerHeads, grievances.photo, onlookerTails],
      ]),
    );
  };

  const built = (person: Person, anger: number, moment: Moment, facts: Facts, terse: boolean): Composed => {
    if (person.told.length > 0 && random.chance(0.45)) person.grievance = nextGrievance(person);
    const grievance = person.grievance === 'photo' && moment.at < moment.leakAt ? 'unclear' : person.grievance;
    const { limit, handles } = person.platform;
    const goal = Math.min(limit - 30, terse ? 0 : random.logNormal(handles ? 168 : 250, 0.46));
    const parts: string[] = [];
    const length = (): number => parts.reduce((sum, part) => sum + part.length + 1, 0);
    const add = (list: List): void => {
      // Why it matters names the parcel, unless it has been named.
      const named = person.parcel && parts.join(' ').toLowerCase().includes(person.parcel.my.toLowerCase());
      const text = take(list, person, named ? { ...facts, stakefull: facts.stake } : facts, moment);
      if (text && length() + text.length < limit - 24) parts.push(text);
    };
    if (random.chance(terse ? 0.2 : anger === 0 ? 0.45 : 0.8)) add(openers[anger] ?? []);
    add(grievances[grievance]);
    if (length() < goal && random.chance(0.65)) add(details);
    if (length() < goal && random.chance(0.25)) add(grievances[nextGrievance(person)]);
    if (random.chance(0.06)) add(rivalTalk);
    if (random.chance(0.045 + 0.012 * anger)) add(leavings);
    if (length() < goal || random.chance(0.2)) add(demands[anger] ?? []);
    return { text: tidy(parts.join(' ')), topic: grievance };
  };

  /** Nobody who holds the wet box goes on to say that it has not come. */
  const nextGrievance = (person: Person): Grievance =>
    random.pick(
      leadsTo[person.grievance].filter((next) => !person.received || (next !== 'late' && next !== 'unclear')),
    );

  const answer = (person: Person, moment: Moment, told: Told): Composed => {
    const facts: Facts = {
      ...factsOf(person, moment, random),
      who: person.platform.handles ? `@${told.mention.author.handle}` : told.firstName,
      theirs: told.thing ? `${random.pick(['the', 'your', 'that'])} ${told.thing}` : undefined,
      theirs2: told.thing ?? undefined,
    };
    const one = (list: List): string => take(list, person, facts, moment);
    const { topic } = told.truth;
    if (told.truth.kind === 'scripted') {
      const known = underWellKnown[topic]?.[person.mood];
      const worn = known ? (answered.get(known) ?? 0) : 0;
      if (!known || known.length === 0 || worn >= known.length * 2) return { text: '', topic };
      answered.set(known, worn + 1);
      const text = one(known);

      const adds = widely.has(topic) && random.chance(person.mood === 'neutral' ? 0.5 : 0.75);
      return { text: text && adds ? tidy(`${text} ${one(addition(person))}`) : text, topic };
    }
    const calmList = random.chance(0.4) ? queries : remarks;
    const crossList = told.truth.mood === 'negative' ? supports : quarrels;
    const list = person.mood === 'positive' ? comforts : person.mood === 'neutral' ? calmList : crossList;
    const first = one(list);
    return { text: first && random.chance(0.85) ? tidy(`${first} ${one(addition(person))}`) : first, topic };
  };

  /** The most read posts draw the same few words from many people, so most add something of their own. */
  const addition = (person: Person): List => {
    if (person.mood === 'positive') return calm.comfortMore;
    if (person.mood === 'neutral') return calm.aboutMe;
    if (!person.parcel) return calm.onlookerTails;
    return random.pick([
      grievances[person.grievance],
      details,
      calm.mineToo,
      demands[Math.min(2, angerOf(person))] ?? details,
    ]);
  };

  /** Voice, hashtags, a link now and then, the company's name if nobody has said it, and the platform's limit. */
  const finish = (plain: string, person: Person, moment: Moment): string => {
    const { platform } = person;
    let text = person.foreign ? plain : inVoice(plain, person, angerOf(person), random);
    const handle = company.handles[platform.id] ?? company.name;
    if (platform.handles && !text.startsWith('@') && !/drove/i.test(text)) {
      // Those who speak to the company begin with its name; those who speak to the room end with it.
      const speaksToIt = /\b(you|your|u|ur)\b/i.test(text);
      text = random.chance(speaksToIt ? 0.7 : 0.15) ? `@${handle} ${text}` : `${text} @${handle}`;
    }
    if (platform.handles && random.chance(0.17)) text = `${text} ${hashtag(moment)}`;
    if (random.chance(platform.handles ? 0.085 : 0.05)) text = `${text} ${link()}`;
    return cutAtWord(text, platform.limit);
  };

  const hashtag = (moment: Moment): string => {
    const known = hashtags.filter(({ fromMinute }) => moment.at - moment.leakAt >= fromMinute * 60_000);
    return random.weighted(known.map(({ tag, weight }) => [tag, weight] as const));
  };
  const link = (): string => `https://pics.example/${random.int(46656, 1679615).toString(36)}`;

  return { say };
}

/** 0 for a person's first post, 4 for those who have stopped expecting an answer. */
export function angerOf(person: Person): number {
  const asked = person.told.length;
  return asked === 0 ? 0 : asked === 1 ? 1 : asked <= 3 ? 2 : asked <= 6 ? 3 : 4;
}

function tooEarly(text: string, { at, leakAt }: Moment): boolean {
  const known = (at - leakAt) / 60_000;
  return known < 30 && giveaways.some(({ words, fromMinute }) => known < fromMinute && words.test(text));
}
