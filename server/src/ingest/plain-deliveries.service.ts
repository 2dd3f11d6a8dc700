// The common case, in one statement: signed deliveries of one source that bring new posts and nothing else.
import type { MentionView } from '@rejoinder/contracts/mentions';
import type { Tx } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import { Problem } from '../http/problems.ts';
import { type Batch, bringsOnlyNew, type IngestResult } from './batch.ts';
import { type Delivered, hasOtherBody } from './deliveries.repository.ts';
import { storeDelivered } from './mentions.repository.ts';
import { asView, clean, idAt, mentionRow } from './new-mentions.ts';

const OTHER_BODY =
  'A delivery with this webhook-id was taken already with another body. Give every delivery an id of its own.';

/** What a delivery is answered whose id was taken before: the Problem when it had another body, else that it is the same again (IN-3). */
export async function repeated(tx: Tx, roomId: string, delivered: Delivered): Promise<IngestResult | Problem> {
  return (await hasOtherBody(tx, roomId, delivered))
    ? new Problem('already-done', OTHER_BODY)
    : { stored: 0, known: 0, edited: 0, deleted: 0, repeated: true };
}

/** Stores the batches of a group and answers one outcome a batch; null, and nothing is done, where they are not of this kind. */
export async function storePlain(change: Change, batches: Batch[]): Promise<(IngestResult | Problem)[] | null> {
  const deliveries = plainDeliveries(batches);
  const [first] = batches;
  if (!deliveries || !first) return null;
  const { tx, now, log } = change;
  const { roomId, sourceId } = first;
  const made = batches.map(({ events }) =>
    events.flatMap((event) =>
      event.type === 'created' ? [asView(clean(event.mention), idAt(now), sourceId, now)] : [],
    ),
  );
  const { claimed, stored } = await storeDelivered(
    tx,
    deliveries,
    made.flatMap((views, i) =>
      views.map((view) => ({ ...mentionRow(roomId, view), deliveryId: deliveries[i]?.deliveryId ?? '' })),
    ),
  );
  const created: MentionView[] = [];
  const results: (IngestResult | Problem)[] = [];
  for (const [i, delivered] of deliveries.entries()) {
    if (!claimed.has(delivered.deliveryId)) {
      results.push(await repeated(tx, roomId, delivered));
      continue;
    }
    const views = made[i] ?? [];
    const fresh = views.filter((view) => stored.has(view.id));
    created.push(...fresh);
    results.push({ stored: fresh.length, known: views.length - fresh.length, edited: 0, deleted: 0 });
  }
  if (created.length > 0) log({ type: 'mention.received', data: { sourceId, created, edited: [], deleted: [] } });
  return results;
}

/** Null unless all are deliveries of one source, each with an id of its own, that bring new posts alone. */
function plainDeliveries(batches: Batch[]): Delivered[] | null {
  const deliveries: Delivered[] = [];
  const ids = new Set<string>();
  for (const batch of batches) {
    const { delivery, sourceId } = batch;
    if (!delivery || batch.alongside || sourceId !== batches[0]?.sourceId || !bringsOnlyNew(batch)) return null;
    ids.add(delivery.id);
    deliveries.push({ sourceId, deliveryId: delivery.id, bodyHash: delivery.bodyHash });
  }
  return ids.size === batches.length ? deliveries : null;
}
