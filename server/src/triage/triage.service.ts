// Judges every new mention once: severity with reasons, its story, and whether it needs a card.
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { MentionView, Verdict } from '@rejoinder/contracts/mentions';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { reopening } from '@rejoinder/playbook/reopening';
import { StoryIndex } from '@rejoinder/triage/same-story';
import { scoreMention } from '@rejoinder/triage/score';
import { suggester } from '@rejoinder/triage/suggest';
import { judgeMention } from '@rejoinder/triage/verdict';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { accountsOf } from '../rooms/rooms.repository.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import { mergedStories } from '../stories/stories.repository.ts';
import { authorsWithCards, insertVerdicts, judgedAmong, newestJudged } from './triage.repository.ts';

/** Texts the memory of a room holds; older ones start a story of their own. */
const WINDOW = 20_000;

/** What triage remembers of a room between batches; built up again from the log's own rows after a start. */
type Memory = {
  stories: StoryIndex;
  sizes: Map<string, number>;
  storyOfNative: Map<string, string | null>;
  postsOf: Map<string, number>;
};
const memories = new WeakMap<Deps, Map<string, Promise<Memory>>>();

type Suggest = ReturnType<typeof suggester>;
const suggesters = new WeakMap<Playbook, Suggest>();

/** Its word lists are built once a plan. */
function suggesterOf(playbook: Playbook): Suggest {
  const known = suggesters.get(playbook) ?? suggester(playbook.triage.classes);
  suggesters.set(playbook, known);
  return known;
}

/** Handles `mention.received`. Natural key: one verdict a mention (TR-1). */
export async function triageBatch(deps: Deps, change: Change, roomId: string, events: RoomEvent[]): Promise<void> {
  const { tx, now, log } = change;
  const created = events.flatMap((event) => (event.type === 'mention.received' ? event.data.created : []));
  const judged = await judgedAmong(
    tx,
    roomId,
    created.map((m) => m.id),
  );
  const fresh = created.filter((mention) => !judged.has(mention.id));
  if (fresh.length === 0) return;
  const memory = await memoryOf(deps, roomId);
  const { playbook } = await roomContext(tx, roomId);
  const suggest = suggesterOf(playbook);
  const accounts = (await accountsOf(tx, roomId)).map(({ platform, name }) => ({ platform, handle: bare(name) }));
  const withCards = await authorsWithCards(
    tx,
    roomId,
    fresh.map((m) => ({ platform: m.platform, handle: m.author.handle })),
    (closedIn, closedAt) => Date.parse(now) - Date.parse(closedAt) <= reopening(playbook, closedIn).within,
  );
  const merged = await mergedStories(tx, roomId);
  const verdicts = fresh.flatMap((mention) => {
    try {
      return [judgeOne(mention, memory, { suggest, accounts, withCards, merged })];
    } catch (error) {
      // Judging is pure: what fails once fails always. The one mention is set aside and named; the rest flows (F45).
      const says = error instanceof Error ? error.message : String(error);
      log({ type: 'mention.quarantined', data: { mentionId: mention.id, says } });
      return [];
    }
  });
  await insertVerdicts(tx, roomId, verdicts);
  if (verdicts.length > 0) log({ type: 'mention.triaged', data: { verdicts } });
}

/** After a rollback the memory may hold mentions that were not judged after all; it is built up again from the rows. */
export function forgetRoom(deps: Deps, roomId: string): void {
  memories.get(deps)?.delete(roomId);
}

/** People took these mentions out of their story: what is posted alike later belongs to the new one. */
export async function storySplit(deps: Deps, roomId: string, mentionIds: string[], storyId: string): Promise<void> {
  const memory = await memories.get(deps)?.get(roomId);
  memory?.stories.move(new Set(mentionIds), storyId);
}

type Around = {
  suggest: Suggest;
  accounts: { platform: string; handle: string }[];
  withCards: Set<string>;
  /** Stories that people merged into another. */
  merged: ReadonlyMap<string, string>;
};

const bare = (handle: string): string => handle.replace(/^@/, '').toLowerCase();

function judgeOne(mention: MentionView, memory: Memory, { suggest, accounts, withCards, merged }: Around): Verdict {
  const author = `${mention.platform} ${mention.author.handle}`;
  const alike = memory.stories.add(mention.id, mention.text);
  const now = (storyId: string | null) => (storyId === null ? null : (merged.get(storyId) ?? storyId));
  const told = { ...alike, storyId: now(alike.storyId) };
  const size = told.storyId ? (memory.sizes.get(told.storyId) ?? 0) : 0;
  const postsBefore = memory.postsOf.get(author) ?? 0;
  const score = scoreMention({ text: mention.text, author: mention.author, postsBefore, storySize: size });
  const verdict = judgeMention({
    mention,
    score,
    told: { storyId: told.storyId, of: told.of === mention.id ? null : told.of },
    hasOpenCard: withCards.has(author),
    isOwnAccount: accounts.some((a) => a.platform === mention.platform && a.handle === bare(mention.author.handle)),
    isRival: false,
    isAddressedToUs: namesUs(mention.text, accounts),
    parentStoryId: now(memory.storyOfNative.get(`${mention.platform} ${mention.inReplyTo}`) ?? null),
    suggestedClass: suggest(score),
  });
  remember(memory, { platform: mention.platform, nativeId: mention.nativeId, author, storyId: verdict.storyId });
  if (verdict.verdict === 'open') withCards.add(author);
  return verdict;
}

function namesUs(text: string, accounts: Around['accounts']): boolean {
  if (!text.includes('@')) return false;
  const lower = text.toLowerCase();
  return accounts.some(({ handle }) => lower.includes(`@${handle}`));
}

function memoryOf(deps: Deps, roomId: string): Promise<Memory> {
  const rooms = memories.get(deps) ?? new Map<string, Promise<Memory>>();
  memories.set(deps, rooms);
  const known = rooms.get(roomId);
  if (known) return known;
  const built = buildMemory(deps, roomId);
  rooms.set(roomId, built);
  built.catch(() => rooms.delete(roomId));
  return built;
}

async function buildMemory(deps: Deps, roomId: string): Promise<Memory> {
  const memory: Memory = {
    stories: new StoryIndex({ window: WINDOW }),
    sizes: new Map(),
    storyOfNative: new Map(),
    postsOf: new Map(),
  };
  for (const row of await newestJudged(deps.db, roomId, WINDOW)) {
    memory.stories.add(row.mention_id, row.text, row.story_id);
    remember(memory, {
      platform: row.platform,
      nativeId: row.native_id,
      author: `${row.platform} ${row.author_handle}`,
      storyId: row.story_id,
    });
  }
  return memory;
}

function remember(
  memory: Memory,
  seen: { platform: string; nativeId: string; author: string; storyId: string | null },
): void {
  memory.storyOfNative.set(`${seen.platform} ${seen.nativeId}`, seen.storyId);
  memory.postsOf.set(seen.author, (memory.postsOf.get(seen.author) ?? 0) + 1);
  if (seen.storyId) memory.sizes.set(seen.storyId, (memory.sizes.get(seen.storyId) ?? 0) + 1);
  for (const map of [memory.storyOfNative, memory.postsOf, memory.sizes]) {
    const oldest = map.size > WINDOW ? map.keys().next().value : undefined;
    if (oldest !== undefined) map.delete(oldest);
  }
}
