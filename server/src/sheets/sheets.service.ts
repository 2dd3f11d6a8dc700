// The fact sheet of a story: written in versions, approved like words that are signed, and what an approval does to unsent words.
import type { Actor } from '@rejoinder/contracts/people';
import type { Ability } from '@rejoinder/contracts/playbooks';
import type { Fact, FactSheet, StoryView } from '@rejoinder/contracts/stories';
import { factsFingerprint } from '@rejoinder/signoff/fingerprint';
import { lockCards } from '../cards/cards.repository.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { forbidsSoleAuthor } from '../publishing/may-send.ts';
import { type RoomContext, requireAbility, roomContext } from '../rooms/rooms.service.ts';
import { holdStories, upsertStory } from '../stories/stories.repository.ts';
import { recheckWords } from './rechecking.service.ts';
import type { OnStory } from './regrouping.service.ts';
import { cardsOfStory, sheetsOf } from './sheets.repository.ts';
import { asFactSheet, findStory } from './story-page.service.ts';

type Sheeted = { story: StoryView; sheet: FactSheet };
type OnSheet = { story: StoryView; newest: FactSheet | null; context: RoomContext };

function changeSheet(
  deps: Deps,
  actor: Actor,
  { roomId, storyId, operationId }: OnStory,
  ability: Ability,
  request: unknown,
  work: (change: Change, on: OnSheet) => Promise<Sheeted>,
): Promise<Sheeted> {
  return deps.events.change(
    { roomId, actor, operationId, request: JSON.stringify([storyId, request]) },
    async (change) => {
      const context = await roomContext(change.tx, roomId);
      requireAbility(context, actor, ability);
      if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can vouch for facts.');
      await holdStories(change.tx, roomId);
      const story = await findStory(change.tx, roomId, storyId);
      if (story.mergedInto !== null)
        throw refuse('ST-3', 'Story', 'This story was merged into another. Its facts are written there.', [
          { do: 'reload', says: 'Show the story it became' },
        ]);
      const [row] = await sheetsOf(change.tx, roomId, storyId);
      return work(change, { story, newest: row ? asFactSheet(row) : null, context });
    },
  );
}

/** Writes the next version over the one that was seen; the same facts again write nothing (FS-1). */
export function writeFacts(
  deps: Deps,
  actor: Actor,
  on: OnStory,
  input: { facts: Fact[]; after: number },
): Promise<Sheeted> {
  const facts = input.facts
    .map(({ text, source }) => ({ text: text.trim(), source: source.trim() }))
    .filter(({ text }) => text !== '');
  return changeSheet(
    deps,
    actor,
    on,
    'draft',
    ['facts', facts, input.after],
    async ({ tx, now, log }, { story, newest }) => {
      if ((newest?.version ?? 0) !== input.after)
        throw refuse(
          'FS-1',
          'Fact sheet',
          `${newest?.written.name} wrote version ${newest?.version} meanwhile. Read it and write yours anew.`,
          [{ do: 'reload', says: 'Show the newest version' }],
        );
      const fingerprint = factsFingerprint(on.storyId, facts);
      if (newest?.fingerprint === fingerprint || (newest === null && facts.length === 0))
        throw refuse('FS-1', 'Fact sheet', 'These are the facts that stand there already.');
      const sheet: FactSheet = {
        storyId: on.storyId,
        version: input.after + 1,
        facts,
        fingerprint,
        written: { userId: actor.id, name: actor.name, at: now },
        approved: null,
      };
      await upsertStory(tx, on.roomId, on.storyId, {});
      await tx
        .insertInto('fact_sheets')
        .values({
          room_id: on.roomId,
          story_id: on.storyId,
          version: sheet.version,
          facts: JSON.stringify(facts),
          fingerprint,
          written_by: actor.id,
          written_name: actor.name,
          written_at: now,
          approved_by: null,
          approved_name: null,
          approved_role: null,
          approved_at: null,
        })
        .execute();
      const after = await findStory(tx, on.roomId, story.id);
      log({ type: 'facts.written', data: { story: after, sheet } });
      return { story: after, sheet };
    },
  );
}

/** Agrees to exactly these facts in a role that signs (FS-2); from then on the story's words are judged by them (FS-5). */
export function approveFacts(
  deps: Deps,
  actor: Actor,
  on: OnStory,
  input: { version: number; fingerprint: string; role: string },
): Promise<Sheeted> {
  return changeSheet(deps, actor, on, 'sign', ['approve', input], async (change, { newest, context }) => {
    const { tx, now, log } = change;
    const { playbook } = context;
    if (!actor.roles.includes(input.role)) throw new Problem('not-allowed', 'You do not hold that role in this room.');
    if (!playbook.roles.some((role) => role.id === input.role && role.may.includes('sign')))
      throw new Problem('not-allowed', 'That role does not sign under this playbook.');
    if (newest === null || newest.version !== input.version || newest.fingerprint !== input.fingerprint)
      throw refuse('FS-2', 'Fact sheet', 'The facts changed after you read them. Read them again and approve.', [
        { do: 'reload', says: 'Show the newest version' },
      ]);
    if (newest.approved !== null)
      throw refuse('FS-2', 'Fact sheet', `${newest.approved.name} approved these facts already.`);
    if (newest.written.userId === actor.id && forbidsSoleAuthor(playbook, context.room.level)) {
      const others = playbook.roles.filter((role) => role.may.includes('sign')).map((role) => role.id);
      throw refuse(
        'FS-3',
        'Fact sheet',
        'Who wrote these facts does not approve them alone: somebody else reads them.',
        [],
        others,
      );
    }
    const approved = { userId: actor.id, name: actor.name, role: input.role, at: now };
    await tx
      .updateTable('fact_sheets')
      .set({ approved_by: actor.id, approved_name: actor.name, approved_role: input.role, approved_at: now })
      .where('room_id', '=', on.roomId)
      .where('story_id', '=', on.storyId)
      .where('version', '=', input.version)
      .execute();
    const cardIds = await cardsOfStory(tx, on.roomId, on.storyId);
    await lockCards(tx, on.roomId, cardIds);
    const why = `The facts changed: version ${input.version} of the fact sheet was approved.`;
    await recheckWords(change, context, cardIds, why);
    const story = await findStory(tx, on.roomId, on.storyId);
    const sheet = { ...newest, approved };
    log({ type: 'facts.approved', data: { story, sheet } });
    return { story, sheet };
  });
}
