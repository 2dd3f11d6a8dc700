// Is there anything to send? Words, or pictures that the signatures are about and the channel posts by themselves (PI-11).
import type { DraftView } from '@rejoinder/contracts/cards';
import type { PictureList } from '@rejoinder/contracts/pictures';

/** Whether a reply without words is its pictures: the plan's signatures must be about them, and the account's channel must take that. */
export const speaksInPictures = (pictures: PictureList | null, channel: { pictures: { alone: boolean } }): boolean =>
  pictures !== null && pictures.items.length > 0 && pictures.covered && channel.pictures.alone;

/** Why there is nothing to send yet, in a sentence; null when there is. */
export function whyNothingToSend(draft: Pick<DraftView, 'empty' | 'pictures'> | null): string | null {
  if (draft !== null && !draft.empty) return null;
  if (!draft?.pictures?.items.length) return 'No reply is written yet.';
  return draft.pictures.covered
    ? 'This account posts no pictures without words. Write some.'
    : 'No words are written yet, and the plan’s signatures are not about pictures: a reply of pictures alone would be unsigned.';
}
