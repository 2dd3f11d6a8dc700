// The log behind the live text: appends and commits every update, voids what no longer fits in the same transaction.

import type { Actor } from '@rejoinder/contracts/people';
import { readCard } from '../cards/card-view.service.ts';
import { lockCard } from '../cards/cards.repository.ts';
import { cardNow } from '../cards/cards.service.ts';
import type { Change } from '../db/event-log.ts';
import { newId } from '../db/ids.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import { type RoomContext, roomContext } from '../rooms/rooms.service.ts';
import { insertAside } from './aside.repository.ts';
import {
  appendPlainly,
  authorsOf,
  type DraftRow,
  findDraft,
  insertAuthors,
  insertUpdate,
  lockDraftOfCard,
  replaceUpdates,
  updateDraft,
  updatesOf,
} from './drafts.repository.ts';
import { type DraftKey, textState } from './drafts.service.ts';
import { keepFolded } from './history.service.ts';
import { asRow, type Beside, besideOf, fitsOf, isSeen, judgeText } from './judging.ts';
import { judgeCardsAgain } from './judging-again.service.ts';
import { picturesUnder } from './pictures.service.ts';
import { voidOtherWords } from './voiding.ts';

type LogDeps = Pick<Deps, 'db' | 'events' | 'now'>;
type Authors = { userId: string; clientIds: number[] }[];
type Aside = { userId: string; update: Uint8Array; words: string; takes: number };
type Entry = { update: Uint8Array; text: string; authors: Authors; after?: number };

type JudgedBy = Beside & { context: RoomContext };
/** What is remembered between appends, so that typing costs one statement: what words are judged by, the known author ids. */
type Remembered = JudgedBy & {
  cardId: string;
  clients: Set<number>;
  readAt: number;
  renewal: NodeJS.Timeout | null;
  /** The newest words that were judged by it. */
  text: string | null;
};
/** Milliseconds after which what was written is judged by what is read anew, and after which a key waits for that. */
const REMEMBER = { renewMs: 5_000, forgetMs: 60_000 };
/** Nothing is read in the moment somebody's key is written. */
const BESIDE_MS = 100;
/** Who judges words again that were written while what they are judged by was read. */
const JUDGE: Actor = { kind: 'system', id: 'system:drafts', name: 'Drafts', roles: [] };

export function createDraftLog(deps: LogDeps, { renewMs, forgetMs } = REMEMBER) {
  const memory = new Map<string, Remembered>();
  /** One draft at a time, so that keys of all drafts have the connections. */
  let renewing: Promise<void> = Promise.resolve();
  const nameOf = (key: DraftKey): string => `${key.roomId}/${key.draftId}.${key.generation}`;

  /** Read anew some time after a key, beside the typing: no key waits for it, and no word stays judged by what was. */
  async function remembered(key: DraftKey): Promise<Remembered> {
    const known = memory.get(nameOf(key));
    const age = known ? performance.now() - known.readAt : forgetMs;
    if (!known || age >= forgetMs) return readAnew(key);
    known.renewal ??= setTimeout(
      () => {
        renewing = renewing
          .then(() => renew(key, known))
          .catch(() => {
            // The next key tries again, and past the time says why it cannot.
            known.renewal = null;
          });
      },
      Math.max(BESIDE_MS, renewMs - age),
    ).unref();
    return known;
  }

  /** Where what is known no longer holds, the words that were written by it are judged again (DR-12). */
  async function renew(key: DraftKey, known: Remembered): Promise<void> {
    if (memory.get(nameOf(key)) !== known) return;
    const fresh = await readAnew(key, known);
    const { text } = known;
    if (text === null || judgedAs(fresh, text) === judgedAs(known, text)) return;
    await deps.events.change({ roomId: key.roomId, actor: JUDGE }, (change) =>
      judgeCardsAgain(change, key.roomId, [known.cardId]),
    );
  }

  async function readAnew(key: DraftKey, instead?: Remembered): Promise<Remembered> {
    const readAt = performance.now();
    const draft = await draftOf(deps, key);
    const card = await readCard(deps.db, key.roomId, draft.card_id);
    if (!card) throw new Problem('not-found');
    const clients = new Set(
      (await authorsOf(deps.db, key.roomId, key.draftId, key.generation)).map((a) => a.client_id),
    );
    const context = await roomContext(deps.db, key.roomId);
    const fresh = {
      cardId: draft.card_id,
      ...(await besideOf(deps.db, context.playbook, { roomId: key.roomId, card })),
      context,
      clients,
      readAt,
      renewal: null,
      text: null,
    };
    if (memory.size > 500) memory.clear();
    // What was forgotten meanwhile stays forgotten: this may have been read before the change that made it so.
    if (instead === undefined || memory.get(nameOf(key)) === instead) memory.set(nameOf(key), fresh);
    return fresh;
  }

  return {
    async load(key: DraftKey, after?: number): Promise<{ updates: Uint8Array[]; n: number; authors: Authors }> {
      await draftOf(deps, key);
      const rows = await updatesOf(deps.db, key.roomId, key.draftId, key.generation, after);
      const byUser = new Map<string, number[]>();
      for (const { client_id, user_id } of await authorsOf(deps.db, key.roomId, key.draftId, key.generation))
        byUser.set(user_id, [...(byUser.get(user_id) ?? []), client_id]);
      return {
        updates: rows.map((row) => new Uint8Array(row.bytes)),
        n: rows.at(-1)?.n ?? after ?? 0,
        authors: [...byUser].map(([userId, clientIds]) => ({ userId, clientIds })),
      };
    },

    /** One statement when nothing but the text changes; else the whole transaction with voids and events. */
    async append(key: DraftKey, entry: Entry): Promise<{ n: number }> {
      const known = await remembered(key);
      const isNewClient = entry.authors.some((author) => author.clientIds.some((id) => !known.clients.has(id)));
      if (!isNewClient) {
        known.text = entry.text;
        const n = await appendPlainly(deps.db, {
          ...key,
          update: entry.update,
          text: entry.text,
          fits: judgedAs(known, entry.text),
          at: deps.now(),
          after: entry.after ?? null,
        });
        if (n !== undefined) return { n };
      }
      memory.delete(nameOf(key));
      const author = entry.authors[0];
      const member =
        author &&
        (await deps.db
          .selectFrom('members')
          .select('name')
          .where('room_id', '=', key.roomId)
          .where('user_id', '=', author.userId)
          .executeTakeFirst());
      const actor = {
        kind: 'person' as const,
        id: author?.userId ?? 'unknown',
        name: member?.name ?? 'someone',
        roles: [],
      };
      const readAt = performance.now();
      const { n, judgedBy } = await deps.events.change({ roomId: key.roomId, actor }, (change) =>
        appendWhole(change, key, entry, known.cardId),
      );
      const clients = new Set([...known.clients, ...entry.authors.flatMap((each) => each.clientIds)]);
      memory.set(nameOf(key), { cardId: known.cardId, ...judgedBy, clients, readAt, renewal: null, text: null });
      return { n };
    },

    setAside(key: DraftKey, aside: Aside): Promise<boolean> {
      const at = deps.now();
      const row = { room_id: key.roomId, draft_id: key.draftId, generation: key.generation, at };
      const { userId, update, words, takes } = aside;
      const aside_id = newId('aside', Date.parse(at));
      return insertAside(deps.db, { ...row, aside_id, user_id: userId, bytes: update, words, takes });
    },

    async compact(key: DraftKey, upTo: number, snapshot: Uint8Array): Promise<void> {
      await deps.db.transaction().execute(async (tx) => {
        await keepFolded(tx, key, upTo);
        await replaceUpdates(tx, key.roomId, key.draftId, key.generation, upTo, snapshot, deps.now());
      });
    },
  };
}

