import { describe, expect, it } from 'vitest';
import {
  amountIn,
  choiceIn,
  countIn,
  dateIn,
  flagIn,
  listIn,
  mapOf,
  nameIn,
  perLevelIn,
  secondsIn,
  shareIn,
  wordsIn,
} from './expect.ts';
import { FaultList } from './faults.ts';
import { type Located, readYaml } from './located.ts';
import { Reading } from './reading.ts';

const WRONG = 'wrong';
type Read = (reading: Reading, node: Located | undefined) => unknown;

/** What a value reads as, or `wrong` with the stand-in when it is a fault. */
function readAs(read: Read, yaml: string | undefined): unknown {
  const reading = new Reading();
  reading.levels = [1, 2];
  const node = yaml === undefined ? undefined : (readYaml(yaml, 1, new FaultList()) ?? undefined);
  const value = read(reading, node);
  return reading.faults.count() === 0 ? value : [WRONG, value];
}

describe('what a value should be', () => {
  const words: Read = (reading, node) => wordsIn(reading, node, 'stand');
  const name: Read = (reading, node) => nameIn(reading, node, 'Stand');
  const list: Read = (reading, node) => listIn(reading, node).map((each) => `${each.text} ${each.at.column}`);
  const choice: Read = (reading, node) => choiceIn(reading, node, ['one', 'two'], 'two');
  const count: Read = (reading, node) => countIn(reading, node, 7, 9);
  const amount: Read = (reading, node) => node && amountIn(reading, node);
  const share: Read = (reading, node) => node && shareIn(reading, node);
  const flag: Read = (reading, node) => flagIn(reading, node, true);
  const seconds: Read = (reading, node) => secondsIn(reading, node, 5);
  const map: Read = (reading, node) => node && mapOf(reading, node)?.entries.map((each) => each.key);
  const levels: Read = (reading, node) => perLevelIn(reading, node, (each) => countIn(reading, each, 1));

  it.each<[string, Read, [yaml: string | undefined, is: unknown][]]>([
    [
      'words',
      words,
      [
        [undefined, 'stand'],
        ['a b', 'a b'],
        ['" a "', 'a'],
        ['1.50', '1.50'],
        ['true', 'true'],
        ['', [WRONG, 'stand']],
        ['" "', [WRONG, 'stand']],
        ['[a]', [WRONG, 'stand']],
        ['a: 1', [WRONG, 'stand']],
      ],
    ],
    [
      'a name',
      name,
      [
        [undefined, 'Stand'],
        ['a-b_c1', 'a-b_c1'],
        ['Stand', 'Stand'],
        ['a', 'a'],
        ['x'.repeat(60), 'x'.repeat(60)],
        ['x'.repeat(61), [WRONG, 'x'.repeat(61)]],
        ['A', [WRONG, 'A']],
        ['1a', [WRONG, '1a']],
        ['a--b', [WRONG, 'a--b']],
        ['a-', [WRONG, 'a-']],
        ['a b', [WRONG, 'a b']],
        ['aB', [WRONG, 'aB']],
        ['[a]', [WRONG, 'Stand']],
      ],
    ],
    [
      'a list',
      list,
      [
        [undefined, []],
        ['', []],
        ['a', ['a 1']],
        ['[a, b]', ['a 2', 'b 5']],
        ['[]', []],
        ['[a, [b]]', [WRONG, ['a 2']]],
        ['a: 1', [WRONG, []]],
      ],
    ],
    [
      'a choice',
      choice,
      [
        [undefined, 'two'],
        ['one', 'one'],
        ['" two "', 'two'],
        ['three', [WRONG, 'two']],
        ['[one]', [WRONG, 'two']],
      ],
    ],
    [
      'a count',
      count,
      [
        [undefined, 7],
        ['1', 1],
        ['9', 9],
        ['0', [WRONG, 7]],
        ['10', [WRONG, 7]],
        ['1.5', [WRONG, 7]],
        ['"2"', [WRONG, 7]],
        ['true', [WRONG, 7]],
        ['[2]', [WRONG, 7]],
        ['', [WRONG, 7]],
      ],
    ],
    [
      'an amount',
      amount,
      [
        ['0', 0],
        ['2.5', 2.5],
        ['2.55', 2.55],
        ['999999999', 999_999_999],
        ['1000000000', [WRONG, 0]],
        ['2.555', [WRONG, 0]],
        ['-1', [WRONG, 0]],
        ['1e3', [WRONG, 0]],
        ['"2"', [WRONG, 0]],
        ['2 EUR', [WRONG, 0]],
        ['[2]', [WRONG, 0]],
        ['a: 2', [WRONG, 0]],
      ],
    ],
    [
      'a share',
      share,
      [
        ['1%', 0.01],
        ['50%', 0.5],
        ['100%', 1],
        ['" 5% "', 0.05],
        ['0%', [WRONG, 0.5]],
        ['101%', [WRONG, 0.5]],
        ['0.5', [WRONG, 0.5]],
        ['a5%', [WRONG, 0.5]],
        ['5%a', [WRONG, 0.5]],
        ['[50%]', [WRONG, 0.5]],
      ],
    ],
    [
      'yes or no',
      flag,
      [
        [undefined, true],
        ['true', true],
        ['false', false],
        ['yes', [WRONG, true]],
        ['"false"', [WRONG, true]],
        ['1', [WRONG, true]],
        ['[false]', [WRONG, true]],
      ],
    ],
    [
      'a duration',
      seconds,
      [
        [undefined, 5],
        ['90s', 90],
        ['1d2h3m4s', 93_784],
        ['366d', 31_622_400],
        ['367d', [WRONG, 5]],
        ['0s', [WRONG, 5]],
        ['5', [WRONG, 5]],
        ['5s1h', [WRONG, 5]],
        ['[5s]', [WRONG, 5]],
        ['', [WRONG, 5]],
      ],
    ],
    [
      'a date',
      dateIn,
      [
        [undefined, null],
        ['2028-02-29', '2028-02-29'],
        ['2026-12-31', '2026-12-31'],
        ['2027-02-29', [WRONG, null]],
        ['2026-13-01', [WRONG, null]],
        ['2026-1-1', [WRONG, null]],
        ['2026-09-01 ago', [WRONG, null]],
        ['[2026-09-01]', [WRONG, null]],
        ['', [WRONG, null]],
      ],
    ],
    [
      'keys',
      map,
      [
        ['', []],
        ['{}', []],
        ['a: 1', ['a']],
        ['a', [WRONG, undefined]],
        ['[a]', [WRONG, undefined]],
        ['0', [WRONG, undefined]],
      ],
    ],
    [
      'a value per level',
      levels,
      [
        [undefined, {}],
        ['3', { 1: 3, 2: 3 }],
        ['{ 1: 3, 2: 4 }', { 1: 3, 2: 4 }],
        ['{ 1: 3 }', [WRONG, { 1: 3 }]],
        ['{ 1: 3, 2: 4, 3: 5 }', [WRONG, { 1: 3, 2: 4 }]],
        ['{ 1: 3, x: 4 }', [WRONG, { 1: 1, 2: 1 }]],
        ['{}', [WRONG, { 1: 1, 2: 1 }]],
        ['{ 12: 3, 1: 1, 2: 2 }', [WRONG, { 1: 1, 2: 2 }]],
      ],
    ],
  ])('[PB-8] [PB-12] %s reads as it is written, and anything else is a fault', (_, read, cases) => {
    for (const [yaml, is] of cases) expect(readAs(read, yaml), yaml).toEqual(is);
  });
});
