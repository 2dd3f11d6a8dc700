// Everything CI runs: the checks, every vitest project and the browser tests, added up in one last line.
import { runStatic } from './check.mjs';
import { reportOf, runPlaywright, runVitest } from './runners.mjs';

export async function testAll(root, tools, findBrowser) {
  const results = await runStatic(root, tools);
  results.push(await runVitest(root, tools, ['unit', 'architecture']));
  // Apart, so that a database that does not start hides nothing else.
  results.push(await runVitest(root, tools, ['server']));
  results.push(await runPlaywright(root, tools, findBrowser));
  return reportOf(results);
}
