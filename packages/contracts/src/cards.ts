// The card: one author's conversation that needs an answer, whole as the board shows it; and what a move is judged by.
import { type Static, Type } from 'typebox';
import { LadderView } from './ladders.ts';
import { Author } from './mentions.ts';
import { Paused, StoodStill } from './pauses.ts';
import { Actor } from './people.ts';
import { PictureList } from './pictures.ts';
import { PrivateView } from './private-talk.ts';
import { Id, Instant, Nullable, Strict } from './shapes.ts';

/** A promised time: stored instants, never recomputed by a reader. `warnAt` holds the warning points in order. */
export const ClockView = Strict({
  clock: Type.String(),
  clause: Type.String(),
  startedAt: Instant,
  warnAt: Type.Array(Instant),
  dueAt: Instant,
  /**
   * Past this it is a breach. Equal to `dueAt`, but where a level that was raised later made `dueAt` earlier than the time
   * it was raised: then what was promised before still holds, and between the two the card is late, not breached.
   */
  promisedUntil: Instant,
  stoppedAt: Nullable(Instant),
  /** How many warning points were logged. */
  warned: Type.Integer({ minimum: 0 }),
  breachedAt: Nullable(Instant),
  /** Left out while its time runs. A clock that was stopped while it stood still keeps it: it stood from then until its stop. */
  paused: Type.Optional(Paused),
  /** When it stood still before; left out where it never did. */
  stoodStill: Type.Optional(Type.Array(StoodStill)),
});

/** A person's agreement to exact words. Voided ones stay, against the text they covered. */
export const SignOffView = Strict({
  id: Id,
  userId: Id,
  name: Type.String(),
  role: Type.String(),
  fingerprint: Type.String(),
  signedAt: Instant,
  expiresAt: Nullable(Instant),
  voidedAt: Nullable(Instant),
  voidReason: Nullable(Type.String()),
  /** Given by a deputy in place of a role that had been silent since then. */
  standsFor: Type.Optional(Strict({ role: Type.String(), silentSince: Instant })),
});

/** A role that stayed silent, and the deputy who may sign in its place since `at`. */
export const StandIn = Strict({ role: Type.String(), deputy: Type.String(), silentSince: Instant, at: Instant });

/** One finding of the voice rules in a text. `from`/`to` are UTF-16 offsets. */
export const Finding = Strict({
  rule: Type.String(),
  clause: Type.String(),
  strength: Type.Union([Type.Literal('block'), Type.Literal('warn'), Type.Literal('note')]),
  from: Type.Integer(),
  to: Type.Integer(),
  match: Type.String(),
  says: Type.String(),
  repair: Nullable(Type.String()),
});

/** A reply already sent in this room, and the share of the draft's word runs that stand in it too (0 to 1). */
export const Likest = Strict({ cardId: Id, share: Type.Number(), text: Type.String() });

/** The approved fact sheet a draft was checked against last, and what its words claim beyond it. `covered`: signatures are about it too. */
export const CheckedFacts = Strict({
  storyId: Id,
  version: Type.Integer({ minimum: 1 }),
  sheet: Type.String(),
  covered: Type.Boolean(),
  /** The claims no fact covers, each once, as they stand in the words; at most 20. */
  outside: Type.Array(Type.String()),
});

/** A first reply, or one that corrects or takes back a published one. */
export const ReplyKind = Type.Union([Type.Literal('reply'), Type.Literal('correction'), Type.Literal('retraction')]);

/** What the board shows of a draft. `findings` holds those of strength block and warn, without their places' text. */
export const DraftView = Strict({
  id: Id,
  generation: Type.Integer({ minimum: 1 }),
  empty: Type.Boolean(),
  tooLong: Type.Boolean(),
  /** Rule ids and sentences of findings that block or warn. */
  findings: Type.Array(
    Strict({ rule: Type.String(), clause: Type.String(), strength: Type.String(), says: Type.String() }),
  ),
  /** User ids of everyone whose typing is in the text, first author first. */
  authors: Type.Array(Id),
  /** The reply already sent in this room that these words are likest to, where they are as like as the plan lets them be or more. */
  likest: Nullable(Likest),
  /** Null while the card's story has no approved facts. */
  facts: Nullable(CheckedFacts),
  /** What these words correct or take back; left out for a first reply. */
  about: Type.Optional(Strict({ kind: ReplyKind, supersedes: Type.String() })),
  /** Left out for a reply without pictures. */
  pictures: Type.Optional(PictureList),
});

