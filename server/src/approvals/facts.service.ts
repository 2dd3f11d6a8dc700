// Facts about a card that a person vouches for (CA-14): whom they asked, that claims are checked, where in public we point to.
import type { CardView, FactView } from '@rejoinder/contracts/cards';
import type { CardFact } from '@rejoinder/contracts/guards';
import type { Actor } from '@rejoinder/contracts/people';
import type { Ability } from '@rejoinder/contracts/playbooks';
import { rolesThatCheckClaims } from '@rejoinder/playbook/allowances';
import { updateCard } from '../cards/cards.repository.ts';
import { changeCard, type LockedCard, type OnCard } from '../cards/cards.service.ts';
import type { Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { lockDraftOfCard, updateDraft } from '../drafts/drafts.repository.ts';
import { fingerprintOf } from '../drafts/drafts.service.ts';
import { Problem, refuse } from '../http/problems.ts';
import { requireAbility } from '../rooms/rooms.service.ts';

/** Whose word each of them is. */
const TAKES: Record<CardFact, Ability> = {
  department_contacted: 'triage',
  claims_checked: 'sign',
  public_pointer: 'publish',
};

/** Records a fact with its note, newest in place of an older one; an empty note takes it back. */
export function recordFact(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  input: { fact: CardFact; note: string },
): Promise<{ card: CardView }> {
  const { fact } = input;
  const note = input.note.trim();
  return changeCard(deps, actor, on, TAKES[fact], ['fact', fact, note], async ({ tx, now }, locked) => {
    if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can vouch for this.');
    requireAbility(locked, actor, TAKES[fact]);
    refuseOthers(locked, actor, input.fact);
    const others = locked.card.facts.filter((each) => each.fact !== fact);
    if (note === '' && others.length === locked.card.facts.length) return null;
    const fingerprint = fact === 'claims_checked' && note !== '' ? await wordsVouchedFor(tx, on, locked.card) : null;
    const said: FactView = { fact, by: actor.id, name: actor.name, at: now, note, fingerprint };
    const facts = note === '' ? others : [...others, said];
    await updateCard(tx, on.roomId, on.cardId, { recorded: facts.length === 0 ? null : JSON.stringify(facts) });
    return (after) => ({ type: 'card.factRecorded', data: { card: after, fact, note } });
  });
}

/** A claim that no approved fact covers is looked at by those whom the plan asks about liability (CA-17). */
function refuseOthers({ card, playbook }: LockedCard, actor: Actor, fact: CardFact): void {
  const outside = card.draft?.facts?.outside ?? [];
  const who = rolesThatCheckClaims(playbook);
  if (fact !== 'claims_checked' || outside.length === 0 || who.some((role) => actor.roles.includes(role))) return;
  const names = playbook.roles.filter((role) => who.includes(role.id)).map((role) => role.name);
  throw refuse(
    'CA-17',
    'Fact sheet',
    `“${outside[0]}” stands in no approved fact. This is checked by ${names.join(' or ')}.`,
    [],
    who,
  );
}

/** Claims are checked in exact words: from here on an edit is seen by the board, as it is under a signature. */
async function wordsVouchedFor(tx: Tx, on: OnCard, card: CardView): Promise<string> {
  const draft = await lockDraftOfCard(tx, on.roomId, on.cardId);
  const fingerprint = draft && !draft.empty ? fingerprintOf(draft, card) : null;
  if (!draft || fingerprint === null)
    throw refuse('CA-14', 'Draft', 'There are no words whose claims could be checked.', [
      { do: 'open-draft', from: null, to: null, says: 'Write the reply' },
    ]);
  await updateDraft(tx, on.roomId, draft.draft_id, { signed: true });
  return fingerprint;
}
