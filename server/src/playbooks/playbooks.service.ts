// The plan a room runs: reads it once per version and keeps it; finds what a role may do under it.
import { readFileSync } from 'node:fs';
import type { Actor } from '@rejoinder/contracts/people';
import type { Ability, Playbook } from '@rejoinder/contracts/playbooks';
import { readPlaybook } from '@rejoinder/playbook/read';
import type { Executor } from '../db/database.ts';
import { Problem } from '../http/problems.ts';
import { findPlaybook } from './playbooks.repository.ts';

const DEFAULT = new URL('../../playbooks/default.md', import.meta.url);
const kept = new Map<string, { text: string; playbook: Playbook }>();

export const defaultPlaybookText = (): string => readFileSync(DEFAULT, 'utf8');

/** Reads a text. @throws Problem `not-valid` with every fault's line and column. */
export function readOrRefuse(text: string): Playbook {
  const read = readPlaybook(text);
  if ('playbook' in read) return read.playbook;
  throw new Problem(
    'not-valid',
    `The playbook has ${read.faults.length} fault(s); nothing was changed.`,
    read.faults.map((fault) => ({
      path: `line ${fault.line}, column ${fault.column}`,
      says: `${fault.says} ${fault.wants}`,
    })),
  );
}

/** The plan of a room's version; versions never change, so one reading serves for ever. */
export async function playbookOf(
  db: Executor,
  room: { room_id: string; playbook_id: string; playbook_version: number },
): Promise<{ text: string; playbook: Playbook }> {
  const key = `${room.room_id} ${room.playbook_id} ${room.playbook_version}`;
  const known = kept.get(key);
  if (known) return known;
  const row = await findPlaybook(db, room.room_id, room.playbook_id, room.playbook_version);
  if (!row)
    throw new Error(
      `room ${room.room_id} names playbook ${room.playbook_id} v${room.playbook_version}, which is not stored`,
    );
  const entry = { text: row.text, playbook: readOrRefuse(row.text) };
  kept.set(key, entry);
  return entry;
}

/** Whether one of the actor's roles gives the ability under this plan (PE-1). */
export function may(playbook: Playbook, actor: Actor, ability: Ability): boolean {
  return playbook.roles.some((role) => actor.roles.includes(role.id) && role.may.includes(ability));
}
