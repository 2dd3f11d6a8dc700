// The pages about stories: the list, and one story with its volume, its sheets and what was sent with an older one.
import type { CheckedFacts } from '@rejoinder/contracts/cards';
import type { FactSheet, SentReply, StoryLine, StoryPage, StoryView } from '@rejoinder/contracts/stories';
import { claimsOutside } from '@rejoinder/voice/claims';
import type { Executor } from '../db/database.ts';
import { instantOf } from '../db/ids.ts';
import type { Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import { readMentions } from '../ingest/mentions.repository.ts';
import { approvedSheet, storyViews } from '../stories/stories.repository.ts';
import {
  cardsOfStory,
  type LineRow,
  postsOfStory,
  sentWithSheet,
  sheetsOf,
  storyLine,
  storyLines,
} from './sheets.repository.ts';

const LISTED = 300;
const PARTS = 24;
/** Posts of one story its volume is drawn from; beyond that the newest. */
const DRAWN = 50_000;
const WORDS = 90;

export async function listStories(deps: Deps, roomId: string): Promise<{ stories: StoryLine[] }> {
  return { stories: await withWords(deps.db, roomId, await storyLines(deps.db, roomId, LISTED)) };
}

/** @throws Problem `not-found` for a story the room does not have */
export async function storyPage(deps: Deps, roomId: string, storyId: string): Promise<StoryPage> {
  const { db } = deps;
  const story = await findStory(db, roomId, storyId);
  const row = await storyLine(db, roomId, storyId);
  const [line] = row ? await withWords(db, roomId, [row]) : [];
  const merged = (await storyViews(db, roomId)).filter((each) => each.mergedInto === storyId);
  const titles = await Promise.all(
    merged.map(async ({ id, title }) => ({ id, title: title ?? (await firstWords(db, roomId, id)) })),
  );
  const sheets = (await sheetsOf(db, roomId, storyId)).map(asFactSheet);
  return {
    story,
    line: line ?? { id: storyId, words: '', mentions: 0, firstAt: null, lastAt: null },
    volume: volumeOf((await postsOfStory(db, roomId, storyId, DRAWN)).map(instantOf)),
    merged: titles,
    sheets,
    sent: await sentOtherwise(db, roomId, storyId, sheets.find((each) => each.approved !== null) ?? null),
  };
}

/** The facts as they are approved now. */
export async function approvedOf(deps: Deps, roomId: string, storyId: string): Promise<{ sheet: FactSheet | null }> {
  await findStory(deps.db, roomId, storyId);
  const row = await approvedSheet(deps.db, roomId, storyId);
  return { sheet: row ? asFactSheet(row) : null };
}

/** A story exists once a post tells it, a card belongs to it, or people made it. @throws Problem `not-found` */
export async function findStory(db: Executor, roomId: string, storyId: string): Promise<StoryView> {
  const [known] = await storyViews(db, roomId, storyId);
  if (known) return known;
  const told = await postsOfStory(db, roomId, storyId, 1);
  if (told.length === 0 && (await cardsOfStory(db, roomId, storyId)).length === 0) throw new Problem('not-found');
  return { id: storyId, title: null, mergedInto: null, sheet: null };
}

async function withWords(db: Executor, roomId: string, rows: LineRow[]): Promise<StoryLine[]> {
  const firsts = await readMentions(
    db,
    roomId,
    rows.map((row) => row.own ?? row.first),
  );
  const textOf = new Map(firsts.map((mention) => [mention.id, mention.text]));
  return rows.map((row) => ({
    id: row.story_id,
    words: short(textOf.get(row.own ?? row.first) ?? ''),
    mentions: row.mentions,
    firstAt: instantOf(row.first),
    lastAt: instantOf(row.last),
  }));
}

async function firstWords(db: Executor, roomId: string, storyId: string): Promise<string> {
  const ids = await postsOfStory(db, roomId, storyId, DRAWN);
  const [first] = await readMentions(db, roomId, ids.slice(-1));
  return short(first?.text ?? '');
}

/** Replies that stand in public and were checked against other facts than the approved ones; what no fact covers now comes first (FS-6). */
async function sentOtherwise(
  db: Executor,
  roomId: string,
  storyId: string,
  approved: FactSheet | null,
): Promise<SentReply[]> {
  const facts = approved?.facts.map((fact) => fact.text) ?? [];
  const replies = (await sentWithSheet(db, roomId, storyId)).flatMap((row) => {
    const used = JSON.parse(row.facts) as CheckedFacts;
    if (used.sheet === approved?.fingerprint) return [];
    const outside = [...new Set(claimsOutside(row.text, facts).map((claim) => claim.match))].slice(0, 20);
    const { card_id: cardId, text, published_at: publishedAt, url } = row;
    return [
      { cardId, author: row.author_name || row.author_handle, text, publishedAt, url, version: used.version, outside },
    ];
  });
  return replies.sort((a, b) => Number(b.outside.length > 0) - Number(a.outside.length > 0));
}

/** How many fall into each equal part of the time between the first and the last. */
function volumeOf(instants: string[]): number[] {
  const times = instants.map((each) => Date.parse(each));
  const [last = 0, first = last] = [times[0], times.at(-1)];
  const parts = Array.from({ length: PARTS }, () => 0);
  for (const time of times) {
    const at = last === first ? PARTS - 1 : Math.min(PARTS - 1, Math.floor(((time - first) / (last - first)) * PARTS));
    parts[at] = (parts[at] ?? 0) + 1;
  }
  return parts;
}

export const asFactSheet = (row: Row<'fact_sheets'>): FactSheet => ({
  storyId: row.story_id,
  version: row.version,
  facts: row.facts,
  fingerprint: row.fingerprint,
  written: { userId: row.written_by, name: row.written_name, at: row.written_at },
  approved:
    row.approved_by === null || row.approved_name === null || row.approved_role === null || row.approved_at === null
      ? null
      : { userId: row.approved_by, name: row.approved_name, role: row.approved_role, at: row.approved_at },
});

const short = (text: string): string => {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length <= WORDS ? line : `${line.slice(0, WORDS - 1).toWellFormed()}…`;
};
