// What a stage says to a card or to several, before anything is sent: the same function the server decides with.
import type { CardView, MoveFacts, SignOffView } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { Missing, Refusal } from '@rejoinder/contracts/problems';
import { mayMove } from '@rejoinder/playbook/may-move';
import { missingSigners } from '@rejoinder/playbook/signers';
import { canBeMended } from './move-questions.ts';

export type Judged =
  | { readonly kind: 'here' }
  | { readonly kind: 'yes'; readonly warnings: readonly Missing[] }
  | { readonly kind: 'no'; readonly refusal: Refusal };

/**
 * What a column says to everything lifted or chosen; `says` is one sentence. `asks`: it takes the card once the panel has
 * collected what lacks. `some`: it takes a part of them.
 */
export type Word =
  | { readonly kind: 'here' }
  | {
      readonly kind: 'yes' | 'some' | 'asks' | 'no';
      readonly yes: number;
      readonly all: number;
      readonly says: string;
    };

export function judge(playbook: Playbook, facts: MoveFacts, to: string): Judged {
  if (facts.card.stage === to) return { kind: 'here' };
  const verdict = mayMove(playbook, facts, to);
  return verdict.ok ? { kind: 'yes', warnings: verdict.warnings } : { kind: 'no', refusal: verdict.refusal };
}

/** One word for all of them together. */
export function sum(all: readonly Judged[]): Word {
  const moving = all.filter((each) => each.kind !== 'here');
  if (moving.length === 0) return { kind: 'here' };
  const yes = moving.flatMap((each) => (each.kind === 'yes' ? [each] : []));
  const no = moving.flatMap((each) => (each.kind === 'no' ? [each.refusal] : []));
  const first = no[0];
  const counts = { yes: yes.length, all: moving.length };
  if (first === undefined) return { kind: 'yes', ...counts, says: '' };
  const says = first.missing[0]?.says ?? first.says;
  if (yes.length > 0) return { kind: 'some', ...counts, says };
  return { kind: no.every(canBeMended) ? 'asks' : 'no', ...counts, says };
}

/** Signatures of a card: places the plan asks for at this level, those filled by valid signatures, and those lost. */
export function sealsOf(playbook: Playbook, card: CardView, level: number, now: number): Seals {
  const id = playbook.signOffs[0]?.id;
  if (id === undefined) return { needed: 0, valid: 0, lost: 0 };
  const isValid = (each: SignOffView) =>
    each.voidedAt === null &&
    each.fingerprint === card.fingerprint &&
    (each.expiresAt === null || Date.parse(each.expiresAt) > now);
  const valid = card.signOffs.filter(isValid);
  const liable = card.fields.liability === 'yes';
  const needed = missingSigners(playbook, id, level, [], liable).length;
  const missing = missingSigners(playbook, id, level, valid, liable).length;
  const signers = new Set(valid.map((each) => each.userId));
  const lost = new Set(
    card.signOffs.filter((each) => !isValid(each) && !signers.has(each.userId)).map((each) => each.userId),
  );
  return { needed, valid: needed - missing, lost: Math.min(lost.size, missing) };
}

export type Seals = { readonly needed: number; readonly valid: number; readonly lost: number };
