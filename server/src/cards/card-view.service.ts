// Cards as the board shows them: rows in the form of the contract, with the fingerprint of what would be sent now.
import type {
  CardView,
  CheckedFacts,
  ClockView,
  DraftView,
  ReplyKind,
  ReplyView,
  SignOffView,
} from '@rejoinder/contracts/cards';
import { CHANNELS } from '@rejoinder/contracts/channels';
import type { PictureList, PictureView } from '@rejoinder/contracts/pictures';
import { speaksInPictures } from '@rejoinder/playbook/nothing-to-send';
import { fingerprint } from '@rejoinder/signoff/fingerprint';
import type { Executor } from '../db/database.ts';
import type { Row } from '../db/tables.ts';
import { type CardRow, selectAllCards, selectCards } from './card-view.repository.ts';

export async function readCards(db: Executor, roomId: string, cardIds: string[]): Promise<CardView[]> {
  if (cardIds.length === 0) return [];
  return (await selectCards(db, roomId, cardIds)).map(asCardView);
}

/** Every card of the room, closed ones too. */
export async function readAllCards(db: Executor, roomId: string): Promise<CardView[]> {
  return (await selectAllCards(db, roomId)).map(asCardView);
}

export async function readCard(db: Executor, roomId: string, cardId: string): Promise<CardView | undefined> {
  return (await readCards(db, roomId, [cardId]))[0];
}

function asCardView(row: CardRow): CardView {
  const { draft } = row;
  return {
    id: row.card_id,
    version: row.version,
    stage: row.stage,
    enteredStageAt: row.entered_stage_at,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    platform: row.platform,
    author: { handle: row.author_handle, name: row.author_name, followers: row.author_followers },
    excerpt: row.excerpt,
    posts: {
      count: row.posts_count,
      unseen: row.posts_unseen,
      firstPostedAt: row.first_posted_at,
      lastPostedAt: row.last_posted_at,
    },
    replyTo: { mentionId: row.reply_to_mention, nativeId: row.reply_to_native, url: row.reply_to_url },
    account: row.account_id,
    storyId: row.story_id,
    severity: row.severity,
    heat: row.heat,
    fields: row.fields,
    owner: row.owner_id ? { userId: row.owner_id, acceptedAt: row.owner_accepted_at } : null,
    draft: draft && {
      id: draft.draft_id,
      generation: draft.generation,
      empty: isNothing(draft),
      tooLong: draft.too_long,
      // What an empty text lacks is nobody's fault yet.
      findings: isNothing(draft) ? [] : (JSON.parse(draft.findings) as DraftView['findings']),
      authors: draft.authors,
      likest: draft.likest === null ? null : (JSON.parse(draft.likest) as DraftView['likest']),
      facts: factsOf(draft),
      ...aboutOf(draft),
      ...(draft.pictures === null ? {} : { pictures: JSON.parse(draft.pictures) as PictureList }),
    },
    signOffs: (row.sign_offs ?? []).map(asSignOffView),
    ...(row.stand_ins ? { standIns: row.stand_ins } : {}),
    // Words that nobody signed change with every key, unseen by the board: only signed ones have a fingerprint here (EV-2).
    fingerprint:
      draft?.signed && row.account_id
        ? fingerprint({
            text: draft.text,
            account: row.account_id,
            replyTo: row.reply_to_native,
            facts: sheetSigned(draft),
            ...aboutOf(draft),
            pictures: picturesSigned(draft),
          })
        : null,
    openComments: row.open_comments ?? 0,
    reply: row.job && asReplyView(row.job),
    clocks: (row.clocks ?? []).map(asClockView),
    followUp: row.follow_up,
    // A promise written down before worth and kind were asked for has neither.
    remedy: row.remedy && { ...row.remedy, worth: row.remedy.worth ?? null, kind: row.remedy.kind ?? null },
    checks: row.checks ?? [],
    facts: row.recorded ?? [],
    glass: row.glass,
    ...(row.ladders ? { ladders: row.ladders } : {}),
    ...(row.breaches_before ? { breachesBefore: row.breaches_before } : {}),
    ...(row.private_talk ? { private: { ...row.private_talk, redactAt: row.redact_at } } : {}),
  };
}

const factsOf = ({ facts }: { facts: string | null }): CheckedFacts | null =>
  facts === null ? null : (JSON.parse(facts) as CheckedFacts);

/** The fingerprint of the fact sheet a signature over these words is about too; null where the plan does not say so, or there is none. */
export function sheetSigned(words: { facts: string | null }): string | null {
  const facts = factsOf(words);
  return facts?.covered ? facts.sheet : null;
}

const listOf = ({ pictures }: { pictures: string | null }): PictureList | null =>
  pictures === null ? null : (JSON.parse(pictures) as PictureList);

/** Neither words nor pictures that can stand for them (PI-11). */
const isNothing = (draft: NonNullable<CardRow['draft']>): boolean =>
  draft.empty && !speaksInPictures(listOf(draft), CHANNELS[draft.channel ?? 'webhook']);

/** The pictures a row of words has, in their order. */
export const picturesOf = (row: { pictures: string | null }): PictureView[] => listOf(row)?.items ?? [];

/** Those of them that a signature over the words is about. */
export const picturesSigned = (row: { pictures: string | null }): PictureView[] =>
  listOf(row)?.covered ? picturesOf(row) : [];

/** JSON built by PostgreSQL prints instants in its own way; contracts have one form. */
const iso = (instant: string): string => new Date(instant).toISOString();
const isoOrNull = (instant: string | null): string | null => (instant === null ? null : iso(instant));

export const asSignOffView = (row: Row<'sign_offs'>): SignOffView => ({
  id: row.sign_off_id,
  userId: row.user_id,
  name: row.name,
  role: row.role,
  fingerprint: row.fingerprint,
  signedAt: iso(row.signed_at),
  expiresAt: isoOrNull(row.expires_at),
  voidedAt: isoOrNull(row.voided_at),
  voidReason: row.void_reason,
  ...(row.stands_for && row.silent_since
    ? { standsFor: { role: row.stands_for, silentSince: iso(row.silent_since) } }
    : {}),
});

const asReplyView = (row: Row<'publish_jobs'>): ReplyView => ({
  jobId: row.job_id,
  state: row.state,
  fingerprint: row.fingerprint,
  attempt: row.attempt,
  queuedAt: iso(row.queued_at),
  publishedAt: isoOrNull(row.published_at),
  url: row.url,
  says: row.says,
  matches: row.matches,
  ...(row.kind === 'reply' ? {} : { kind: row.kind }),
});

/** What a draft corrects or takes back, as the contract names it; nothing for a first reply. */
export const aboutOf = ({ kind, supersedes }: { kind: ReplyKind; supersedes: string | null }) =>
  supersedes === null ? {} : { about: { kind, supersedes } };

export const asClockView = (row: Row<'clocks'>): ClockView => ({
  clock: row.clock_id,
  clause: row.clause,
  startedAt: iso(row.started_at),
  warnAt: row.warn_at.map(iso),
  dueAt: iso(row.due_at),
  promisedUntil: iso(row.promised_until),
  stoppedAt: isoOrNull(row.stopped_at),
  warned: row.warned,
  breachedAt: isoOrNull(row.breached_at),
  ...(row.paused_at ? { paused: { since: iso(row.paused_at), why: row.paused_why ?? [] } } : {}),
  ...(row.stood_still ? { stoodStill: row.stood_still } : {}),
});
