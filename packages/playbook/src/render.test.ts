import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInline } from './inline.ts';
import { readPlaybook } from './read.ts';
import { anchorOfClause, renderPlan } from './render.ts';

const DEFAULT = readFileSync(new URL('../../../server/playbooks/default.md', import.meta.url), 'utf8');

describe('the plan as people read it', () => {
  const read = readPlaybook(DEFAULT);
  if ('faults' in read) throw new Error('the default plan has faults');
  const sections = renderPlan(DEFAULT, read.playbook);

  it('[PB-14] shows every rule once, under the heading it is named after', () => {
    const shown = sections.flatMap((section) =>
      section.parts.flatMap((part) => (part.is === 'rules' ? part.rules.map((rule) => ({ section, rule })) : [])),
    );
    expect(shown.map(({ rule }) => rule.clause)).toEqual(read.playbook.rules.map((rule) => rule.clause));
    for (const { section, rule } of shown) expect(rule.clause.startsWith(`${section.heading} §`)).toBe(true);
    expect(new Set(sections.map((section) => section.anchor)).size).toBe(sections.length);
    expect(anchorOfClause(sections, 'Sign-off §3')).toBe('sign-off');
  });

  it('[PB-15] keeps emphasis, code and safe links as data and everything else as text', () => {
    expect(readInline('**First** `a` [us](https://example.org) *now*')).toEqual([
      { is: 'strong', text: 'First' },
      { is: 'text', text: ' ' },
      { is: 'code', text: 'a' },
      { is: 'text', text: ' ' },
      { is: 'link', text: 'us', href: 'https://example.org' },
      { is: 'text', text: ' ' },
      { is: 'em', text: 'now' },
    ]);
    expect(readInline('[x](javascript:alert) <b>y</b>')).toEqual([
      { is: 'text', text: '[x](javascript:alert)' },
      { is: 'text', text: ' <b>y</b>' },
    ]);
  });

  it('[PB-15] loses no letter of any line', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('*', '`', '[', ']', '(', ')', '_', 'a', ' ') }), (text) => {
        const letters = (all: string) => all.replace(/[^a]/g, '');
        expect(
          letters(
            readInline(text)
              .map((part) => part.text + (part.is === 'link' ? part.href : ''))
              .join(''),
          ),
        ).toBe(letters(text));
      }),
    );
  });
});
