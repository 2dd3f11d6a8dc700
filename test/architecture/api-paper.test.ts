// docs/api.md against the code: its tables are those of the catalogues. `WRITE_DOCS=1 vitest run test/architecture/api-paper.test.ts` makes them anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withTables } from './api-tables.ts';

const file = new URL('../../docs/api.md', import.meta.url);

it('[HT-4] docs/api.md lists every problem, address and event as the code has them', () => {
  const text = readFileSync(file, 'utf8');
  const made = withTables(text);
  if (process.env.WRITE_DOCS) writeFileSync(file, made);
  else expect(text).toBe(made);
  expect(made).toContain('`card.opened`');
  expect(made).toContain('`POST /api/rooms/{roomId}/cards/{cardId}/move`');
  expect(made).toContain('`stale-generation`');
  expect(made).not.toContain('no table');
});
