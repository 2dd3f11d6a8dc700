// That every bench starts and prints its ratios; with sizes so small that the figures mean nothing and are not judged.
import { spawn } from 'node:child_process';
import { describe, expect, inject, it } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;

function run(name: string): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [`test/bench/${name}.ts`, '--tiny'], {
    cwd: root,
    env: { ...process.env, BENCH_CLUSTER: inject('clusterUrl') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, said })));
}

describe('benches', () => {
  it.for([
    ['ingest', 'against COPY'],
    ['moves', 'against insert-and-emit'],
    ['coedit', 'against a relay in memory'],
    ['coedit-busy', 'against a relay in memory'],
    ['fan-out', 'against bare socket.io'],
    ['voice', 'naive median'],
    ['clocks', 'against a bare update-and-insert'],
  ] as const)(
    '[BE-1] %s runs whole with tiny sizes and says what it compares',
    { timeout: 120_000 },
    async ([name, says]) => {
      const { code, said } = await run(name);
      expect(said).toContain(`command: npm run bench -- ${name}`);
      expect(said).toContain(says);
      expect(said).toContain('tiny run, nothing judged');
      expect(code, said).toBe(0);
    },
  );
});
