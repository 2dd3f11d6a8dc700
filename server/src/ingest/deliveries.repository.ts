// SQL of webhook deliveries: each id is handled once.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../db/database.ts';

/** A delivery's id and the hash of its raw body. */
export type Delivered = { sourceId: string; deliveryId: string; bodyHash: string };

/** Claims many at once; answers those that were new as `source delivery` (IN-3). */
export async function claimDeliveries(
  tx: Tx,
  roomId: string,
  deliveries: Delivered[],
  at: string,
): Promise<Set<string>> {
  if (deliveries.length === 0) return new Set();
  const { rows } = await claiming(roomId, deliveries, at).execute(tx);
  return new Set(rows.map((row) => `${row.source_id} ${row.delivery_id}`));
}

/** The statement that claims; it answers those that were new. */
export const claiming = (
  roomId: string,
  deliveries: Delivered[],
  at: string,
): RawBuilder<{ source_id: string; delivery_id: string }> => sql`
    insert into deliveries (room_id, source_id, delivery_id, at, body_hash)
    select ${roomId}, source_id, delivery_id, ${at}::timestamptz, body_hash
    from unnest(${deliveries.map((d) => d.sourceId)}::text[], ${deliveries.map((d) => d.deliveryId)}::text[], ${deliveries.map((d) => d.bodyHash)}::text[])
      as d(source_id, delivery_id, body_hash)
    order by source_id, delivery_id on conflict do nothing returning source_id, delivery_id`;

/** Whether the id was taken with another body than this. */
export async function hasOtherBody(
  tx: Tx,
  roomId: string,
  { sourceId, deliveryId, bodyHash }: Delivered,
): Promise<boolean> {
  const earlier = await tx
    .selectFrom('deliveries')
    .select('body_hash')
    .where('room_id', '=', roomId)
    .where('source_id', '=', sourceId)
    .where('delivery_id', '=', deliveryId)
    .executeTakeFirst();
  return earlier !== undefined && earlier.body_hash !== '' && earlier.body_hash !== bodyHash;
}
