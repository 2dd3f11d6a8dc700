// What people say a story is: its title, that two are one, that some cards tell another. Cards keep their clocks (ST-4).

import type { Actor } from '@rejoinder/contracts/people';
import type { StoryView } from '@rejoinder/contracts/stories';
import { readCards } from '../cards/card-view.service.ts';
import { lockCards } from '../cards/cards.repository.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { type RoomContext, requireAbility, roomContext } from '../rooms/rooms.service.ts';
import { holdStories, mergedStories, redirectStories, storyViews, upsertStory } from '../stories/stories.repository.ts';
import { storySplit } from '../triage/triage.service.ts';
import { recheckWords } from './rechecking.service.ts';
import { cardsOfStory, handOverSheets, movePosts, putInStory } from './sheets.repository.ts';
import { findStory } from './story-page.service.ts';

export type OnStory = { roomId: string; storyId: string; operationId?: string | undefined };

/** One change of one story by a person who may triage: the room's stories are held still for it. */
function changeStory<T>(
  deps: Deps,
  actor: Actor,
  { roomId, storyId, operationId }: OnStory,
  request: unknown,
  work: (change: Change, story: StoryView, context: RoomContext) => Promise<T>,
): Promise<T> {
  return deps.events.change(
    { roomId, actor, operationId, request: JSON.stringify([storyId, request]) },
    async (change) => {
      const context = await roomContext(change.tx, roomId);
      requireAbility(context, actor, 'triage');
      if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can say what a story is.');
      await holdStories(change.tx, roomId);
      const story = await findStory(change.tx, roomId, storyId);
      if (story.mergedInto !== null)
        throw refuse('ST-3', 'Story', 'This story was merged into another. Go on there.', [
          { do: 'reload', says: 'Show the story it became' },
        ]);
      return work(change, story, context);
    },
  );
}

/** Gives a story its title; an empty one brings the words of its first post back (ST-2). */
export function nameStory(deps: Deps, actor: Actor, on: OnStory, title: string): Promise<{ story: StoryView }> {
  const said = title.trim() === '' ? null : title.trim();
  return changeStory(deps, actor, on, ['name', said], async ({ tx, log }, { title: before }) => {
    await upsertStory(tx, on.roomId, on.storyId, { title: said });
    const story = await findStory(tx, on.roomId, on.storyId);
    if (said !== before) log({ type: 'story.changed', data: { story } });
    return { story };
  });
}

/** Two stories are one: cards, posts that come later, and the sheet where the other has none, belong to `into` (ST-3). */
export function mergeStory(
  deps: Deps,
  actor: Actor,
  on: OnStory,
  { into, reason }: { into: string; reason: string },
): Promise<{ story: StoryView }> {
  const { roomId, storyId } = on;
  return changeStory(deps, actor, on, ['merge', into, reason], async (change, _story, context) => {
    const { tx, log } = change;
    const merged = await mergedStories(tx, roomId);
    const target = merged.get(into) ?? into;
    if (target === storyId) throw refuse('ST-3', 'Story', 'A story cannot be merged into itself.');
    await findStory(tx, roomId, target);
    const before = new Set([...merged].filter(([, to]) => to === target).map(([id]) => id));
    const cardIds = await cardsOfStory(tx, roomId, storyId);
    await lockCards(tx, roomId, [...cardIds, ...(await cardsOfStory(tx, roomId, target))]);
    await putInStory(tx, roomId, cardIds, target);
    await redirectStories(tx, roomId, storyId, target);
    await upsertStory(tx, roomId, storyId, { merged_into: target });
    await upsertStory(tx, roomId, target, {});
    await handOverSheets(tx, roomId, storyId, target);
    await recheckWords(
      change,
      context,
      await cardsOfStory(tx, roomId, target),
      'The facts changed: two stories became one.',
    );
    const earlier = (await storyViews(tx, roomId)).filter((each) => each.mergedInto === target && !before.has(each.id));
    const [story, from] = [await findStory(tx, roomId, target), await findStory(tx, roomId, storyId)];
    log({
      type: 'story.merged',
      data: {
        story,
        from,
        earlier: earlier.filter((each) => each.id !== storyId),
        reason,
        cards: await readCards(tx, roomId, cardIds),
      },
    });
    return { story };
  });
}

/** Cards with their posts become a story of their own (ST-5). */
export async function splitStory(
  deps: Deps,
  actor: Actor,
  on: OnStory,
  input: { cardIds: string[]; title: string; reason: string },
): Promise<{ story: StoryView }> {
  const { roomId, storyId } = on;
  const cardIds = [...new Set(input.cardIds)].sort();
  const { story, mentions } = await changeStory(deps, actor, on, ['split', input], async (change, _story, context) => {
    const { tx, log } = change;
    const here = new Set(await cardsOfStory(tx, roomId, storyId));
    const strangers = cardIds.filter((id) => !here.has(id)).length;
    if (strangers > 0)
      throw refuse('ST-5', 'Story', `${strangers} of these cards do not belong to this story now.`, [
        { do: 'reload', says: 'Show the cards of this story' },
      ]);
    await lockCards(tx, roomId, cardIds);
    const made = deps.newId('sto');
    await upsertStory(tx, roomId, made, { title: input.title.trim() === '' ? null : input.title.trim() });
    const mentions = await movePosts(tx, roomId, cardIds, { from: storyId, to: made });
    await putInStory(tx, roomId, cardIds, made);
    await recheckWords(change, context, cardIds, 'The facts changed: the card tells another story now.');
    const story = await findStory(tx, roomId, made);
    const cards = await readCards(tx, roomId, cardIds);
    log({ type: 'story.split', data: { story, from: storyId, reason: input.reason, cards, mentions } });
    return { story, mentions };
  });
  await storySplit(deps, roomId, mentions, story.id);
  return { story };
}
