// The only timer: a table of what is looked at how often. Due instants are rows; a missed tick loses nothing.
import type { Deps } from './deps.ts';

export type Tick = { name: string; everyMs: number; run: () => Promise<void> };
export type Clockwork = { stop: () => Promise<void> };

/** Each line runs by itself and never overlaps itself; an error is logged and the line goes on. */
export function startClockwork(deps: Pick<Deps, 'log'>, ticks: Tick[]): Clockwork {
  const running = new Map<string, Promise<void>>();
  const timers = ticks.map((tick) => {
    const timer = setInterval(() => {
      if (running.has(tick.name)) return;
      const work = tick
        .run()
        .catch((error) => deps.log.error({ err: error, tick: tick.name }, 'a timed task failed and will run again'))
        .finally(() => running.delete(tick.name));
      running.set(tick.name, work);
    }, tick.everyMs);
    return timer;
  });
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}
