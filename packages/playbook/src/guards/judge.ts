// Judges one condition about a card: looks up its guard by name, and joins conditions with all, any, not and at_level (GU-24).
import type { Condition } from '@rejoinder/contracts/playbooks';
import { ownerAuthorityCoversRemedy } from './authority.ts';
import {
  accountAllowed,
  commentsResolved,
  draftNotEmpty,
  lengthWithinChannel,
  noPersonalData,
  samePlatformAsOrigin,
  voiceClean,
} from './drafting.ts';
import { classIn, hasFields, levelAtLeast } from './fields.ts';
import { privateReasonGiven, publicFollowUpPostedOrDeclined, reasonGiven, remedyDelivered } from './follow-up.ts';
import { join } from './joining.ts';
import { type Judging, type Lack, lack } from './judging.ts';
import { actorHasRole, actorIsCurrent, ownerAccepted } from './ownership.ts';
import { checklistComplete, departmentContacted, strategyAllowed } from './preparing.ts';
import { noUnseenMentionFromAuthor, postedAndMatches, publicPointerPosted } from './publishing.ts';
import { signerNotSoleAuthor, signOffsValid } from './sign-off.ts';
import { belowLimit, elapsed, notMovedWithin } from './time-and-limits.ts';
import { claimsInFactSheet, notTooLikeSent } from './words-sent.ts';

/** The number under which a guard stands in docs/rules.md; a refusal carries it. */
export const GUARD_RULES: Record<Condition['guard'], string> = {
  has_fields: 'GU-1',
  class_in: 'GU-2',
  level_at_least: 'GU-3',
  owner_accepted: 'GU-4',
  draft_not_empty: 'GU-5',
  length_within_channel: 'GU-6',
  same_platform_as_origin: 'GU-7',
  account_allowed: 'GU-8',
  voice_clean: 'GU-9',
  no_personal_data: 'GU-10',
  sign_offs_valid: 'GU-11',
  signer_not_sole_author: 'GU-12',
  no_unseen_mention_from_author: 'GU-13',
  actor_is_current: 'GU-14',
  actor_has_role: 'GU-15',
  posted_and_matches: 'GU-16',
  public_follow_up_posted_or_declined: 'GU-17',
  remedy_delivered: 'GU-18',
  reason_given: 'GU-19',
  elapsed: 'GU-20',
  below_limit: 'GU-21',
  not_moved_within: 'GU-22',
  private_reason_given: 'GU-23',
  owner_authority_covers_remedy: 'GU-26',
  department_contacted: 'GU-27',
  checklist_complete: 'GU-28',
  not_too_like_sent: 'GU-29',
  claims_in_fact_sheet: 'GU-30',
  comments_resolved: 'GU-44',
  strategy_allowed: 'GU-31',
  public_pointer_posted: 'GU-32',
  roles_filled: 'GU-33',
  readers_confirmed: 'GU-34',
  freeze_confirmed: 'GU-35',
  holding_posted_within: 'GU-36',
  update_not_overdue: 'GU-37',
  no_breach_open: 'GU-38',
  oldest_unanswered_below: 'GU-39',
  volume_below_baseline_for: 'GU-40',
  closing_statement_posted: 'GU-41',
  retrospective_scheduled: 'GU-42',
  all: 'GU-24',
  any: 'GU-24',
  not: 'GU-24',
  at_level: 'GU-24',
};

/** What lacks for this condition; empty when it is met. Pure: the same facts give the same answer. */
export function judge(judging: Judging, condition: Condition): Lack[] {
  switch (condition.guard) {
    case 'has_fields':
      return hasFields(judging, condition.fields);
    case 'class_in':
      return classIn(judging, condition.classes);
    case 'level_at_least':
      return levelAtLeast(judging, condition.level);
    case 'owner_accepted':
      return ownerAccepted(judging);
    case 'draft_not_empty':
      return draftNotEmpty(judging);
    case 'length_within_channel':
      return lengthWithinChannel(judging);
    case 'same_platform_as_origin':
      return samePlatformAsOrigin(judging);
    case 'account_allowed':
      return accountAllowed(judging);
    case 'voice_clean':
      return voiceClean(judging);
    case 'no_personal_data':
      return noPersonalData(judging);
    case 'sign_offs_valid':
      return signOffsValid(judging, condition.signOff);
    case 'signer_not_sole_author':
      return signerNotSoleAuthor(judging);
    case 'no_unseen_mention_from_author':
      return noUnseenMentionFromAuthor(judging);
    case 'actor_is_current':
      return actorIsCurrent(judging);
    case 'actor_has_role':
      return actorHasRole(judging, condition.roles);
    case 'posted_and_matches':
      return postedAndMatches(judging);
    case 'public_follow_up_posted_or_declined':
      return publicFollowUpPostedOrDeclined(judging);
    case 'remedy_delivered':
      return remedyDelivered(judging);
    case 'reason_given':
      return reasonGiven(judging);
    case 'private_reason_given':
      return privateReasonGiven(judging);
    case 'elapsed':
      return elapsed(judging, condition.seconds);
    case 'below_limit':
      return belowLimit(judging);
    case 'not_moved_within':
      return notMovedWithin(judging, condition.seconds);
    case 'owner_authority_covers_remedy':
      return ownerAuthorityCoversRemedy(judging);
    case 'department_contacted':
      return departmentContacted(judging);
    case 'checklist_complete':
      return checklistComplete(judging);
    case 'not_too_like_sent':
      return notTooLikeSent(judging);
    case 'comments_resolved':
      return commentsResolved(judging);
    case 'claims_in_fact_sheet':
      return claimsInFactSheet(judging);
    case 'strategy_allowed':
      return strategyAllowed(judging);
    case 'public_pointer_posted':
      return publicPointerPosted(judging);
    case 'all':
    case 'any':
    case 'not':
    case 'at_level':
      return join(judging.playbook, condition, judging.facts.level, (each) => judge(judging, each));
    default:
      // GU-43: the reader of the plan lets no guard about the room stand at a door; should one come here, it never passes.
      return lack(`\`${condition.guard}\` is about the room and says nothing about a card.`, [], {
        do: 'see-room',
        part: 'playbook',
        says: 'Mend the plan',
      });
  }
}
