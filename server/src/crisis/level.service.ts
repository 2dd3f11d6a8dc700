// The crisis level of a room: who may raise and lower it, and that the open cards' clocks follow in the same commit.
import type { Actor } from '@rejoinder/contracts/people';
import type { Level, Playbook } from '@rejoinder/contracts/playbooks';
import type { LevelAsk, RoomView } from '@rejoinder/contracts/rooms';
import { lockOpenCards } from '../cards/cards.repository.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { relevelClocks } from '../escalation/relevel.service.ts';
import { Problem, refuse } from '../http/problems.ts';
import { crisisOf, lockRoom, updateRoom } from '../rooms/rooms.repository.ts';
import { type RoomContext, roomContext, roomView } from '../rooms/rooms.service.ts';
import { afterRaise, writeStanding } from './standing.service.ts';

/** Raises or lowers the level with a reason (RM-3): who may is the playbook's matter, and lowering has a minimum time and may take several people (RM-10). */
export function setLevel(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; level: number; reason: string; operationId: string },
): Promise<RoomView> {
  const { roomId, level, reason } = input;
  return deps.events.change(
    { roomId, actor, operationId: input.operationId, request: JSON.stringify(['level', level, reason]) },
    async (change) => {
      const { tx, now, log } = change;
      // Cards before the room, in the order in which a move takes them.
      await lockOpenCards(tx, roomId);
      await lockRoom(tx, roomId);
      const context = await roomContext(tx, roomId);
      const { room, playbook } = context;
      const target = levelOf(playbook, level);
      const current = playbook.levels.find((l) => l.level === room.level);
      if (level === room.level) return roomView(tx, context);
      if (reason.trim() === '')
        throw refuse('RM-3', target.clause, 'A change of level needs a reason.', [
          { do: 'give-reason', says: 'Say why' },
        ]);
      const allowed = level > room.level ? target.mayRaise : (current?.mayLower ?? []);
      if (!actor.roles.some((role) => allowed.includes(role))) {
        const clause = (level > room.level ? target : current)?.clause ?? 'Levels';
        throw refuse(
          'RM-3',
          clause,
          `To ${level > room.level ? 'raise' : 'lower'} the level takes: ${allowed.join(', ') || 'a role no one holds'}.`,
          [],
          allowed,
        );
      }
      const until = Date.parse(room.level_since) + (current?.lowerAfter ?? 0) * 1000;
      if (level < room.level && Date.parse(now) < until) {
        const at = new Date(until).toISOString();
        throw refuse(
          'RM-3',
          current?.clause ?? 'Levels',
          `The level stays at least until ${at}.`,
          [{ do: 'wait', until: at, says: 'Wait' }],
          allowed,
        );
      }
      const ask = level < room.level ? agreeing(context, actor, { level, reason, now }) : null;
      if (ask && ask.by.length < ask.takes) {
        if (ask === room.level_ask) return roomView(tx, context);
        await updateRoom(tx, roomId, { level_ask: JSON.stringify(ask) });
        const asked = await roomView(tx, await roomContext(tx, roomId));
        log({ type: 'room.levelAsked', data: { room: asked } });
        return asked;
      }
      return changeLevel(deps, change, context, level, reason);
    },
  );
}

/** Writes another level with everything that follows from it, in the caller's transaction. The caller holds the open cards and the room. */
export async function changeLevel(
  deps: Deps,
  change: Change,
  context: RoomContext,
  level: number,
  reason: string,
): Promise<RoomView> {
  const { tx, now, log, actor } = change;
  const { room, playbook } = context;
  const roomId = room.room_id;
  const raised = level > room.level;
  await updateRoom(tx, roomId, { level, level_reason: reason, level_since: now, level_ask: null });
  const was = crisisOf(room);
  const crisis = raised ? afterRaise(was, actor, reason, now) : was;
  await writeStanding(deps, change, context, crisis, { level, raised });
  const view = await roomView(tx, await roomContext(tx, roomId));
  const clocks = await relevelClocks(tx, {
    roomId,
    playbook,
    level,
    stoodDown: crisis.state === 'stood_down',
    now,
  });
  log({ type: 'room.levelChanged', data: { room: view, from: room.level, reason, clocks } });
  return view;
}

/** @throws Problem not-valid when the plan has no such level */
export function levelOf(playbook: Playbook, level: number): Level {
  const found = playbook.levels.find((each) => each.level === level);
  if (found) return found;
  const says = `The playbook has levels ${playbook.levels.map((each) => each.level).join(', ')}.`;
  throw new Problem('not-valid', says, [{ path: '/level', says: 'no such level' }]);
}

/** How long the others have to agree; then it is asked anew. */
const AGREE_WITHIN_MS = 15 * 60_000;

/** Who has agreed to lower to this level, the actor now among them; null where one person is enough (RM-10). */
function agreeing(
  { room, playbook }: RoomContext,
  actor: Actor,
  { level, reason, now }: { level: number; reason: string; now: string },
): LevelAsk | null {
  const takes = playbook.levels.find((l) => l.level === room.level)?.lowerTakes ?? 1;
  if (takes < 2) return null;
  if (actor.kind !== 'person')
    throw new Problem('not-allowed', `To lower this level takes ${takes} people; a program is none of them.`);
  const known = room.level_ask;
  const isOpen = known !== null && known.to === level && known.takes === takes && known.until > now;
  if (!isOpen) {
    const until = new Date(Date.parse(now) + AGREE_WITHIN_MS).toISOString();
    return { to: level, reason, by: [{ userId: actor.id, name: actor.name }], takes, until };
  }
  if (known.by.some((each) => each.userId === actor.id)) return known;
  return { ...known, by: [...known.by, { userId: actor.id, name: actor.name }] };
}
