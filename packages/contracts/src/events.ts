// The one catalogue of events: log, socket, fold, report and tests all read it here.
import { type Static, Type } from 'typebox';
import { CardView, ClockView, FactView, GlassView, SignOffView, StandIn, Via } from './cards.ts';
import { ThreadView } from './comments.ts';
import { CRISIS_EVENTS } from './crisis-events.ts';
import { DUTY_EVENTS } from './duty-events.ts';
import { LADDER_EVENTS } from './ladder-events.ts';
import { MentionView, Verdict } from './mentions.ts';
import { Actor, PersonView } from './people.ts';
import { PICTURE_EVENTS } from './picture-events.ts';
import { PlanNamed, PlanReader } from './plan-versions.ts';
import { PrivateKind, RedactedWhy } from './private-talk.ts';
import { Refusal } from './problems.ts';
import { REACH_EVENTS } from './reach-events.ts';
import { ReckonedClocks } from './reckoned-clocks.ts';
import { RoomView, SourceKind } from './rooms.ts';
import { Id, Instant, Nullable, Strict } from './shapes.ts';
import { STORY_EVENTS } from './story-events.ts';

const card = { card: CardView };

/** A source as the log names it: who switched it on or off is what counts, not its figures. */
const SourceNamed = Strict({
  id: Id,
  kind: SourceKind,
  name: Type.String(),
  state: Type.Union([Type.Literal('running'), Type.Literal('paused')]),
});

/**
 * Event type → shape of its `data`. Views are whole: the fold replaces, it never patches.
 * The second column says when it is written; docs/api.md is made from it.
 */
