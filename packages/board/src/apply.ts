// The one fold: how an event changes a board, in the browser, in server tests and in benches alike.
import type { CardView, ClockView } from '@rejoinder/contracts/cards';
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { LadderView } from '@rejoinder/contracts/ladders';
import type { PersonView } from '@rejoinder/contracts/people';
import type { BoardState, RoomView } from '@rejoinder/contracts/rooms';
import type { StoryView } from '@rejoinder/contracts/stories';
import { finishStream, type Stream, startStream } from './stream.ts';

/**
 * Folds events, in order, into a board.
 *
 * - An event with `seq <= state.seq` was applied before and is skipped, so folding twice changes nothing (BD-2).
 * - An event with `seq > state.seq + 1` is a gap (BD-3): folding stops there, `gap` is true and `state` holds everything
 *   up to the gap. The caller asks `since: state.seq`.
 * - A type this version does not know only advances the seq (BD-4), so that an old page survives a newer server.
 *
 * Nothing given is changed. Each container of the board (cards, people, mentions) is copied at most once per call and only
 * when an event touches it, so hand over whole batches. Untouched cards and mentions keep their identity.
 */
export function applyAll(state: BoardState, events: readonly RoomEvent[]): { state: BoardState; gap: boolean } {
  const folding: Folding = {
    from: state,
    room: state.room,
    ladders: state.ladders ?? [],
    count: state.mentionCount,
  };
  let seq = state.seq;
  let gap = false;
  for (const event of events) {
    if (event.seq <= seq) continue;
    if (event.seq !== seq + 1) {
      gap = true;
      break;
    }
    fold(folding, event);
    seq = event.seq;
  }
  if (seq === state.seq) return { state, gap };
  return {
    state: {
      seq,
      room: folding.room,
      people: folding.people ?? state.people,
      cards: folding.cards ?? state.cards,
      stories: folding.stories ?? state.stories,
      ...(folding.ladders.length > 0 ? { ladders: folding.ladders } : {}),
      mentions: folding.stream ? finishStream(folding.stream) : state.mentions,
      mentionCount: folding.count,
    },
    gap,
  };
}

/** `applyAll` of one event. Throws on a gap, because a caller with single events has nowhere to ask for the missing ones. */
export function apply(state: BoardState, event: RoomEvent): BoardState {
  const folded = applyAll(state, [event]);
  if (folded.gap) throw new Error(`BD-3: event ${event.seq} does not follow ${state.seq}`);
  return folded.state;
}

/** A board under change: what was copied so far, and what it started from. */
type Folding = {
  from: BoardState;
  room: RoomView;
  people?: Record<string, PersonView>;
  cards?: Record<string, CardView>;
  stories?: Record<string, StoryView>;
  ladders: LadderView[];
  stream?: Stream;
  count: number;
};

