// The shipped plans word for word: what people read, and what a room enforces when it runs them. A change here is a change for every team;
// after one that is meant, `vitest run --project unit shipped-plans -u` writes the papers anew, and the difference is read before it is kept.
import { readdirSync, readFileSync } from 'node:fs';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { readPlaybook } from './read.ts';

const folder = new URL('../../../server/playbooks/', import.meta.url);

/** One line for each thing the plan holds, under the name of what it is; sentences stand on the other paper. */
function valuesOf({ rules: _, ...plan }: Playbook): string {
  const bare = (key: string, value: unknown) => (key === 'sentence' ? undefined : value);
  const lines = Object.entries(plan).flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.map((each) => `${name}: ${JSON.stringify(each, bare)}`)
      : [`${name}: ${JSON.stringify(value, bare)}`],
  );
  return `${lines.join('\n')}\n`;
}

describe.each(readdirSync(folder).filter((name) => name.endsWith('.md')))('%s', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  const read = readPlaybook(text);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  const paper = (kind: string) => `./shipped-plans/${name.replace('.md', '')}.${kind}.txt`;

  it('[PB-12] says exactly what stands on its paper', async () => {
    const said = read.playbook.rules.map(({ clause, sentence }) => `${clause}  ${sentence}\n`).join('');
    await expect(said).toMatchFileSnapshot(paper('says'));
  });

  it('[PB-12] enforces exactly the values it gives, and the usual ones where it gives none', async () => {
    await expect(valuesOf(read.playbook)).toMatchFileSnapshot(paper('holds'));
  });
});
