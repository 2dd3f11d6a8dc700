import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diffPlaybooks } from './diff.ts';
import { lintPlaybook } from './lint.ts';
import { printPlan } from './print.ts';
import { readPlaybook } from './read.ts';

// The steps of “From the default to your own plan in ten minutes” in docs/playbook.md, done as they are written there.
const DEFAULT = readFileSync(new URL('../../../server/playbooks/default.md', import.meta.url), 'utf8');
const PAPER = readFileSync(new URL('../../../docs/playbook.md', import.meta.url), 'utf8');
const outside = { today: '2026-09-01' };

function planOf(text: string) {
  const read = readPlaybook(text);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults, null, 1));
  return read.playbook;
}
const blocking = (text: string) => lintPlaybook(planOf(text), outside).filter((each) => each.strength === 'block');
const put = (text: string, was: string | RegExp, is: string): string => {
  expect(typeof was === 'string' ? text.includes(was) : was.test(text), String(was)).toBe(true);
  return text.replace(was, is);
};

describe('from the default to a plan of one’s own', () => {
  let text = DEFAULT;

  it('[PB-22] works as it is written, and reads well after each step', () => {
    for (const name of [
      'playbook',
      'approved_by',
      'contacts',
      'last_verified',
      'office',
      'time_limit',
      'masks',
      'banned',
      'channels',
    ])
      expect(PAPER.slice(0, PAPER.indexOf('## How a document is read'))).toContain(name);
    expect(blocking(text)).toEqual([]);
    text = put(text, 'playbook: consumer-brand', 'playbook: northwind-trains');
    expect(blocking(text)).toEqual([]);
    text = put(text, 'primary: Head of logistics,', 'primary: Ravi Patel, last_verified: 2026-09-01,');
    text = put(text, 'zone: Europe/London', 'zone: Europe/Berlin');
    text = put(text, 'mon-fri: ["08:00-12:30", "13:15-18:00"]', 'mon-fri: ["07:00-19:00"]');
    expect(blocking(text)).toEqual([]);
    text = put(text, 'target: { 1: 3h, 2: 1h, 3: 1h }', 'target: { 1: 2h, 2: 1h, 3: 1h }');
    expect(blocking(text).map((each) => each.rule)).toContain('LI-7');
    text = put(text, 'time_limit: { 1: 40m, 2: 20m, 3: 25m }', 'time_limit: { 1: 20m, 2: 20m, 3: 25m }');
    text = put(text, 'time_limit: { 1: 40m, 2: 10m, 3: 10m }', 'time_limit: { 1: 20m, 2: 10m, 3: 10m }');
    text = put(text, 'after: { 1: 40m, 2: 10m, 3: 10m }', 'after: { 1: 20m, 2: 10m, 3: 10m }');
    expect(blocking(text).map((each) => each.rule)).toEqual(['LI-20']);
    text = put(text, 'warn_at: [50%, 80%]', 'warn_at: [50%, 75%]');
    expect(blocking(text)).toEqual([]);
    text = put(text, '"KD-######"', '"NW-##-####"');
    text = put(text, '      - valued customer', '      - valued customer\n      - operational reasons');
    text = put(text, '["@yourhouse"]', '["@northwind"]');
    expect(blocking(text)).toEqual([]);
    const printed = printPlan(text, planOf(text));
    expect(printed).toContain('“operational reasons”');
    expect(printed).toContain('First public reply: 2 hours at level 1, 1 hour from level 2, day and night.');
    expect(diffPlaybooks(planOf(DEFAULT), planOf(text)).rules.every((rule) => rule.is === 'changed')).toBe(true);
  });

  it('[PB-22] without legal the faults lead to every place that names it', () => {
    const read = readPlaybook(put(DEFAULT, /^legal: .*\n/m, ''));
    const lines = DEFAULT.split('\n').filter(
      (line) => /\blegal\b/.test(line) && /[[{].*\blegal\b.*[\]}]|: legal/.test(line),
    );
    expect('faults' in read && read.faults.length).toBeGreaterThan(5);
    expect(lines.length).toBeGreaterThan(5);
    if ('faults' in read)
      for (const fault of read.faults) expect(fault.says).toBe('There is no role `legal` in this plan.');
  });
});
