// A second opinion on every move, written from docs/playbook.md alone and sharing no line with the one that decides.
import type { CardView, MoveFacts } from '@rejoinder/contracts/cards';
import type { Condition, Guard, PerLevel, Playbook, Stage } from '@rejoinder/contracts/playbooks';

type Asked = { plan: Playbook; facts: MoveFacts; from: Stage | undefined; to: Stage };
const NEVER_SKIPPED = ['actor_has_role', 'no_personal_data', 'account_allowed', 'same_platform_as_origin'];

/** May it move? Yes or no, nothing else. */
export function oracleAllows(plan: Playbook, facts: MoveFacts, toId: string): boolean {
  const from = plan.stages.find((stage) => stage.id === facts.card.stage);
  const to = plan.stages.find((stage) => stage.id === toId);
  if (facts.actor === null || to === undefined || from === to) return false;
  const held = plan.roles.filter((role) => facts.actor?.roles.includes(role.id));
  const place = from ?? to;
  if (!held.some((role) => role.may.includes('move'))) return false;
  if (!facts.actor.roles.some((role) => place.workedBy.includes(role))) return false;
  if (['sending', 'unknown'].includes(facts.card.reply?.state ?? '')) return false;
  const asked: Asked = { plan, facts, from, to };
  const hasReason = facts.reason.trim().length > 0;
  const goesBack = from === undefined || plan.stages.indexOf(to) < plan.stages.indexOf(from);
  const doors = [...(from?.leave ?? []).filter((g) => g.to === null || g.to.includes(toId)), ...to.enter].filter(
    (guard) => !goesBack || guard.bothWays,
  );
  if (goesBack && !hasReason) return false;
  let warns = false;
  for (const guard of doors) {
    const { hard, soft } = unmet(asked, guard);
    if (hard && guard.strength === 'block') return false;
    if ((hard && guard.strength === 'warn') || (soft && guard.strength !== 'note')) warns = true;
  }
  if (!goesBack && from !== undefined) {
    if (from.next !== 'all' && !from.next.includes(toId)) return false;
    if (from === plan.stages[0] && plan.triage.required.some((id) => !facts.card.fields[id]?.trim())) return false;
    if (to.limit !== null && !hasRoom(asked)) {
      const passed = facts.glass && plan.breakGlass?.over.includes('below_limit') === true;
      if (to.limit.strength === 'block' && !passed) return false;
      if (to.limit.strength === 'warn') warns = true;
    }
  }
  return !warns || hasReason;
}

/** `hard`: a part that must hold does not; `soft`: the voice warns. Under break-glass the parts that may be passed over do not count. */
function unmet(asked: Asked, guard: Guard): { hard: boolean; soft: boolean } {
  let hard = false;
  let soft = false;
  for (const part of parts(guard, asked.facts.level)) {
    const isBlock = guard.strength === 'block';
    if (!holds(asked, part) && !(isBlock && asked.facts.glass && mayPass(asked.plan, part))) hard = true;
    if (part.guard === 'voice_clean' && !voice(asked, 'warn')) soft = true;
  }
  return { hard, soft };
}

/** What stands by itself in a door at this level. */
export function parts(condition: Condition, level: number): Condition[] {
  if (condition.guard === 'all') return condition.of.flatMap((each) => parts(each, level));
  if (condition.guard === 'at_level') return (condition.levels[`${level}`] ?? []).flatMap((each) => parts(each, level));
  return [condition];
}

function mayPass(plan: Playbook, condition: Condition): boolean {
  if ('of' in condition) return condition.of.every((each) => mayPass(plan, each));
  if (condition.guard === 'at_level')
    return Object.values(condition.levels)
      .flat()
      .every((each) => mayPass(plan, each));
  return plan.breakGlass?.over.includes(condition.guard) === true && !NEVER_SKIPPED.includes(condition.guard);
}

