// The checks can fail: each is given a planted breach and must find it, and a clean twin that it must leave alone.
import { describe, expect, it } from 'vitest';
import { breachesOf, testNames } from './habits.ts';
import { circles, importsOf } from './imports.ts';
import { whyNot } from './may-import.ts';
import { linkFaults, ruleFaults } from './papers.ts';

const file = (path: string, text: string) => ({ path, text });
const judged = (path: string, text: string): (string | undefined)[] => importsOf(file(path, text)).map(whyNot);
const first = '// Says what it owns.\n';

describe('the import table', () => {
  const allowed: [string, string][] = [
    ['packages/board/src/apply.ts', "import type { A } from '@rejoinder/contracts/cards';"],
    ['packages/playbook/src/read.ts', "import { parse } from 'yaml';"],
    ['packages/board/src/apply.test.ts', "import { it } from 'vitest'; import fs from 'node:fs';"],
    [
      'server/src/cards/cards.service.ts',
      "import { tell } from '../people/people.service.ts'; import { f } from './cards.repository.ts';",
    ],
    [
      'server/src/cards/cards.repository.ts',
      "import { sql } from 'kysely'; import type { Db } from '../db/database.ts';",
    ],
    [
      'server/src/cards/cards.routes.ts',
      "import type { FastifyInstance } from 'fastify'; import { mount } from '../http/mount.ts';",
    ],
    ['server/src/live/gateway.ts', "import { Server } from 'socket.io'; import { s } from '../people/session.ts';"],
    [
      'server/src/coedit/wire.ts',
      "import * as d from 'lib0/decoding'; import { s } from '../drafts/drafts.service.ts';",
    ],
    ['server/src/flow.ts', "import { open } from './cards/cards.service.ts';"],
    ['server/src/app.ts', "import { routes } from './cards/cards.routes.ts'; import fastify from 'fastify';"],
    [
      'web/src/lib/live-socket.ts',
      "import { io } from 'socket.io-client'; import { apply } from '@rejoinder/board/apply';",
    ],
  ];
  it.each(allowed)('[AR-1] lets %s do what it may', (path, text) => {
    expect(judged(path, text).filter(Boolean)).toEqual([]);
  });

  const refused: [string, string][] = [
    ['packages/contracts/src/cards.ts', "import { x } from '@rejoinder/board/state';"],
    ['packages/board/src/apply.ts', "import { x } from '@rejoinder/voice/phrases';"],
    ['packages/board/src/apply.ts', "import type { x } from '@rejoinder/voice/phrases';"],
    ['packages/board/src/apply.ts', "import fs from 'node:fs';"],
    ['packages/board/src/apply.ts', "import { sql } from 'kysely';"],
    ['packages/board/src/apply.ts', "const x = await import('node:fs');"],
    ['packages/board/src/apply.ts', "type X = import('svelte').Component;"],
    ['packages/board/src/apply.ts', "export { x } from '../../../server/src/deps.ts';"],
    ['server/src/cards/cards.repository.ts', "import { x } from './cards.service.ts';"],
    ['server/src/cards/cards.repository.ts', "import { x } from '@rejoinder/playbook/may-move';"],
    ['server/src/cards/cards.service.ts', "import type { FastifyRequest } from 'fastify';"],
    ['server/src/cards/cards.service.ts', "import { Server } from 'socket.io';"],
    ['server/src/cards/cards.service.ts', "import { sql } from 'kysely';"],
    ['server/src/cards/cards.service.ts', "import { x } from '../publishing/publishing.service.ts';"],
    ['server/src/cards/cards.service.ts', "import { x } from '../drafts/drafts.repository.ts';"],
    ['server/src/cards/cards.service.ts', "import { x } from '../live/gateway.ts';"],
    ['server/src/cards/cards.service.ts', "import { x } from '../flow.ts';"],
    ['server/src/cards/cards.routes.ts', "import { x } from './cards.repository.ts';"],
    ['server/src/flow.ts', "import { x } from './cards/cards.repository.ts';"],
    ['server/src/live/gateway.ts', "import { x } from '../cards/cards.service.ts';"],
    ['server/src/coedit/wire.ts', "import { x } from '../approvals/approvals.service.ts';"],
    ['server/src/db/database.ts', "import { x } from '../cards/cards.service.ts';"],
    ['server/src/stray.ts', "import { x } from './deps.ts';"],
    ['server/src/cards/cards.service.ts', "import { x } from '../app.ts';"],
    ['web/src/lib/api.ts', "import { x } from '@rejoinder/server/deps';"],
    ['web/src/lib/api.ts', "import { x } from '@rejoinder/scenario/crisis';"],
    ['web/src/lib/Card.svelte', '<p>a</p><script lang="ts">import { io } from \'socket.io-client\';</script>'],
    ['scripts/run.mjs', "import pg from 'pg';"],
  ];
  it.each(refused)('[AR-1] refuses %s what it may not: %s', (path, text) => {
    expect(judged(path, text).filter(Boolean)).toHaveLength(1);
  });
});

