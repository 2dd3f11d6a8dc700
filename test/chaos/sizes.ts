// How big a chaos run is: `npm run chaos -- drafts rounds=200 people=30` sets CHAOS_ROUNDS and so on; unset means the short form of the suite.
import { type Random, randomFrom } from '@rejoinder/scenario/random';

/** True for a run by hand: real deadlines, big sizes. */
export const isLong = process.env.CHAOS !== undefined;

/** A size of this run: as asked for, else the long form's or the short form's. */
export function size(name: string, { short, long }: { short: number; long: number }): number {
  const asked = process.env[`CHAOS_${name.toUpperCase()}`];
  if (asked === undefined) return isLong ? long : short;
  const value = Number(asked);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name}=${asked}: a whole number above 0`);
  return value;
}

/** The seed of this run, printed with its figures; `seed=…` repeats it. What the scheduler does cannot be repeated. */
export const seed = process.env.CHAOS_SEED ?? (isLong ? String(Date.now() % 1_000_000) : '1');
export const chance: Random = randomFrom(`chaos ${seed}`);

/** `3 kill, 2 reset` of several counts added up. */
export function told(...counts: ReadonlyMap<string, number>[]): string {
  const all = new Map<string, number>();
  for (const each of counts) for (const [what, times] of each) all.set(what, (all.get(what) ?? 0) + times);
  return [...all]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([what, times]) => `${times} ${what}`)
    .join(', ');
}
