// Says a rule of the plan as one plain sentence that a tired person understands.
import type { Agreement, Condition, PerLevel, Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { sayDuration } from './durations.ts';
import { sayList, sayRoles, stageOf } from './levels.ts';

/** A per-level setting in words: `3 hours at level 1, 1 hour from level 2`; one value alone when all are equal. */
export function sayPerLevel<T>(values: PerLevel<T>, say: (value: T) => string): string {
  // Keys that are numbers come in their order.
  const said = Object.entries(values).map(([level, value]) => ({ level: Number(level), words: say(value) }));
  const runs: { from: number; to: number; words: string }[] = [];
  for (const each of said) {
    const last = runs.at(-1);
    if (last && last.words === each.words) last.to = each.level;
    else runs.push({ from: each.level, to: each.level, words: each.words });
  }
  const [only] = runs;
  if (runs.length === 1 && only) return only.words;
  const top = runs.at(-1);
  const isLong = runs.some((run) => run.words.includes(' and ') || run.words.includes(','));
  return runs
    .map((run) => sayRun(run.words, sayLevels(run.from, run.to, run === top), isLong))
    .join(isLong ? '; ' : ', ');
}

/** What a condition asks, as a full sentence. */
export function sayCondition(playbook: Playbook, condition: Condition): string {
  return `${capital(sayClause(playbook, condition))}.`;
}

/** What a condition asks, without capital and full stop, so that it can stand inside another sentence. */
export function sayClause(playbook: Playbook, condition: Condition): string {
  switch (condition.guard) {
    case 'has_fields':
      return `${sayFields(playbook, condition.fields)} ${condition.fields.length === 1 ? 'is' : 'are'} filled in`;
    case 'class_in':
      return `the class is ${sayList(condition.classes.map((id) => className(playbook, id)))}`;
    case 'level_at_least':
      return `the level is ${condition.level} or higher`;
    case 'owner_accepted':
      return 'one person owns the card and has accepted it';
    case 'draft_not_empty':
      return 'there is a reply written';
    case 'length_within_channel':
      return 'the reply fits the platform it goes to';
    case 'same_platform_as_origin':
      return 'the reply goes out on the platform where the person wrote';
    case 'account_allowed':
      return 'the reply goes out from one of our own accounts';
    case 'voice_clean':
      return 'the words meet every rule on how we speak';
    case 'no_personal_data':
      return 'no personal data stands in the public text';
    case 'sign_offs_valid':
      return 'everyone whose signature is needed has signed these exact words';
    case 'signer_not_sole_author':
      return 'somebody other than its only author has signed the reply';
    case 'no_unseen_mention_from_author':
      return 'everything the person wrote since has been read';
    case 'actor_is_current':
      return 'whoever moves the card has seen its newest state';
    case 'actor_has_role':
      return `${sayRoles(playbook, condition.roles)} makes the move`;
    case 'posted_and_matches':
      return 'the reply stands in public and is word for word what was signed';
    case 'public_follow_up_posted_or_declined':
      return 'we asked again in public, or the person declined';
    case 'remedy_delivered':
      return 'what we promised has been done';
    case 'reason_given':
      return 'the reason is written down';
    case 'private_reason_given':
      return 'the reason for going private is written down';
    case 'elapsed':
      return `the card has been here for ${sayPerLevel(condition.seconds, sayDuration)}`;
    case 'below_limit':
      return 'the stage has room for one more card';
    case 'not_moved_within':
      return `the card was not moved within the last ${sayPerLevel(condition.seconds, sayDuration)}`;
    case 'owner_authority_covers_remedy':
      return 'its owner may promise what is promised';
    case 'department_contacted':
      return 'the department has been asked';
    case 'checklist_complete':
      return 'everything on the list here is ticked';
    case 'not_too_like_sent':
      return 'the words are not too like a reply sent to somebody else';
    case 'comments_resolved':
      return 'every comment on the words is resolved';
    case 'claims_in_fact_sheet':
      return 'every claim in these words stands in the approved facts, or was checked by a person';
    case 'strategy_allowed':
      return 'the strategy is one the plan allows for this type of crisis';
    case 'public_pointer_posted':
      return 'everybody can see where the talk goes on';
    case 'roles_filled':
      return `somebody in the room is ${sayRoles(playbook, condition.roles, 'and')}`;
    case 'readers_confirmed':
      return `${sayRoles(playbook, condition.roles.length > 0 ? condition.roles : playbook.mustConfirmReading, 'and')} confirmed reading the plan`;
    case 'freeze_confirmed':
      return 'somebody confirmed that scheduled posts are frozen';
    case 'holding_posted_within':
      return `a holding text was posted within ${sayPerLevel(condition.seconds, sayDuration)}`;
    case 'update_not_overdue':
      return 'the next update is named and not overdue';
    case 'no_breach_open':
      return 'no promised time has run out and is still open';
    case 'oldest_unanswered_below':
      return `nobody has waited longer than ${sayPerLevel(condition.seconds, sayDuration)}`;
    case 'volume_below_baseline_for':
      return `the volume has been below its baseline for ${sayPerLevel(condition.seconds, sayDuration)}`;
    case 'closing_statement_posted':
      return 'the closing statement is posted';
    case 'retrospective_scheduled':
      return 'the date of the retrospective is set';
    case 'all':
      return sayList(
        condition.of.map((each) => sayClause(playbook, each)),
        'and',
      );
    case 'any':
      return sayList(
        condition.of.map((each) => sayClause(playbook, each)),
        'or',
      );
    case 'not':
      return `it is not so that ${sayList(
        condition.of.map((each) => sayClause(playbook, each)),
        'and',
      )}`;
    case 'at_level':
      return sayList(
        Object.entries(condition.levels).map(
          ([level, of]) =>
            `at level ${level} ${sayList(
              of.map((each) => sayClause(playbook, each)),
              'and',
            )}`,
        ),
        'and',
      );
  }
}

function sayLevels(from: number, to: number, isTop: boolean): string {
  if (from === to) return `at level ${from}`;
  return isTop ? `from level ${from}` : `at level ${from} to ${to}`;
}

function sayRun(words: string, where: string, isLong: boolean): string {
  return isLong ? `${where} ${words}` : `${words} ${where}`;
}

export function sayAgreement(playbook: Playbook, agreement: Agreement): string {
  const { need, roles, quorum, ifLiability } = agreement;
  const who =
    need === 'all'
      ? sayRoles(playbook, roles, 'and')
      : need === 'any'
        ? `one of ${sayRoles(playbook, roles)}`
        : `any ${quorum} of ${sayRoles(playbook, roles)}`;
  return ifLiability.length === 0
    ? who
    : `${who}, with ${sayRoles(playbook, ifLiability, 'and')} when the words touch liability`;
}

/** A stage's door in one sentence, for the head of its column. */
export function sayStage(playbook: Playbook, stage: Stage): string {
  if (stage.final) return 'The loop is closed; moving a card back from here opens it again, with a reason.';
  const doors = stage.leave.filter((guard) => guard.strength === 'block' && guard.to === null);
  const onward =
    stage.next === 'all' ? 'any later stage' : sayList(stage.next.map((id) => stageOf(playbook, id)?.title ?? id));
  if (doors.length === 0) return `A card may go on to ${onward} at any time.`;
  const conditions = doors.map((guard) => sayClause(playbook, guard));
  return `On to ${onward} when ${sayList(conditions, 'and')}.`;
}

/** A phrase pattern as a person would read it aloud: the first of every choice, endings as dots. */
export function sayPattern(pattern: string): string {
  const spoken = pattern.replace(/\(([^()|]*)[^()]*\)\??/g, (_, first: string) => first);
  return `“${spoken.replaceAll('*', '…').replace(/\s+/g, ' ').trim()}”`;
}

export function sayFields(playbook: Playbook, fields: readonly string[]): string {
  return sayList(
    fields.map((id) => `“${fieldName(playbook, id)}”`),
    'and',
  );
}

export function fieldName(playbook: Playbook, id: string): string {
  return playbook.triage.fields.find((field) => field.id === id)?.name ?? id;
}

/** The name of a choice of a field, or the id itself where the plan has none. */
export function fieldChoice(playbook: Playbook, field: string, id: string): string {
  const choices = playbook.triage.fields.find((each) => each.id === field)?.choices;
  return choices?.find((each) => each.id === id)?.name ?? id;
}

export function className(playbook: Playbook, id: string): string {
  return playbook.triage.classes.find((each) => each.id === id)?.name ?? id;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
