import { describe, expect, it } from 'vitest';
import { FaultList } from './faults.ts';
import { type Located, MAX_BLOCK, readYaml } from './located.ts';

function faultsOf(body: string): string[] {
  const faults = new FaultList();
  expect(readYaml(body, 10, faults)).toBeNull();
  return faults.all().map(({ line, column, says, wants }) => `${line}:${column} ${says} → ${wants}`);
}

/** A value with the place it was read from: `value@line:column`. */
function placed(node: Located): unknown {
  const at = `${node.at.line}:${node.at.column}`;
  if (node.is === 'scalar') return `${JSON.stringify(node.value)} ${node.raw}@${at}`;
  if (node.is === 'list') return [at, ...node.items.map(placed)];
  return { [at]: node.entries.map((each) => [`${each.key}@${each.at.line}:${each.at.column}`, placed(each.value)]) };
}

describe('the YAML of a block', () => {
  it.each<[string, string, unknown]>([
    ['nothing', '', 'null @10:1'],
    ['a note alone', '# a', 'null @10:1'],
    ['words', 'a b', '"a b" a b@10:1'],
    ['quoted words', "'a: b'", '"a: b" a: b@10:1'],
    ['a number as it was written', '1.50', '1.5 1.50@10:1'],
    ['yes, which is no truth value', 'yes', '"yes" yes@10:1'],
    ['a truth value', 'true', 'true true@10:1'],
    ['null', '~', 'null ~@10:1'],
    ['a date, which is words', '2026-09-01', '"2026-09-01" 2026-09-01@10:1'],
    ['a list', '- a\n- 2\n-', ['10:1', '"a" a@10:3', '2 2@11:3', 'null @12:2']],
    [
      'keys',
      'a: 1\nb:\n  c: x',
      {
        '10:1': [
          ['a@10:1', '1 1@10:4'],
          ['b@11:1', { '12:3': [['c@12:3', '"x" x@12:6']] }],
        ],
      },
    ],
    [
      'keys as they were written',
      '{ 1: a, 0x1: b, true: c }',
      {
        '10:1': [
          ['1@10:3', '"a" a@10:6'],
          ['0x1@10:9', '"b" b@10:14'],
          ['true@10:17', '"c" c@10:23'],
        ],
      },
    ],
    ['a key without a value', 'a:', { '10:1': [['a@10:1', 'null @10:3']] }],
    ['keys that objects have', '__proto__: a', { '10:1': [['__proto__@10:1', '"a" a@10:12']] }],
    ['sixteen levels of brackets', `${'['.repeat(16)}${']'.repeat(16)}`, expect.anything()],
    ['brackets one after the other', '[[[[[[[[]]]]]]]], '.replace(', ', ''), expect.anything()],
  ])('[PB-5] keeps the place of every value: %s', (_, body, is) => {
    const faults = new FaultList();
    const node = readYaml(body, 10, faults);
    expect(faults.all()).toEqual([]);
    expect(node && placed(node)).toEqual(is);
  });

  const again = 'stands here a second time. → each key once';
  const deep = 'This is nested too deeply. → at most 16 levels';
  it.each<[string, string, string[]]>([
    ['a doubled key', 'a: 1\nb: 2\na: 3', [`12:1 \`a\` ${again}`]],
    ['a key doubled twice', '{ a: 1, a: 2, a: 3 }', [`10:9 \`a\` ${again}`, `10:15 \`a\` ${again}`]],
    ['a doubled key within', 'x:\n  - { a: 1, a: 2 }', [`11:13 \`a\` ${again}`]],
    ['an anchor', 'a: &b 1', ['10:7 This is anchored with `&`. → the value alone; anchors are not read']],
    [
      'an anchor and its alias',
      'a: &b x\nc: *b',
      [
        '10:7 This is anchored with `&`. → the value alone; anchors are not read',
        '11:4 This refers to another place with `*`. → the value itself; aliases are not read',
      ],
    ],
    ['a list for a key', '? [a]\n: 1', ['10:3 This key is not a plain word. → a word or a number before the colon']],
    [
      'an alias for a key',
      'a: &b x\n*b : 1',
      [
        '10:7 This is anchored with `&`. → the value alone; anchors are not read',
        '11:1 This key is not a plain word. → a word or a number before the colon',
      ],
    ],
    ['seventeen brackets', '['.repeat(17), [`10:1 ${deep}`]],
    ['seventeen braces below', `a: 1\nb: ${'{a: '.repeat(17)}`, [`11:1 ${deep}`]],
    ['brackets over two lines', `a: ${'['.repeat(9)}\n${'['.repeat(9)}`, [`11:1 ${deep}`]],
    ['seventeen dashes in one line', '- '.repeat(17), [`10:1 ${deep}`]],
    ['stairs', Array.from({ length: 18 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), [`27:18 ${deep}`]],
    ['a line set in too far', `a: 1\n${' '.repeat(61)}b`, [`11:1 ${deep}`]],
    ['too many characters', ' '.repeat(MAX_BLOCK + 1), ['10:1 This block has 32769 characters. → at most 32768']],
  ])('[PB-10] [PB-11] is refused with its place: %s', (_, body, is) => {
    expect(faultsOf(body)).toEqual(is);
  });

  it.each<[string, string, string]>([
    ['a bracket that never ends', 'a: [1', '10:6'],
    ['a tag nobody knows', 'a: !!js/function x', '10:4'],
    ['a key below a word', 'a: 1\n b: 2', '10:4'],
    ['a tab set in', 'a:\n\tb: 1', '11:1'],
  ])('[PB-5] what cannot be read has its place: %s', (_, body, at) => {
    const [first] = faultsOf(body);
    expect(first).toContain(`${at} This is not readable YAML: `);
    expect(first).toContain(' → YAML 1.2, keys and values in line below each other');
  });
});
