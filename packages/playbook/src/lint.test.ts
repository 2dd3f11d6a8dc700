import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintPlaybook } from './lint.ts';
import { readPlaybook } from './read.ts';

const DEFAULT = readFileSync(new URL('../../../server/playbooks/default.md', import.meta.url), 'utf8');

/** The findings of the default plan with pieces of its text replaced. */
function lint(...changes: [string | RegExp, string][]) {
  const text = changes.reduce((all, [was, is]) => all.replace(was, is), DEFAULT);
  const read = readPlaybook(text);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return lintPlaybook(read.playbook);
}

describe('the linter', () => {
  it('[LI-1] finds nothing in the default plan', () => {
    expect(lint()).toEqual([]);
  });

  const finds = (rule: string, says: string, ...changes: [string | RegExp, string][]) => {
    const found = lint(...changes).filter((each) => each.rule === rule);
    expect(found.map((each) => each.says).join('\n')).toContain(says);
    expect(found.every((each) => each.wants !== '')).toBe(true);
  };

  it('[LI-1] tells what it finds in the order of the plan, each at its line', () => {
    const text = DEFAULT.replace('worked_by: [social_lead, publisher]', 'worked_by: [expert]').replace(
      'may: [view, draft, sign] }',
      'may: [view, draft] }',
    );
    const read = readPlaybook(text);
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    const all = lintPlaybook({ ...read.playbook, triage: { ...read.playbook.triage, classes: [] } });
    const lines = all.map((each) => each.line);
    expect(new Set(lines).size).toBeGreaterThan(2);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    for (const { clause, line } of all)
      expect(line).toBe(read.playbook.rules.find((rule) => rule.clause === clause)?.line ?? 1);
  });

  it('[LI-1] finds a stage no way leads to', () => {
    finds('LI-1', 'No way forward leads to Private', ['next: [private, follow-up]', 'next: [follow-up]']);
  });
  it('[LI-2] finds a stage no way leads on from', () => {
    finds('LI-2', 'From Follow-up no way leads to a last stage', [
      'next: [closed]\ntime_limit',
      'next: []\ntime_limit',
    ]);
  });
  it('[LI-3] finds a stage nobody moves', () => {
    finds('LI-3', 'Nobody who works Publish may move cards', [
      'worked_by: [social_lead, publisher]',
      'worked_by: [expert]',
    ]);
  });
  it('[LI-4] finds a guard that can never hold or apply', () => {
    finds('LI-4', 'The plan has no level 5', ['  - owner_accepted', '  - level_at_least: 5']);
    finds('LI-4', 'A reply is asked for', ['  - owner_accepted', '  - draft_not_empty']);
    finds('LI-4', 'can never apply', ['    to: [closed]', '    to: [private]']);
  });
  it('[LI-5] finds a signer who may not sign', () => {
    finds('LI-5', 'Subject expert is asked to sign and may not', [
      'may: [view, draft, sign] }',
      'may: [view, draft] }',
    ]);
  });
  it('[LI-6] finds an author who is the only signer, and a plan nobody signs', () => {
    finds('LI-6', 'no door checks it', [/ {2}- signer_not_sole_author\n/g, '']);
    finds('LI-6', 'No stage asks for a signature', [/ {2}- sign_offs_valid: reply\n/g, '']);
  });
  it('[LI-7] finds stages that outlast the clock', () => {
    finds('LI-7', 'the clock allows 3 hours', [
      'time_limit: { 1: 20m, 2: 5m, 3: 5m }',
      'time_limit: { 1: 5h, 2: 5m, 3: 5m }',
    ]);
  });
  it('[LI-8] finds signatures that run out too soon', () => {
    finds('LI-8', 'a signature runs out before Publish', ['lifetime: { 1: 12h, 2: 4h, 3: 2h }', 'lifetime: 1m']);
  });
  it('[LI-9] finds a private stage on the wall', () => {
    finds('LI-9', 'Private is private and the wall shows it', [
      'on_wall: false\ntime_limit: { 1: 2h',
      'time_limit: { 1: 2h',
    ]);
  });
  it('[LI-10] finds an ability nobody has', () => {
    finds(
      'LI-10',
      'No role may `settle`',
      [', settle, raise_level', ', raise_level'],
      [', publish, settle]', ', publish]'],
    );
  });

  it('[LI-11] a plan that tells no classes apart', () => {
    const read = readPlaybook(DEFAULT);
    if ('faults' in read) throw new Error('faults');
    const found = lintPlaybook({ ...read.playbook, triage: { classes: [], fields: [], required: [] } });
    expect(found.map((each) => each.rule)).toEqual(['LI-11']);
  });
});