const judgedAs = (by: JudgedBy, text: string): string =>
  fitsOf(by.context.playbook, by.class, judgeText(by.context.playbook, text, by));

async function draftOf(deps: LogDeps, key: DraftKey): Promise<DraftRow> {
  const draft = await findDraft(deps.db, key.roomId, key.draftId);
  if (!draft) throw new Problem('not-found');
  if (draft.generation !== key.generation) throw new Problem('stale-generation');
  return draft;
}

async function appendWhole(
  { tx, now, log }: Change,
  key: DraftKey,
  entry: Entry,
  cardId: string,
): Promise<{ n: number; judgedBy: JudgedBy }> {
  const { roomId, draftId, generation } = key;
  await lockCard(tx, roomId, cardId);
  const draft = await lockDraftOfCard(tx, roomId, cardId);
  const before = await cardNow(tx, { roomId, cardId });
  if (!draft || draft.generation !== generation) throw new Problem('stale-generation');
  if (entry.after !== undefined && entry.after !== draft.n) throw new Problem('resync');
  const context = await roomContext(tx, roomId);
  const { playbook } = context;
  if (textState(playbook, before.stage) === 'frozen')
    throw new Problem('not-allowed', 'In this stage the text stands still. Move the card back to change it.');
  const beside = await besideOf(tx, playbook, { roomId, card: before });
  const judged = judgeText(playbook, entry.text, beside);
  const authors = [...new Set([...draft.authors, ...entry.authors.map((a) => a.userId)])];
  const n = draft.n + 1;
  await insertUpdate(tx, { room_id: roomId, draft_id: draftId, generation, n, bytes: entry.update, at: now });
  await updateDraft(tx, roomId, draftId, {
    n,
    text: entry.text,
    ...asRow(judged),
    pictures: picturesUnder(playbook, draft),
    authors,
    changed_at: now,
    fits: draft.signed ? null : fitsOf(playbook, beside.class, judged),
  });
  await insertAuthors(
    tx,
    entry.authors.flatMap((a) =>
      a.clientIds.map((id) => ({ room_id: roomId, draft_id: draftId, generation, client_id: id, user_id: a.userId })),
    ),
  );
  const changed = await cardNow(tx, { roomId, cardId });
  const voided = draft.signed ? await voidOtherWords(tx, changed, roomId, draftId, now) : [];
  const card = draft.signed ? await cardNow(tx, { roomId, cardId }) : changed;
  if (voided.length > 0) {
    log({ type: 'draft.voided', data: { card, signOffs: voided, why: 'The words changed after the signature.' } });
  } else if (isSeen(draft, judged, authors) || card.fingerprint !== before.fingerprint)
    log({ type: 'draft.changed', data: { card } });
  return { n, judgedBy: { ...beside, context } };
}