describe('circles', () => {
  it('[AR-2] are found, also of types and over three files', () => {
    const files = [
      file('a/a.ts', "import type { B } from './b.ts';"),
      file('a/b.ts', "export type { C } from './c.ts';"),
      file('a/c.ts', "type A = import('./a.ts').A;"),
      file('a/d.ts', "import { a } from './a.ts';"),
    ];
    expect(circles(files.flatMap(importsOf))).toEqual([['a/a.ts', 'a/b.ts', 'a/c.ts', 'a/a.ts']]);
    expect(circles(files.slice(1).flatMap(importsOf))).toEqual([]);
  });
});

describe('habits', () => {
  const sleeping = ['skip', 'only', 'todo'].map((word): [string, string, string] => [
    'packages/board/src/a.test.ts',
    `it.${word}: a test that does not run`,
    `it.${word}('x')`,
  ]);
  const planted: [string, string, string][] = [
    ['packages/board/src/a.ts', '301 lines', 'x\n'.repeat(300)],
    ['web/src/lib/Long.svelte', '301 lines', '<p>x</p>\n'.repeat(300)],
    ['packages/board/src/a.ts', 'the first line', 'const a = 1;'],
    ['packages/board/src/utils.ts', 'says nothing', ''],
    ['server/src/helpers/dates.ts', 'says nothing', ''],
    ['packages/board/src/index.ts', 'says nothing', ''],
    ['server/src/cards/cardView.ts', 'kebab-case', ''],
    ['web/src/lib/card-view.svelte', 'PascalCase', ''],
    ['packages/board/src/a.ts', 'Date.now in line 2', 'const a = Date.now();'],
    ['packages/board/src/a.ts', 'Math.random', 'const a = Math.random();'],
    ['packages/board/src/a.ts', 'new Date()', 'const a = new Date();'],
    ['packages/board/src/a.ts', 'fetch in line 2', 'const a = await fetch("/");'],
    ['packages/board/src/a.ts', 'process in line 2', 'const a = process.env.X;'],
    ['packages/board/src/a.ts', 'default export', 'export default 1;'],
    ['web/src/lib/Post.svelte', '{@html', '<p>{@html post}</p>'],
    ['web/src/lib/Post.svelte', 'fetch in a component', '<script>const a = await fetch("/api");</script>'],
    ['web/src/lib/Post.svelte', 'io() in a component', '<script>const a = io();</script>'],
    ['test/e2e/story.ts', 'test.describe.only: a test that does not run', "test.describe.only('x', () => {})"],
    ...sleeping,
  ];
  it.each(planted)('[AR-3] finds in %s: %s', (path, said, text) => {
    const opening = path.endsWith('.svelte') ? '<!-- Says what it shows. -->\n' : first;
    const found = breachesOf(file(path, said === 'the first line' ? text : opening + text));
    expect(found.join('\n')).toContain(said);
  });

  it('[AR-3] leaves clean code alone', () => {
    const clean = `${first}export const day = (now: string) => new Date(now).getUTCDay();\nexport const process = 1;\nexport type A = { fetch: string };`;
    expect(breachesOf(file('packages/board/src/may-move.ts', clean))).toEqual([]);
    expect(breachesOf(file('packages/board/src/a.test.ts', `${first}it('x', () => { performance.now(); });`))).toEqual(
      [],
    );
    expect(breachesOf(file('server/src/db/migrations/001-first.ts', first + 'x\n'.repeat(400)))).toEqual([]);
    expect(
      breachesOf(
        file(
          'web/src/routes/rooms/[roomId]/+page.svelte',
          `<!-- The room. -->\n<script>api.fetch(1); radio(2);</script>`,
        ),
      ),
    ).toEqual([]);
  });
});

describe('papers', () => {
  const row = (id: string) => `| ${id} | It holds. |\n`;
  const bearing = file(
    'a.test.ts',
    "describe('a', () => { it.each([1])(`[XX-1] holds for %s`, () => {}); it('[XX-2][XX-3] too', () => {}); });",
  );

  it('[AR-4] are held against the tests in both directions', () => {
    expect(testNames(bearing)).toHaveLength(3);
    expect(ruleFaults(row('XX-1') + row('XX-2') + row('XX-3'), [bearing])).toEqual([]);
    expect(ruleFaults(row('XX-1') + row('XX-2') + row('XX-3') + row('XX-4'), [bearing])).toEqual([
      expect.stringContaining('XX-4 has no test'),
    ]);
    expect(ruleFaults(row('XX-1') + row('XX-2'), [bearing])).toEqual([
      expect.stringContaining('[XX-3], which is not in'),
    ]);
    expect(ruleFaults(row('XX-1') + row('XX-1') + row('XX-2') + row('XX-3'), [bearing])).toEqual([
      'XX-1 stands twice in docs/rules.md',
    ]);
  });

  it('[AR-5] have links that lead somewhere', () => {
    const faults = (text: string) =>
      linkFaults(
        file('docs/api.md', text),
        (name) => ['docs/rules.md', 'README.md'].includes(name),
        () => '## The rules, all\n',
      );
    expect(faults('[a](rules.md#the-rules-all) [b](../README.md) [c](https://example.org) `[d](gone.md)`')).toEqual([]);
    expect(faults('[a](gone.md)')).toHaveLength(1);
    expect(faults('[a](rules.md#missing)')).toHaveLength(1);
  });
});
