// The checks that need no database and no browser: format, lint, types, pages, architecture and unit tests.
import path from 'node:path';
import { runForeground, say } from './processes.mjs';
import { reportOf, runVitest } from './runners.mjs';

/** `npm run check`: every step runs even when an earlier one failed; resolves to the exit code. */
export async function checkAll(root, tools) {
  const results = await runStatic(root, tools);
  results.push(await runVitest(root, tools, ['unit', 'architecture']));
  return reportOf(results);
}

/** Each step counts as one test in the last line. */
export async function runStatic(root, tools) {
  const web = path.join(root, 'web');
  const steps = [
    ['format and lint', root, [[tools.bin('.', 'biome'), 'check', '--error-on-warnings']]],
    ['types', root, [[tools.bin('.', 'tsc'), '-p', 'tsconfig.json']]],
    [
      'pages',
      web,
      [
        [tools.bin('web', 'svelte-kit'), 'sync'],
        [tools.bin('web', 'svelte-check'), '--fail-on-warnings', '--output', 'human'],
      ],
    ],
  ];
  const results = [];
  for (const [name, cwd, commands] of steps) {
    say(`checking ${name}`);
    let failed = false;
    for (const args of commands) {
      failed ||= (await runForeground(tools.node, args, { cwd, env: tools.env, limit: 600_000 })) !== 0;
    }
    results.push({ name, passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: 0 });
  }
  return results;
}
