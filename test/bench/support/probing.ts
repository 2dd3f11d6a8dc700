// Asks a server that was started with the loop probe.
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Child } from './child.ts';

export const PROBED = ['--expose-gc', '--import', fileURLToPath(new URL('loop-probe.ts', import.meta.url))];

/** Since the last asking: the longest the loop stood still, the processor time used; and, now, the bytes it holds. */
export type Probe = { stallMs: number; cpuMs: number; bytes: number };

export async function probe(child: Child, what: 'probe' | 'probe memory' = 'probe'): Promise<Probe> {
  const answered = once(child.process, 'message');
  child.process.send(what);
  const [found] = (await answered) as [Probe];
  return found;
}
