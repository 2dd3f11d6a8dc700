// What still has to be signed before a card's reply may go out: what publisher and signers ask of a plan.
import type { CardView } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { bareFacts } from './bare-facts.ts';
import { touchesLiability, validSignOffs } from './guards/sign-off.ts';
import { askedNow, missingSigners, rolesStillNeeded } from './signers.ts';

/** The sign-off that replies need. */
export const REPLY_SIGN_OFF = 'reply';

/** True when a signature over a reply is about the fact sheet as well: the plan says so, or that its change voids signatures. */
export const coversFacts = (playbook: Playbook): boolean =>
  playbook.signOffs.some(
    ({ id, covers, voidedBy }) =>
      id === REPLY_SIGN_OFF && (covers.includes('fact_sheet') || voidedBy.includes('fact_sheet_changed')),
  );

/** The same of a reply's pictures: they are about them where the plan says so, or that other pictures void them. */
export const coversPictures = (playbook: Playbook): boolean =>
  playbook.signOffs.some(
    ({ id, covers, voidedBy }) =>
      id === REPLY_SIGN_OFF && (covers.includes('media') || voidedBy.includes('media_changed')),
  );

/** One entry for each signature over the card's exact words that still lacks at this level: the roles of which one must sign. */
export function signaturesMissing(playbook: Playbook, level: number, card: CardView, now: string): string[][] {
  const facts = bareFacts(card, level, now);
  return missingSigners(playbook, REPLY_SIGN_OFF, level, validSignOffs({ facts }), touchesLiability({ facts }));
}

/** The roles whose turn it is to sign these words at this level, wherever the card stands. */
export function rolesAsked(playbook: Playbook, level: number, card: CardView, now: string): string[] {
  const facts = bareFacts(card, level, now);
  const asking = { signOff: REPLY_SIGN_OFF, level, liability: touchesLiability({ facts }) };
  return rolesStillNeeded(askedNow(playbook, asking, validSignOffs({ facts })));
}
