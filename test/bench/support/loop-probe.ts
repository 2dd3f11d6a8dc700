// Preloaded into a server under test (`node --expose-gc --import loop-probe.ts`): tells over IPC how long its loop stood still and what it holds.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
let cpu = process.cpuUsage();
/** Whoever asks gets what was since the last time, and begins anew. */
process.on('message', (ask) => {
  if (ask !== 'probe' && ask !== 'probe memory') return;
  const used = process.cpuUsage(cpu);
  const stallMs = delay.max / 1e6;
  if (ask === 'probe memory') (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ stallMs, cpuMs: (used.user + used.system) / 1e3, bytes: heapUsed + external });
  delay.reset();
  cpu = process.cpuUsage();
});
process.channel?.unref();
