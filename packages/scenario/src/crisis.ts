// Answers: the storm itself, as a source would report it: a crisis over days, a rehearsal in real time, or a fixed rate for benches.
import {
  brings,
  broughtAlong,
  burstShape,
  comeback,
  comebacks,
  dayProfile,
  quickComeback,
  rehearsalRate,
} from './arrivals.ts';
import { castFrom, type Person, postsPerPerson } from './cast.ts';
import type { Character, ScriptedPost } from './character.ts';
import { crowd } from './crowd.ts';
import { customers } from './customers.ts';
import { notables } from './notables.ts';
import { randomFrom } from './random.ts';
import type { StormItem, Told } from './story.ts';
import { type Teller, tellerFrom } from './telling.ts';
import { timeline } from './timeline.ts';

export type { StormItem } from './story.ts';

const minute = 60_000;

export type CrisisOptions = {
  seed: string | number;
  /** ISO instant at which the window opens. */
  startAt: string;
  minutes: number;
  /** Posts a minute at the height of the crisis, 12 when left out. */
  peakPerMinute?: number;
  /** Posts an hour on an ordinary day, mean over the day, 12 when left out. */
  backgroundPerHour?: number;
  /** Minutes after `startAt` at which the photo leaks; by default 30 % into the window, at most 36 hours. */
  leakAfter?: number;
};

/**
 * A crisis over hours or days, in order of time. Figures reproduced, within the tolerances of crisis.test.ts: moods 63/21/16 %,
 * 38 % of people write two thirds of all posts, comebacks after a median of 23 minutes, replies after about the same,
 * questions 25 %, hashtags 16 %, links 8 %, copies rare before and common within the burst, followers log-normal.
 * Pure: equal options give equal storms.
 */
export function crisisStorm(options: CrisisOptions): Iterable<StormItem> {
  const { seed, startAt, minutes, peakPerMinute = 12, backgroundPerHour = 12 } = options;
  const from = Date.parse(startAt);
  const leakAt = from + minute * (options.leakAfter ?? Math.min(0.3 * minutes, 36 * 60));
  const rise = Math.min(2.75 * 60, Math.max(8, minutes / 4)) * minute;
  const random = randomFrom(`${seed}/weather`);
  let weather = 1;
  let weatherHour = -1;
  const rate = (at: number): number => {
    const hour = Math.floor(at / (60 * minute));
    if (hour !== weatherHour) {
      weatherHour = hour;
      weather = random.logNormal(0.85, 0.55);
    }
    const burst = burstShape(at - leakAt, rise) + 0.22 * burstShape(at - leakAt - 20 * 60 * minute, rise);
    return (backgroundPerHour / 60) * dayProfile(at) * weather + peakPerMinute * burst;
  };
  const inCrisis = (at: number): boolean => at >= leakAt && burstShape(at - leakAt, rise) > 0.03;
  return storm({
    seed,
    from,
    to: from + minutes * minute,
    leakAt,
    rate,
    steady: false,
    copyShare: (at) => (inCrisis(at) ? 0.3 : 0.022),
  });
}

/**
 * The storm people watch in the rehearsal room. About forty posts from before `startAt`, four of them between two and three
 * hours old, so that some public-reply clocks are nearly burnt; the photo leaks ninety seconds in; then six hours of
 * 6 to 20 posts a minute in waves. `at` is when to deliver each item; play it at any speed.
 */
export function rehearsalStorm({ seed, startAt }: { seed: string | number; startAt: string }): Iterable<StormItem> {
  const start = Date.parse(startAt);
  return storm({
    seed,
    from: start - 173 * minute,
    to: start + 360 * minute,
    leakAt: start + 1.5 * minute,
    rate: (at) => (at < start - 120 * minute ? 0 : at < start ? 0.16 : rehearsalRate((at - start) / minute)),
    steady: true,
    copyShare: (at) => (at < start ? 0 : at < start + 6 * minute ? 0.06 : 0.17),
  });
}

/** `count` new posts at an even rate, for benches: the same people, repeats and copies, no edits or deletes. */
export function* stormAtRate(options: {
  seed: string | number;
  startAt: string;
  count: number;
  perSecond: number;
}): Iterable<StormItem> {
  const { seed, startAt, count, perSecond } = options;
  const random = randomFrom(seed);
  const start = Date.parse(startAt);
  const nextPerson = castFrom(random.fork('cast'));
  const teller = tellerFrom(random.fork('teller'), { leakAt: start - 240 * minute, copyShare: () => 0.2 });
  const waiting: Person[] = [];
  for (let index = 0; index < count; index += 1) {
    const comesBack = waiting.length > 40 && random.chance(1 - 1 / postsPerPerson);
    const place = comesBack ? random.int(0, waiting.length - 1) : -1;
    const person = waiting[place] ?? nextPerson();
    const told = teller.tell(person, start + (index * 1000) / perSecond);
    if (person.told.length < person.budget && place < 0) waiting.push(person);
    if (person.told.length >= person.budget && place >= 0) {
      const last = waiting.pop();
      if (last && place < waiting.length) waiting[place] = last;
    }
    yield created(told);
  }
}

