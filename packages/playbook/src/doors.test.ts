// What doors ask, wherever in them it stands: what pages show, what is counted, and what is asked again before a reply leaves.
import type { Condition, Guard, Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { asksAnywhere, doorThatStops } from './doors.ts';
import { planWith } from './plan-for-tests.ts';

const LIKE: Condition = { guard: 'not_too_like_sent' };
const OWNED: Condition = { guard: 'owner_accepted' };
const DOOR = { strength: 'block', clause: 'Door §1', sentence: 'It is so.', to: null, bothWays: false };
const guard = (condition: Condition, changes: Partial<Guard> = {}) => ({ ...condition, ...DOOR, ...changes }) as Guard;

/** The trial plan with these guards at one side of one of its stages, and none elsewhere. */
function door(side: 'enter' | 'leave', ...guards: Guard[]): Playbook {
  return planWith((plan) => ({
    ...plan,
    stages: plan.stages.map((stage, i) => ({ ...stage, enter: [], leave: [], ...(i === 1 ? { [side]: guards } : {}) })),
  }));
}

describe('what the doors of a plan ask', () => {
  it('[GU-29] is found at either side of a stage, by itself and within every join', () => {
    expect(asksAnywhere(door('leave', guard(OWNED)), 'not_too_like_sent')).toBe(false);
    for (const side of ['enter', 'leave'] as const)
      for (const condition of [
        LIKE,
        { guard: 'all', of: [OWNED, LIKE] },
        { guard: 'any', of: [OWNED, LIKE] },
        { guard: 'not', of: [LIKE] },
        { guard: 'at_level', levels: { 1: [OWNED], 3: [{ guard: 'all', of: [LIKE] }] } },
      ] as Condition[]) {
        const plan = door(side, guard(condition));
        expect(asksAnywhere(plan, 'not_too_like_sent')).toBe(true);
        expect(asksAnywhere(plan, condition.guard)).toBe(true);
        expect(asksAnywhere(plan, 'voice_clean')).toBe(false);
        expect(asksAnywhere(plan, 'not_too_like_sent')).toBe(true);
      }
  });

  it('[PU-12] stops a reply only where the plan blocks, with no way past, at this level', () => {
    const stops = (condition: Condition, level = 1, changes: Partial<Guard> = {}) =>
      doorThatStops(door('enter', guard(OWNED), guard(condition, { clause: 'Door §2', ...changes })), LIKE.guard, level)
        ?.clause;
    expect(stops(LIKE)).toBe('Door §2');
    expect(stops(OWNED)).toBeUndefined();
    expect(stops(LIKE, 1, { strength: 'warn' })).toBeUndefined();
    expect(stops(LIKE, 1, { strength: 'note' })).toBeUndefined();
    expect(stops({ guard: 'all', of: [OWNED, LIKE] })).toBe('Door §2');
    expect(stops({ guard: 'any', of: [OWNED, LIKE] })).toBeUndefined();
    expect(stops({ guard: 'not', of: [LIKE] })).toBeUndefined();
    const atThree: Condition = { guard: 'at_level', levels: { 3: [OWNED, { guard: 'all', of: [LIKE] }] } };
    expect(stops(atThree, 3)).toBe('Door §2');
    expect(stops(atThree, 2)).toBeUndefined();
  });
});
