// What follows when a way did not take a message: the same way again after a pause, or the next one at once.
import type { Sent } from './channel.ts';

/** Seconds before another attempt while another way is left: soon, because somebody waits. */
const PAUSES = [5, 20];
/** On the last way: for about an hour, ever more rarely. */
const LAST_PAUSES = [5, 20, 60, 300, 900, 1800];
/** A receiver that asks to wait longer than this is not waited for while another way is left. */
const PATIENCE_S = 60;

/** @param attempt how often this way was tried, this time included; answers the seconds to wait, or `next-way` */
export function whatNext(sent: Exclude<Sent, { outcome: 'delivered' }>, attempt: number, isLast: boolean) {
  if (sent.outcome === 'failed' && sent.forGood) return 'next-way' as const;
  const pause = (isLast ? LAST_PAUSES : PAUSES)[attempt - 1];
  if (pause === undefined) return 'next-way' as const;
  if (sent.outcome === 'failed') return pause;
  return !isLast && sent.seconds > PATIENCE_S ? ('next-way' as const) : sent.seconds;
}
