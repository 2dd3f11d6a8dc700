// A server under test in a process of its own, so that the client's CPU is its own; killed with the bench at the latest.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export type Child = {
  process: ChildProcess;
  /** User and system time the process has used, in ms; NaN where the system does not tell. */
  cpuMs: () => number;
  kill: (signal?: NodeJS.Signals) => Promise<void>;
};

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

/** Starts `node file` and waits for a line on stdout that starts with `ready`. Answers the child and that line. */
export async function startChild(
  file: string,
  {
    env = {},
    args = [],
    flags = [],
    ready,
  }: { env?: Record<string, string>; args?: string[]; flags?: string[]; ready: string },
): Promise<Child & { line: string }> {
  const profile = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [];
  const child = spawn(process.execPath, [...profile, ...flags, file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const line = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = said.split('\n').find((each) => each.startsWith(ready));
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready:\n${said}`)));
  });
  return {
    process: child,
    line,
    cpuMs: () => cpuOf(child.pid ?? 0),
    async kill(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

/** utime and stime of /proc, in ticks of 10 ms. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}
