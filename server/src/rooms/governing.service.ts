// How a room is governed: its crisis level and the playbook version it runs.
import type { Actor } from '@rejoinder/contracts/people';
import type { RoomView } from '@rejoinder/contracts/rooms';
import { lintPlaybook } from '@rejoinder/playbook/lint';
import { readPlaybook } from '@rejoinder/playbook/read';
import { renderPlan } from '@rejoinder/playbook/render';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { insertPlaybook } from '../playbooks/playbooks.repository.ts';
import { playbookOf, readOrRefuse } from '../playbooks/playbooks.service.ts';
import { lockRoom, stagesInUse, updateRoom } from './rooms.repository.ts';
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

/** Runs another playbook text from now on (PB): refused with faults, and while cards stand in a stage it does not have. */
export function adoptPlaybook(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; text: string; operationId: string },
): Promise<RoomView> {
  const { roomId, text } = input;
  const playbook = readOrRefuse(text);
  const today = deps.now().slice(0, 10);
  const findings = lintPlaybook(playbook, { today }).filter((finding) => finding.strength === 'block');
  if (findings.length > 0) {
    throw new Problem(
      'not-valid',
      `The playbook has ${findings.length} finding(s) that must be repaired before a room runs it.`,
      findings.map((f) => ({ path: f.clause, says: `${f.says} ${f.wants}` })),
    );
  }
  return deps.events.change(
    { roomId, actor, operationId: input.operationId, request: JSON.stringify(['adopt', text]) },
    async ({ tx, now, log }) => {
      const room = await lockRoom(tx, roomId);
      if (!room) throw new Problem('not-found');
      if (room.playbook_id === playbook.id && playbook.version <= room.playbook_version) {
        throw refuse(
          'RM-4',
          'Front matter',
          `The room runs version ${room.playbook_version} already. Give the new text a higher version.`,
        );
      }
      const lost = (await stagesInUse(tx, roomId)).filter((stage) => !playbook.stages.some((s) => s.id === stage));
      if (lost.length > 0)
        throw refuse(
          'RM-4',
          'Stages',
          `Cards stand in ${lost.join(', ')}, which the new playbook does not have. Move them first; no card may be lost from sight.`,
        );
      await insertPlaybook(tx, {
        room_id: roomId,
        playbook_id: playbook.id,
        version: playbook.version,
        text,
        adopted_at: now,
        adopted_by: actor.id,
      });
      await updateRoom(tx, roomId, { playbook_id: playbook.id, playbook_version: playbook.version });
      const view = await roomView(tx, await roomContext(tx, roomId));
      log({ type: 'playbook.adopted', data: { room: view, cards: [] } });
      return view;
    },
  );
}

/** The plan the room runs: its text, and the parts it is shown in. */
export async function planOf(deps: Deps, roomId: string) {
  const { room } = await roomContext(deps.db, roomId);
  const { text, playbook } = await playbookOf(deps.db, room);
  return { id: playbook.id, version: playbook.version, text, playbook, plan: renderPlan(text, playbook) };
}

/** Every fault of a text, or the linter's findings when it reads. */
export function lintText(text: string): { faults: unknown[]; stages: string[] } {
  const read = readPlaybook(text);
  if (!('playbook' in read)) return { faults: read.faults, stages: [] };
  return { faults: lintPlaybook(read.playbook), stages: read.playbook.stages.map((stage) => stage.id) };
}
