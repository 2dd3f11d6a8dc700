// The facts that guards about the room are judged by, gathered from the database in one place: no other code supplies them.

import type { Condition, PerLevel, Playbook } from '@rejoinder/contracts/playbooks';
import type { RoomFacts } from '@rejoinder/contracts/room-facts';
import { belowSince, QUARTER, quietAt } from '@rejoinder/measure/volume';
import { atLevel } from '@rejoinder/playbook/levels';
import { noReply } from '@rejoinder/playbook/who-waits';
import type { Executor } from '../db/database.ts';
import { membersOf } from '../people/people.repository.ts';
import { readersOf } from '../playbooks/playbooks.repository.ts';
import { crisisOf, promisesOf } from '../rooms/rooms.repository.ts';
import type { RoomContext } from '../rooms/rooms.service.ts';
import { oldestUnanswered, openBreaches, postsByQuarter, postsSince } from './crisis.repository.ts';
import { newestPosted } from './statements.repository.ts';

export async function roomFacts(db: Executor, { room, playbook }: RoomContext, now: string): Promise<RoomFacts> {
  const roomId = room.room_id;
  const crisis = crisisOf(room);
  // Words of an earlier crisis are no answer to this one.
  const since = crisis.declaredAt ?? room.level_since;
  const members = await membersOf(db, roomId);
  const readers = await readersOf(db, roomId);
  const updates = (await promisesOf(db, roomId)).filter(({ id }) => id.startsWith('update:'));
  const { belowSince: volumeBelowSince } = await volumeOf(db, { room, playbook }, now);
  return {
    now,
    level: room.level,
    levelSince: room.level_since,
    members: members.map(({ user_id, roles }) => ({ userId: user_id, roles })),
    readers: readers
      .filter((each) => each.playbook_id === room.playbook_id)
      .map(({ user_id, version }) => ({ userId: user_id, version })),
    playbookVersion: room.playbook_version,
    freezeConfirmedAt: crisis.freeze?.confirmed?.at ?? null,
    holdingPostedAt: (await newestPosted(db, roomId, 'holding', since)) ?? null,
    nextUpdateDueAt: updates[0]?.dueAt ?? null,
    openBreaches: await openBreaches(db, roomId, now),
    oldestUnansweredAt: (await oldestUnanswered(db, roomId, noReply(playbook))) ?? 'nobody',
    volumeBelowSince,
    closingStatementAt: (await newestPosted(db, roomId, 'closing', since)) ?? null,
    retrospectiveAt: crisis.retrospectiveAt,
  };
}

/** Posts of the last hour, counted as far as it matters, and since when it has been quiet; looked at as far back as a criterion asks. */
export async function volumeOf(
  db: Executor,
  { room, playbook }: RoomContext,
  now: string,
): Promise<{ lastHour: number; belowSince: string | null }> {
  const at = Date.parse(now);
  const baseline = crisisOf(room).baseline?.perHour ?? null;
  const most = Math.ceil(quietAt(baseline ?? 0)) + 1000;
  const lastHour = await postsSince(db, room.room_id, new Date(at - 4 * QUARTER).toISOString(), most);
  if (baseline === null || lastHour > quietAt(baseline)) return { lastHour, belowSince: null };
  const end = Math.floor(at / QUARTER);
  const count = Math.ceil((quietFor(playbook, room.level) * 1000) / QUARTER) + 6;
  const from = end - count;
  const instant = (quarter: number): string => new Date(quarter * QUARTER).toISOString();
  const found = await postsByQuarter(db, room.room_id, instant(from), instant(end));
  const byQuarter = new Map(found.map(({ quarter, n }) => [quarter, n]));
  const quarters = Array.from({ length: count }, (_, i) => byQuarter.get(from + i) ?? 0);
  const since = belowSince({ lastHour, quarters, baseline, now: at });
  return { lastHour, belowSince: since === null ? null : new Date(since).toISOString() };
}

/** The longest quiet a criterion asks for at this level; an hour where none does. */
function quietFor(playbook: Playbook, level: number): number {
  const asked = (playbook.standDown?.criteria ?? []).flatMap(({ guard }) => quietIn(guard));
  return Math.max(3_600, ...asked.map((seconds) => atLevel(seconds, level) ?? 0));
}

function quietIn(condition: Condition): PerLevel<number>[] {
  if (condition.guard === 'volume_below_baseline_for') return [condition.seconds];
  if (condition.guard === 'at_level') return Object.values(condition.levels).flatMap((of) => of.flatMap(quietIn));
  return 'of' in condition ? condition.of.flatMap(quietIn) : [];
}
