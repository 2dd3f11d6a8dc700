// What a refused move asks for: which answers can be given in the panel, which need another place, and the facts once answered.
import type { CardView, MoveFacts } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { Fix, Missing, Refusal } from '@rejoinder/contracts/problems';

export type Choice = { id: string; name: string };

/** A condition as the panel shows it, with the inputs that would meet it and the buttons that lead elsewhere. */
export type Question = {
  /** Stable while the panel is open, so that typing keeps its place. */
  readonly key: string;
  readonly rule: string;
  readonly clause: string;
  readonly says: string;
  readonly who: readonly string[];
  readonly fields: readonly FieldQuestion[];
  readonly asksReason: boolean;
  readonly asksTake: boolean;
  /** Items of the list of the stage the card stands in; each is ticked at once, not with the move. */
  readonly ticks: readonly string[];
  /** Fixes the panel cannot make by itself. */
  readonly elsewhere: readonly Fix[];
};

export type FieldQuestion = { readonly id: string; readonly name: string; readonly choices: readonly Choice[] | null };

export type Answers = {
  readonly fields: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly take: boolean;
};

export const NO_ANSWERS: Answers = { fields: {}, reason: '', take: false };

const fieldOf = (playbook: Playbook, id: string): FieldQuestion => {
  const field = playbook.triage.fields.find((each) => each.id === id);
  return { id, name: field?.name ?? id, choices: field?.choices ?? null };
};

const HERE: readonly Fix['do'][] = ['set-field', 'give-reason', 'take-card', 'accept-card', 'tick'];
const isHere = (fix: Fix): boolean => HERE.includes(fix.do);

/** Whether the panel alone can supply everything that lacks. */
export const canBeMended = (refusal: Refusal): boolean =>
  refusal.missing.length > 0 && refusal.missing.every((missing) => missing.fix.some(isHere));

const keyOf = (missing: Missing): string =>
  `${missing.rule} ${missing.clause} ${missing.fix.some((fix) => fix.do === 'set-field') ? 'fields' : missing.fix.some(isHere) ? 'word' : missing.says}`;

/** One question per rule and clause; the fields a clause asks for stand together. */
function questionsOf(playbook: Playbook, refusal: Refusal | null): Question[] {
  const groups = new Map<string, Missing[]>();
  for (const missing of refusal?.missing ?? [])
    groups.set(keyOf(missing), [...(groups.get(keyOf(missing)) ?? []), missing]);
  return [...groups].map(([key, all]) => {
    const fixes = all.flatMap((missing) => missing.fix);
    const ids = fixes.flatMap((fix) => (fix.do === 'set-field' ? [fix.field] : []));
    return {
      key,
      rule: all[0]?.rule ?? '',
      clause: all[0]?.clause ?? '',
      says: [...new Set(all.map((missing) => missing.says))].join(' '),
      who: [...new Set(all.flatMap((missing) => missing.who))],
      fields: [...new Set(ids)].map((id) => fieldOf(playbook, id)),
      asksReason: fixes.some((fix) => fix.do === 'give-reason'),
      asksTake: fixes.some((fix) => fix.do === 'take-card' || fix.do === 'accept-card'),
      ticks: fixes.flatMap((fix) => (fix.do === 'tick' ? [fix.item] : [])),
      elsewhere: fixes.filter((fix) => !isHere(fix)),
    };
  });
}

const asks = (question: Question): boolean =>
  question.fields.length > 0 || question.asksReason || question.asksTake || question.ticks.length > 0;

/**
 * Questions that are being answered stay where they are, met or not, with the fields they began with; new ones come below.
 * What can only be done elsewhere is listed as it is now.
 */
export function askedSoFar(
  before: readonly Question[],
  playbook: Playbook,
  refusal: Refusal | null,
): readonly Question[] {
  const now = questionsOf(playbook, refusal);
  const known = new Set(before.filter(asks).map((question) => question.key));
  const kept = before.filter(asks).map((old) => {
    const latest = now.find((question) => question.key === old.key);
    if (latest === undefined) return old;
    const more = latest.fields.filter((field) => !old.fields.some((each) => each.id === field.id));
    return { ...latest, fields: [...old.fields, ...more], ticks: [...new Set([...old.ticks, ...latest.ticks])] };
  });
  const fresh = now.filter((question) => !known.has(question.key));
  return [...kept, ...fresh.filter(asks), ...fresh.filter((question) => !asks(question))];
}

/** Whether the condition is still unmet according to the latest judgement. */
export const isOpen = (question: Question, refusal: Refusal | null): boolean =>
  refusal?.missing.some((missing) => keyOf(missing) === question.key) ?? false;

/** The facts as they would be if the answers were sent: the same function judges them, so the panel knows before it asks. */
export function answered(facts: MoveFacts, answers: Answers): MoveFacts {
  const typed = Object.entries(answers.fields).map(([id, value]) => [id, value.trim()] as const);
  const fields = { ...facts.card.fields };
  for (const [id, value] of typed) if (value !== '') fields[id] = value;
  const owner =
    answers.take && facts.actor !== null ? { userId: facts.actor.id, acceptedAt: facts.now } : facts.card.owner;
  return { ...facts, reason: answers.reason.trim() || facts.reason, card: { ...facts.card, fields, owner } };
}

/** The fields that were really answered, as the request carries them. */
export function fieldsToSend(card: CardView, answers: Answers): Record<string, string> | undefined {
  const given = Object.entries(answers.fields)
    .map(([id, value]) => [id, value.trim()] as const)
    .filter(([id, value]) => value !== '' && value !== card.fields[id]);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/**
 * What triage suggests for the fields that are still empty: the class it thinks of, and that class's department.
 * Offered, never filled in by itself: a person decides.
 */
export function suggestedFields(
  playbook: Playbook,
  card: CardView,
  ids: readonly string[],
): { id: string; value: string; name: string }[] {
  const klass = playbook.triage.classes.find((each) => each.id === (card.fields.class || card.fields.suggested_class));
  const values: Record<string, string | null | undefined> = { class: klass?.id, department: klass?.department };
  return ids.flatMap((id) => {
    const value = values[id];
    const choice = fieldOf(playbook, id).choices?.find((each) => each.id === value);
    return value && choice && !card.fields[id] ? [{ id, value, name: choice.name }] : [];
  });
}
