// A card with everything in order and the facts of its move, for tests and benches to spoil one thing at a time.
import type { CardView, MoveFacts } from '@rejoinder/contracts/cards';

const FINGERPRINT = 'f'.repeat(64);

/** A card that meets every guard of the default plan, in the given stage. */
export function exampleCard(stage: string, changes: Partial<CardView> = {}): CardView {
  return {
    id: 'card_1',
    version: 7,
    stage,
    enteredStageAt: '2026-03-01T09:00:00.000Z',
    openedAt: '2026-03-01T08:00:00.000Z',
    closedAt: null,
    platform: 'mastodon',
    author: { handle: 'ida', name: 'Ida', followers: 12 },
    excerpt: 'Where is my parcel?',
    posts: { count: 1, unseen: 0, firstPostedAt: '2026-03-01T08:00:00.000Z', lastPostedAt: '2026-03-01T08:00:00.000Z' },
    replyTo: { mentionId: 'men_1', nativeId: '1', url: null },
    account: 'acc_1',
    storyId: null,
    severity: 40,
    heat: 0,
    fields: {
      class: 'complaint',
      department: 'logistics',
      private_outcome: 'Parcel found',
      private_reason: 'personal_data',
    },
    owner: { userId: 'usr_ann', acceptedAt: '2026-03-01T08:10:00.000Z' },
    draft: {
      id: 'drf_1',
      generation: 1,
      empty: false,
      tooLong: false,
      findings: [],
      authors: ['usr_ann'],
      likest: null,
      facts: null,
    },
    signOffs: [exampleSignOff('usr_bo', 'comms')],
    fingerprint: FINGERPRINT,
    reply: {
      jobId: 'job_1',
      state: 'published',
      fingerprint: FINGERPRINT,
      attempt: 1,
      queuedAt: '2026-03-01T09:00:00.000Z',
      publishedAt: '2026-03-01T09:01:00.000Z',
      url: null,
      says: null,
      matches: true,
    },
    clocks: [],
    followUp: { state: 'posted', note: '', at: '2026-03-01T10:00:00.000Z' },
    remedy: null,
    checks: [],
    facts: [],
    glass: null,
    openComments: 0,
    ...changes,
  };
}

/** A signature over exactly the words of the example card. */
export function exampleSignOff(
  userId: string,
  role: string,
  changes: Partial<CardView['signOffs'][number]> = {},
): CardView['signOffs'][number] {
  return {
    id: `sig_${userId}_${role}`,
    userId,
    name: userId,
    role,
    fingerprint: FINGERPRINT,
    signedAt: '2026-03-01T09:00:00.000Z',
    expiresAt: '2026-03-02T09:00:00.000Z',
    voidedAt: null,
    voidReason: null,
    ...changes,
  };
}

/** The facts of a move of the example card by a social lead at level 1, an hour after it entered its stage. */
export function exampleFacts(stage: string, card: Partial<CardView> = {}, facts: Partial<MoveFacts> = {}): MoveFacts {
  return {
    now: '2026-03-01T10:00:00.000Z',
    actor: { kind: 'person', id: 'usr_lead', name: 'Lea', roles: ['social_lead'] },
    card: exampleCard(stage, card),
    level: 1,
    counts: {},
    countsOfOwner: {},
    accounts: [{ id: 'acc_1', platform: 'mastodon' }],
    ownerRoles: ['responder'],
    likest: null,
    seenVersion: 7,
    reason: '',
    glass: false,
    ...facts,
  };
}
