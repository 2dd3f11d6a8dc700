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

function questionOf(playbook: Playbook, missing: Missing): Question {
  const fieldIds = missing.fix.flatMap((fix) => (fix.do === 'set-field' ? [fix.field] : []));
  return {
    key: `${missing.rule} ${missing.clause} ${[...new Set(fieldIds)].join(',')}`,
    rule: missing.rule,
    clause: missing.clause,
    says: missing.says,
    who: missing.who,
    fields: [...new Set(fieldIds)].map((id) => fieldOf(playbook, id)),
    asksReason: missing.fix.some((fix) => fix.do === 'give-reason'),
    asksTake: missing.fix.some((fix) => fix.do === 'take-card' || fix.do === 'accept-card'),
    elsewhere: missing.fix.filter((fix) => !['set-field', 'give-reason', 'take-card', 'accept-card'].includes(fix.do)),
  };
}

/** Questions already on screen stay where they are, met or not; new ones come below. What is now said of them is taken over. */
export function askedSoFar(
  before: readonly Question[],
  playbook: Playbook,
  refusal: Refusal | null,
): readonly Question[] {
  const now = (refusal?.missing ?? []).map((missing) => questionOf(playbook, missing));
  const latest = new Map(now.map((question) => [question.key, question]));
  const covers = new Set(
    before.flatMap((question) => question.fields.map((field) => `${question.clause} ${field.id}`)),
  );
  const fresh = now.filter(
    (question) =>
      !before.some((old) => old.key === question.key) &&
      // has_fields names fewer fields once some are filled in; the first question still holds them all
      (question.fields.length === 0 || !question.fields.every((field) => covers.has(`${question.clause} ${field.id}`))),
  );
  return [...before.map((old) => latest.get(old.key) ?? old), ...fresh];
}

/** Whether the condition is still unmet according to the latest judgement. */
export const isOpen = (question: Question, refusal: Refusal | null): boolean =>
  refusal?.missing.some((missing) => missing.rule === question.rule && missing.clause === question.clause) ?? false;

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
