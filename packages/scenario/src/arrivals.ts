// Answers: when people speak up. A Hawkes process told as clusters: newcomers bring newcomers, and a person who posted comes back.
import type { Random } from './random.ts';

const minute = 60_000;
const hour = 60 * minute;

/** How soon people come back: log-normal with p25/p50/p75 near 4/23/121 minutes, as measured on complaint streams. */
export const comeback = { median: 23 * minute, sigma: 2.45 };
/** The same squeezed into an evening, so that people watching a rehearsal see the same names grow angrier. */
export const quickComeback = { median: 18 * minute, sigma: 1.5 };

export function comebacks(random: Random, at: number, posts: number, { median, sigma } = comeback): number[] {
  const moments: number[] = [];
  let moment = at;
  for (let post = 1; post < posts; post += 1) {
    moment += Math.max(0.7 * minute, random.logNormal(median, sigma));
    moments.push(moment);
  }
  return moments;
}

/** Newcomers that one newcomer brings along: how many on average, and how soon. */
export const brings = { steady: 0.3, crisis: 0.55, meanDelay: 5 * minute } as const;

export function broughtAlong(random: Random, at: number, mean: number): number[] {
  return Array.from({ length: random.poisson(mean) }, () => at + random.exponential(brings.meanDelay));
}

/** Day profile: busiest at 19:30 UTC, eight times the quietest hour, mean 1. */
export function dayProfile(at: number): number {
  const hours = (at / hour) % 24;
  return Math.exp(1.04 * Math.cos(((hours - 19.5) / 24) * 2 * Math.PI)) / 1.289;
}

/** A crisis: 1 at the peak. From a tenth of the peak to the peak in nine tenths of `rise`, above half for 1.8 times `rise`, then a long tail. */
export function burstShape(sinceOnset: number, rise: number): number {
  if (sinceOnset <= 0) return 0;
  const x = sinceOnset / rise;
  return (x * Math.exp(1 - x)) ** 1.5 + 0.04 * Math.exp(-x / 8) * Math.min(1, x);
}

/** Posts a minute of a rehearsal, by minutes since it opened: alive at once, then waves between 7 and 17. */
export function rehearsalRate(minutes: number): number {
  if (minutes < 1.5) return 9;
  const climb = 7 + 5 * Math.min(1, (minutes - 1.5) / 14);
  const waves = 2.6 * Math.sin(minutes / 7.3) + 1.8 * Math.sin(minutes / 2.9 + 1) + 1.2 * Math.sin(minutes / 31);
  const flare = flares.reduce((sum, at) => sum + (minutes >= at ? 6 * Math.exp(-(minutes - at) / 4) : 0), 0);
  return Math.max(6, climb + waves + flare);
}

/** Minutes at which the story turns: the photo, the loud voices, the canned reply, the news report, the drive to the gate. */
const flares = [1.5, 8.5, 23.5, 63.5, 89.5, 165, 214, 263, 318];
