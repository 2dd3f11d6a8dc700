// Guards about time in a stage and about how many cards a stage bears.
import type { PerLevel } from '@rejoinder/contracts/playbooks';
import { sayDuration } from '../durations.ts';
import { atLevel, limitAt } from '../levels.ts';
import { type Judging, type Lack, lack, MET, secondsBetween } from './judging.ts';

/** GU-20: the card has been in its stage this long. */
export function elapsed({ facts }: Judging, seconds: PerLevel<number>): Lack[] {
  const wanted = atLevel(seconds, facts.level) ?? 0;
  if (secondsBetween(facts.card.enteredStageAt, facts.now) >= wanted) return MET;
  return lack(
    `The card has to stay here for ${sayDuration(wanted)} first.`,
    [],
    wait(facts.card.enteredStageAt, wanted),
  );
}

/** GU-22: the card was not moved within this time. */
export function notMovedWithin({ facts }: Judging, seconds: PerLevel<number>): Lack[] {
  const wanted = atLevel(seconds, facts.level) ?? 0;
  const since = secondsBetween(facts.card.enteredStageAt, facts.now);
  if (since >= wanted) return MET;
  return lack(
    `The card was moved ${sayDuration(Math.max(1, since || 0))} ago.`,
    [],
    wait(facts.card.enteredStageAt, wanted),
  );
}

/** GU-21: the stage has room for one more card, and for one more of this owner's. Counts are those before the move. */
export function belowLimit({ facts, to }: Judging): Lack[] {
  if (to.limit === null) return MET;
  const cards = limitAt(to.limit.cards, facts.level);
  const perPerson = limitAt(to.limit.perPerson, facts.level);
  const here = facts.counts[to.id] ?? 0;
  if (cards !== null && here >= cards) {
    return lack(`${to.title} holds ${here} ${here === 1 ? 'card' : 'cards'}; the plan allows ${cards}.`, to.workedBy);
  }
  const own = facts.card.owner === null ? 0 : (facts.countsOfOwner[to.id] ?? 0);
  if (perPerson !== null && own >= perPerson) {
    const has = own === 1 ? 'one card' : `${own} cards`;
    return lack(`Its owner already has ${has} in ${to.title}; the plan allows ${perPerson}.`, to.workedBy);
  }
  return MET;
}

function wait(from: string, seconds: number) {
  const start = Date.parse(from);
  const until = Number.isNaN(start) ? null : new Date(start + seconds * 1000).toISOString();
  return { do: 'wait', until, says: 'Wait until then' } as const;
}
