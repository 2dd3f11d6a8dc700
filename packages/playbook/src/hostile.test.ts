import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintPlaybook } from './lint.ts';
import { KINDS, readPlaybook } from './read.ts';
import { renderPlan } from './render.ts';

const folder = new URL('../../../server/playbooks/', import.meta.url);
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));

/** The text of a shipped plan with some of its lines and values exchanged: nearly a plan, or a plan. */
const nearly = fc
  .tuple(
    fc.constantFrom(...shipped),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('line', 'value', 'drop', 'indent', 'twice')), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([text, edits]) => {
    const lines = text.split('\n');
    for (const [a, b, how] of edits) {
      const [i, j] = [a % lines.length, b % lines.length];
      const [one = '', two = ''] = [lines[i], lines[j]];
      if (how === 'line') [lines[i], lines[j]] = [two, one];
      else if (how === 'value') lines[i] = one.replace(/: .*/, `: ${two.split(': ').at(-1) ?? ''}`);
      else if (how === 'drop') lines.splice(i, 1);
      else if (how === 'indent') lines[i] = `  ${one}`;
      else lines.splice(i, 0, one);
    }
    return lines.join('\n');
  });

describe('a text that is nearly a plan', () => {
  it('[PB-1] gives a plan that can be linted and shown, or faults at places of the text', () => {
    fc.assert(
      fc.property(nearly, (text) => {
        const read = readPlaybook(text);
        if ('playbook' in read) {
          for (const each of lintPlaybook(read.playbook, { today: '2026-10-01', staffed: {} }))
            expect(each.says).not.toBe('');
          expect(renderPlan(text, read.playbook).length).toBeGreaterThan(0);
          for (const rule of read.playbook.rules) expect(rule.sentence).not.toMatch(/undefined|\[object|NaN/);
          return;
        }
        const lines = text.split('\n').length;
        for (const fault of read.faults) {
          expect(fault.line).toBeLessThanOrEqual(lines + 1);
          expect(fault.line).toBeGreaterThanOrEqual(1);
          expect(fault.says).not.toMatch(/undefined|\[object|NaN/);
          expect(fault.wants).not.toBe('');
        }
      }),
      { numRuns: 120 },
    );
  });
});

describe('a block built to be slow', () => {
  const around = (kind: string, body: string) =>
    `---\nplaybook: a\nversion: 1\nowner: b\n---\n# A\n\n\`\`\`yaml levels\n1: { name: x }\n\`\`\`\n\n## B\n\n\`\`\`yaml ${kind}\n${body}\n\`\`\`\n`;
  const withId = ['stage', 'sign-off', 'clock', 'ladder'];
  const bodies: [string, string][] = [
    ['many keys', Array.from({ length: 3_000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['many names', Array.from({ length: 1_500 }, (_, i) => `name${i}: { a: b, c: d }`).join('\n')],
    ['one long word', `a: ${'x'.repeat(32_000)}`],
    ['many items', `criteria: [${'a, '.repeat(10_000)}a]`],
    ['braces', '{a: '.repeat(7_000)],
    ['every level', Array.from({ length: 2_000 }, (_, i) => `${i}: { every: 1h }`).join('\n')],
  ];

  it.each(bodies)('[PB-11] (%s) ends in a fault in under 200 ms, whatever its kind', (_, body) => {
    for (const kind of KINDS) {
      const text = around(withId.includes(kind) ? `${kind} x` : kind, body);
      // The best of three, in processor time: other work on the machine is not the reader's.
      const times = [1, 2, 3].map(() => {
        const start = process.threadCpuUsage();
        const read = readPlaybook(text);
        expect('faults' in read && read.faults.length, kind).toBeGreaterThan(0);
        return process.threadCpuUsage(start).user / 1000;
      });
      expect(Math.min(...times), kind).toBeLessThan(200);
    }
  });
});
