// The printed and the shown plan in their optional parts: the head, every kind of prose, anchors, and rules at their block.
import { describe, expect, it } from 'vitest';
import { readInline } from './inline.ts';
import { planWith } from './plan-for-tests.ts';
import { printPlan, printSections } from './print.ts';
import { anchorOfClause, type PlanSection, renderPlan } from './render.ts';

const plain = planWith((plan) => ({ ...plan, rules: [], mustConfirmReading: [] }));
const section = (parts: PlanSection['parts'], more: Partial<PlanSection> = {}): PlanSection => ({
  ...{ anchor: 'a', depth: 2, heading: 'A', parts },
  ...more,
});
const headOf = (more: object) => printPlan('# Trial\n\nWords.', { ...plain, ...more }).split('\n')[2];
const HEAD = 'Plan trial, version 1, looked after by Social lead.';

describe('a plan on paper', () => {
  it.each<[string, object, string]>([
    ['nothing more', {}, HEAD],
    [
      'who approved it',
      { approvedBy: { role: 'executive', on: '2026-09-01' } },
      `${HEAD} Approved by Executive on 2026-09-01.`,
    ],
    ['when it is read again', { reviewBy: '2027-03-01' }, `${HEAD} To be read again by 2027-03-01.`],
    ['one reader', { mustConfirmReading: ['legal'] }, `${HEAD} Reading it is confirmed by Legal.`],
    [
      'all',
      { approvedBy: { role: 'x', on: '2026-09-01' }, reviewBy: '2027-03-01', mustConfirmReading: ['legal', 'comms'] },
      `${HEAD} Approved by x on 2026-09-01. To be read again by 2027-03-01. Reading it is confirmed by Legal and Communications.`,
    ],
  ])('[PB-18] has a head with %s', (_, more, is) => {
    expect(headOf(more)).toBe(is);
  });

  it('[PB-18] has the title, the head, the prose below the title, and the sections', () => {
    expect(printPlan('# Trial\n\nFirst.\n\n## Next\n\n- a\n', plain)).toBe(
      `# Trial\n\n${HEAD}\n\nFirst.\n\n## Next\n\n- a\n`,
    );
    expect(printPlan('', plain)).toBe(`# Trial\n\n${HEAD}\n\n\n`);
  });

  it.each<[string, PlanSection[], string]>([
    ['nothing', [], '\n'],
    ['a heading', [section([])], '## A\n'],
    ['a section that goes on', [section([{ is: 'code', text: 'a' }], { heading: '' })], '```\na\n```\n'],
    ['a deep heading', [section([], { depth: 6 })], '###### A\n'],
    ['a quote', [section([{ is: 'quote', text: readInline('a **b**') }])], '## A\n\n> a **b**\n'],
    [
      'items',
      [section([{ is: 'list', ordered: false, items: [readInline('*a*'), readInline('b')] }])],
      '## A\n\n- *a*\n- b\n',
    ],
    [
      'numbered items',
      [section([{ is: 'list', ordered: true, items: [readInline('a'), readInline('b')] }])],
      '## A\n\n1. a\n2. b\n',
    ],
    [
      'every piece',
      [section([{ is: 'paragraph', text: readInline('a **b** *c* _d_ `e` [f](https://g.org)') }])],
      '## A\n\na **b** *c* *d* `e` [f](https://g.org)\n',
    ],
    [
      'rules',
      [
        section([
          {
            is: 'rules',
            kind: 'wall',
            id: null,
            rules: [
              { clause: 'A §9', sentence: 'One.', line: 1 },
              { clause: 'A § B §10', sentence: 'Two.', line: 2 },
            ],
          },
        ]),
      ],
      '## A\n\n- §9 One.\n- §10 Two.\n',
    ],
    [
      'a block without rules',
      [section([{ is: 'rules', kind: 'wall', id: null, rules: [] }]), section([])],
      '## A\n\n## A\n',
    ],
  ])('[PB-18] is printed as Markdown: %s', (_, sections, is) => {
    expect(printSections(sections)).toBe(is);
  });
});

