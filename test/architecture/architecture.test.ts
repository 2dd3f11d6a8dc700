// The tree as it stands keeps the architecture: imports, circles, habits, rules and links.
import { describe, expect, it } from 'vitest';
import { breachesOf } from './habits.ts';
import { circles, importsOf } from './imports.ts';
import { whyNot } from './may-import.ts';
import { linkFaults, ruleFaults } from './papers.ts';
import { fileExists, isCode, isTest, readTree } from './tree.ts';

const tree = readTree();
const code = tree.filter(isCode);
const imports = code.flatMap(importsOf);
const textOf = new Map(tree.map((file) => [file.path, file.text]));

describe('the tree', () => {
  it('[AR-1] imports only as the table allows', () => {
    const breaches = imports.flatMap((one) => {
      const why = whyNot(one);
      return why ? [`${one.from} -> ${one.to}: ${why}`] : [];
    });
    expect(breaches).toEqual([]);
  });

  it('[AR-1] imports only files that are there', () => {
    const missing = imports.filter(
      ({ to, inside }) => inside && !fileExists(to) && !to.includes('/$') && !to.endsWith('/.'),
    );
    expect(missing.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('[AR-2] has no circle, not even of types', () => {
    expect(circles(imports).map((circle) => circle.join(' -> '))).toEqual([]);
  });

  it('[AR-3] keeps length, names, first lines and purity', () => {
    expect(code.flatMap(breachesOf)).toEqual([]);
  });

  it('[AR-4] has a test for every rule and a rule for every number', () => {
    expect(ruleFaults(textOf.get('docs/rules.md') ?? '', code.filter(isTest))).toEqual([]);
  });

  it('[AR-5] has no link that leads nowhere', () => {
    const papers = tree.filter((file) => file.path.endsWith('.md'));
    expect(papers.flatMap((file) => linkFaults(file, fileExists, (name) => textOf.get(name)))).toEqual([]);
  });
});
