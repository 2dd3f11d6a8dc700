// One shared beat for everything that shows time: components read it, nobody starts an interval of their own.
import { createSubscriber } from 'svelte/reactivity';
import { serverNow } from './server-clock.ts';

function beat(everyMs: () => number): () => void {
  return createSubscriber((update) => {
    const timer = setInterval(update, everyMs());
    const wake = () => document.visibilityState === 'visible' && update();
    document.addEventListener('visibilitychange', wake);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', wake);
    };
  });
}

const calmMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const seconds = beat(() => 1_000);
const quarterMinutes = beat(() => 15_000);
const motion = beat(() => (calmMotion() ? 60_000 : 1_000));

/** The server's time in milliseconds; reading it in an effect or in markup keeps it moving. */
export const ticker = {
  /** Moves every second. */
  get second(): number {
    seconds();
    return serverNow();
  },
  /** Moves every 15 seconds. */
  get slow(): number {
    quarterMinutes();
    return serverNow();
  },
  /** Moves every second, once a minute for people who asked for less motion. */
  get motion(): number {
    motion();
    return serverNow();
  },
};
