// Guards about the written reply before anyone signs it: that it is there, fits, is clean, and goes to the right place.
import { VOICE } from '@rejoinder/contracts/voice-numbers';
import { rolesThatMay } from '../levels.ts';
import { whyNothingToSend } from '../nothing-to-send.ts';
import { type Judging, type Lack, lack, MET } from './judging.ts';
import { notTooLikeSent } from './words-sent.ts';

/** GU-5: a reply is written, or is pictures alone. */
export function draftNotEmpty({ playbook, facts }: Judging): Lack[] {
  const says = whyNothingToSend(facts.card.draft);
  return says === null ? MET : lack(says, rolesThatMay(playbook, 'draft'), openDraft('Write the reply'));
}

/** GU-6: the reply fits the platform, counted as the platform counts. */
export function lengthWithinChannel({ playbook, facts }: Judging): Lack[] {
  if (!facts.card.draft?.tooLong) return MET;
  return lack(
    `The reply is too long for ${facts.card.platform}.`,
    rolesThatMay(playbook, 'draft'),
    openDraft('Shorten the reply'),
  );
}

/** GU-44: what colleagues said about the words is settled; an orphaned comment too is theirs to resolve. */
export function commentsResolved({ playbook, facts }: Judging): Lack[] {
  const open = facts.card.openComments;
  if (open === 0) return MET;
  const says =
    open === 1 ? 'One comment on these words is not resolved.' : `${open} comments on these words are not resolved.`;
  const who = [...new Set([...rolesThatMay(playbook, 'draft'), ...rolesThatMay(playbook, 'sign')])];
  return lack(says, who, { do: 'read-comments', says: 'Read the comments' });
}

/** GU-7: the account the reply goes out from is on the platform where the person wrote. */
export function samePlatformAsOrigin({ playbook, facts }: Judging): Lack[] {
  const { card, accounts } = facts;
  const account = accounts.find((each) => each.id === card.account);
  // Without an account nothing would go anywhere; account_allowed says that.
  if (account === undefined || account.platform === card.platform) return MET;
  const says = `The person wrote on ${card.platform}; the reply would go out on ${account.platform}.`;
  return lack(says, rolesThatMay(playbook, 'manage_sources'));
}

/** GU-8: the account is one of the room's own. */
export function accountAllowed({ playbook, facts }: Judging): Lack[] {
  const { card, accounts } = facts;
  if (accounts.some((account) => account.id === card.account)) return MET;
  const says =
    card.account === null
      ? `This room has no account that can answer on ${card.platform}.`
      : 'The account the reply would go out from does not belong to this room.';
  return lack(says, rolesThatMay(playbook, 'manage_sources'));
}

/** GU-9: no finding of the voice rules that blocks; those that warn are told apart by `voiceWarnings`. */
export function voiceClean(judging: Judging): Lack[] {
  return findingsOf(judging, 'block');
}

/** Findings of strength `warn`: they let the move go on with a reason (MV-8). */
export function voiceWarnings(judging: Judging): Lack[] {
  return findingsOf(judging, 'warn');
}

/** GU-10: no personal data in the public text. */
export function noPersonalData({ playbook, facts }: Judging): Lack[] {
  const found = facts.card.draft?.findings.filter((finding) => finding.rule === VOICE.personalData) ?? [];
  const says = [...new Set(found.map((finding) => finding.says))];
  return says.flatMap((each) => lack(each, rolesThatMay(playbook, 'draft'), openDraft('Show the place')));
}

function findingsOf(judging: Judging, strength: string): Lack[] {
  const { playbook, facts } = judging;
  // A plan whose voice says how like replies may be has said it for this guard too.
  const copies = playbook.voice.likeness?.strength === strength ? notTooLikeSent(judging) : [];
  // Personal data, length and liability have guards of their own: GU-10, GU-6, GU-11.
  const own: string[] = [VOICE.personalData, VOICE.length, VOICE.liability];
  const found =
    facts.card.draft?.findings.filter((finding) => finding.strength === strength && !own.includes(finding.rule)) ?? [];
  const says = [...new Set(found.map((finding) => `${finding.clause}: ${finding.says}`))];
  return [
    ...says.flatMap((each) => lack(each, rolesThatMay(playbook, 'draft'), openDraft('Show the place'))),
    ...copies,
  ];
}

function openDraft(says: string) {
  return { do: 'open-draft', from: null, to: null, says } as const;
}
