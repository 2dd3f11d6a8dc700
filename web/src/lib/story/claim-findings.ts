// Claims outside the approved facts, as findings in their places in the editor.
import type { Finding } from '@rejoinder/contracts/cards';
import { claimsOutside } from '@rejoinder/voice/claims';
import { WORDS_STORY } from '../words-story.ts';

export function claimFindings(text: string, facts: readonly string[]): Finding[] {
  const w = WORDS_STORY.card;
  return claimsOutside(text, facts).map(({ from, to, match }) => ({
    rule: 'GU-30',
    clause: w.clause,
    strength: 'warn',
    from,
    to,
    match,
    says: w.finding,
    repair: w.repair,
  }));
}
