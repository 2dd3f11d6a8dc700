// Asks the worker to read a plan; only the newest text is answered.
import type { Outside } from '@rejoinder/playbook/lint';
import type { PlanCheck } from './plan-checking.ts';
import type { PlanTask } from './plan-worker.ts';

export type PlanChecker = { read: (text: string, outside: Outside) => void; close: () => void };

export function openPlanChecker(onchecked: (check: PlanCheck, text: string) => void): PlanChecker {
  const worker = new Worker(new URL('./plan-worker.ts', import.meta.url), { type: 'module' });
  let newest: PlanTask = { n: 0, text: '', outside: {} };
  worker.onmessage = ({ data }: MessageEvent<{ n: number; check: PlanCheck }>) => {
    if (data.n === newest.n) onchecked(data.check, newest.text);
  };
  return {
    read(text, outside) {
      newest = { n: newest.n + 1, text, outside };
      worker.postMessage(newest);
    },
    close: () => worker.terminate(),
  };
}