/** Is this condition met? */
export function holds(asked: Asked, condition: Condition): boolean {
  const { plan, facts, from } = asked;
  const { card } = facts;
  const ago = (Date.parse(facts.now) - Date.parse(card.enteredStageAt)) / 1000;
  const filled = (id: string) => Boolean(card.fields[id]?.trim());
  switch (condition.guard) {
    case 'has_fields':
      return condition.fields.every(filled);
    case 'class_in':
      return condition.classes.some((id) => id === card.fields.class);
    case 'level_at_least':
      return facts.level >= condition.level;
    case 'owner_accepted':
      return Boolean(card.owner?.acceptedAt);
    case 'draft_not_empty':
      return card.draft?.empty === false;
    case 'length_within_channel':
      return card.draft?.tooLong !== true;
    case 'same_platform_as_origin': {
      const account = facts.accounts.find((each) => each.id === card.account);
      return !account || account.platform === card.platform;
    }
    case 'account_allowed':
      return facts.accounts.map((each) => each.id).includes(card.account ?? '');
    case 'voice_clean':
      return voice(asked, 'block');
    case 'no_personal_data':
      return !card.draft?.findings.some((each) => each.rule === 'VO-3');
    case 'sign_offs_valid':
      return signed(asked, condition.signOff);
    case 'signer_not_sole_author': {
      const signers = counting(facts).map((each) => each.userId);
      const authors = card.draft?.authors ?? [];
      return authors.length !== 1 || signers.length === 0 || signers.some((each) => each !== authors[0]);
    }
    case 'no_unseen_mention_from_author':
      return card.posts.unseen === 0;
    case 'actor_is_current':
      return facts.actor?.kind === 'system' || facts.seenVersion === card.version;
    case 'actor_has_role':
      return condition.roles.some((role) => facts.actor?.roles.includes(role));
    case 'posted_and_matches':
      return stands(card);
    case 'public_follow_up_posted_or_declined':
      return isBack(asked);
    case 'remedy_delivered':
      return card.remedy === null
        ? !filled('remedy')
        : card.remedy.promised.trim() === '' || card.remedy.deliveredAt !== null;
    case 'reason_given':
      return facts.reason.trim() !== '';
    case 'private_reason_given':
      return filled('private_reason') || facts.reason.trim() !== '';
    case 'elapsed':
    case 'not_moved_within':
      return ago >= at(condition.seconds, facts.level);
    case 'below_limit':
      return hasRoom(asked);
    case 'owner_authority_covers_remedy':
      return covered(asked);
    case 'department_contacted':
      return card.facts.some((each) => each.fact === 'department_contacted');
    case 'checklist_complete': {
      if (from === undefined) return true;
      const ticked = card.checks.filter((each) => each.stage === from.id).map((each) => each.item);
      return (from.checklist[`${facts.level}`] ?? []).every((item) => ticked.includes(item));
    }
    case 'not_too_like_sent':
      return unlike(asked);
    case 'comments_resolved':
      return card.openComments === 0;
    case 'claims_in_fact_sheet':
      return (
        card.facts.some(
          (each) =>
            each.fact === 'claims_checked' && card.fingerprint !== null && each.fingerprint === card.fingerprint,
        ) ||
        (card.draft?.empty === false && card.draft.facts?.outside.length === 0)
      );
    case 'strategy_allowed': {
      const type = plan.crisis.find((each) => each.id === card.fields.crisis_type);
      return type?.allowed.some((each) => each === card.fields.strategy) === true;
    }
    case 'public_pointer_posted':
      return card.reply === null || card.reply.state === 'rejected' || !isOfThisRound(card)
        ? card.facts.some((each) => each.fact === 'public_pointer')
        : stands(card);
    case 'all':
      return condition.of.every((each) => holds(asked, each));
    case 'any':
      return condition.of.some((each) => holds(asked, each));
    case 'not':
      return !condition.of.every((each) => holds(asked, each));
    case 'at_level':
      return (condition.levels[`${facts.level}`] ?? []).every((each) => holds(asked, each));
    default:
      return false;
  }
}

const at = (values: PerLevel<number>, level: number): number => values[`${level}`] ?? 0;

function hasRoom({ facts, to }: Asked): boolean {
  if (to.limit === null) return true;
  const { cards, perPerson } = to.limit;
  if (cards !== null && (facts.counts[to.id] ?? 0) >= at(cards, facts.level)) return false;
  return (
    perPerson === null || facts.card.owner === null || (facts.countsOfOwner[to.id] ?? 0) < at(perPerson, facts.level)
  );
}

