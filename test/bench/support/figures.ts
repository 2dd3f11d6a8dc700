// Turns samples into figures, and prints them: medians of interleaved rounds, ratios, and whether the target is met.
import { cpus } from 'node:os';

export const median = (values: number[]): number => quantile(values, 0.5);

/** The q-quantile of the values (nearest rank); NaN of nothing. */
export function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** True for a run with sizes so small that only the machinery is tried; its verdicts mean nothing. */
export const isTiny = process.argv.includes('--tiny');

export type Report = {
  say: (line: string) => void;
  atLeast: (what: string, value: number, target: number, unit?: string) => void;
  atMost: (what: string, value: number, target: number, unit?: string) => void;
  holds: (what: string, ok: boolean) => void;
  end: () => void;
};

/** Names the bench, the command and the machine first; `end` prints the verdict and sets the exit code. */
export function report(name: string, says: string): Report {
  const lines: { ok: boolean; text: string }[] = [];
  const say = (line: string): void => console.log(line);
  say(`${name}: ${says}`);
  say(`command: npm run bench -- ${name}${isTiny ? ' --tiny' : ''}`);
  say(`machine: ${cpus().length} cores, Node ${process.versions.node}; client, server and database share them`);
  const judge = (ok: boolean, text: string): void => {
    lines.push({ ok, text });
    say(`  ${isTiny ? 'tiny' : ok ? 'PASS' : 'FAIL'}  ${text}`);
  };
  return {
    say,
    atLeast: (what, value, target, unit = '') =>
      judge(value >= target, `${what}: ${round(value)}${unit} (target: at least ${target}${unit})`),
    atMost: (what, value, target, unit = '') =>
      judge(value <= target, `${what}: ${round(value)}${unit} (target: at most ${target}${unit})`),
    holds: (what, ok) => judge(ok, what),
    end() {
      const failed = lines.filter((line) => !line.ok).length;
      if (isTiny) say(`${name}: tiny run, nothing judged`);
      else say(`${name}: ${failed === 0 ? 'PASS' : `FAIL (${failed} of ${lines.length} missed)`}`);
      if (failed > 0 && !isTiny) process.exitCode = 1;
    },
  };
}

/** Three figures that matter, no more. */
export function round(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en').replaceAll(',', ' ');
  return String(Number(value.toPrecision(value < 1 ? 2 : 3)));
}