export const ReplyState = Type.Union([
  Type.Literal('approved'),
  Type.Literal('sending'),
  Type.Literal('published'),
  Type.Literal('rejected'),
  Type.Literal('unknown'),
  Type.Literal('held'),
  Type.Literal('cancelled'),
]);

/** Where the publishing of this card's reply stands (reliability I7). `says` explains a state that is not plain. */
export const ReplyView = Strict({
  jobId: Id,
  state: ReplyState,
  fingerprint: Type.String(),
  attempt: Type.Integer({ minimum: 0 }),
  queuedAt: Instant,
  publishedAt: Nullable(Instant),
  url: Nullable(Type.String()),
  says: Nullable(Type.String()),
  /** True when the receiver confirmed the very bytes that were signed. */
  matches: Type.Boolean(),
  /** Left out for a first reply. */
  kind: Type.Optional(ReplyKind),
});

/** An item of a stage's checklist that somebody ticked; it counts while the plan has these words. */
export const CheckView = Strict({
  stage: Type.String(),
  item: Type.String(),
  by: Id,
  name: Type.String(),
  at: Instant,
});

/** Something a person recorded about a card. `fingerprint`: the words it is about, null when it is about none. */
export const FactView = Strict({
  fact: Type.Union([
    Type.Literal('department_contacted'),
    Type.Literal('claims_checked'),
    Type.Literal('public_pointer'),
  ]),
  by: Id,
  name: Type.String(),
  at: Instant,
  note: Type.String(),
  fingerprint: Nullable(Type.String()),
});

/** One of the two people who break the glass, in the role that lets them. */
const GlassHand = Strict({ userId: Id, name: Type.String(), role: Type.String(), at: Instant });

/** Break-glass for one move of this card: asked for, used, reviewed (GL). `skipped` is what the plan asked and did not get. */
export const GlassView = Strict({
  id: Id,
  state: Type.Union([Type.Literal('asked'), Type.Literal('used'), Type.Literal('reviewed')]),
  to: Type.String(),
  reason: Type.String(),
  asked: GlassHand,
  /** Until when somebody else may agree. */
  until: Instant,
  agreed: Nullable(GlassHand),
  skipped: Type.Array(Strict({ rule: Type.String(), clause: Type.String(), says: Type.String() })),
  /** The words it lets out without the signatures the plan asks for; null when it was about none. */
  fingerprint: Nullable(Type.String()),
  reviewed: Nullable(Strict({ userId: Id, name: Type.String(), at: Instant, note: Type.String() })),
});

