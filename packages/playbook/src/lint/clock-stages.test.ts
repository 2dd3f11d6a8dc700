import type { PlanClock } from '@rejoinder/contracts/playbooks';
import { expect, it } from 'vitest';
import { planWith } from '../plan-for-tests.ts';
import { clockStages } from './clock-stages.ts';

const trial = planWith();
/** What is found of the plan's clocks so changed, where no stage names one, or all do. */
const says = (changes: Partial<PlanClock>, named: boolean): string[] => {
  const clocks = trial.clocks.map((clock) => ({ ...clock, name: 'First look', ...changes }));
  const stages = trial.stages.map((stage) => ({ ...stage, clocks: named ? clocks.map(({ id }) => id) : [] }));
  return clockStages({ ...trial, clocks, stages }, {}).map((each) => `${each.strength}: ${each.says}`);
};

it('[LI-32] a clock that starts or stops with a stage is named by one', () => {
  const entered = 'block: No stage names First look under `clocks`, so it never begins.';
  const left = 'block: No stage names First look under `clocks`, so it never stops.';
  expect(says({ starts: 'stage_entered', stops: 'card_closed' }, false)[0]).toBe(entered);
  expect(says({ starts: 'card_opened', stops: 'stage_left' }, false)[0]).toBe(left);
  expect(says({ starts: 'card_opened', stops: 'card_closed' }, false)).toEqual([]);
  expect(says({ starts: 'stage_entered', stops: 'stage_left' }, true)).toEqual([]);
});