export const EVENTS = {
  'room.opened': { when: 'A room was opened.', data: Strict({ room: RoomView }) },
  'room.changed': { when: 'Name, zone or accounts of the room changed.', data: Strict({ room: RoomView }) },
  'room.levelChanged': {
    when: 'The crisis level was raised or lowered; the clocks that run were reckoned anew from their own starts, others began or are gone.',
    data: Strict({
      room: RoomView,
      from: Type.Integer(),
      reason: Type.String(),
      clocks: ReckonedClocks,
    }),
  },
  'room.levelAsked': {
    when: 'Someone agreed to lower the level, which takes more people.',
    data: Strict({ room: RoomView }),
  },
  'playbook.adopted': {
    when: 'The room runs another playbook version from now on; `back` when it ran it before. Cards that lost their stage are told, and clocks that were reckoned anew, began or are gone.',
    data: Strict({
      room: RoomView,
      from: PlanNamed,
      back: Type.Boolean(),
      reason: Type.String(),
      cards: Type.Array(CardView),
      clocks: ReckonedClocks,
    }),
  },
  'playbook.drafted': {
    when: 'The next plan was begun, or begun anew; who has an older generation open is sent away from it.',
    data: Strict({ generation: Type.Integer({ minimum: 1 }), by: Id }),
  },
  'playbook.read': {
    when: 'Someone confirmed that they read a version of the plan.',
    data: Strict({ plan: PlanNamed, reader: PlanReader }),
  },
  'person.joined': { when: 'Someone became a member of the room.', data: Strict({ person: PersonView }) },
  'person.rolesChanged': { when: 'The roles of a member changed.', data: Strict({ person: PersonView }) },
  'person.left': { when: 'Someone is no longer a member.', data: Strict({ userId: Id }) },

  'source.added': {
    when: 'A source of mentions was added, or an import was begun.',
    data: Strict({ source: SourceNamed }),
  },
  'source.changed': { when: 'A source was paused or resumed.', data: Strict({ source: SourceNamed }) },
  'token.made': {
    when: 'An API token was made; its secret is in no event.',
    data: Strict({ tokenId: Id, name: Type.String(), roles: Type.Array(Type.String()) }),
  },
  'token.revoked': { when: 'An API token was revoked.', data: Strict({ tokenId: Id }) },

  'mention.received': {
    when: 'A batch from one source was stored: new mentions, new texts of known ones, and deletions.',
    data: Strict({
      sourceId: Id,
      created: Type.Array(MentionView),
      edited: Type.Array(MentionView),
      deleted: Type.Array(MentionView),
    }),
  },
  'mention.triaged': {
    when: 'A batch was scored: severity with reasons, story, and whether it needs a card.',
    data: Strict({ verdicts: Type.Array(Verdict) }),
  },
  'mention.quarantined': {
    when: 'An item failed three times and was set aside so that the rest can flow.',
    data: Strict({ mentionId: Id, says: Type.String() }),
  },

  'card.opened': {
    when: 'Cards were opened for authors who need an answer.',
    data: Strict({ cards: Type.Array(CardView), mentions: Type.Array(Strict({ id: Id, cardId: Id })) }),
  },
  'card.heated': {
    when: 'Authors of open cards posted again; the posts joined their cards.',
    data: Strict({ cards: Type.Array(CardView), mentions: Type.Array(Strict({ id: Id, cardId: Id })) }),
  },
  'card.postsChanged': {
    when: 'A post that belongs to a card was edited or deleted on its platform.',
    data: Strict({ cards: Type.Array(CardView) }),
  },
  'card.accountFound': {
    when: 'An account was added from which these cards can be answered.',
    data: Strict({ cards: Type.Array(CardView) }),
  },
  'card.moved': {
    when: 'A card changed its stage.',
    data: Strict({
      ...card,
      from: Type.String(),
      to: Type.String(),
      via: Via,
      reason: Type.String(),
      warnings: Type.Array(Type.String()),
    }),
  },
  'card.moveRefused': {
    when: 'A move was asked for and the playbook said no. Nothing changed.',
    data: Strict({ cardId: Id, to: Type.String(), via: Via, refusal: Refusal }),
  },
  'card.assessed': {
    when: 'Assessment fields of a card were set.',
    data: Strict({ ...card, changed: Type.Array(Type.String()) }),
  },
  'card.taken': { when: 'Someone became the owner of a card and accepted it.', data: Strict({ ...card }) },
  'card.assigned': { when: 'A card was given to someone, or to nobody.', data: Strict({ ...card }) },
  'card.postsSeen': {
    when: 'The new posts of a card were opened by someone who works on it.',
    data: Strict({ ...card }),
  },
  'card.remedyChanged': { when: 'A remedy was promised or delivered.', data: Strict({ ...card }) },
  'card.followedUp': { when: 'The public follow-up was posted or declined.', data: Strict({ ...card }) },

  'private.received': {
    when: 'Private messages came from a source, were changed or taken back there; their words are in no event.',
    data: Strict({ sourceId: Id, created: Type.Array(Id), changed: Type.Array(Id) }),
  },
  'card.privateHeard': {
    when: 'Private messages joined the private talk of their author’s card, or one of them was taken back.',
    data: Strict({ cards: Type.Array(CardView) }),
  },
  'card.privateNoted': {
    when: 'Somebody wrote down what was said privately; what it was is in no event.',
    data: Strict({ ...card, entry: Strict({ id: Id, kind: PrivateKind }) }),
  },
  'card.privateRedacted': {
    when: 'Words of a private talk were replaced, by hand or because their time was over.',
    data: Strict({ ...card, entries: Type.Integer({ minimum: 0 }), why: RedactedWhy }),
  },

  'card.checked': {
    when: 'An item of a checklist was ticked, or the tick was taken back.',
    data: Strict({ ...card, stage: Type.String(), item: Type.String(), done: Type.Boolean() }),
  },
  'card.factRecorded': {
    when: 'Somebody recorded a fact about a card, or took it back: the department asked, the claims checked, the public pointer.',
    data: Strict({ ...card, fact: FactView.properties.fact, note: Type.String() }),
  },
  'break-glass.asked': {
    when: 'Somebody asked for break-glass with a reason; a second person may agree.',
    data: Strict({ ...card, glass: GlassView }),
  },
  'break-glass.used': {
    when: 'Two people moved a card although guards said no; it is marked until somebody reviews it.',
    data: Strict({ ...card, glass: GlassView, from: Type.String() }),
  },
  'break-glass.reviewed': {
    when: 'A used break-glass was reviewed by somebody who had no hand in it.',
    data: Strict({ ...card, glass: GlassView }),
  },

  'draft.started': { when: 'A draft was started, or started anew as the next generation.', data: Strict({ ...card }) },
  'draft.restored': {
    when: 'A version of the draft was brought back as the next generation, with the reason.',
    data: Strict({
      ...card,
      from: Strict({ generation: Type.Integer(), n: Type.Integer(), at: Nullable(Instant) }),
      reason: Type.String(),
    }),
  },
  'draft.changed': {
    when: 'What the board shows of a draft changed (empty, too long, findings, authors).',
    data: Strict({ ...card }),
  },
  'draft.signed': { when: 'Someone agreed to the exact words.', data: Strict({ ...card, signOff: SignOffView }) },
  'draft.voided': {
    when: 'Sign-offs ceased to count: the words, the account or the post answered changed, or the person posted again.',
    data: Strict({ ...card, signOffs: Type.Array(SignOffView), why: Type.String() }),
  },
  'draft.deputyAsked': {
    when: 'A role whose turn it was to sign stayed silent; its deputy may sign in its place.',
    data: Strict({ ...card, standIn: StandIn }),
  },
  'draft.sentBack': {
    when: 'A signer sent the draft back with a reason.',
    data: Strict({ ...card, reason: Type.String() }),
  },

  'comment.added': {
    when: 'Somebody commented on words of the reply, or answered a comment; the thread is whole, its newest comment last.',
    data: Strict({ ...card, thread: ThreadView, tells: Type.Array(Id) }),
  },
  'comment.resolved': {
    when: 'A comment was resolved, or opened again.',
    data: Strict({ ...card, thread: ThreadView }),
  },

  'reply.approved': {
    when: 'A reply was queued for publishing: these bytes, once.',
    data: Strict({ ...card, text: Type.String() }),
  },
  'reply.sending': { when: 'A reply is on its way to the platform.', data: Strict({ ...card }) },
  'reply.published': { when: 'The platform confirmed the reply.', data: Strict({ ...card, text: Type.String() }) },
  'reply.rejected': {
    when: 'The platform definitely refused the reply; nothing was posted.',
    data: Strict({ ...card }),
  },
  'reply.unknown': {
    when: 'Nobody knows whether the reply was posted; a person must look.',
    data: Strict({ ...card }),
  },
  'reply.held': { when: 'Publishing is on hold for this reply.', data: Strict({ ...card }) },
  'reply.released': {
    when: 'What held a reply back is mended; it is queued again.',
    data: Strict({ ...card }),
  },
  'reply.cancelled': {
    when: 'A queued or held reply was taken back before it left.',
    data: Strict({ ...card, reason: Type.String() }),
  },
  'reply.settled': {
    when: 'A person settled an unknown outcome.',
    data: Strict({ ...card, outcome: Type.String(), note: Type.String() }),
  },

  ...PICTURE_EVENTS,
  ...STORY_EVENTS,
  ...REACH_EVENTS,
  ...DUTY_EVENTS,
  ...LADDER_EVENTS,
  ...CRISIS_EVENTS,

  'clock.warned': {
    when: 'A clock passed a warning point.',
    data: Strict({ ...card, clock: ClockView, point: Type.Integer() }),
  },
  'clock.breached': { when: 'A clock ran out.', data: Strict({ ...card, clock: ClockView }) },
} as const;

export type EventType = keyof typeof EVENTS;
export type EventData<T extends EventType> = Static<(typeof EVENTS)[T]['data']>;

/** An event before it is stored. */
export type NewEvent = { [T in EventType]: { type: T; data: EventData<T> } }[EventType];

/** An event as stored and sent. `hash` chains it to the event before it in the same room (EV-3). */
export type RoomEvent = NewEvent & { seq: number; at: string; actor: Actor; hash: string };

/** What every event carries besides its type and data. */
export const EventEnvelope = Strict({
  seq: Type.Integer({ minimum: 1 }),
  at: Instant,
  type: Type.String(),
  actor: Actor,
  data: Type.Unknown(),
  hash: Type.String(),
});

/** One stored line of a room's log with an unknown data shape, for readers that only pass it on. */
export const LogReply = Strict({ events: Type.Array(EventEnvelope), next: Nullable(Type.Integer()) });
