// Answers: which post a person writes at a moment, given all that was told before; gives it its id, its thread and its fate.
import type { SourceMention } from '@rejoinder/contracts/mentions';
import type { Person } from './cast.ts';
import type { Character, ScriptedPost } from './character.ts';
import { composerFrom } from './composing.ts';
import { copiesFrom } from './copies.ts';
import type { Moment } from './facts.ts';
import { decksFrom } from './grammar.ts';
import { weekdays } from './parcels.ts';
import { addressOf, platformOf } from './platforms.ts';
import type { Random } from './random.ts';
import type { Told, Truth } from './story.ts';

const minute = 60_000;
const day = 1440 * minute;
/** Posts kept per platform for others to answer. */
const remembered = 600;

export type Teller = {
  tell(person: Person, at: number): Told;
  /** A hand-written post; replies to a part not told (cut off by the window) stand alone. */
  tellScripted(character: Character, post: ScriptedPost, at: number): Told;
  /** What becomes of a post later: an edit or a delete with its moment, or nothing. */
  fateOf(told: Told): { at: number; edited: SourceMention | null } | null;
};

export type TellerOptions = {
  leakAt: number;
  /** Share of posts that are copies at that moment. */
  copyShare: (at: number) => number;
};

export function tellerFrom(random: Random, { leakAt, copyShare }: TellerOptions): Teller {
  const composer = composerFrom(random.fork('words'), decksFrom(random.fork('decks')));
  const copies = copiesFrom(random.fork('copies'));
  const recent = new Map<string, Told[]>();
  const byKey = new Map<string, Told>();
  let count = 0;

  const remember = (told: Told): void => {
    const list = recent.get(told.mention.platform) ?? [];
    recent.set(told.mention.platform, list);
    list.push(told);
    if (list.length > remembered * 2) list.splice(0, remembered);
  };

  const mentionOf = (
    author: SourceMention['author'],
    platform: string,
    text: string,
    at: number,
    parent: Told | null,
    lang: string,
  ): SourceMention => {
    count += 1;
    const { nativeId, url } = addressOf(platform, author.handle, at, count);
    return {
      platform,
      nativeId,
      url,
      author,
      text,
      postedAt: new Date(at).toISOString(),
      editedAt: null,
      inReplyTo: parent?.mention.nativeId ?? null,
      lang,
    };
  };

  /** Answers come after a log-normal while, median 23 minutes: so look for a post about that old. */
  const someoneElses = (person: Person, at: number): Told | null => {
    const list = recent.get(person.platform.id) ?? [];
    if (list.length === 0) return null;
    const wanted = at - random.logNormal(23 * minute, 1.9);
    let low = 0;
    let high = list.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.at ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    let best: Told | null = null;
    let bestFit = 0;
    for (let index = Math.max(0, low - 5); index <= Math.min(list.length - 1, low + 4); index += 1) {
      const told = list[index];
      if (!told || told.truth.person === person.id || told.truth.kind === 'copy' || told.mention.lang !== 'en')
        continue;
      const fit =
        (told.truth.kind === 'scripted' ? 9 : told.mention.inReplyTo ? 0.5 : 2) +
        random.uniform(0, 2) +
        (told.truth.mood === person.mood ? 1 : 0);
      if (fit > bestFit) [best, bestFit] = [told, fit];
    }
    return best;
  };

  const tell = (person: Person, at: number): Told => {
    const moment: Moment = { at, leakAt };
    const author = { handle: person.handle, name: person.name, followers: person.followers };
    const ordinal = person.told.length + 1;
    const finish = (text: string, parent: Told | null, truth: Pick<Truth, 'kind' | 'topic' | 'copyOf'>): Told => {
      const mention = mentionOf(author, person.platform.id, text, at, parent, person.foreign?.lang ?? 'en');
      const told: Told = {
        at,
        mention,
        truth: { mood: person.mood, person: person.id, ordinal, ...truth },
        thing: person.parcel?.thing ?? null,
        firstName: person.firstName,
      };
      person.told.push(told);
      remember(told);
      const travels = person.mood === 'negative' || (person.followers ?? 0) > 1500;
      if (truth.kind === 'own' && parent === null && travels) copies.offer(told, 1);
      return told;
    };

    if (
      !person.foreign &&
      person.platform.handles &&
      random.chance(copyShare(at) * (person.platform.id === 'x' ? 1.5 : 0.7))
    ) {
      const source = copies.source(person.platform.id, person.mood, at);
      if (source && source.truth.person !== person.id) {
        return finish(copies.copy(source, person.platform.limit), null, {
          kind: 'copy',
          topic: source.truth.topic,
          copyOf: source.mention.nativeId,
        });
      }
    }
    let parent: Told | null = null;
    if (person.platform.threads && !person.foreign) {
      if (ordinal > 1 && random.chance(0.42))
        parent = random.chance(0.5) ? (person.told[0] ?? null) : (person.told.at(-1) ?? null);
      else if (random.chance(ordinal === 1 ? 0.33 : 0.25)) parent = someoneElses(person, at);
    }
    let said = composer.say(person, moment, parent);
    if (said.text === '') {
      // Nothing fits as an answer, or all has been said: speak for oneself, from the start if need be.
      if (parent === null) person.used.clear();
      parent = null;
      said = composer.say(person, moment, null);
    }
    return finish(said.text, parent, { kind: parent ? 'reply' : 'own', topic: said.topic, copyOf: null });
  };

  const ordinals = new Map<string, number>();
  const tellScripted = (character: Character, post: ScriptedPost, at: number): Told => {
    const author = { handle: character.handle, name: character.name, followers: character.followers };
    const parent = post.replyTo ? (byKey.get(post.replyTo) ?? null) : null;
    const mention = mentionOf(author, character.platform, dated(post.text, leakAt), at, parent, character.lang ?? 'en');
    const ordinal = (ordinals.get(character.id) ?? 0) + 1;
    ordinals.set(character.id, ordinal);
    const told: Told = {
      at,
      mention,
      truth: {
        mood: post.mood ?? character.mood,
        person: character.id,
        ordinal,
        kind: 'scripted',
        topic: character.part,
        copyOf: null,
      },
      thing: character.thing ?? null,
      firstName: character.name.split(/[ (|]/)[0] ?? character.name,
    };
    byKey.set(post.key, told);
    remember(told);
    if (character.part !== 'troll' && character.part !== 'rival')
      copies.offer(told, post.minute < 0 ? 4 : post.replyTo ? 6 : 30);
    return told;
  };

  const fateOf = (told: Told): { at: number; edited: SourceMention | null } | null => {
    const luck = random.uniform();
    const at = told.at + Math.max(45_000, random.logNormal(9 * minute, 1.1));
    if (luck < 0.01) return { at, edited: null };
    if (
      luck > 0.028 ||
      told.truth.kind !== 'own' ||
      !platformOf(told.mention.platform).edits ||
      told.mention.lang !== 'en'
    )
      return null;
    const text = `${told.mention.text} ${random.pick(afterthoughts[told.truth.mood])}`;
    if (text.length > platformOf(told.mention.platform).limit) return null;
    return { at, edited: { ...told.mention, text, editedAt: new Date(at).toISOString() } };
  };

  return { tell, tellScripted, fateOf };
}

const afterthoughts = {
  negative: [
    'EDIT: still no answer.',
    'Edit: and now the app is down.',
    'EDIT: spelling, I was cross.',
    '(edited, I had the day wrong)',
    'Edit: thanks for the kind messages, no thanks to them.',
    'EDIT: on hold again.',
  ],
  neutral: [
    'Edit: found it, ignore me.',
    '(edited for typo)',
    'Edit: it is just Marlstock, apparently.',
    'Edit: wrong link before, sorry.',
  ],
  positive: [
    'Edit: spelled his name wrong!',
    '(edited: two boxes, both dry)',
    'Edit: and he waved on the way out.',
    'Edit: thank you all for the hearts.',
  ],
};

/** Weekdays of the hand-written posts follow the day of the storm. */
export function dated(text: string, leakAt: number): string {
  if (!text.includes('{')) return text;
  const on = (days: number): string => weekdays[new Date(leakAt + days * day).getUTCDay()] ?? 'Monday';
  return text
    .replace(/\{roofday\}/g, on(-3))
    .replace(/\{roofdaylow\}/g, on(-3).toLowerCase())
    .replace(/\{dayafter\}/g, on(-2))
    .replace(/\{in2\}/g, on(2))
    .replace(/\{in3low\}/g, on(3).toLowerCase());
}
