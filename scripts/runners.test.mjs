import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { judge, playwrightCounts, reportOf, vitestCounts } from './runners.mjs';

const some = { passed: 3, failed: 0, skipped: 0 };
let printed;
beforeEach(() => {
  printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => vi.restoreAllMocks());

describe('the last line', () => {
  it('[RN-1] adds up all runners, and says so with its exit code', () => {
    expect(reportOf([judge('a', 0, some), judge('b', 0, some)], false)).toBe(0);
    expect(printed).toHaveBeenLastCalledWith('6 passed, 0 failed, 0 skipped');
    expect(reportOf([judge('a', 0, some), judge('b', 1, { passed: 1, failed: 2, skipped: 1 })], false)).toBe(1);
    expect(printed).toHaveBeenLastCalledWith('4 passed, 2 failed, 1 skipped');
  });

  it('[RN-2] counts a runner that crashed, left no report or ran nothing as a failure', () => {
    expect(judge('a', 0, undefined)).toMatchObject({ failed: 1, why: expect.stringContaining('no report') });
    expect(judge('a', 0, { passed: 0, failed: 0, skipped: 0 })).toMatchObject({ failed: 1, why: 'it ran no tests' });
    expect(judge('a', 1, some)).toMatchObject({ passed: 3, failed: 1, why: expect.stringContaining('code 1') });
    expect(reportOf([], false)).toBe(1);
  });

  it('[RN-3] lets a skipped test pass at home and fail in CI', () => {
    const result = judge('a', 0, { ...some, skipped: 1 });
    expect(reportOf([result], false)).toBe(0);
    expect(reportOf([result], true)).toBe(1);
  });

  it('[RN-1] reads both kinds of report; what passed at a second try did not pass', () => {
    expect(vitestCounts({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 })).toEqual({
      passed: 5,
      failed: 1,
      skipped: 3,
    });
    expect(playwrightCounts({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } })).toEqual({
      passed: 4,
      failed: 2,
      skipped: 2,
    });
    expect(vitestCounts(undefined)).toBe(undefined);
    expect(playwrightCounts({})).toBe(undefined);
  });
});
