// SQL of webhook deliveries: each id is handled once.
import { sql } from 'kysely';
import type { Tx } from '../db/database.ts';

/** Claims many at once; answers those that were new as `source delivery` (IN-3). */
export async function claimDeliveries(
  tx: Tx,
  roomId: string,
  deliveries: { sourceId: string; deliveryId: string }[],
  at: string,
): Promise<Set<string>> {
  if (deliveries.length === 0) return new Set();
  const { rows } = await sql<{ source_id: string; delivery_id: string }>`
    insert into deliveries (room_id, source_id, delivery_id, at)
    select ${roomId}, source_id, delivery_id, ${at}::timestamptz
    from unnest(${deliveries.map((d) => d.sourceId)}::text[], ${deliveries.map((d) => d.deliveryId)}::text[]) as d(source_id, delivery_id)
    order by source_id, delivery_id on conflict do nothing returning source_id, delivery_id`.execute(tx);
  return new Set(rows.map((row) => `${row.source_id} ${row.delivery_id}`));
}
