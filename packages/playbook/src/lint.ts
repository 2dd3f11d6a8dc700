// What is wrong with a plan that can be read: findings with clause, line, reason and repair. One of strength block refuses activation.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { chatContacts } from './lint/chat-contacts.ts';
import { classes } from './lint/classes.ts';
import { clockStages } from './lint/clock-stages.ts';
import { deadlocks } from './lint/deadlocks.ts';
import { contactDeputies, signerDeputies } from './lint/deputies.ts';
import type { LintFinding, LintRule, Outside } from './lint/finding.ts';
import { glassHands, glassOver } from './lint/glass.ts';
import { grounds } from './lint/grounds.ts';
import { abilities, movers } from './lint/hands.ts';
import { hours } from './lint/hours.ts';
import { impossibleDoors } from './lint/impossible-doors.ts';
import { endsInPerson, knownDepartment, laddersInTime } from './lint/ladders.ts';
import { ownWords, validTexts } from './lint/own-texts.ts';
import { pauses } from './lint/pauses.ts';
import { privateStages } from './lint/private-stages.ts';
import { reachableStages } from './lint/reachable-stages.ts';
import { notAlone, signersMaySign } from './lint/signatures.ts';
import { departmentContacts, filledRoles } from './lint/staffing.ts';
import { standDownCriteria } from './lint/stand-down-criteria.ts';
import { lifetimes, stageTimes } from './lint/times.ts';
import { updateCadence } from './lint/update-cadence.ts';
import { verifiedContacts } from './lint/verified.ts';
import { waysOut } from './lint/ways-out.ts';

const RULES: readonly LintRule[] = [
  reachableStages,
  waysOut,
  movers,
  impossibleDoors,
  grounds,
  signersMaySign,
  notAlone,
  stageTimes,
  lifetimes,
  privateStages,
  abilities,
  classes,
  filledRoles,
  departmentContacts,
  contactDeputies,
  signerDeputies,
  verifiedContacts,
  chatContacts,
  endsInPerson,
  knownDepartment,
  laddersInTime,
  hours,
  pauses,
  clockStages,
  deadlocks,
  ownWords,
  validTexts,
  updateCadence,
  standDownCriteria,
  glassOver,
  glassHands,
];

/**
 * Every finding, in the order of the plan. A plan may be adopted when none is of strength `block`.
 * `outside` tells what a plan alone cannot: the day, who is there, what the room measures.
 */
export function lintPlaybook(playbook: Playbook, outside: Outside = {}): LintFinding[] {
  const lines = new Map(playbook.rules.map((rule) => [rule.clause, rule.line]));
  return RULES.flatMap((rule) => rule(playbook, outside))
    .map((found) => ({ ...found, line: lines.get(found.clause) ?? 1 }))
    .sort((a, b) => a.line - b.line);
}

export type { LintFinding, Outside } from './lint/finding.ts';