type Plan = {
  seed: string | number;
  from: number;
  to: number;
  leakAt: number;
  rate: (at: number) => number;
  steady: boolean;
  copyShare: (at: number) => number;
};

type Happening =
  | { kind: 'newcomer' }
  | { kind: 'again'; person: Person }
  | { kind: 'scripted'; character: Character; post: ScriptedPost }
  | { kind: 'later'; item: StormItem };

function* storm({ seed, from, to, leakAt, rate, steady, copyShare }: Plan): Iterable<StormItem> {
  const random = randomFrom(seed);
  const clock = random.fork('clock');
  const nextPerson = castFrom(random.fork('cast'));
  const teller = tellerFrom(random.fork('teller'), { leakAt, copyShare });
  const ahead = timeline<Happening>();
  /** Posts already planned, by minute: a steady storm only fills up what is missing. */
  const planned = new Map<number, number>();
  const plan = (at: number, what: Happening): void => {
    if (at >= to) return;
    ahead.plan(at, what);
    const slot = Math.floor((at - from) / minute);
    planned.set(slot, (planned.get(slot) ?? 0) + 1);
  };
  for (const character of [...customers, ...notables, ...crowd]) {
    for (const post of character.posts) {
      const at = leakAt + post.minute * minute + clock.uniform(0, 20_000);
      if (at >= from) plan(at, { kind: 'scripted', character, post });
    }
  }
  const bringing = steady ? brings.steady : brings.crisis;

  for (let slotAt = from; slotAt < to; slotAt += minute) {
    const slot = Math.floor((slotAt - from) / minute);
    const wanted = rate(slotAt);
    const mean = steady
      ? wanted === 0
        ? 0
        : Math.max(wanted * 0.12, (wanted - (planned.get(slot) ?? 0)) / (1 + bringing * 0.2))
      : (wanted * (1 - bringing)) / (postsPerPerson * 0.86);
    planned.delete(slot);
    for (let newcomers = clock.poisson(mean); newcomers > 0; newcomers -= 1) {
      ahead.plan(slotAt + clock.uniform(0, minute), { kind: 'newcomer' });
    }
    for (let next = ahead.next(slotAt + minute); next !== null; next = ahead.next(slotAt + minute)) {
      yield* happen(next.at, next.what);
    }
  }

  function* happen(at: number, what: Happening): Iterable<StormItem> {
    if (what.kind === 'later') {
      yield what.item;
      return;
    }
    let told: Told;
    if (what.kind === 'scripted') {
      told = teller.tellScripted(what.character, what.post, at);
      planFate(scriptedFate(told, what.post));
    } else {
      const person = what.kind === 'again' ? what.person : nextPerson();
      told = teller.tell(person, at);
      planFate(fateItem(teller, told));
      if (what.kind === 'newcomer') {
        for (const moment of comebacks(clock, at, person.budget, steady ? quickComeback : comeback))
          plan(moment, { kind: 'again', person });
        for (const moment of broughtAlong(clock, at, bringing)) plan(moment, { kind: 'newcomer' });
      }
    }
    yield created(told);
  }

  function planFate(item: StormItem | null): void {
    if (item) ahead.plan(Date.parse(item.at), { kind: 'later', item });
  }
}

function created({ mention, truth }: Told): StormItem {
  return { at: mention.postedAt, event: { type: 'created', mention }, truth };
}

function deleted({ mention }: Told, at: string): StormItem {
  return { at, event: { type: 'deleted', platform: mention.platform, nativeId: mention.nativeId, at }, truth: null };
}

function fateItem(teller: Teller, told: Told): StormItem | null {
  const fate = teller.fateOf(told);
  if (fate === null) return null;
  const at = new Date(fate.at).toISOString();
  return fate.edited ? { at, event: { type: 'edited', mention: fate.edited }, truth: null } : deleted(told, at);
}

function scriptedFate(told: Told, post: ScriptedPost): StormItem | null {
  if (post.deleteAfter !== undefined) return deleted(told, new Date(told.at + post.deleteAfter * minute).toISOString());
  if (post.edit === undefined) return null;
  const at = new Date(told.at + post.edit.after * minute).toISOString();
  return {
    at,
    event: { type: 'edited', mention: { ...told.mention, text: post.edit.text, editedAt: at } },
    truth: null,
  };
}
