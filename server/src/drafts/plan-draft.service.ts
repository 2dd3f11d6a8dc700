// The next plan of a room, written together like a reply: begun from a text, kept as a log of updates, nothing shown that is not committed.
import { DRAFT_ROOT, type DraftState, PLAN_LIMITS, type PlanDraft } from '@rejoinder/contracts/drafts';
import type { Actor } from '@rejoinder/contracts/people';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import * as Y from 'yjs';
import type { Executor } from '../db/database.ts';
import type { Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import { findMember } from '../people/people.repository.ts';
import { may, playbookOf } from '../playbooks/playbooks.service.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import {
  advancePlanDraft,
  findPlanDraft,
  insertPlanAuthors,
  insertPlanUpdate,
  planAuthorsOf,
  planUpdatesOf,
  putPlanDraft,
  replacePlanUpdates,
} from './plan-drafts.repository.ts';

type LogDeps = Pick<Deps, 'db' | 'now'>;
type Key = { roomId: string; draftId: string; generation: number };
type Authors = { userId: string; clientIds: number[] }[];

/** Who writes the next plan: whoever may adopt one, and the role that looks after it (PD-1). */
export const mayWritePlan = (playbook: Playbook, actor: Actor): boolean =>
  may(playbook, actor, 'adopt_playbook') || actor.roles.includes(playbook.owner);

/** The next plan as it stands; null while nobody has begun one. */
export async function planDraft(db: Executor, roomId: string): Promise<PlanDraft | null> {
  const row = await findPlanDraft(db, roomId);
  return row ? asPlanDraft(db, row) : null;
}

async function asPlanDraft(db: Executor, row: Row<'plan_drafts'>): Promise<PlanDraft> {
  const { generation, text, started_by, started_at, changed_at } = row;
  const by = await findMember(db, row.room_id, started_by);
  return { generation, text, startedBy: by?.name ?? 'someone', startedAt: started_at, changedAt: changed_at };
}

/** Begins the next plan from a text, else from the running plan; begun already, it is answered as it is unless `anew` (PD-2). */
export function startPlanDraft(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; anew?: boolean | undefined; text?: string | undefined; operationId: string },
): Promise<PlanDraft> {
  const { roomId, anew = false, text, operationId } = input;
  return deps.events.change(
    { roomId, actor, operationId, request: JSON.stringify(['plan-draft', anew, text ?? null]) },
    async ({ tx, now, log }) => {
      const { room, playbook } = await roomContext(tx, roomId);
      if (!mayWritePlan(playbook, actor))
        throw new Problem(
          'not-allowed',
          'The next plan is written by those who may adopt one and by who looks after it.',
        );
      const known = await findPlanDraft(tx, roomId);
      if (known && !anew) return asPlanDraft(tx, known);
      const words = (text ?? (await playbookOf(tx, room)).text).replaceAll('\0', '').replaceAll('\r\n', '\n');
      const generation = (known?.generation ?? 0) + 1;
      const row = { room_id: roomId, generation, n: 1, text: words, started_by: actor.id, started_at: now };
      await putPlanDraft(tx, { ...row, changed_at: now });
      await insertPlanUpdate(tx, { room_id: roomId, generation, n: 1, bytes: firstUpdate(words), at: now });
      log({ type: 'playbook.drafted', data: { generation, by: actor.id } });
      return asPlanDraft(tx, { ...row, changed_at: now });
    },
  );
}

/** A document that holds this text; made once for a generation, on the server, so that nobody types it twice. */
export function firstUpdate(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText(DRAFT_ROOT).insert(0, text);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/** What this person may do with the next plan. @throws Problem `not-found`, `stale-generation` */
export async function enterPlanDraft(
  db: Executor,
  roomId: string,
  generation: number,
  actor: Actor,
): Promise<DraftState> {
  await draftOf(db, { roomId, generation });
  const { playbook } = await roomContext(db, roomId);
  return mayWritePlan(playbook, actor)
    ? { state: 'editable', says: 'You can write.' }
    : { state: 'read-only', says: 'Your roles let you read the next plan.' };
}

async function draftOf(db: Executor, { roomId, generation }: Pick<Key, 'roomId' | 'generation'>) {
  const draft = await findPlanDraft(db, roomId);
  if (!draft) throw new Problem('not-found');
  if (draft.generation !== generation) throw new Problem('stale-generation');
  return draft;
}

/** The log behind the next plan: the same promises as that of a reply, without signatures to void. */
export function createPlanLog(deps: LogDeps) {
  return {
    async load(key: Key, after?: number) {
      await draftOf(deps.db, key);
      const rows = await planUpdatesOf(deps.db, key.roomId, key.generation, after);
      const byUser = new Map<string, number[]>();
      for (const { client_id, user_id } of await planAuthorsOf(deps.db, key.roomId, key.generation))
        byUser.set(user_id, [...(byUser.get(user_id) ?? []), client_id]);
      return {
        updates: rows.map((row) => new Uint8Array(row.bytes)),
        n: rows.at(-1)?.n ?? after ?? 0,
        authors: [...byUser].map(([userId, clientIds]) => ({ userId, clientIds })),
        limits: PLAN_LIMITS,
      };
    },

    append(
      { roomId, generation }: Key,
      entry: { update: Uint8Array; text: string; authors: Authors; after?: number },
    ): Promise<{ n: number }> {
      const now = deps.now();
      return deps.db.transaction().execute(async (tx) => {
        const n = await advancePlanDraft(tx, { roomId, generation, text: entry.text, now });
        if (n === undefined) throw new Problem('stale-generation');
        // Whoever did not read the newest row wrote a text that lacks it: nothing of this stays.
        if (entry.after !== undefined && n !== entry.after + 1) throw new Problem('resync');
        await insertPlanUpdate(tx, { room_id: roomId, generation, n, bytes: entry.update, at: now });
        await insertPlanAuthors(
          tx,
          entry.authors.flatMap(({ userId, clientIds }) =>
            clientIds.map((id) => ({ room_id: roomId, generation, client_id: id, user_id: userId })),
          ),
        );
        return { n };
      });
    },

    async compact({ roomId, generation }: Key, upTo: number, snapshot: Uint8Array): Promise<void> {
      const row = { room_id: roomId, generation, n: upTo, bytes: snapshot, at: deps.now() };
      await deps.db.transaction().execute((tx) => replacePlanUpdates(tx, row));
    },
  };
}
