// Since when each criterion of the stand-down holds: written down when it begins and when it ceases, so that "long enough" is a fact.
import type { CriterionView } from '@rejoinder/contracts/crisis';
import type { Missing } from '@rejoinder/contracts/problems';
import { criterionView, type Judged, judgeCriteria, standDownLacks } from '@rejoinder/playbook/stand-down';
import type { Executor, Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { lockRoom } from '../rooms/rooms.repository.ts';
import { type RoomContext, roomContext } from '../rooms/rooms.service.ts';
import { criteriaOf, roomsInCrisis, writeCriterion } from './crisis.repository.ts';
import { roomFacts } from './room-facts.service.ts';

/**
 * Looks at every room in a crisis. What is done in between by people is looked at in their own change. While the server is down
 * nothing can be mended either, so a criterion that broke is found broken at the first look.
 */
export async function watchCriteria(deps: Deps): Promise<void> {
  for (const roomId of await roomsInCrisis(deps.db)) {
    try {
      await deps.db.transaction().execute(async (tx) => {
        await lockRoom(tx, roomId);
        await noteCriteria(tx, await roomContext(tx, roomId), deps.now());
      });
    } catch (error) {
      deps.log.error({ err: error, roomId }, 'the criteria of the stand-down could not be looked at');
    }
  }
}

/** Writes which criteria hold now, and answers them with what lacks. The caller holds the room. */
export async function noteCriteria(
  tx: Tx,
  context: RoomContext,
  now: string,
): Promise<{ judged: Judged[]; lacks: Missing[] }> {
  const { room, playbook } = context;
  if (playbook.standDown === null) return { judged: [], lacks: [] };
  const judged = judgeCriteria(playbook, await roomFacts(tx, context, now));
  const known = await knownSince(tx, room.room_id);
  for (const { key, lacks } of judged) {
    const was = known.get(key);
    const since = lacks.length > 0 ? null : (was ?? now);
    if (was !== since) await writeCriterion(tx, { room_id: room.room_id, criterion: key, met_since: since });
    known.set(key, since);
  }
  const since = (key: string): string | null => known.get(key) ?? null;
  return { judged, lacks: standDownLacks(playbook, judged, since, { level: room.level, now }) };
}

/** As the page shows them. */
export async function readCriteria(db: Executor, context: RoomContext, now: string): Promise<CriterionView[]> {
  const { room, playbook } = context;
  if (playbook.standDown === null) return [];
  const known = await knownSince(db, room.room_id);
  return judgeCriteria(playbook, await roomFacts(db, context, now)).map((each) =>
    criterionView(playbook, each, known.get(each.key) ?? null, room.level),
  );
}

async function knownSince(db: Executor, roomId: string): Promise<Map<string, string | null>> {
  return new Map((await criteriaOf(db, roomId)).map((row) => [row.criterion, row.met_since]));
}
