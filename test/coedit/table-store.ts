// The server's own draft store on a real database, with a card and a draft made for each test of the loop alone.

import { adoptPlan } from '../../server/src/adopting/adopting.service.ts';
import { insertCards, updateCard } from '../../server/src/cards/cards.repository.ts';
import type { DraftKey, DraftStore } from '../../server/src/coedit/draft-store.ts';
import { type Db, openDatabase } from '../../server/src/db/database.ts';
import { createEventLog } from '../../server/src/db/event-log.ts';
import { createSealer } from '../../server/src/db/sealed.ts';
import { createDraftLog } from '../../server/src/drafts/draft-log.service.ts';
import { draftOfCard, insertDraft } from '../../server/src/drafts/drafts.repository.ts';
import { insertPlaybook } from '../../server/src/playbooks/playbooks.repository.ts';
import { defaultPlaybookText } from '../../server/src/playbooks/playbooks.service.ts';
import { findRoom, insertRoom } from '../../server/src/rooms/rooms.repository.ts';

export type TableStore = DraftStore & {
  db: Db;
  /** Makes room, card (in Drafting) and draft of this generation where they are not there yet. */
  start(key: DraftKey): Promise<void>;
  text(key: DraftKey): Promise<string>;
  rows(key: DraftKey): Promise<number>;
  moveTo(key: DraftKey, stage: string): Promise<void>;
  /** Assesses the card of the draft. */
  assess(key: DraftKey, cardClass: string): Promise<void>;
  /** Has the room run the next version of its plan, once. */
  takePlan(key: DraftKey, change: (text: string) => string): Promise<void>;
  /** What the board shows of the words. */
  found(key: DraftKey): Promise<string>;
  /** To which card's reply the board says the words are too like. */
  likest(key: DraftKey): Promise<string | null>;
  /** A reply in these words goes out on the card of this draft, of which nobody is told. */
  sends(key: DraftKey, text: string): Promise<void>;
  end(): Promise<void>;
};

const AT = '2026-03-02T09:00:00.000Z';
const cardOf = (key: DraftKey): string => key.draftId.replace('drf_', 'card_');

export function tableStore(url: string, remember?: { renewMs: number; forgetMs: number }): TableStore {
  const { db } = openDatabase(url, 4);
  const now = (): string => new Date().toISOString();
  const events = createEventLog(db, now, createSealer('a key for tests that is long enough, 0123456789'));
  const log = createDraftLog({ db, events, now }, remember);
  const draft = (key: DraftKey) => draftOfCard(db, key.roomId, cardOf(key));
  return {
    load: log.load,
    append: log.append,
    compact: log.compact,
    db,
    async start(key) {
      if (!(await findRoom(db, key.roomId))) await makeRoom(db, key.roomId);
      await db.transaction().execute(async (tx) => {
        await insertCards(tx, [newCard(key)]);
        await insertDraft(tx, newDraft(key));
      });
    },
    moveTo: (key, stage) => db.transaction().execute((tx) => updateCard(tx, key.roomId, cardOf(key), { stage })),
    assess: (key, cardClass) =>
      db
        .transaction()
        .execute((tx) => updateCard(tx, key.roomId, cardOf(key), { fields: JSON.stringify({ class: cardClass }) })),
    async takePlan(key, change) {
      const text = change(defaultPlaybookText().replace('version: 1', 'version: 2'));
      const actor = { kind: 'person' as const, id: 'usr_lead', name: 'Lea', roles: ['commander'] };
      await adoptPlan({ events, now }, actor, { roomId: key.roomId, text, operationId: crypto.randomUUID() });
    },
    found: async (key) => (await draft(key))?.findings ?? '',
    async likest(key) {
      const said = (await draft(key))?.likest ?? null;
      return said && (JSON.parse(said) as { cardId: string }).cardId;
    },
    async sends(key, text) {
      const { roomId: room_id, draftId: draft_id, generation } = key;
      const on = { room_id, draft_id, generation, card_id: cardOf(key), job_id: `job_${draft_id}` };
      const to = { account_id: 'acc_1', reply_to: 'post-1', text, fingerprint: 'f', pictures: null };
      const at = { queued_at: AT, queued_by: 'usr_ana', run_at: AT, published_at: AT };
      const sent = { ...on, ...to, ...at, state: 'published' as const, attempt: 1, matches: true };
      await db.insertInto('publish_jobs').values(sent).execute();
    },
    text: async (key) => (await draft(key))?.text ?? '',
    async rows({ roomId, draftId, generation }) {
      const found = await db
        .selectFrom('draft_updates')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where('room_id', '=', roomId)
        .where('draft_id', '=', draftId)
        .where('generation', '=', generation)
        .executeTakeFirstOrThrow();
      return found.n;
    },
    end: () => db.destroy(),
  };
}

async function makeRoom(db: Db, roomId: string): Promise<void> {
  await insertRoom(db, {
    room_id: roomId,
    name: 'Loop',
    kind: 'live',
    zone: 'UTC',
    level: 1,
    level_reason: '',
    level_since: AT,
    playbook_id: 'consumer-brand',
    playbook_version: 1,
    opened_at: AT,
  });
  const playbook = { playbook_id: 'consumer-brand', version: 1, text: defaultPlaybookText() };
  await db
    .transaction()
    .execute((tx) => insertPlaybook(tx, { room_id: roomId, ...playbook, adopted_at: AT, adopted_by: 'system:test' }));
}

const newDraft = ({ roomId, draftId, generation }: DraftKey) => ({
  room_id: roomId,
  draft_id: draftId,
  card_id: draftId.replace('drf_', 'card_'),
  generation,
  n: 0,
  text: '',
  empty: true,
  too_long: false,
  findings: '[]',
  authors: [],
  signed: false,
  changed_at: AT,
});

const newCard = (key: DraftKey) => ({
  room_id: key.roomId,
  card_id: cardOf(key),
  version: 1,
  stage: 'drafting',
  entered_stage_at: AT,
  opened_at: AT,
  closed_at: null,
  platform: 'bluesky',
  author_handle: `${key.draftId}.example`,
  author_name: 'Mara',
  author_followers: null,
  excerpt: '',
  posts_count: 1,
  posts_unseen: 0,
  first_posted_at: AT,
  last_posted_at: AT,
  reply_to_mention: 'men_1',
  reply_to_native: 'post-1',
  reply_to_url: null,
  account_id: null,
  story_id: null,
  severity: 0,
  heat: 0,
  fields: '{}',
  owner_id: null,
  owner_accepted_at: null,
  follow_up: null,
  remedy: null,
  checks: null,
  recorded: null,
  glass: null,
});
