// What people read of time that stands still: how much is left, and why.
import type { PauseReason } from '@rejoinder/contracts/pauses';
import { writeSpan } from './format.ts';
import { words } from './words.ts';

const WHY: Record<PauseReason, string> = {
  waiting_for_author: 'we wait for the person',
  stood_down: 'the room has stood down',
};

/** `remaining` in milliseconds, negative when it is over. */
export function sayStill(why: readonly PauseReason[], remaining: number, style: 'narrow' | 'long'): string {
  const span = writeSpan(remaining, style);
  const left = remaining < 0 ? words.fuse.over(span) : words.fuse.left(span);
  return style === 'narrow' ? `paused, ${left}` : `Paused, ${left}: ${why.map((each) => WHY[each]).join(', and ')}.`;
}
