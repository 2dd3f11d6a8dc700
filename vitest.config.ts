// Which tests exist and what each kind may need: nothing (unit, architecture) or one PostgreSQL for the run (server).
import { defineConfig } from 'vitest/config';

const serverTests = ['server', 'live', 'coedit', 'connectors', 'regressions', 'chaos'];

export default defineConfig({
  test: {
    allowOnly: false,
    projects: [
      {
        test: {
          name: 'unit',
          testTimeout: 20_000,
          include: [
            'packages/*/src/**/*.test.ts',
            'server/src/**/*.test.ts',
            'web/src/**/*.test.ts',
            'scripts/*.test.mjs',
          ],
        },
      },
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'server',
          include: serverTests.map((room) => `test/${room}/**/*.test.ts`),
          globalSetup: ['test/support/cluster-setup.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