function unlike({ plan, facts }: Asked): boolean {
  const { likest } = facts;
  return likest === null || likest.cardId === facts.card.id || likest.share < (plan.voice.likeness?.ceiling ?? 0.5);
}

function voice(asked: Asked, strength: string): boolean {
  const found = asked.facts.card.draft?.findings ?? [];
  const says = found.some((each) => each.strength === strength && !['VO-3', 'VO-4', 'VO-6'].includes(each.rule));
  return !says && !(asked.plan.voice.likeness?.strength === strength && !unlike(asked));
}

/** Published, as it was signed, and in this round: after the card came here, or in the words that would be sent now. */
function stands({ reply, enteredStageAt, fingerprint }: CardView): boolean {
  return reply?.state === 'published' && reply.matches && isOfThisRound({ reply, enteredStageAt, fingerprint });
}

function isOfThisRound({
  reply,
  enteredStageAt,
  fingerprint,
}: Pick<CardView, 'reply' | 'enteredStageAt' | 'fingerprint'>) {
  const at = reply?.publishedAt ?? null;
  return (at !== null && Date.parse(at) >= Date.parse(enteredStageAt)) || reply?.fingerprint === fingerprint;
}

/** No card of the oracle's world has a link, so a place is any note. */
function isBack({ plan, facts: { card } }: Asked): boolean {
  const { followUp, reply, private: talk } = card;
  if (talk !== undefined && card.posts.count === 0) return true;
  if (followUp === null || talk?.since == null) return followUp !== null;
  const hasNote = followUp.note.trim() !== '';
  if (followUp.state === 'declined') return hasNote && plan.private?.returns?.declinedCounts !== false;
  const ours = reply !== null && reply.state !== 'rejected' && reply.queuedAt > (talk.since ?? '');
  return ours ? reply.state === 'published' && reply.matches : hasNote;
}

function covered({ plan, facts }: Asked): boolean {
  const { remedy, owner, fields } = facts.card;
  if (remedy === null) return !fields.remedy?.trim();
  const kindsTold = plan.roles.some((role) => role.authority !== null && role.authority.promises.length > 0);
  const { worth, kind } = remedy;
  if (owner === null || worth === null || (kind === null && kindsTold)) return false;
  return plan.roles
    .filter((role) => facts.ownerRoles.includes(role.id))
    .some(
      ({ authority }) =>
        authority !== null &&
        worth <= at(authority.money, facts.level) &&
        (kind === null || authority.promises.includes(kind)),
    );
}

function counting({ card, now }: MoveFacts) {
  return card.signOffs.filter(
    (each) =>
      each.voidedAt === null &&
      card.fingerprint !== null &&
      each.fingerprint === card.fingerprint &&
      (each.expiresAt === null || Date.parse(each.expiresAt) > Date.parse(now)),
  );
}

/** Tries every way of giving each signer one of the places. */
function signed({ plan, facts }: Asked, id: string): boolean {
  const agreement = plan.signOffs.find((each) => each.id === id)?.agree[`${facts.level}`];
  if (!agreement) return false;
  const liable =
    facts.card.fields.liability === 'yes' || facts.card.draft?.findings.some((each) => each.rule === 'VO-6') === true;
  const valid = counting(facts);
  const people = [...new Set(valid.map((each) => each.userId))];
  const rolesOf = (person: string) => valid.filter((each) => each.userId === person).map((each) => each.role);
  const group = [...new Set(agreement.roles)];
  const extra = liable ? agreement.ifLiability.filter((r) => agreement.need !== 'all' || !group.includes(r)) : [];
  const wanted = agreement.need === 'all' ? group.length : agreement.need === 'any' ? 1 : agreement.quorum;
  const place = (n: number, also: string[], roles: string[]): boolean => {
    const enough = extra.every((r) => also.includes(r)) && roles.length >= wanted;
    if (enough) return true;
    const person = people[n];
    if (person === undefined) return false;
    if (place(n + 1, also, roles)) return true;
    return rolesOf(person).some(
      (role) =>
        (extra.includes(role) && !also.includes(role) && place(n + 1, [...also, role], roles)) ||
        (group.includes(role) && !roles.includes(role) && place(n + 1, also, [...roles, role])),
    );
  };
  return place(0, [], []);
}
