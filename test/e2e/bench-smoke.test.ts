// That the bench that needs a browser runs whole; with sizes so small that its figures mean nothing and are not judged.
import { spawn } from 'node:child_process';
import { expect, test } from '@playwright/test';

const root = new URL('../..', import.meta.url).pathname;

test('[BE-1] board runs whole with tiny sizes and says what it compares', async () => {
  const child = spawn(process.execPath, ['test/bench/board.ts', '--tiny'], {
    cwd: root,
    env: { ...process.env, BENCH_CLUSTER: process.env.REJOINDER_TEST_CLUSTER },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect(said).toContain('command: npm run bench -- board');
  expect(said).toContain('against a bare windowed page');
  expect(said).toContain('tiny run, nothing judged');
  expect(code, said).toBe(0);
});
