// What the board shows of a text: empty, too long, and what the voice of the playbook finds in it.
import type { CardView, CheckedFacts, DraftView, Likest } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { VOICE } from '@rejoinder/contracts/voice-numbers';
import { coversFacts } from '@rejoinder/playbook/awaiting';
import { claimsOutside } from '@rejoinder/voice/claims';
import { overflowsAt } from '@rejoinder/voice/length';
import { findings } from '@rejoinder/voice/voice';
import { likestSent, type Sent, sentToOthers } from '../cards/sent-replies.service.ts';
import type { Executor } from '../db/database.ts';
import type { Row } from '../db/tables.ts';
import { type ApprovedSheet, approvedFacts } from '../stories/stories.service.ts';

export type Judged = {
  empty: boolean;
  tooLong: boolean;
  findings: DraftView['findings'];
  likest: Likest | null;
  facts: CheckedFacts | null;
};

/** What a text is judged beside: the platform, the card's assessed class (null before), what was sent to others, the story's approved facts. */
export type Beside = { platform: string; class: string | null; sent: Sent | null; sheet: ApprovedSheet | null };

export function judgeText(playbook: Playbook, text: string, card: Beside): Judged {
  const empty = text.trim() === '';
  return {
    empty,
    tooLong: overflowsAt(card.platform, text) !== null,
    // Of an empty text too: pictures may stand for it, and what the plan asks of every reply is asked of them (PI-11).
    findings: unique(findings(playbook.voice, text, card.platform, { cardClass: card.class, pictured: true })),
    likest: empty ? null : likestSent(text, card.sent),
    facts: empty || !card.sheet ? null : checkedFacts(playbook, text, card.sheet),
  };
}

type OnCard = { roomId: string; card: CardView };

/** What a draft's words are judged beside, as its card stands now. */
export async function besideOf(db: Executor, playbook: Playbook, { roomId, card }: OnCard): Promise<Beside> {
  const sent = await sentToOthers(db, playbook, { roomId, cardId: card.id, authorName: card.author.name });
  const sheet = await approvedFacts(db, roomId, card.storyId);
  return { platform: card.platform, class: card.fields.class ?? null, sent, sheet };
}

/** The words of a draft judged beside its card as it stands now. */
export async function judgeDraft(db: Executor, playbook: Playbook, on: OnCard, text: string): Promise<Judged> {
  return judgeText(playbook, text, await besideOf(db, playbook, on));
}

/** What was found, as the row keeps it. */
export const asRow = (judged: Judged) => ({
  empty: judged.empty,
  too_long: judged.tooLong,
  findings: JSON.stringify(judged.findings),
  likest: asText(judged.likest),
  facts: asText(judged.facts),
});

/** Whether the board shows anything of the difference. */
export function isSeen(before: Row<'drafts'>, after: Judged, authors: string[] = before.authors): boolean {
  return (
    before.empty !== after.empty ||
    before.too_long !== after.tooLong ||
    before.findings !== JSON.stringify(after.findings) ||
    before.likest !== asText(after.likest) ||
    before.facts !== asText(after.facts) ||
    before.authors.length !== authors.length
  );
}

/** By what a text was judged, and as what: who comes to the same changes nothing that the board shows. */
export const fitsOf = ({ id, version }: Playbook, cardClass: string | null, judged: Judged): string =>
  JSON.stringify([id, version, cardClass, judged]);

export const asText = (part: Likest | CheckedFacts | null): string | null => part && JSON.stringify(part);

const MOST_CLAIMS = 20;
const CLAIM_LENGTH = 160;

/** What the text claims beyond the approved facts. Its places are found in the browser: they move with every key. */
function checkedFacts(
  playbook: Playbook,
  text: string,
  { storyId, version, fingerprint, facts }: ApprovedSheet,
): CheckedFacts {
  const claims = claimsOutside(text, facts).map(({ match }) =>
    match.length <= CLAIM_LENGTH ? match : `${match.slice(0, CLAIM_LENGTH - 1).toWellFormed()}…`,
  );
  const outside = [...new Set(claims)].slice(0, MOST_CLAIMS);
  return { storyId, version, sheet: fingerprint, covered: coversFacts(playbook), outside };
}

/** One line a rule and sentence, however often it was found. */
function unique(found: { rule: string; clause: string; strength: string; says: string }[]): DraftView['findings'] {
  const seen = new Map<string, DraftView['findings'][number]>();
  for (const { rule, clause, strength, says } of found) {
    if (strength === 'note') continue;
    // The count of characters changes with every key; the board is told once that the reply is too long (DR-11).
    const told = rule === VOICE.length ? 'The reply is longer than this platform takes.' : says;
    seen.set(`${rule} ${clause} ${told}`, { rule, clause, strength, says: told });
  }
  return [...seen.values()].slice(0, 50);
}
