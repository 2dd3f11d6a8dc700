// Guards about signatures: that the right people signed these exact words, and not only the one who wrote them.
import type { SignOffView } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { VOICE } from '@rejoinder/contracts/voice-numbers';
import { rolesThatMay, sayRoles } from '../levels.ts';
import { askedNow, missingSigners, rolesStillNeeded } from '../signers.ts';
import { type Judging, type Lack, lack, MET, secondsBetween } from './judging.ts';

/** The signatures that count now: not voided, not expired, over the words that would be sent. A raised level keeps them (GU-11). */
export function validSignOffs({ facts }: Pick<Judging, 'facts'>): SignOffView[] {
  const { card, now } = facts;
  if (card.signOffs.length === 0) return card.signOffs;
  return card.signOffs.filter(
    (each) =>
      each.voidedAt === null &&
      card.fingerprint !== null &&
      each.fingerprint === card.fingerprint &&
      (each.expiresAt === null || secondsBetween(now, each.expiresAt) > 0),
  );
}

/** True when the words or the assessment touch liability, so that the plan may ask for one signature more. */
export function touchesLiability({ facts }: Pick<Judging, 'facts'>): boolean {
  const found = facts.card.draft?.findings.some((finding) => finding.rule === VOICE.liability) ?? false;
  return found || facts.card.fields.liability === 'yes';
}

/** GU-11: everyone whose signature is needed at this level signed these exact words; one lack for each that is missing. */
export function signOffsValid(judging: Judging, signOffId: string): Lack[] {
  const { playbook, facts } = judging;
  const valid = validSignOffs(judging);
  const liability = touchesLiability(judging);
  const slots = missingSigners(playbook, signOffId, facts.level, valid, liability);
  if (slots.length === 0) return MET;
  const lost =
    facts.card.signOffs.length > valid.length ? ' Earlier signatures are over other words or have run out.' : '';
  const turn = askedNow(playbook, { signOff: signOffId, level: facts.level, liability }, valid);
  if (turn.length < slots.length) return sayInOrder(playbook, slots, turn, lost);
  return lost === '' && valid.length === 0 ? sayOnce(playbook, slots) : sayMissing(playbook, slots, lost);
}

/** Whose turn it is comes first; the others can only wait for them. */
function sayInOrder(playbook: Playbook, slots: string[][], turn: string[][], lost: string): Lack[] {
  const next = rolesStillNeeded(turn);
  const then = slots.filter((slot) => !slot.some((role) => next.includes(role)));
  const until = { do: 'wait', until: null, says: `Wait for ${sayRoles(playbook, next)}` } as const;
  return [
    ...sayMissing(playbook, turn, lost),
    ...sayMissing(playbook, then, ` ${sayRoles(playbook, next)} signs first.`).map((each) => ({
      ...each,
      fix: [until],
    })),
  ];
}

/** Where nobody signed at all, the slots are those of the plan and the sentence is always the same. */
function sayOnce(playbook: Playbook, slots: string[][]): Lack[] {
  let known = told.get(playbook);
  if (known === undefined) {
    known = new WeakMap();
    told.set(playbook, known);
  }
  let found = known.get(slots);
  if (found === undefined) {
    found = sayMissing(playbook, slots, '');
    known.set(slots, found);
  }
  return found;
}
const told = new WeakMap<Playbook, WeakMap<string[][], Lack[]>>();

function sayMissing(playbook: Playbook, slots: string[][], lost: string): Lack[] {
  const groups = new Map<string, { roles: string[]; count: number }>();
  for (const roles of slots) {
    const group = groups.get(roles.join()) ?? { roles, count: 0 };
    group.count += 1;
    groups.set(roles.join(), group);
  }
  return [...groups.values()].map(({ roles, count }) => {
    const who = sayRoles(playbook, roles);
    const says =
      count === 1 ? `The signature of ${who} is missing.${lost}` : `${count} signatures of ${who} are missing.${lost}`;
    return {
      says,
      who: roles,
      fix: roles.map(
        (role) => ({ do: 'ask-sign-off', role, says: `Ask ${sayRoles(playbook, [role])} to sign` }) as const,
      ),
    };
  });
}

/** GU-12: when only one person wrote the reply, somebody else has signed it. */
export function signerNotSoleAuthor(judging: Judging): Lack[] {
  const { playbook, facts } = judging;
  const authors = facts.card.draft?.authors ?? [];
  const [author] = authors;
  if (author === undefined || authors.length > 1) return MET;
  const signers = validSignOffs(judging).map((each) => each.userId);
  if (signers.length === 0 || signers.some((signer) => signer !== author)) return MET;
  const id = playbook.signOffs[0]?.id ?? '';
  const needed = rolesStillNeeded(missingSigners(playbook, id, facts.level, []));
  const who = needed.length === 0 ? rolesThatMay(playbook, 'sign') : needed;
  return lack(
    'The only person who signed is the only one who wrote it.',
    who,
    ...who.map(
      (role) => ({ do: 'ask-sign-off', role, says: `Ask another person: ${sayRoles(playbook, [role])}` }) as const,
    ),
  );
}
