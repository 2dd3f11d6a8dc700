// A desk whose plan has a clock that pauses: the loop is closed within six hours, two at the higher levels, while nobody waits for the person.
import type { CardView, ClockView } from '@rejoinder/contracts/cards';
import type { RoomEvent } from '@rejoinder/contracts/events';
import { fireClocks } from '../../server/src/escalation/clocks.service.ts';
import { type Journey, planForOneReply } from './journey.ts';
import { verifyWithTimers } from './verify-action.ts';

const LOOP = `
## The loop

\`\`\`yaml clock loop
name: Loop closed
starts: mention_posted
stops: card_closed
pauses: [waiting_for_author, stood_down]
target: { 1: 6h, 2: 2h, 3: 2h }
warn_at: [50%]
\`\`\`
`;
const gone = (kind: string): RegExp => new RegExp(`\`\`\`yaml ${kind}\\n[\\s\\S]*?\`\`\``);

/** The shipped plan with that clock, and nothing that keeps a room from standing down. Whom a clock makes somebody ask is another test's matter. */
export const pausingPlan = (version = 1, loop: (text: string) => string = (text) => text): string =>
  ['stand-down', 'freeze', 'retrospective']
    .reduce((text, kind) => text.replace(gone(kind), ''), planForOneReply())
    .replaceAll(/^(ladder|on_warning|on_breach): .*\n/gm, '')
    .replace(/^version: \d+/m, `version: ${version}`) + loop(LOOP);

export const loopOf = (card: CardView | undefined): ClockView => {
  const clock = card?.clocks.find((each) => each.clock === 'loop');
  if (!clock) throw new Error('the card has no such clock');
  return clock;
};

/** The points of the clock that were told about this author. */
export const toldOfLoop = (events: RoomEvent[], handle: string): string[] =>
  events.flatMap((event) => {
    if (event.type !== 'clock.warned' && event.type !== 'clock.breached') return [];
    if (event.data.clock.clock !== 'loop' || event.data.card.author.handle !== handle) return [];
    return [event.type === 'clock.warned' ? 'warned' : 'breached'];
  });

/** What is told of the clock of this author's card once it is that time. */
export async function fireAt({ w }: Pick<Journey, 'w'>, handle: string, time: string): Promise<string[]> {
  const { events } = await verifyWithTimers(w, async () => {
    w.at(time);
    await fireClocks(w.app.deps);
  });
  return toldOfLoop(events, handle);
}
