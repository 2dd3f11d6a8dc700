// Reads plans beside the page, so that nobody waits for it while typing.
import type { Outside } from '@rejoinder/playbook/lint';
import { checkPlan } from './plan-checking.ts';

export type PlanTask = { n: number; text: string; outside: Outside };

addEventListener('message', ({ data }: MessageEvent<PlanTask>) => {
  postMessage({ n: data.n, check: checkPlan(data.text, data.outside) });
});
