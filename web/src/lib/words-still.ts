// What people read of time that stands still: how much is left, and why.
import type { PauseReason } from '@rejoinder/contracts/pauses';
import { writeSpan } from './format.ts';
import { words } from './words.ts';

const WHY: Record<PauseReason, string> = {
  waiting_for_author: 'we wait for the person',
  stood_down: 'the room has stood down',
};

const sayWhy = (why: readonly PauseReason[]): string => why.map((each) => WHY[each]).join(', and ');

/** The reasons alone, as a sentence. */
export function sayWhyStill(why: readonly PauseReason[]): string {
  const said = sayWhy(why);
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

/** `remaining` in milliseconds, negative when it is over. */
export function sayStill(why: readonly PauseReason[], remaining: number, style: 'narrow' | 'long'): string {
  const span = writeSpan(remaining, style);
  const left = remaining < 0 ? words.fuse.over(span) : words.fuse.left(span);
  return style === 'narrow' ? `paused, ${left}` : `Paused, ${left}: ${sayWhy(why)}.`;
}
