// Owns: what a person with a part of their own is. Every post is written by hand; minutes count from the leaked photo.
import type { Mood } from './story.ts';

export type ScriptedPost = {
  key: string;
  minute: number;
  text: string;
  mood?: Mood;
  replyTo?: string;
  /** Corrected after so many minutes. */
  edit?: { after: number; text: string };
  deleteAfter?: number;
};

export type Character = {
  id: string;
  /** What the person is in the story, kept in `truth.topic`. */
  part: string;
  platform: string;
  handle: string;
  name: string;
  followers: number | null;
  mood: Mood;
  lang?: string;
  thing?: string;
  posts: readonly ScriptedPost[];
};
