// A reply's life: keeps what is folded, tells it step by step, and brings a version back as the next generation.
import type { CardView } from '@rejoinder/contracts/cards';
import {
  type DraftGeneration,
  type DraftHistory,
  type DraftMark,
  type DraftWriter,
  HISTORY_LIMITS,
} from '@rejoinder/contracts/history';
import type { Actor } from '@rejoinder/contracts/people';
import { picturesOf } from '../cards/card-view.service.ts';
import { changeCard, type OnCard } from '../cards/cards.service.ts';
import type { Executor, Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import {
  type DraftRow,
  draftOfCard,
  insertAuthors,
  insertUpdate,
  lockDraftOfCard,
  updateDraft,
} from './drafts.repository.ts';
import { beginGeneration, type DraftKey } from './drafts.service.ts';
import {
  batchesOf,
  deleteBatches,
  generationsOf,
  insertBatch,
  lockLog,
  publishedOf,
  signaturesOn,
  stepsBetween,
  weightOf,
  writersOf,
} from './history.repository.ts';
import { fewerSteps, forgetOldest, packSteps, type Step, unpackSteps } from './history-batches.ts';
import { asRow, judgeDraft } from './judging.ts';
import { revive } from './reviving.ts';

/** Whose name is not known any more. */
const FORMER = 'a former member';

/** Puts the steps that are about to be folded away with those folded before, in the caller's transaction (HI-1). */
export async function keepFolded(tx: Tx, key: DraftKey, upTo: number): Promise<void> {
  await lockLog(tx, key);
  const kept = await weightOf(tx, key);
  const fresh = (await stepsBetween(tx, key, kept.toN, upTo)).map(asStep);
  if (fresh.length === 0) return;
  const bytes = await packSteps(fresh);
  const where = { room_id: key.roomId, draft_id: key.draftId, generation: key.generation };
  const isRoom =
    kept.steps + fresh.length <= HISTORY_LIMITS.steps && kept.bytes + bytes.byteLength <= HISTORY_LIMITS.bytes;
  if (isRoom) return insertBatch(tx, { ...where, to_n: upTo, steps: fresh.length, bytes });
  let steps = fewerSteps([...(await foldedSteps(tx, key)), ...fresh]);
  let packed = await packSteps(steps);
  while (packed.byteLength > HISTORY_LIMITS.bytes && steps.length > 1) {
    steps = forgetOldest(steps);
    packed = await packSteps(steps);
  }
  await deleteBatches(tx, key);
  await insertBatch(tx, { ...where, to_n: upTo, steps: steps.length, bytes: packed });
}

/** Every step of a generation in order: those folded, then those still in the log. */
async function stepsOf(db: Executor, key: DraftKey): Promise<Step[]> {
  const folded = await foldedSteps(db, key);
  const live = await stepsBetween(db, key, folded.at(-1)?.n ?? 0);
  return [...folded, ...live.map(asStep)];
}

async function foldedSteps(db: Executor, key: DraftKey): Promise<Step[]> {
  const batches = await batchesOf(db, key);
  return (await Promise.all(batches.map(({ bytes }) => unpackSteps(bytes)))).flat();
}

const asStep = ({ n, at, bytes }: { n: number; at: string; bytes: Uint8Array }): Step => ({
  n,
  at: new Date(at).toISOString(),
  bytes: new Uint8Array(bytes),
});

/** The life of one generation. @throws Problem `not-found` */
export async function draftHistory(deps: Deps, on: OnCard, generation?: number): Promise<DraftHistory> {
  const draft = await draftOrNot(deps.db, on);
  const shown = generation ?? draft.generation;
  if (shown > draft.generation) throw new Problem('not-found', `This draft has ${draft.generation} generations.`);
  const key = { roomId: on.roomId, draftId: draft.draft_id, generation: shown };
  // One look at the log: a fold between two statements would show its steps twice or not at all.
  const steps = await deps.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((tx) => stepsOf(tx, key));
  return {
    draftId: draft.draft_id,
    current: draft.generation,
    shown,
    generations: await generations(deps.db, on.roomId, draft),
    steps: steps.map(({ n, at, bytes }) => ({ n, at, update: Buffer.from(bytes).toString('base64') })),
    writers: await writers(deps.db, key),
    marks: await marks(deps.db, key, steps),
  };
}

/** Whose client ids are whose in the running text. @throws Problem `not-found` */
export async function draftWriters(deps: Deps, on: OnCard): Promise<{ generation: number; writers: DraftWriter[] }> {
  const { draft_id, generation } = await draftOrNot(deps.db, on);
  return { generation, writers: await writers(deps.db, { roomId: on.roomId, draftId: draft_id, generation }) };
}

async function draftOrNot(db: Executor, on: OnCard): Promise<DraftRow> {
  const draft = await draftOfCard(db, on.roomId, on.cardId);
  if (!draft) throw new Problem('not-found', 'This card has no draft yet.');
  return draft;
}

async function writers(db: Executor, key: DraftKey): Promise<DraftWriter[]> {
  const rows = await writersOf(db, key);
  return rows.map(({ client_id, user_id, name }) => ({ clientId: client_id, userId: user_id, name: name ?? FORMER }));
}

/** One entry a generation, those too that began before their start was written down. */
async function generations(db: Executor, roomId: string, draft: DraftRow): Promise<DraftGeneration[]> {
  const known = new Map((await generationsOf(db, roomId, draft.draft_id)).map((row) => [row.generation, row]));
  return Array.from({ length: draft.generation }, (_, i) => {
    const row = known.get(i + 1);
    return {
      generation: i + 1,
      how: row?.how ?? (i === 0 ? 'started' : 'anew'),
      at: row?.at ?? null,
      by: row?.by_name ?? null,
      reason: row?.reason ?? '',
      from:
        row?.from_generation == null || row.from_n === null ? null : { generation: row.from_generation, n: row.from_n },
    };
  });
}

async function marks(db: Executor, key: DraftKey, steps: readonly Step[]): Promise<DraftMark[]> {
  const at = (instant: string): number => steps.findLast((step) => step.at <= new Date(instant).toISOString())?.n ?? 0;
  const signed = (await signaturesOn(db, key)).map((row) => ({
    kind: 'signed' as const,
    n: row.n ?? at(row.signed_at),
    at: row.signed_at,
    by: row.name,
    role: row.role,
    voided: row.voided_at === null ? null : (row.void_reason ?? ''),
    ...picturesBeside(row),
  }));
  const published = (await publishedOf(db, key)).map((row) => ({
    kind: 'published' as const,
    n: at(row.queuedAt),
    at: row.at,
    by: row.by ?? FORMER,
    role: null,
    voided: null,
    ...picturesBeside(row),
  }));
  return [...signed, ...published].sort((a, b) => a.n - b.n || a.at.localeCompare(b.at));
}

const picturesBeside = (row: { pictures: string | null }) =>
  row.pictures === null ? {} : { pictures: picturesOf(row) };

/** Brings the text of a version back as the next generation (HI-5); what was signed is void, and nothing is lost. */
export function restoreDraft(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  input: { generation: number; n: number; reason: string },
): Promise<{ card: CardView }> {
  const { generation, n, reason } = input;
  return changeCard(deps, actor, on, 'draft', ['restore', input], async (change, { card, playbook }) => {
    const { tx, now } = change;
    if (reason.trim() === '') throw new Problem('not-valid', 'Say in a sentence why this version comes back.');
    const draft = await lockDraftOfCard(tx, on.roomId, on.cardId);
    if (!draft) throw new Problem('not-found', 'This card has no draft yet.');
    const from = { roomId: on.roomId, draftId: draft.draft_id, generation };
    await lockLog(tx, from);
    const steps = generation > draft.generation ? [] : await stepsOf(tx, from);
    const last = steps.findLast((step) => step.n <= n);
    if (!last || n > (steps.at(-1)?.n ?? 0))
      throw new Problem('not-found', 'There is no such version. Load the history again and choose one of its steps.');
    const owners = new Map((await writersOf(tx, from)).map((row) => [row.client_id, row.user_id]));
    const revived = revive(
      steps.filter((step) => step.n <= n),
      owners,
      actor.id,
    );
    const next = await beginGeneration(
      change,
      on,
      draft,
      { card, playbook },
      {
        how: 'restored',
        reason,
        from: { generation, n: last.n },
      },
    );
    const judged = await judgeDraft(tx, playbook, { roomId: on.roomId, card }, revived.text);
    const row = { room_id: on.roomId, draft_id: draft.draft_id, generation: next };
    await updateDraft(tx, on.roomId, draft.draft_id, {
      n: 1,
      text: revived.text,
      ...asRow(judged),
      pictures: draft.pictures,
      authors: revived.authors.map((author) => author.userId),
    });
    await insertUpdate(tx, { ...row, n: 1, bytes: revived.update, at: now });
    await insertAuthors(
      tx,
      revived.authors.map(({ userId, clientId }) => ({ ...row, client_id: clientId, user_id: userId })),
    );
    const told = { generation, n: last.n, at: last.at };
    return (after) => ({ type: 'draft.restored', data: { card: after, from: told, reason } });
  });
}
