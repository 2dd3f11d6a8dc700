// What the steps of a ladder are called. A file of its own: a page that names a step needs neither hours nor calendars.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { sayRoles } from './levels.ts';

/** A step in words, as the head of its line: `Owner`, `Primary contact`, `Commander`. */
export function sayWhom(playbook: Playbook, whom: string): string {
  return STEP_NAMES[whom] ?? sayRoles(playbook, [whom]);
}

const STEP_NAMES: Record<string, string> = {
  owner: 'Owner',
  primary: 'Primary contact',
  deputy: 'Deputy contact',
  out_of_hours: 'Out-of-hours contact',
  signers: 'Whoever must sign',
};
