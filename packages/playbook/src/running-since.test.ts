import type { PlanClock } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { planWith } from './plan-for-tests.ts';
import { asksForStays, type CardLife, runningSince } from './running-since.ts';

const at = (time: string): string => `2026-03-02T${time}:00.000Z`;
const life: CardLife = {
  posted: at('08:00'),
  opened: at('08:10'),
  stays: [{ stage: 'owned', at: at('08:10') }],
  replied: null,
  returned: null,
  closed: null,
};
/** The clock named by the stages `drafting` and `publish`. */
function since(starts: string, stops: string, change: Partial<CardLife> = {}): string | null {
  const plan = planWith((playbook) => ({
    ...playbook,
    stages: playbook.stages.map((each) => (/drafting|publish/.test(each.id) ? { ...each, clocks: ['late'] } : each)),
  }));
  const [any] = plan.clocks;
  if (!any) throw new Error('the plan has a clock');
  const clock: PlanClock = { ...any, id: 'late', starts, stops };
  return runningSince({ ...plan, clocks: [clock] }, clock, { ...life, ...change });
}
const went = (...stays: [string, string][]): Partial<CardLife> => ({
  stays: stays.map(([stage, time]) => ({ stage, at: at(time) })),
});

describe('since when a clock runs that is given later', () => {
  it('[CK-22] starts with the post, the opening, or the last time the card came to its stages', () => {
    expect(since('mention_posted', 'card_closed')).toBe(at('08:00'));
    expect(since('mention_posted', 'card_closed', { posted: null })).toBeNull();
    expect(since('card_opened', 'card_closed')).toBe(at('08:10'));
    expect(since('level_raised', 'card_closed')).toBeNull();
    expect(since('stage_entered', 'stage_left')).toBeNull();
    expect(since('stage_entered', 'stage_left', went(['drafting', '08:10']))).toBe(at('08:10'));
    const back = went(['owned', '08:10'], ['drafting', '08:20'], ['owned', '08:30'], ['drafting', '08:40']);
    expect(since('stage_entered', 'stage_left', back)).toBe(at('08:40'));
    // Between two stages that name it, it runs on; and what ends with something else goes on after the stage.
    const on = went(['owned', '08:10'], ['drafting', '08:20'], ['publish', '08:30']);
    expect(since('stage_entered', 'stage_left', on)).toBe(at('08:20'));
    const past = went(['drafting', '08:10'], ['owned', '08:30']);
    expect(since('stage_entered', 'card_closed', past)).toBe(at('08:10'));
    expect(since('stage_entered', 'stage_left', past)).toBeNull();
  });

  it('[CK-22] does not begin where what ends it has happened since, and does where that was before', () => {
    const [early, late] = [at('08:05'), at('08:30')];
    expect(since('mention_posted', 'public_reply_published', { replied: late })).toBeNull();
    expect(since('mention_posted', 'public_reply_published', { replied: early })).toBe(at('08:00'));
    expect(since('mention_posted', 'follow_up_recorded', { replied: late })).toBe(at('08:00'));
    expect(since('mention_posted', 'follow_up_recorded', { returned: late })).toBeNull();
    expect(since('card_opened', 'card_closed', { closed: late })).toBeNull();
    const left = went(['drafting', '08:10'], ['owned', '08:30']);
    expect(since('card_opened', 'stage_left', left)).toBeNull();
    expect(since('card_opened', 'stage_left', went(['owned', '08:10'], ['drafting', '08:30']))).toBe(at('08:10'));
    // Answered before, closed and opened again by hand: the stage is entered anew.
    const anew = {
      ...went(['owned', '08:10'], ['closed', '08:30'], ['drafting', '08:40']),
      replied: late,
      closed: late,
    };
    expect(since('stage_entered', 'public_reply_published', anew)).toBe(at('08:40'));
    expect(since('mention_posted', 'card_closed', anew)).toBeNull();
  });

  it('[CK-22] only a stage’s clock asks where the card stood', () => {
    const [any] = planWith().clocks;
    const asks = (starts: string, stops: string) => any && asksForStays({ ...any, starts, stops });
    expect(asks('mention_posted', 'public_reply_published')).toBe(false);
    expect(asks('stage_entered', 'card_closed')).toBe(true);
    expect(asks('card_opened', 'stage_left')).toBe(true);
  });
});
