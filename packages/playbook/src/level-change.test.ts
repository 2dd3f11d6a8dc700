import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rulesThatChange } from './level-change.ts';
import { readPlaybook } from './read.ts';

const shipped = (name: string) => {
  const read = readPlaybook(readFileSync(new URL(`../../../server/playbooks/${name}.md`, import.meta.url), 'utf8'));
  if ('faults' in read) throw new Error(`${name} has faults`);
  return read.playbook;
};

describe('what another level changes', () => {
  const playbook = shipped('default');
  const changes = (from: number, to: number) =>
    Object.fromEntries(rulesThatChange(playbook, from, to).map((rule) => [rule.says, [rule.from, rule.to]]));

  it('[RM-11] is said rule by rule, both sides, in the order of the plan', () => {
    const rules = rulesThatChange(playbook, 1, 3);
    expect(changes(1, 3)).toMatchObject({
      'First public reply': ['3 hours', '1 hour'],
      'Holding line': ['does not run', '1 hour'],
      'Time in New': ['30 minutes', '5 minutes'],
      'Updates inside the house': ['none', 'every 30 minutes'],
      'Scheduled posts': ['go out', 'are frozen'],
      'To publish on mastodon, bluesky or x': ['Publisher or Social lead', 'Publisher'],
    });
    const order = rules.map((rule) => playbook.rules.findIndex((each) => each.clause === rule.clause));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
    const signatures = rules.find((rule) => rule.says === 'Signatures of reply');
    expect(signatures?.from).toContain('one of');
    expect(signatures?.to).toContain('Legal');
  });

  it('[RM-11] says the same backwards, and nothing where nothing changes', () => {
    const there = rulesThatChange(playbook, 1, 3);
    const back = rulesThatChange(playbook, 3, 1);
    expect(back.map(({ clause, says, from, to }) => ({ clause, says, from: to, to: from }))).toEqual(there);
    for (const level of [1, 2, 3]) expect(rulesThatChange(playbook, level, level)).toEqual([]);
  });
});
