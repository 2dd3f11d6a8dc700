// How a room is governed: its crisis level.
import type { Actor } from '@rejoinder/contracts/people';
import type { RoomView } from '@rejoinder/contracts/rooms';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { lockRoom, updateRoom } from './rooms.repository.ts';
import { roomContext, roomView } from './rooms.service.ts';

/** Raises or lowers the level with a reason (RM-3): who may is the playbook's matter, and lowering has a minimum time. */
export function setLevel(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; level: number; reason: string; operationId: string },
): Promise<RoomView> {
  const { roomId, level, reason } = input;
  return deps.events.change(
    { roomId, actor, operationId: input.operationId, request: JSON.stringify(['level', level, reason]) },
    async ({ tx, now, log }) => {
      await lockRoom(tx, roomId);
      const context = await roomContext(tx, roomId);
      const { room, playbook } = context;
      const target = playbook.levels.find((l) => l.level === level);
      const current = playbook.levels.find((l) => l.level === room.level);
      if (!target)
        throw new Problem('not-valid', `The playbook has levels ${playbook.levels.map((l) => l.level).join(', ')}.`, [
          { path: '/level', says: 'no such level' },
        ]);
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
      await updateRoom(tx, roomId, { level, level_reason: reason, level_since: now });
      const view = await roomView(tx, await roomContext(tx, roomId));
      log({ type: 'room.levelChanged', data: { room: view, from: room.level, reason, cards: [] } });
      return view;
    },
  );
}
