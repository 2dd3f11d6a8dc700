import { describe, expect, it } from 'vitest';
import { splitDocument } from './document.ts';

const parts = (text: string) => splitDocument(text).parts;
const heading = (text: string, depth = 1, line = 1) => ({ at: 'heading', line, depth, text });
const paragraph = (text: string, line = 1) => ({ at: 'paragraph', line, text });
const list = (items: string[], ordered = false, line = 1) => ({ at: 'list', line, ordered, items });
const code = (text: string, line = 1) => ({ at: 'code', line, text });
const rule = (kind: string, more: object = {}) => ({
  ...{ at: 'rule', line: 1, kind, id: null, body: 'a: 1', heading: '', purpose: '' },
  ...more,
});

describe('what a document is made of', () => {
  it.each<[string, string, object[]]>([
    ['nothing', '', []],
    ['empty lines', '\n  \n\t\n', []],
    ['a title', '# A', [heading('A')]],
    ['the deepest heading', '   ###### A #b ## ', [heading('A #b', 6)]],
    ['marks alone', '##', [heading('', 2)]],
    ['closing marks', '## A ##', [heading('A', 2)]],
    ['seven marks', '####### A', [paragraph('####### A')]],
    ['marks without a space', '#A', [paragraph('#A')]],
    ['four spaces before', '    # A', [paragraph('# A')]],
    ['two lines of prose', '  a\nb  \n\nc', [paragraph('a b'), paragraph('c', 4)]],
    ['prose that a heading ends', 'a\n# B\nc', [paragraph('a'), heading('B', 1, 2), paragraph('c', 3)]],
    ['prose that a fence ends', 'a\n```\nb\n```', [paragraph('a'), code('b', 2)]],
    ['a quote', '> a\n>b\n >  c\nd', [{ at: 'quote', line: 1, text: 'a b  c d' }]],
    ['items', '- a\n* b\n+ c', [list(['a', 'b', 'c'])]],
    ['an item over two lines', '- a\n  more \n-  b ', [list(['a more', 'b'])]],
    ['an item without words', '-  \t\n  a', [list(['a'])]],
    ['numbered items', '1. a\n2) b', [list(['a', 'b'], true)]],
    ['a number of nine digits', '   123456789. a', [list(['a'], true)]],
    ['a number too long', '1234567890. a', [paragraph('1234567890. a')]],
    ['a mark without a space', '-a', [paragraph('-a')]],
    ['code', '```js\na\n\n  b\n```', [code('a\n\n  b')]],
    ['code between waves', '~~~~\n```\n~~~\n~~~~~ \nb', [code('```\n~~~'), paragraph('b', 5)]],
    ['a fence that goes on', '```\na\n``` b\n```', [code('a\n``` b')]],
    ['yaml without a kind', '```yaml\na: 1\n```', [code('a: 1')]],
    ['another language with words', '```json roles\na: 1\n```', [code('a: 1')]],
    ['a block', '```yaml roles\na: 1\n```', [rule('roles')]],
    ['a block with an id', '  ```` \tyaml  stage \t a \na: 1\n````', [rule('stage', { id: 'a' })]],
    ['a block of nothing', '```yaml roles\n```', [rule('roles', { body: '' })]],
    ['line ends of Windows', '# A\r\n\r\nb\r\nc', [heading('A'), paragraph('b c', 3)]],
    ['line ends of old', '# A\r\rb', [heading('A'), paragraph('b', 3)]],
    ['a mark that is not the first letter', 'a\uFEFFb', [paragraph('a\uFEFFb')]],
    ['prose that a line of space ends', 'a\n \nb', [paragraph('a'), paragraph('b', 3)]],
    ['a quote with a mark in it', '> a > b', [{ at: 'quote', line: 1, text: 'a > b' }]],
    ['a quote whose next line has a mark in it', '> a\nb > c', [{ at: 'quote', line: 1, text: 'a b > c' }]],
    ['a byte order mark', '\uFEFF# A', [heading('A')]],
  ])('[PB-5] %s', (_, text, is) => {
    expect(splitDocument(text)).toEqual({ frontMatter: null, parts: is, troubles: [] });
  });

  it('[PB-6] a block knows its heading and every paragraph between them, nothing of before', () => {
    const text = '# A\nold\n## B\none\ntwo\n\n- no\n\nthree\n```yaml roles\na: 1\n```\n## C\n```yaml levels\na: 1\n```';
    expect(parts(text).filter((part) => part.at === 'rule')).toEqual([
      rule('roles', { line: 10, heading: 'B', purpose: 'one two three' }),
      rule('levels', { line: 14, heading: 'C' }),
    ]);
  });

  it('[PB-5] the front matter stands between the first line and the next like it', () => {
    expect(splitDocument('---  \na: 1\nb: 2\n--- \n# A')).toEqual({
      frontMatter: { line: 2, body: 'a: 1\nb: 2' },
      parts: [heading('A', 1, 5)],
      troubles: [],
    });
    expect(splitDocument('---\n---').frontMatter).toEqual({ line: 2, body: '' });
    expect(splitDocument('\n---\na: 1\n---').frontMatter).toBeNull();
    expect(splitDocument(' ---\na: 1\n---').frontMatter).toBeNull();
  });

  it.each<[string, string, object[], object]>([
    [
      'a front matter',
      '---\na: 1\n# A',
      [],
      { line: 1, says: 'The front matter never ends.', wants: 'a line `---` below it' },
    ],
    [
      'code',
      'a\n\n~~~\nb',
      [paragraph('a'), code('b', 3)],
      { line: 3, says: 'This fenced block never ends.', wants: 'a line `~~~` below it' },
    ],
    [
      'a block',
      '```yaml roles\na: 1',
      [rule('roles')],
      { line: 1, says: 'This fenced block never ends.', wants: 'a line ````` below it' },
    ],
    [
      'its fence',
      '```yaml a b c\n```',
      [],
      { line: 1, says: 'The block is introduced by `yaml a b c`.', wants: '`yaml KIND` or `yaml KIND id`' },
    ],
  ])('[PB-5] what is wrong with %s is told at its line', (_, text, is, trouble) => {
    expect(splitDocument(text)).toEqual({ frontMatter: null, parts: is, troubles: [{ column: 1, ...trouble }] });
  });
});