function fold(to: Folding, event: RoomEvent): void {
  switch (event.type) {
    case 'room.opened':
    case 'room.changed':
    case 'room.levelAsked':
    case 'room.unattended':
    case 'room.attended':
    case 'crisis.promiseWarned':
    case 'crisis.promiseMissed':
    case 'crisis.updatePosted':
    case 'crisis.freezeConfirmed':
    case 'crisis.retrospectiveSet':
    case 'crisis.baselineSet':
    case 'statement.posted':
    case 'statement.glassReviewed':
      to.room = event.data.room;
      return;
    case 'statement.glassBroken':
      if (event.data.room) to.room = event.data.room;
      return;
    case 'room.levelChanged':
    case 'crisis.declared':
    case 'crisis.stepped':
      to.room = event.data.room;
      setClocks(to, event.data.clocks ?? []);
      return;
    case 'playbook.adopted':
      to.room = event.data.room;
      putCards(to, event.data.cards);
      // Logs written before clocks followed the plan have none.
      setClocks(to, event.data.clocks ?? []);
      return;
    case 'person.joined':
    case 'person.rolesChanged':
      people(to)[event.data.person.userId] = event.data.person;
      return;
    case 'person.left':
      delete people(to)[event.data.userId];
      return;
    case 'mention.received': {
      const { created, edited, deleted } = event.data;
      const s = stream(to);
      s.append(created);
      s.replace(edited);
      s.replace(deleted);
      to.count += created.length;
      return;
    }
    case 'mention.triaged':
      for (const { mentionId, severity, reasons, storyId } of event.data.verdicts)
        stream(to).patch(mentionId, { severity, reasons, storyId });
      return;
    case 'card.opened':
    case 'card.heated':
      putCards(to, event.data.cards);
      for (const { id, cardId } of event.data.mentions) stream(to).patch(id, { cardId });
      return;
    case 'card.postsChanged':
    case 'card.accountFound':
    case 'card.privateHeard':
      putCards(to, event.data.cards);
      return;
    case 'story.changed':
    case 'facts.written':
    case 'facts.approved':
      putStories(to, event.data.story);
      return;
    case 'story.merged':
      putStories(to, event.data.story, event.data.from, ...event.data.earlier);
      putCards(to, event.data.cards);
      return;
    case 'story.split':
      putStories(to, event.data.story);
      putCards(to, event.data.cards);
      for (const id of event.data.mentions) stream(to).patch(id, { storyId: event.data.story.id });
      return;
    case 'card.moved':
    case 'card.assessed':
    case 'card.taken':
    case 'card.assigned':
    case 'card.postsSeen':
    case 'card.remedyChanged':
    case 'card.followedUp':
    case 'card.privateNoted':
    case 'card.privateRedacted':
    case 'card.checked':
    case 'card.factRecorded':
    case 'break-glass.asked':
    case 'break-glass.used':
    case 'break-glass.reviewed':
    case 'draft.started':
    case 'draft.picturesChanged':
    case 'draft.restored':
    case 'draft.changed':
    case 'draft.signed':
    case 'draft.voided':
    case 'draft.deputyAsked':
    case 'draft.sentBack':
    case 'comment.added':
    case 'comment.resolved':
    case 'reply.approved':
    case 'reply.sending':
    case 'reply.published':
    case 'reply.rejected':
    case 'reply.unknown':
    case 'reply.held':
    case 'reply.released':
    case 'reply.cancelled':
    case 'reply.settled':
    case 'clock.warned':
    case 'clock.breached':
      putCards(to, [event.data.card]);
      return;
    case 'ladder.started':
    case 'ladder.asked':
    case 'ladder.skipped':
    case 'ladder.accepted':
    case 'ladder.passedOn':
    case 'ladder.unreachable':
    case 'ladder.exhausted':
    case 'ladder.reopened':
    case 'ladder.ended':
      putCards(to, event.data.cards);
      if (event.data.cardId === null) putLadder(to, event.data.ladder, event.type === 'ladder.ended');
      return;
    case 'mention.quarantined':
    case 'private.received':
    case 'card.moveRefused':
    case 'crisis.frozen':
    case 'crisis.released':
    case 'crisis.noted':
    case 'statement.prepared':
    case 'statement.signed':
    case 'statement.glassAsked':
    case 'statement.queued':
    case 'statement.sending':
    case 'statement.rejected':
    case 'statement.unknown':
    case 'statement.held':
    case 'statement.released':
    case 'statement.cancelled':
    case 'statement.settled':
    case 'source.added':
    case 'source.changed':
    case 'playbook.drafted':
    case 'playbook.read':
    case 'token.made':
    case 'token.revoked':
    case 'message.delivered':
    case 'message.failed':
    case 'reach.channelChanged':
    case 'shift.planned':
    case 'shift.cancelled':
    case 'duty.handedOver':
    case 'contact.reached':
      return;
    default:
      // A new entry of the catalogue fails to compile here; a newer server's type falls through at run time (BD-4).
      event satisfies never;
  }
}

function putCards(to: Folding, cards: readonly CardView[]): void {
  if (cards.length === 0) return;
  to.cards ??= { ...to.from.cards };
  for (const card of cards) to.cards[card.id] = card;
}

type Reckoned = Pick<CardView, 'breachesBefore'> & {
  cardId: string;
  clocks: readonly ClockView[];
  gone?: readonly string[];
};

/** Of each card only these clocks, and without those that are gone; what else it has stays. */
function setClocks(to: Folding, changed: readonly Reckoned[]): void {
  const cards = to.cards ?? to.from.cards;
  putCards(
    to,
    changed.flatMap(({ cardId, clocks, gone = [], breachesBefore }) => {
      const card = cards[cardId];
      if (!card) return [];
      const byId = new Map([...card.clocks, ...clocks].map((each) => [each.clock, each]));
      for (const id of gone) byId.delete(id);
      // In the order in which a snapshot holds them.
      const now = [...byId.values()].sort((a, b) => (a.clock < b.clock ? -1 : 1));
      return [{ ...card, clocks: now, ...(breachesBefore === undefined ? {} : { breachesBefore }) }];
    }),
  );
}

function putStories(to: Folding, ...stories: StoryView[]): void {
  to.stories ??= { ...to.from.stories };
  for (const story of stories) to.stories[story.id] = story;
}

/** A ladder about the room itself: replaced, added as the newest, or gone. */
function putLadder(to: Folding, ladder: LadderView, over: boolean): void {
  const known = to.ladders.some((each) => each.id === ladder.id);
  if (over) to.ladders = to.ladders.filter((each) => each.id !== ladder.id);
  else if (known) to.ladders = to.ladders.map((each) => (each.id === ladder.id ? ladder : each));
  else to.ladders = [...to.ladders, ladder];
}

function people(to: Folding): Record<string, PersonView> {
  to.people ??= { ...to.from.people };
  return to.people;
}

function stream(to: Folding): Stream {
  to.stream ??= startStream(to.from.mentions);
  return to.stream;
}
