// One test runner at a time and what came of it; a crash, an empty run or (in CI) a skip is a failure.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fail, runForeground, Stop, say } from './processes.mjs';

const limit = 40 * 60_000;

export async function runVitest(root, tools, projects) {
  const file = freshFile(root, `vitest-${projects.join('-')}.json`);
  const chosen = projects.flatMap((name) => ['--project', name]);
  const args = [
    tools.bin('.', 'vitest'),
    'run',
    ...chosen,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  say(`testing ${projects.join(', ')}`);
  const code = await runForeground(tools.node, args, { cwd: root, env: { ...tools.env, NODE_ENV: 'test' }, limit });
  return judge(projects.join(' and '), code, vitestCounts(readJson(file)));
}

export async function runPlaywright(root, tools, findBrowser) {
  const folder = path.join(root, 'test');
  const config = ['e2e/playwright.config.ts', 'playwright.config.ts'].find((name) =>
    existsSync(path.join(folder, name)),
  );
  if (!config) return crashed('browser', 'there is no playwright.config.ts under test/');
  let chromium;
  try {
    chromium = findBrowser();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return crashed('browser', error.message);
  }
  const file = freshFile(root, 'playwright.json');
  const env = { ...tools.env, NODE_ENV: 'test', CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const args = [tools.bin('test', 'playwright'), 'test', '--config', config, '--reporter=list,json'];
  say(`testing in the browser (${chromium})`);
  const code = await runForeground(tools.node, args, { cwd: folder, env, limit });
  return judge('browser', code, playwrightCounts(readJson(file)));
}

export function vitestCounts(report) {
  if (!report) return undefined;
  const {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: pending = 0,
    numTodoTests: todo = 0,
  } = report;
  return { passed, failed, skipped: pending + todo };
}

export function playwrightCounts(report) {
  const stats = report?.stats;
  // A test that passed only at the second try did not pass.
  return stats && { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

/** One runner's outcome: what its report says, made a failure when the runner itself did not end well. */
export function judge(name, code, counts) {
  if (!counts) return crashed(name, `it ended with code ${code} and left no report`);
  if (counts.passed + counts.failed + counts.skipped === 0) return crashed(name, 'it ran no tests');
  if (code !== 0 && counts.failed === 0) {
    return { ...counts, name, failed: 1, why: `it ended with code ${code} although no single test failed` };
  }
  return { ...counts, name };
}

/** Prints the last line and returns the exit code. */
export function reportOf(results, ci = process.env.CI === 'true') {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(sum);
  for (const result of results) if (result.why) fail(`${result.name}: ${result.why.replace(/\.$/, '')}.`);
  if (ci && skipped > 0) fail('in CI a skipped test is a failure.');
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed > 0 || passed === 0 || (ci && skipped > 0) ? 1 : 0;
}

function crashed(name, why) {
  return { name, passed: 0, failed: 1, skipped: 0, why };
}

function freshFile(root, name) {
  const file = path.join(root, 'test', '.out', name);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
