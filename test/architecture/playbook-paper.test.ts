// docs/schemas against the code: `WRITE_DOCS=1 vitest run test/architecture/playbook-paper.test.ts` makes them anew.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { jsonSchemaOf } from '@rejoinder/playbook/json-schema';
import { vocabulary } from '@rejoinder/playbook/vocabulary';
import { expect, it } from 'vitest';

const folder = new URL('../../docs/schemas/', import.meta.url);

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
