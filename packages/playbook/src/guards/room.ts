// Guards about the room: who is there, what was posted, how the storm stands. A fact that nothing supplies fails, and says so.
import type { Condition, PerLevel, Playbook } from '@rejoinder/contracts/playbooks';
import type { RoomFacts } from '@rejoinder/contracts/room-facts';
import { sayDuration } from '../durations.ts';
import { atLevel, rolesThatMay, sayRoles } from '../levels.ts';
import { join } from './joining.ts';
import { type Lack, lack, MET, secondsBetween } from './judging.ts';

/** The facts of one decision about a room. */
export type RoomJudging = { playbook: Playbook; facts: RoomFacts };

/** What lacks for this condition; empty when it is met. A guard about a card cannot be judged here and fails (GU-43). */
export function judgeRoom(judging: RoomJudging, condition: Condition): Lack[] {
  const { playbook, facts } = judging;
  switch (condition.guard) {
    case 'roles_filled':
      return rolesFilled(judging, condition.roles);
    case 'readers_confirmed':
      return readersConfirmed(judging, condition.roles);
    case 'freeze_confirmed':
      return facts.freezeConfirmedAt !== null
        ? MET
        : toDo(judging, 'Nobody has confirmed that scheduled posts are frozen.');
    case 'holding_posted_within':
      return holdingPostedWithin(judging, condition.seconds);
    case 'update_not_overdue':
      return updateNotOverdue(judging);
    case 'no_breach_open':
      return noBreachOpen(judging);
    case 'oldest_unanswered_below':
      return oldestUnansweredBelow(judging, condition.seconds);
    case 'volume_below_baseline_for':
      return volumeBelowBaselineFor(judging, condition.seconds);
    case 'closing_statement_posted':
      return facts.closingStatementAt !== null ? MET : toDo(judging, 'The closing statement has not been posted.');
    case 'retrospective_scheduled':
      return facts.retrospectiveAt !== null ? MET : toDo(judging, 'No date is set for the retrospective.');
    case 'all':
    case 'any':
    case 'not':
    case 'at_level':
      return join(playbook, condition, facts.level, (each) => judgeRoom(judging, each));
    default:
      return lack(
        `\`${condition.guard}\` is about a card and says nothing about a room.`,
        [],
        seeRoom('playbook', 'Mend the plan'),
      );
  }
}

/** GU-33: somebody in the room holds each of these roles. */
function rolesFilled({ playbook, facts }: RoomJudging, roles: readonly string[]): Lack[] {
  return roles
    .filter((role) => !facts.members.some((each) => each.roles.includes(role)))
    .flatMap((role) =>
      lack(
        `Nobody in the room is ${sayRoles(playbook, [role])}.`,
        rolesThatMay(playbook, 'manage_people'),
        seeRoom('people', `Name ${sayRoles(playbook, [role])}`),
      ),
    );
}

/** GU-34: of each of these roles somebody confirmed that they read the version the room runs. */
function readersConfirmed({ playbook, facts }: RoomJudging, roles: readonly string[]): Lack[] {
  const wanted = roles.length > 0 ? roles : playbook.mustConfirmReading;
  const confirmed = new Set(
    (facts.readers ?? []).filter((each) => each.version === facts.playbookVersion).map((each) => each.userId),
  );
  return wanted
    .filter((role) => !facts.members.some((each) => each.roles.includes(role) && confirmed.has(each.userId)))
    .flatMap((role) =>
      lack(
        `${sayRoles(playbook, [role])} has not confirmed reading version ${facts.playbookVersion} of the plan.`,
        [role],
        seeRoom('playbook', 'Read the plan and confirm it'),
      ),
    );
}

/** GU-36: a holding text was posted so soon after the level was declared. */
function holdingPostedWithin(judging: RoomJudging, seconds: PerLevel<number>): Lack[] {
  const { facts } = judging;
  const within = atLevel(seconds, facts.level) ?? 0;
  const { holdingPostedAt: at } = facts;
  if (at === null) return toDo(judging, 'No holding text has been posted.');
  const after = secondsBetween(facts.levelSince, at);
  if (after <= within) return MET;
  return toDo(judging, `The holding text was posted later than ${sayDuration(within)} after the level was declared.`);
}

/** GU-37: the next update is named, and its time has not passed. */
function updateNotOverdue(judging: RoomJudging): Lack[] {
  const { nextUpdateDueAt: at, now } = judging.facts;
  if (at === null) return toDo(judging, 'No next update is named.');
  if (secondsBetween(now, at) >= 0) return MET;
  return toDo(judging, 'The promised update is overdue.');
}

/** GU-38: no clock of an open card has run out. */
function noBreachOpen({ playbook, facts }: RoomJudging): Lack[] {
  if (facts.openBreaches === 0) return MET;
  const says =
    facts.openBreaches === null
      ? 'It is not known how many promised times have run out.'
      : facts.openBreaches === 1
        ? 'One promised time has run out and is still open.'
        : `${facts.openBreaches} promised times have run out and are still open.`;
  return lack(says, rolesThatMay(playbook, 'move'), seeRoom('board', 'Show the late cards'));
}

/** GU-39: nobody has waited for an answer as long as this. */
function oldestUnansweredBelow({ playbook, facts }: RoomJudging, seconds: PerLevel<number>): Lack[] {
  const most = atLevel(seconds, facts.level) ?? 0;
  const { oldestUnansweredAt: at } = facts;
  if (at === 'nobody' || (at !== null && secondsBetween(at, facts.now) < most)) return MET;
  const says =
    at === null
      ? 'It is not known how long the oldest unanswered person has waited.'
      : `Somebody has waited ${sayDuration(Math.max(1, Math.floor(secondsBetween(at, facts.now) || 0)))}; it would have to be less than ${sayDuration(most)}.`;
  return lack(says, rolesThatMay(playbook, 'draft'), seeRoom('board', 'Show who waits longest'));
}

/** GU-40: so few posts came, for so long. */
function volumeBelowBaselineFor({ playbook, facts }: RoomJudging, seconds: PerLevel<number>): Lack[] {
  const wanted = atLevel(seconds, facts.level) ?? 0;
  const { volumeBelowSince: at, now } = facts;
  if (at !== null && secondsBetween(at, now) >= wanted) return MET;
  const until = at === null ? null : new Date(Date.parse(at) + wanted * 1000).toISOString();
  const says =
    at === null
      ? 'The volume is not below its baseline, or nobody has measured one.'
      : `The volume has not been below its baseline for ${sayDuration(wanted)} yet.`;
  return lack(says, rolesThatMay(playbook, 'lower_level'), { do: 'wait', until, says: 'Wait until it has' });
}

/** What has to be done about the crisis as a whole, by whoever may raise its level, and where. */
function toDo({ playbook }: RoomJudging, says: string): Lack[] {
  return lack(says, rolesThatMay(playbook, 'raise_level'), seeRoom('crisis', 'Go there and do it'));
}

function seeRoom(part: 'board' | 'people' | 'playbook' | 'crisis', says: string) {
  return { do: 'see-room', part, says } as const;
}
