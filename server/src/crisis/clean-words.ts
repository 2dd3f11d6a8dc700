// Whether words to everybody are clean: banned phrases, personal data and leftovers stop them, whoever cleared or signed them.
import type { Finding } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { Missing } from '@rejoinder/contracts/problems';
import { VOICE } from '@rejoinder/contracts/voice-numbers';
import { findings, touchesLiability } from '@rejoinder/voice/voice';
import { Refused } from '../http/problems.ts';

/** What a reply needs beyond that, such as a name under it, is not asked of a statement. */
const STOPS: readonly string[] = [VOICE.phrase, VOICE.personalData, VOICE.leftover];

/** Posts to everybody stand on every platform; none of their lengths is asked. */
const found = (playbook: Playbook, text: string): Finding[] => findings(playbook.voice, text, 'statement');

/** @throws Refused with each finding that stops the words */
export function refuseUnclean(playbook: Playbook, text: string, only: readonly string[] = STOPS): void {
  const stops = found(playbook, text).filter(({ rule, strength }) => strength === 'block' && only.includes(rule));
  const missing = stops.map(({ rule, clause, says }): Missing => ({ rule, clause, says, who: [], fix: [] }));
  const [first] = missing;
  if (first === undefined) return;
  const says = missing.length === 1 ? first.says : `${missing.length} places in these words cannot go out.`;
  throw new Refused({ rule: first.rule, clause: first.clause, says, missing, who: [], fix: [] });
}

export const isLiable = (playbook: Playbook, text: string): boolean => touchesLiability(found(playbook, text));
