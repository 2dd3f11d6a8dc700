// What people may do to a card besides moving it, in the model: each action changes the truth as the server would.
import type { CardView, DraftView } from '@rejoinder/contracts/cards';
import { CARD_FACTS } from '@rejoinder/contracts/guards';
import fc from 'fast-check';
import type { ModelWorld } from './model-world.ts';
import { RANDOM_ROLES } from './random-playbook.ts';

export type Step = { what: number; card: number; who: number; to: number; x: number; yes: boolean; reason: boolean };
export const steps = (most: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      what: fc.nat(29),
      card: fc.nat(3),
      who: fc.nat(4),
      to: fc.nat(6),
      x: fc.nat(11),
      yes: fc.boolean(),
      reason: fc.boolean(),
    }),
    { minLength: 15, maxLength: most, size: 'max' },
  );

const RULES = ['VO-1', 'VO-2', 'VO-3', 'VO-4', 'VO-5', 'VO-6'];
const pick = <T>(from: readonly T[], n: number): T | undefined => from[n % from.length];

/** Steps 15 and up; those below are moves. */
export function act(w: ModelWorld, card: CardView, step: Step): unknown {
  const { x, yes, who } = step;
  const person = pick(w.people, who);
  if (person === undefined) return null;
  const { now } = w;
  switch (step.what) {
    case 15:
    case 16:
      return edit(w, card, step, person.id);
    case 17:
    case 18:
      return sign(w, card, step);
    case 19:
      return w.change(card, { fields: { ...card.fields, ...field(x) } });
    case 20:
      return w.change(card, { owner: x === 0 ? null : { userId: person.id, acceptedAt: yes ? now : null } });
    case 21: {
      const item = pick(w.plan.stages.find((each) => each.id === card.stage)?.checklist['1'] ?? [], x);
      if (item === undefined) return null;
      const others = card.checks.filter((each) => each.item !== item || each.stage !== card.stage);
      const tick = { stage: card.stage, item, by: person.id, name: person.id, at: now };
      return w.change(card, { checks: yes ? [...others, tick] : others });
    }
    case 22: {
      const fact = pick(CARD_FACTS, x) ?? 'public_pointer';
      const others = card.facts.filter((each) => each.fact !== fact);
      const fingerprint = fact === 'claims_checked' ? words(w, card) : null;
      const said = { fact, by: person.id, name: person.id, at: now, note: 'x', fingerprint };
      return w.change(card, { facts: [...others, said], fingerprint: fingerprint ?? card.fingerprint });
    }
    case 23: {
      const worth = pick([null, 0, 50, 51, 500], x) ?? null;
      const remedy = { promised: 'Money', deliveredAt: yes ? now : null, worth, kind: x % 2 === 0 ? 'refund' : null };
      return w.change(card, { remedy: x === 11 ? null : remedy });
    }
    case 24: {
      const state =
        pick(['published', 'published', 'unknown', 'sending', 'rejected', 'held', 'approved'] as const, x) ?? 'held';
      const reply = {
        jobId: 'job_1',
        state,
        fingerprint: card.fingerprint ?? 'old',
        attempt: 1,
        queuedAt: now,
        publishedAt: state === 'published' ? now : null,
        url: null,
        says: null,
        matches: yes,
      };
      return w.change(card, { reply: x === 11 ? null : reply });
    }
    case 25:
      return w.change(card, { posts: { ...card.posts, unseen: yes ? 0 : x % 3 } });
    case 26:
      return w.raise(1 + (x % 3));
    case 27:
      return w.giveRoles(
        person,
        RANDOM_ROLES.filter((_, i) => (x >> i) % 2 === 1),
      );
    case 28:
      w.minutes += yes ? 70 : x;
      return null;
    default:
      if (yes) return w.change(card, { followUp: x % 2 === 0 ? null : { state: 'posted', note: '', at: now } });
      return w.change(card, { account: pick(['acc_1', 'acc_1', 'acc_2', 'acc_gone', null], x) ?? null });
  }
}

/** The words as a signature would cover them, whether anybody signed or not. */
const words = (w: ModelWorld, card: CardView): string | null =>
  card.draft === null || card.draft.empty ? null : (card.fingerprint ?? `words_${card.id}_${w.words}`);

function edit(w: ModelWorld, card: CardView, { x, yes }: Step, author: string): void {
  const text = w.plan.stages.find((each) => each.id === card.stage)?.text;
  if (text !== 'editable' && text !== 'edits-void-sign-offs') return;
  w.words += 1;
  const rule = pick(RULES, x) ?? 'VO-1';
  const finding = { rule, clause: 'Voice §1', strength: yes ? 'block' : 'warn', says: 'Not so.' };
  const draft: DraftView = {
    id: 'drf_1',
    generation: 1,
    empty: x === 10,
    tooLong: x === 9,
    findings: x % 2 === 0 ? [] : [finding],
    facts: null,
    authors: [...new Set([...(card.draft?.authors ?? []), author])],
    likest: x % 4 === 3 ? { cardId: yes ? 'card_other' : card.id, share: x / 11, text: 'Sent' } : null,
  };
  // Some stay unmarked: what counts is the words they are over.
  const voided = card.signOffs.map((each) =>
    x % 3 === 0 ? each : { ...each, voidedAt: each.voidedAt ?? w.now, voidReason: 'Other words' },
  );
  w.change(card, { draft, signOffs: voided, fingerprint: x % 3 === 0 ? `words_${card.id}_${w.words}` : null });
}

function sign(w: ModelWorld, card: CardView, { who, x }: Step): void {
  const person = pick(w.people, who);
  const fingerprint = words(w, card);
  const able = person?.roles.filter((id) => w.plan.roles.some((role) => role.id === id && role.may.includes('sign')));
  const role = pick(able ?? [], x);
  if (person === undefined || fingerprint === null || role === undefined) return;
  const expiresAt = new Date(Date.parse(w.now) + 3_600_000).toISOString();
  const signOff = {
    id: `sig_${w.words}_${card.signOffs.length}`,
    userId: person.id,
    name: person.id,
    role,
    fingerprint,
    signedAt: w.now,
    expiresAt,
    voidedAt: null,
    voidReason: null,
  };
  w.change(card, { signOffs: [...card.signOffs, signOff], fingerprint });
}

function field(x: number): Record<string, string> {
  const all: Record<string, string>[] = [
    { class: 'c1' },
    { class: 'c2' },
    { class: '' },
    { department: 'd1' },
    { department: ' ' },
    { note: 'n' },
    { liability: 'yes' },
    { private_reason: 'because' },
    { crisis_type: 'victim', strategy: 'inform' },
    { crisis_type: 'victim', strategy: 'deny' },
    { remedy: 'A parcel' },
    { class: 'c1', department: 'd1', note: 'n' },
  ];
  return pick(all, x) ?? {};
}
