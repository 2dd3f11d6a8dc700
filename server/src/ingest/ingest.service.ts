// Takes what sources report and stores it: identity, edits, deletions, and one event per batch.
import type { MentionView, SourceEvent } from '@rejoinder/contracts/mentions';
import type { Actor } from '@rejoinder/contracts/people';
import { isLostToAnother } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import { type Batch, type IngestResult, StoredMeanwhile } from './batch.ts';
import { claimDeliveries, type Delivered } from './deliveries.repository.ts';
import {
  claimKeys,
  type KeyRow,
  lockKeys,
  markAlive,
  markRevised,
  readMentions,
  reviseMention,
  storeMentions,
} from './mentions.repository.ts';
import { asView, clean, idAt, iso, keyRow, mentionRow } from './new-mentions.ts';
import { repeated, storePlain } from './plain-deliveries.service.ts';
import { takePrivate } from './private-messages.service.ts';

const SYSTEM: Actor = { kind: 'system', id: 'system:ingest', name: 'Sources', roles: [] };
/** Past this a sender is told to come again. */
const MOST_TRIES = 3;

/**
 * Stores batches inside a running change; answers one outcome a batch: its result, or the Problem with it alone.
 * Batches whose `alongside` says false were handled before.
 */
export async function storeBatches(change: Change, batches: Batch[]): Promise<(IngestResult | Problem)[]> {
  const plain = await storePlain(change, batches);
  if (plain !== null) return plain;
  const results: (IngestResult | Problem)[] = [];
  const fresh: { batch: Batch; result: IngestResult }[] = [];
  const roomId = batches[0]?.roomId ?? '';
  const deliveryOf = ({ sourceId, delivery }: Batch): Delivered[] =>
    delivery ? [{ sourceId, deliveryId: delivery.id, bodyHash: delivery.bodyHash }] : [];
  const unseen = await claimDeliveries(change.tx, roomId, batches.flatMap(deliveryOf), change.now);
  for (const batch of batches) {
    const result: IngestResult = { stored: 0, known: 0, edited: 0, deleted: 0 };
    // Taken out of the set, so that of two equal deliveries in one group the second is the repeat.
    const [delivered] = deliveryOf(batch);
    if (delivered && !unseen.delete(`${delivered.sourceId} ${delivered.deliveryId}`)) {
      results.push(await repeated(change.tx, roomId, delivered));
      continue;
    }
    results.push(result);
    if (batch.alongside && !(await batch.alongside(change.tx))) continue;
    fresh.push({ batch, result });
  }
  for (const [sourceId, group] of groupBySource(fresh)) await storeOfSource(change, sourceId, group);
  return results;
}

/** Stores batches of one room in a transaction of their own; one that another transaction overtook is tried again (IN-17). */
export async function storeTogether(deps: Deps, roomId: string, batches: Batch[]): Promise<(IngestResult | Problem)[]> {
  for (let tries = 1; ; tries++)
    try {
      return await deps.events.change({ roomId, actor: SYSTEM }, (change) => storeBatches(change, batches));
    } catch (error) {
      if (tries === MOST_TRIES || !isLostToAnother(error)) throw error;
    }
}

/** Stores one batch in a transaction of its own. */
export async function ingestBatch(deps: Deps, batch: Batch): Promise<IngestResult> {
  const [outcome] = await storeTogether(deps, batch.roomId, [batch]);
  if (outcome === undefined || outcome instanceof Problem) throw outcome;
  return outcome;
}

async function storeOfSource(
  change: Change,
  sourceId: string,
  group: { batch: Batch; result: IngestResult }[],
): Promise<void> {
  const { tx, now, log } = change;
  const roomId = group[0]?.batch.roomId ?? '';
  const made: { view: MentionView; result: IngestResult }[] = [];
  const later: { event: SourceEvent; result: IngestResult }[] = [];
  const inBatch = new Set<string>();
  for (const { batch, result } of group) {
    for (const event of await takePrivate(change, batch, batch.events, result)) {
      if (event.type !== 'created') {
        later.push({ event, result });
        continue;
      }
      const key = `${event.mention.platform} ${event.mention.nativeId}`;
      if (inBatch.has(key)) result.known++;
      else {
        inBatch.add(key);
        made.push({ view: asView(clean(event.mention), idAt(now), sourceId, now), result });
      }
    }
  }
  const isNew = await storeMentions(
    tx,
    made.map(({ view }) => mentionRow(roomId, view)),
  );
  const created: MentionView[] = [];
  for (const { view, result } of made) {
    if (isNew.has(view.id)) {
      created.push(view);
      result.stored++;
    } else result.known++;
  }
  const { edited, deleted, appeared } = await revise(change, roomId, sourceId, later);
  created.push(...appeared);
  if (created.length + edited.length + deleted.length === 0) return;
  if (edited.length + deleted.length > 0) await markAlive(tx, roomId, sourceId, now);
  log({ type: 'mention.received', data: { sourceId, created, edited, deleted } });
}

