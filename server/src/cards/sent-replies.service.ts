// Which reply already sent in the room are these words likest to (GU-29)? Asked while typing and again under the card's lock.
import type { Likest } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { likenessCeiling } from '@rejoinder/playbook/allowances';
import { asksAnywhere } from '@rejoinder/playbook/doors';
import { likestOf, type Runs, runsOf } from '@rejoinder/voice/likeness';
import type { Executor } from '../db/database.ts';
import { memberNames, sentElsewhere } from './sent-replies.repository.ts';

/** What was sent to others, taken apart, and whose names do not count. */
export type Sent = { ceiling: number; names: string[]; replies: { cardId: string; text: string; runs: Runs }[] };

/** A text that was sent does not change, so it is taken apart once. */
const taken = new Map<string, { text: string; runs: Runs }>();
const MOST = 20_000;
const SHOWN = 280;

/** Null where the plan nowhere asks for it, so that nobody pays for it. */
export async function sentToOthers(
  db: Executor,
  playbook: Playbook,
  card: { roomId: string; cardId: string; authorName: string },
): Promise<Sent | null> {
  if (!asksForLikeness(playbook)) return null;
  const names = [...(await memberNames(db, card.roomId)), card.authorName];
  const rows = await sentElsewhere(db, card.roomId, card.cardId, [...taken.keys()]);
  const replies = rows.flatMap(({ job_id, card_id, author_name, text }) => {
    let known = taken.get(job_id);
    if (known === undefined && text !== null) {
      known = { text, runs: runsOf(text, [...names, author_name]) };
      if (taken.size >= MOST) taken.clear();
      taken.set(job_id, known);
    }
    return known === undefined ? [] : [{ cardId: card_id, ...known }];
  });
  return { ceiling: likenessCeiling(playbook), names, replies };
}

/** The likest of them, where it is as like as the plan lets it be or more; null otherwise. */
export function likestSent(text: string, sent: Sent | null): Likest | null {
  if (sent === null || sent.replies.length === 0) return null;
  const found = likestOf(runsOf(text, sent.names), sent.replies);
  if (found === null || found.share < sent.ceiling) return null;
  const { cardId, text: whole } = found.sent;
  return { cardId, share: Math.round(found.share * 100) / 100, text: whole.slice(0, SHOWN).toWellFormed() };
}

/** Whether a door of the plan asks how like a reply is to those sent: by the guard itself, or by a voice that sets a ceiling. */
export function asksForLikeness(playbook: Playbook): boolean {
  const voiceSays = playbook.voice.likeness !== undefined && asksAnywhere(playbook, 'voice_clean');
  return voiceSays || asksAnywhere(playbook, 'not_too_like_sent');
}
