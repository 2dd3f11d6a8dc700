// Keeps open drafts in step with the room: a move opens or freezes the text, a new generation closes the old one (MV-4).

import type { IncomingMessage } from 'node:http';
import { PLAN_DRAFT } from '@rejoinder/contracts/drafts';
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { Deps } from '../deps.ts';
import { draftStatesOf, enterDraft, placesOfDrafts } from '../drafts/drafts.service.ts';
import { enterPlanDraft } from '../drafts/plan-draft.service.ts';
import type { Gate } from '../http/gate.ts';
import { actorOf } from '../http/gate.ts';
import { Problem } from '../http/problems.ts';
import type { DraftRooms } from './draft-rooms.ts';
import { keyOf } from './draft-store.ts';
import { type Admit, readDraftPath } from './upgrade.ts';

/** Session, exact origin, membership and the draft's state, before any frame is read. */
export function admitDrafts(deps: Deps, gate: Gate): Admit {
  return async (request: IncomingMessage) => {
    const key = readDraftPath(request.url ?? '');
    if (!key) return 'not-found';
    try {
      gate.sameOrigin(request.headers);
      const member = await gate.member(request.headers, key.roomId);
      const actor = actorOf(member);
      const state =
        key.draftId === PLAN_DRAFT
          ? await enterPlanDraft(deps.db, key.roomId, key.generation, actor)
          : await enterDraft(deps.db, key.roomId, key.draftId, key.generation, actor);
      return { actor, hue: member.hue, key, state, sessionId: member.sessionId ?? `token ${member.id}` };
    } catch (error) {
      if (error instanceof Problem) return error.code;
      throw error;
    }
  };
}

/** Listens to commits until it is stopped; `look` finds what was committed by other processes on the same database (CO-24). */
export function followRooms(deps: Deps, rooms: DraftRooms): { stop: () => void; look: () => Promise<void> } {
  // One after the other, so that the newest stage is told last.
  let last = Promise.resolve();
  const next = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work).catch((error) => deps.log.error({ err: error }, 'an open draft could not follow its room'));
    return last;
  };
  const stop = deps.events.listen(({ roomId, events }) => {
    for (const event of events) void next(() => follow(deps, rooms, roomId, event));
  });
  return { stop, look: () => next(() => lookAtAll(deps, rooms)) };
}

/** Every draft somebody has open, as the database has it now: one statement, and nothing is said to whom it is no news. */
async function lookAtAll(deps: Deps, rooms: DraftRooms): Promise<void> {
  const open = new Map(rooms.visitors().map(({ key }) => [keyOf(key), key]));
  const replies = [...open.values()].filter((key) => key.draftId !== PLAN_DRAFT);
  if (replies.length === 0) return;
  const places = await placesOfDrafts(deps.db, replies);
  const states = new Map<string, ReturnType<typeof draftStatesOf>>();
  for (const { roomId, draftId, generation } of replies) {
    const place = places.find((each) => each.room_id === roomId && each.draft_id === draftId);
    if (!place || place.generation > generation) {
      rooms.closeFor({ roomId, draftId, generation }, 'stale-generation');
      continue;
    }
    const name = `${roomId} ${place.stage}`;
    const stateOf = states.get(name) ?? draftStatesOf(deps.db, roomId, place.stage);
    states.set(name, stateOf);
    const of = await stateOf;
    rooms.setState({ roomId, draftId }, (visitor) => of(visitor.actor));
  }
}

async function follow(deps: Deps, rooms: DraftRooms, roomId: string, event: RoomEvent): Promise<void> {
  if (event.type === 'playbook.adopted') return rooms.closeFor({ roomId }, 'resync');
  if (event.type === 'playbook.drafted') {
    for (const { key } of rooms.visitors())
      if (key.roomId === roomId && key.draftId === PLAN_DRAFT && key.generation < event.data.generation)
        rooms.closeFor(key, 'stale-generation');
    return;
  }
  const isNew = event.type === 'draft.started' || event.type === 'draft.restored';
  if (event.type !== 'card.moved' && !isNew) return;
  const { draft, stage } = event.data.card;
  if (!draft) return;
  if (isNew) {
    for (const { key } of rooms.visitors())
      if (key.roomId === roomId && key.draftId === draft.id && key.generation < draft.generation)
        rooms.closeFor(key, 'stale-generation');
    return;
  }
  const stateOf = await draftStatesOf(deps.db, roomId, stage);
  rooms.setState({ roomId, draftId: draft.id }, (visitor) => stateOf(visitor.actor));
}