/** Edits and deletions on known mentions; an edit of an unknown one brings it, a deletion of an unknown one bars it for good (F20). */
async function revise(
  { tx, now }: Change,
  roomId: string,
  sourceId: string,
  later: { event: SourceEvent; result: IngestResult }[],
): Promise<{ edited: MentionView[]; deleted: MentionView[]; appeared: MentionView[] }> {
  const edited = new Set<string>();
  const deleted = new Set<string>();
  const appeared: MentionView[] = [];
  const keys = new Map<string, KeyRow>();
  const nameOf = (event: SourceEvent) =>
    event.type === 'deleted'
      ? { platform: event.platform, nativeId: event.nativeId }
      : { platform: event.mention.platform, nativeId: event.mention.nativeId };
  for (const key of await lockKeys(
    tx,
    roomId,
    later.map(({ event }) => nameOf(event)),
  ))
    keys.set(`${key.platform} ${key.native_id}`, key);
  for (const { event, result } of later) {
    const { platform, nativeId } = nameOf(event);
    const key = keys.get(`${platform} ${nativeId}`);
    if (event.type === 'deleted') {
      if (key?.deleted_at) result.known++;
      else if (key) {
        const at = iso(event.at);
        key.deleted_at = at;
        await reviseMention(tx, roomId, key.mention_id, { text: '', deleted_at: at });
        await markRevised(tx, roomId, key.mention_id, key, { deleted_at: at });
        deleted.add(key.mention_id);
        result.deleted++;
      } else {
        const tombstone: KeyRow = {
          room_id: roomId,
          platform,
          native_id: nativeId,
          mention_id: idAt(now),
          received_at: now,
          revised_at: null,
          deleted_at: iso(event.at),
        };
        if ((await claimKeys(tx, [tombstone])).size === 0) throw new StoredMeanwhile();
        keys.set(`${platform} ${nativeId}`, tombstone);
        result.deleted++;
      }
    } else if (key) {
      const revisedAt = iso(
        event.type === 'edited' ? (event.mention.editedAt ?? event.mention.postedAt) : event.mention.postedAt,
      );
      if (key.deleted_at || (key.revised_at !== null && key.revised_at >= revisedAt)) {
        result.known++;
        continue;
      }
      const mention = clean(event.mention);
      key.revised_at = revisedAt;
      await reviseMention(tx, roomId, key.mention_id, {
        text: mention.text,
        edited_at: revisedAt,
        author_name: mention.author.name,
      });
      await markRevised(tx, roomId, key.mention_id, key, { revised_at: revisedAt });
      edited.add(key.mention_id);
      result.edited++;
    } else if (event.type === 'edited') {
      // An edit without a time of its own counts as one at the posting, in whichever order the two arrive (F19).
      const mention = { ...clean(event.mention), editedAt: event.mention.editedAt ?? event.mention.postedAt };
      const view = asView(mention, idAt(now), sourceId, now);
      if ((await storeMentions(tx, [mentionRow(roomId, view)])).size === 0) throw new StoredMeanwhile();
      keys.set(`${platform} ${nativeId}`, keyRow(roomId, view));
      appeared.push(view);
      result.stored++;
    }
  }
  const isNew = new Set(appeared.map((view) => view.id));
  const views = await readMentions(
    tx,
    roomId,
    [...edited, ...deleted].filter((id) => !isNew.has(id)),
  );
  return {
    edited: views.filter((v) => !v.deletedAt),
    deleted: views.filter((v) => v.deletedAt),
    appeared: isNew.size ? await readMentions(tx, roomId, [...isNew]) : [],
  };
}

function groupBySource(
  fresh: { batch: Batch; result: IngestResult }[],
): Map<string, { batch: Batch; result: IngestResult }[]> {
  const groups = new Map<string, { batch: Batch; result: IngestResult }[]>();
  for (const item of fresh) {
    const group = groups.get(item.batch.sourceId);
    if (group) group.push(item);
    else groups.set(item.batch.sourceId, [item]);
  }
  return groups;
}
