import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintPlaybook } from './lint.ts';
import { printPlan, printSections } from './print.ts';
import { readPlaybook } from './read.ts';
import { renderPlan } from './render.ts';

const folder = new URL('../../../server/playbooks/', import.meta.url);
const shipped = readdirSync(folder).filter((name) => name.endsWith('.md'));
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8');

function planOf(text: string) {
  const read = readPlaybook(text);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults, null, 1));
  return read.playbook;
}

describe.each(shipped)('%s', (name) => {
  const text = textOf(name);
  const plan = planOf(text);
  const printed = printPlan(text, plan);

  it('[PB-21] reads without a fault and without a finding', () => {
    expect(lintPlaybook(plan)).toEqual([]);
    expect(lintPlaybook(plan, { today: '2026-10-01' }).filter((each) => each.strength === 'block')).toEqual([]);
  });

  it('[PB-18] prints every rule under its heading, and the same again from what was printed', () => {
    let heading = '';
    const rules = printed.split('\n').flatMap((line) => {
      heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
      const rule = /^- §(\d+) (.*)$/.exec(line);
      return rule ? [{ clause: `${heading} §${rule[1]}`, sentence: rule[2] }] : [];
    });
    expect(rules).toEqual(plan.rules.map(({ clause, sentence }) => ({ clause, sentence })));
    expect(printSections(renderPlan(printed, { ...plan, rules: [] }))).toBe(printed);
  });

  it('[PB-18] says the same whatever the space, the comments and the line ends of the source', () => {
    const lines = text.split('\n');
    const inYaml = lines.map((_, i) => lines.slice(0, i).filter((line) => line.startsWith('```')).length % 2 === 1);
    const between = lines.flatMap((line, i) => (inYaml[i] && /^[a-z]/.test(line) ? [i] : []));
    const edits = fc.array(fc.tuple(fc.constantFrom(...between), fc.constantFrom('', '# a note', '   ')), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(edits, fc.boolean(), (put, isWindows) => {
        const more = new Map(put);
        const other = lines.flatMap((line, i) => (more.has(i) ? [more.get(i) ?? '', line] : [line])).join('\n');
        const source = isWindows ? other.replaceAll('\n', '\r\n') : other;
        expect(printPlan(source, planOf(source))).toBe(printed);
      }),
      { numRuns: 12 },
    );
  });
});

it('[PB-21] the three policies on private talks are all there', () => {
  const policies = shipped.map((name) => planOf(textOf(name)).privatePolicy);
  expect(policies.sort()).toEqual(['either', 'personal_data_only', 'prefer_private']);
});
