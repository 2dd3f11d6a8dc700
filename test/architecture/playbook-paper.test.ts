// docs/schemas and the tables of docs/playbook.md against the code: `WRITE_DOCS=1 vitest run test/architecture/playbook-paper.test.ts` makes them anew.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { jsonSchemaOf } from '@rejoinder/playbook/json-schema';
import { vocabulary } from '@rejoinder/playbook/vocabulary';
import { expect, it } from 'vitest';
import { withPlaybookTables } from './playbook-tables.ts';

const folder = new URL('../../docs/schemas/', import.meta.url);
const paper = new URL('../../docs/playbook.md', import.meta.url);

const all = [
  { kind: 'front-matter', help: 'The head of a playbook, between two lines `---`.', holds: vocabulary.frontMatter },
  ...vocabulary.blocks,
];

it('[PB-17] docs/schemas holds the JSON Schema of every block as the code reads it', () => {
  if (process.env.WRITE_DOCS) mkdirSync(folder, { recursive: true });
  for (const { kind, help, holds } of all) {
    const file = new URL(`${kind}.json`, folder);
    const made = `${JSON.stringify(jsonSchemaOf(kind, help, holds), null, 1)}\n`;
    if (process.env.WRITE_DOCS) writeFileSync(file, made);
    else expect(existsSync(file) ? readFileSync(file, 'utf8') : `no ${kind}.json`).toBe(made);
  }
  expect(readdirSync(folder).sort()).toEqual(all.map(({ kind }) => `${kind}.json`).sort());
});

it('[PB-17] docs/playbook.md lists every key and every guard as the code reads them', () => {
  const text = readFileSync(paper, 'utf8');
  const made = withPlaybookTables(text);
  if (process.env.WRITE_DOCS) writeFileSync(paper, made);
  else expect(text).toBe(made);
  for (const { kind } of vocabulary.blocks) expect(made).toContain(`<!-- made: ${kind} -->`);
  expect(made).not.toContain('no table');
});
