import type { LadderView } from '@rejoinder/contracts/ladders';
import { planWith } from '@rejoinder/playbook/plan-for-tests';
import { describe, expect, it } from 'vitest';
import { asksTo, stepLines, takersOf } from './ladder-steps.ts';

const ask = (userId: string, state: 'waiting' | 'accepted') => ({
  id: `ask_${userId}`,
  userId,
  name: userId,
  ways: [],
  state,
  at: '2026-03-02T02:40:00.000Z',
  answeredAt: null,
  says: '',
});
const ladder: LadderView = {
  id: 'ladder_1',
  ladder: 'up',
  name: 'Up',
  clause: 'Ladders §1',
  cause: 'stage:new',
  says: 'A card stands in New too long.',
  state: 'asking',
  round: 1,
  startedAt: '2026-03-02T02:40:00.000Z',
  nextAt: '2026-03-02T02:50:00.000Z',
  accepts: 1,
  steps: [
    { step: 0, whom: 'owner', at: '2026-03-02T02:40:00.000Z', asks: [], skipped: 'Nobody owns this card.' },
    { step: 1, whom: 'legal', at: '2026-03-02T02:40:00.000Z', asks: [ask('lena', 'waiting')], skipped: null },
  ],
};
const step = (whom: string) => ({ whom, after: {}, channels: [], clause: 'x' });
const plan = planWith((playbook) => ({
  ...playbook,
  ladders: [
    {
      id: 'up',
      name: 'Up',
      steps: ['owner', 'legal', 'commander'].map(step),
      accepts: 1,
      onEmpty: 'skip_and_show' as const,
      reopenAfter: null,
      clause: 'Ladders §1',
    },
  ],
}));

describe('the lines of a ladder', () => {
  it('[LD-6] are the steps taken and, while it asks, those to come; whom it asks and who accepted', () => {
    expect(stepLines(plan, ladder, 'Own').map((line) => [line.whom, line.at === null])).toEqual([
      ['Owner', false],
      ['Legal', false],
      ['Commander', true],
    ]);
    expect(asksTo(ladder, 'lena')).toHaveLength(1);
    expect(asksTo(ladder, 'sam')).toEqual([]);
    const taken: LadderView = {
      ...ladder,
      state: 'accepted',
      steps: [
        ...ladder.steps,
        { step: 2, whom: '', at: ladder.startedAt, asks: [ask('sam', 'accepted')], skipped: null },
      ],
    };
    expect(stepLines(plan, taken, 'Own').map((line) => line.whom)).toEqual(['Owner', 'Legal', 'Own']);
    expect(asksTo(taken, 'lena')).toEqual([]);
    expect(takersOf(taken)).toEqual(['sam']);
  });
});
