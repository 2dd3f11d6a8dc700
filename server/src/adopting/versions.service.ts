// The versions of a room's plan: which it has run, which it runs, and who has confirmed reading them.
import type { Actor } from '@rejoinder/contracts/people';
import type { PlanVersion } from '@rejoinder/contracts/plan-versions';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { lintPlaybook } from '@rejoinder/playbook/lint';
import { readPlaybook } from '@rejoinder/playbook/read';
import { renderPlan } from '@rejoinder/playbook/render';
import type { Executor } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import { type Packed, packed } from '../packed.ts';
import { membersOf } from '../people/people.repository.ts';
import { findPlaybook, insertReader, readersOf, versionsOf } from '../playbooks/playbooks.repository.ts';
import { playbookOf } from '../playbooks/playbooks.service.ts';
import { roomContext } from '../rooms/rooms.service.ts';

/** Versions never change, so what every page asks for first is made and packed once for each. */
const answers = new WeakMap<Playbook, Promise<Packed>>();

/** The plan the room runs, ready to send: its text, and the parts it is shown in. */
export async function planOf(deps: Deps, roomId: string): Promise<Packed> {
  const { room } = await roomContext(deps.db, roomId);
  const plan = await playbookOf(deps.db, room);
  const known = answers.get(plan.playbook);
  if (known !== undefined) return known;
  const ready = packed(shown(plan));
  answers.set(plan.playbook, ready);
  ready.catch(() => answers.delete(plan.playbook));
  return ready;
}

/** One version the room has run. @throws Problem `not-found` */
export async function planVersion(deps: Deps, roomId: string, id: string, version: number) {
  if (!(await findPlaybook(deps.db, roomId, id, version))) throw new Problem('not-found');
  const named = { room_id: roomId, playbook_id: id, playbook_version: version };
  return shown(await playbookOf(deps.db, named));
}

function shown({ text, playbook }: { text: string; playbook: Playbook }) {
  return { id: playbook.id, version: playbook.version, text, playbook, plan: renderPlan(text, playbook) };
}

export async function planVersions(db: Executor, roomId: string): Promise<PlanVersion[]> {
  const { room } = await roomContext(db, roomId);
  const readers = await readersOf(db, roomId);
  const names = new Map((await membersOf(db, roomId)).map((member) => [member.user_id, member.name]));
  const versions: PlanVersion[] = [];
  for (const row of await versionsOf(db, roomId)) {
    const { playbook } = await playbookOf(db, { ...row, playbook_version: row.version });
    versions.push({
      id: row.playbook_id,
      version: row.version,
      title: playbook.title,
      adoptedAt: row.adopted_at,
      adoptedBy: names.get(row.adopted_by) ?? 'the installation',
      running: row.playbook_id === room.playbook_id && row.version === room.playbook_version,
      mustConfirm: playbook.mustConfirmReading,
      readers: readers
        .filter((reader) => reader.playbook_id === row.playbook_id && reader.version === row.version)
        .map(({ user_id, name, roles, at }) => ({ userId: user_id, name, roles, at })),
    });
  }
  return versions;
}

/** RM-9: only a person can have read a plan; saying it twice changes nothing. */
export function confirmReading(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; playbookId: string; version: number; operationId: string },
): Promise<PlanVersion[]> {
  const { roomId, playbookId, version, operationId } = input;
  if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can have read a plan.');
  return deps.events.change(
    { roomId, actor, operationId, request: JSON.stringify(['read', playbookId, version]) },
    async ({ tx, now, log }) => {
      if (!(await findPlaybook(tx, roomId, playbookId, version))) throw new Problem('not-found');
      const { id, name, roles } = actor;
      const isNew = await insertReader(tx, {
        room_id: roomId,
        playbook_id: playbookId,
        version,
        user_id: id,
        name,
        roles,
        at: now,
      });
      if (isNew)
        log({
          type: 'playbook.read',
          data: { plan: { id: playbookId, version }, reader: { userId: id, name, roles, at: now } },
        });
      return planVersions(tx, roomId);
    },
  );
}

/** Every fault of a text, or the linter's findings when it reads. */
export function lintText(text: string, now: string): { faults: unknown[]; stages: string[] } {
  const read = readPlaybook(text);
  if (!('playbook' in read)) return { faults: read.faults, stages: [] };
  return {
    faults: lintPlaybook(read.playbook, { today: now.slice(0, 10) }),
    stages: read.playbook.stages.map((stage) => stage.id),
  };
}