describe('a plan as sections', () => {
  it('[PB-14] has a section for every heading with something below it, and an anchor of its own for each', () => {
    const text =
      'Before.\n\n# Trial\n\n## Él & co!\n\na\n\n## él, co\n\nb\n\n## !\n\nc\n\n## Empty\n\n## -x-\n\nd\n\n## ?\n\n> e';
    const sections = renderPlan(text, plain);
    expect(sections.map(({ anchor, depth, heading }) => [anchor, depth, heading])).toEqual([
      ['plan', 1, 'Trial'],
      ['él-co', 2, 'Él & co!'],
      ['él-co-2', 2, 'él, co'],
      ['section', 2, '!'],
      ['x', 2, '-x-'],
      ['section-2', 2, '?'],
    ]);
    expect(sections.at(-1)?.parts).toEqual([{ is: 'quote', text: [{ is: 'text', text: 'e' }] }]);
    expect(renderPlan('', plain)).toEqual([{ anchor: 'plan', depth: 1, heading: 'Trial', parts: [] }]);
    expect(renderPlan('# Only', plain)).toEqual([{ anchor: 'only', depth: 1, heading: 'Only', parts: [] }]);
  });

  it('[PB-14] shows the rules of a block, from its fence to its end, where the block stands', () => {
    const rules = [1, 3, 4, 5, 6, 7, 9].map((line) => ({ clause: `A §${line}`, sentence: `L${line}.`, line }));
    const text = '# A\n\n```yaml stage a\nb: 1\nc: 2\n```\n\n```yaml wall\n```\n\n1. x\n2. y\n\n~~~\nz\n~~~';
    expect(renderPlan(text, { ...plain, rules })[0]?.parts).toEqual([
      { is: 'rules', kind: 'stage', id: 'a', rules: rules.slice(1, 5) },
      { is: 'rules', kind: 'wall', id: null, rules: rules.slice(6) },
      { is: 'list', ordered: true, items: [[{ is: 'text', text: 'x' }], [{ is: 'text', text: 'y' }]] },
      { is: 'code', text: 'z' },
    ]);
  });

  it.each([
    ['A §1', 'a'],
    ['A §12', 'a'],
    ['B §2 C §3', 'b'],
    ['B §2 C', 'b'],
    ['A', 'a'],
    ['Nowhere §1', null],
  ])('[PB-14] the clause %s stands at %s', (clause, is) => {
    const sections = [section([]), section([], { anchor: 'b', heading: 'B §2 C' })];
    expect(anchorOfClause(sections, clause)).toBe(is);
  });

  it.each<[string, object[]]>([
    ['', []],
    ['a', [{ is: 'text', text: 'a' }]],
    ['**a**', [{ is: 'strong', text: 'a' }]],
    [
      'a*b*c',
      [
        { is: 'text', text: 'a' },
        { is: 'em', text: 'b' },
        { is: 'text', text: 'c' },
      ],
    ],
    ['_a_', [{ is: 'em', text: 'a' }]],
    ['a_b_c', [{ is: 'text', text: 'a_b_c' }]],
    ['`*a*`', [{ is: 'code', text: '*a*' }]],
    ['**a', [{ is: 'text', text: '**a' }]],
    ['[a](#b)', [{ is: 'link', text: 'a', href: '#b' }]],
    ['[a](MAILTO:b@c.org)', [{ is: 'link', text: 'a', href: 'MAILTO:b@c.org' }]],
    ['[a](http://b.org)', [{ is: 'link', text: 'a', href: 'http://b.org' }]],
    ['[a](ftp://b.org)', [{ is: 'text', text: '[a](ftp://b.org)' }]],
    ['[a](x#b)', [{ is: 'text', text: '[a](x#b)' }]],
    ['[a](https:b)', [{ is: 'text', text: '[a](https:b)' }]],
    [`*${'a'.repeat(301)}*`, [{ is: 'text', text: `*${'a'.repeat(301)}*` }]],
  ])('[PB-15] prose as data: %s', (text, is) => {
    expect(readInline(text)).toEqual(is);
  });
});
