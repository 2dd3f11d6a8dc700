// Owns: the words of the story itself: what a storm item is, who a person is, and what is known at which minute.
import type { SourceEvent, SourceMention } from '@rejoinder/contracts/mentions';

export type Mood = 'negative' | 'neutral' | 'positive';

/** What the writer of the storm knows about a post and no source would tell: for tests of triage and for scores. Never ingested. */
export type Truth = {
  mood: Mood;
  /** Stable id of the person across their posts. */
  person: string;
  /** 1 for a person's first post. */
  ordinal: number;
  kind: 'own' | 'reply' | 'copy' | 'scripted';
  /** What it is about: a grievance, or the part a scripted person plays. */
  topic: string;
  /** Native id of the post that was copied. */
  copyOf: string | null;
};

/** One thing that happens, at the moment a source would report it. `truth` is null for edits and deletes. */
export type StormItem = { at: string; event: SourceEvent; truth: Truth | null };

/** A post already told, as later posts see it. */
export type Told = { at: number; mention: SourceMention; truth: Truth; thing: string | null; firstName: string };

/** Minutes after the leaked photo from which people can know of something. */
export const knownFrom = { photo: 0, estimates: 22, emailed: -400 } as const;

/** The words that give away that the writer knows of something; checked so that nobody speaks of it too early (SC-8). */
export const giveaways: readonly { words: RegExp; fromMinute: number }[] = [
  {
    words:
      /photo from marlstock|that photo|yard photo|marlstock photo|yard picture|picture of the yard|in that yard|that picture|the yard|soggygate|wetparcels|in the rain|three nights|third night|tarp|under the rain|whose idea was|selling umbrellas|in a field|lid on that|out of a window|weather is what|under his coat|coats out|visit our hub|row two/i,
    fromMinute: knownFrom.photo,
  },
  { words: /estimates|AskDot|only customer reporting|only one/i, fromMinute: knownFrom.estimates },
];
