// Since when a clock of a card runs, told from the card's life: for one that another level or plan gives it later (CK-22).
import type { PlanClock, Playbook } from '@rejoinder/contracts/playbooks';
import { stageOf } from './levels.ts';

/** What a card has been through since it opened, or since its author's post reopened it. Instants are ISO 8601 in UTC. */
export type CardLife = {
  /** The post it began with; null while nothing of it is public. */
  posted: string | null;
  opened: string;
  /** Where it stood, in order, and since when. The first is where it opened. */
  stays: readonly { stage: string; at: string }[];
  /** When a reply last stood in public. */
  replied: string | null;
  /** When we last came back to the person. */
  returned: string | null;
  /** When it was last closed, of one that somebody opened again by hand. */
  closed: string | null;
};

/** Whether `stays` decides; the rest of a card's life is enough for the others. */
export const asksForStays = ({ starts, stops }: PlanClock): boolean =>
  starts === 'stage_entered' || stops === 'stage_left';

/** The clock's own start on this card; null where it has not started, has ended, or is no clock of a card. */
export function runningSince(playbook: Playbook, clock: PlanClock, life: CardLife): string | null {
  const names = (stage: string | undefined): boolean =>
    stage !== undefined && stageOf(playbook, stage)?.clocks.includes(clock.id) === true;
  const came = life.stays.findLast(({ stage }, i) => names(stage) && !names(life.stays[i - 1]?.stage));
  const starts: Record<string, string | null | undefined> = {
    mention_posted: life.posted,
    card_opened: life.opened,
    stage_entered: came?.at,
  };
  const start = starts[clock.starts] ?? null;
  if (start === null) return null;
  // The post is older than the card: nothing that ends a clock can have come before the card was there.
  const isSince = (at: string): boolean => at >= start && at >= life.opened;
  const left = life.stays.find(
    ({ stage, at }, i) => i > 0 && isSince(at) && names(life.stays[i - 1]?.stage) && !names(stage),
  );
  const ends: Record<string, string | null | undefined> = {
    public_reply_published: life.replied,
    follow_up_recorded: life.returned,
    stage_left: left?.at,
  };
  const isOver = [ends[clock.stops], life.closed].some((at) => at && isSince(at));
  return isOver ? null : start;
}