export const CardView = Strict({
  id: Id,
  version: Type.Integer({ minimum: 1 }),
  stage: Type.String(),
  enteredStageAt: Instant,
  openedAt: Instant,
  closedAt: Nullable(Instant),
  platform: Type.String(),
  author: Author,
  /** The newest post's text, at most 280 characters. */
  excerpt: Type.String(),
  posts: Strict({
    count: Type.Integer(),
    /** Posts nobody has opened since they came (A13). */
    unseen: Type.Integer(),
    firstPostedAt: Instant,
    lastPostedAt: Instant,
  }),
  /** The post the reply answers. */
  replyTo: Strict({ mentionId: Id, nativeId: Type.String(), url: Nullable(Type.String()) }),
  /** Id of the room account the reply goes out from; null when the platform cannot be answered from here. */
  account: Nullable(Id),
  storyId: Nullable(Id),
  severity: Type.Number(),
  /** Rises with every further post of the same person. */
  heat: Type.Integer({ minimum: 0 }),
  /** Assessment fields such as class, department, remedy; ids come from the playbook. */
  fields: Type.Record(Type.String(), Type.String()),
  owner: Nullable(Strict({ userId: Id, acceptedAt: Nullable(Instant) })),
  draft: Nullable(DraftView),
  signOffs: Type.Array(SignOffView),
  /** Left out while nobody stands in. Those from an earlier stay in a stage do not count. */
  standIns: Type.Optional(Type.Array(StandIn)),
  /** Fingerprint of what would be sent now; sign-offs over another one do not count. Null without an account and while no words are signed. */
  fingerprint: Nullable(Type.String()),
  /** Comments on the words that nobody has resolved. */
  openComments: Type.Integer({ minimum: 0 }),
  reply: Nullable(ReplyView),
  clocks: Type.Array(ClockView),
  /** Promises that ran out in runs of its clocks that are gone: begun anew, or over with an earlier round. Left out for none. */
  breachesBefore: Type.Optional(Type.Integer({ minimum: 1 })),
  followUp: Nullable(
    Strict({ state: Type.Union([Type.Literal('posted'), Type.Literal('declined')]), note: Type.String(), at: Instant }),
  ),
  /** `worth` in the plan's currency and `kind` of promise are what an owner's authority is measured by; null while nobody said. */
  remedy: Nullable(
    Strict({
      promised: Type.String(),
      deliveredAt: Nullable(Instant),
      worth: Nullable(Type.Number({ minimum: 0 })),
      kind: Nullable(Type.String()),
    }),
  ),
  checks: Type.Array(CheckView),
  facts: Type.Array(FactView),
  glass: Nullable(GlassView),
  /** The private talk with this person, in figures; left out where there is none. */
  private: Type.Optional(PrivateView),
  /** The ladders that run about this card; left out where none does. */
  ladders: Type.Optional(Type.Array(LadderView)),
});

/** How a move was asked for. Every door leads to the same function (MV-1). */
export const Via = Type.Union([
  Type.Literal('drag'),
  Type.Literal('keyboard'),
  Type.Literal('panel'),
  Type.Literal('bulk'),
  Type.Literal('api'),
  Type.Literal('automation'),
  Type.Literal('timer'),
]);

/** Everything a move is judged by: a snapshot, no look-ups. Shared by browser (preview) and server (decision). */
export const MoveFacts = Strict({
  now: Instant,
  actor: Nullable(Actor),
  card: CardView,
  level: Type.Integer({ minimum: 1 }),
  /** Open cards per stage, and per stage those owned by the card's owner. */
  counts: Type.Record(Type.String(), Type.Integer()),
  countsOfOwner: Type.Record(Type.String(), Type.Integer()),
  /** Accounts of the room that may reply. */
  accounts: Type.Array(Strict({ id: Id, platform: Type.String() })),
  /** Roles the card's owner holds in the room; empty without an owner. */
  ownerRoles: Type.Array(Type.String()),
  /** The sent reply the draft is likest to; null when nothing was sent that it is like. */
  likest: Nullable(Likest),
  /** The card version the actor saw; null when the actor does not say. */
  seenVersion: Nullable(Type.Integer()),
  /** A reason given with the move, empty when none. */
  reason: Type.String(),
  /** True while two people break the glass: what may be skipped is told and does not stop the move (GL-3). */
  glass: Type.Boolean(),
});

export type ClockView = Static<typeof ClockView>;
export type SignOffView = Static<typeof SignOffView>;
export type StandIn = Static<typeof StandIn>;
export type Finding = Static<typeof Finding>;
export type DraftView = Static<typeof DraftView>;
export type ReplyState = Static<typeof ReplyState>;
export type ReplyKind = Static<typeof ReplyKind>;
export type ReplyView = Static<typeof ReplyView>;
export type CheckView = Static<typeof CheckView>;
export type FactView = Static<typeof FactView>;
export type GlassView = Static<typeof GlassView>;
export type CheckedFacts = Static<typeof CheckedFacts>;
export type Likest = Static<typeof Likest>;
export type CardView = Static<typeof CardView>;
export type Via = Static<typeof Via>;
export type MoveFacts = Static<typeof MoveFacts>;
