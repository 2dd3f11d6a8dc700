import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diffPlaybooks, lossOf } from './diff.ts';
import { readPlaybook } from './read.ts';

const text = (name: string) => readFileSync(new URL(`../../../server/playbooks/${name}.md`, import.meta.url), 'utf8');
const DEFAULT = text('default');

function planOf(plan: string) {
  const read = readPlaybook(plan);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults, null, 1));
  return read.playbook;
}
const plan = planOf(DEFAULT);
const changed = (...changes: [string | RegExp, string][]) =>
  planOf(changes.reduce((all, [was, is]) => all.replace(was, is), DEFAULT));

describe('the difference of two plans', () => {
  it('[PB-19] of a plan and itself, or itself with other prose and more space, is none', () => {
    expect(diffPlaybooks(plan, plan).rules).toEqual([]);
    const prose = changed(
      ['Somebody wrote about us', 'Someone has written about us'],
      ['```yaml voice\n', '```yaml voice\n# why\n\n'],
    );
    expect(diffPlaybooks(plan, prose)).toMatchObject({ rules: [], stages: { added: [], removed: [], renamed: [] } });
  });

  it('[PB-19] tells a changed rule with both sentences, and new numbers alone are no change', () => {
    const { rules } = diffPlaybooks(
      plan,
      changed(
        ['  - owner_accepted\n', '  - reason_given\n  - owner_accepted\n'],
        ['time_limit: { 1: 20m, 2: 5m, 3: 5m }', 'time_limit: 9m'],
      ),
    );
    expect(rules).toEqual([
      { is: 'added', clause: 'Owned §4', sentence: 'The reason is written down.' },
      {
        is: 'changed',
        clause: 'Owned §9',
        sentence: 'A card should stay here for at most 9 minutes.',
        was: {
          clause: 'Owned §8',
          sentence: 'A card should stay here for at most 20 minutes at level 1, 5 minutes from level 2.',
        },
      },
    ]);
  });

  it('[PB-19] tells removed rules, and stages that came, went or got another name', () => {
    const less = diffPlaybooks(
      plan,
      changed(['  - no_unseen_mention_from_author\n', ''], ['## Follow-up', '## Back again']),
    );
    expect(less.rules).toEqual(
      [
        {
          is: 'changed',
          clause: 'Publish §12',
          sentence: 'A card goes on to Private or Back again.',
          was: { clause: 'Publish §12', sentence: 'A card goes on to Private or Follow-up.' },
        },
        {
          is: 'changed',
          clause: 'Private §6',
          sentence: 'A card goes on to Back again.',
          was: { clause: 'Private §6', sentence: 'A card goes on to Follow-up.' },
        },
        { is: 'removed', clause: 'Sign-off §6', sentence: 'Everything the person wrote since has been read.' },
      ].sort(
        (a, b) =>
          less.rules.findIndex((each) => each.clause === a.clause) -
          less.rules.findIndex((each) => each.clause === b.clause),
      ),
    );
    expect(less.stages.renamed).toEqual([{ id: 'follow-up', title: 'Back again', was: 'Follow-up' }]);
    const other = diffPlaybooks(plan, planOf(text('small-shop')));
    expect(other.stages.added.map((stage) => stage.id)).toContain('second-look');
    expect(other.stages.removed.map((stage) => stage.id)).toContain('sign-off');
    expect(other.rules.some((rule) => rule.is === 'removed' && rule.clause === 'Roles §6')).toBe(true);
  });
});

describe('rules that were put beside each other', () => {
  const saying = (heading: string, ...sentences: string[]) => ({
    ...plan,
    stages: [],
    rules: sentences.map((sentence, i) => ({ clause: `${heading} §${i + 1}`, sentence, line: i + 1 })),
  });
  const told = (before: string[], after: string[]) =>
    diffPlaybooks(saying('A', ...before), saying('A', ...after)).rules.map((each) =>
      each.is === 'changed' ? `${each.was.sentence} → ${each.sentence}` : `${each.is} ${each.sentence}`,
    );

  it('[PB-19] like sentences are one change, unlike ones go and come; the likest is taken', () => {
    expect(told(['Red ink dries slowly.'], ['Owls hunt at night.'])).toEqual([
      'removed Red ink dries slowly.',
      'added Owls hunt at night.',
    ]);
    expect(told(['One two three four five.'], ['One two six seven eight.'])).toEqual([
      'One two three four five. → One two six seven eight.',
    ]);
    expect(told(['One two three four.'], ['One six seven eight.'])).toHaveLength(2);
    expect(told(['One two three four.'], ['One two three five.', 'ONE two three FOUR now.'])).toEqual([
      'One two three four. → ONE two three FOUR now.',
      'added One two three five.',
    ]);
  });

  it('[PB-19] what stays is found round what came, went and changed places', () => {
    const [a, b, c] = ['Apples ripen.', 'Bells ring.', 'Cats purr.'];
    expect(told([a, b, c], [a, b, c])).toEqual([]);
    expect(told([a, b, c], [a, c])).toEqual(['removed Bells ring.']);
    expect(told([a, c], [a, b, c])).toEqual(['added Bells ring.']);
    expect(told([a, b, c], [c, a, b])).toEqual(['added Cats purr.', 'removed Cats purr.']);
    expect(told([], [a])).toEqual(['added Apples ripen.']);
    const wild = diffPlaybooks({ ...saying('A', a), version: 3 }, { ...saying('A', a), id: 'other', version: 4 });
    expect([wild.from, wild.to]).toEqual([
      { id: plan.id, version: 3 },
      { id: 'other', version: 4 },
    ]);
    const moved = diffPlaybooks(saying('Old', a), saying('New', a)).rules;
    expect(moved.map(({ is, clause }) => [is, clause])).toEqual([
      ['added', 'New §1'],
      ['removed', 'Old §1'],
    ]);
  });
});

describe('what stays of a section', () => {
  const ALL = ['Apples ripen.', 'Bells ring.', 'Cats purr.', 'Dogs bark.'];
  /** Every order of every choice of these sentences. */
  const orders = (from: string[]): string[][] => [
    [],
    ...from.flatMap((one) => orders(from.filter((each) => each !== one)).map((rest) => [one, ...rest])),
  ];
  /** The most sentences that stand in both in the same order, by trying every choice. */
  const mostKept = (before: string[], after: string[]): number =>
    Math.max(
      ...Array.from({ length: 2 ** before.length }, (_, mask) => {
        const chosen = before.filter((__, i) => (mask >> i) % 2 === 1);
        return after.filter((each) => chosen.includes(each)).join() === chosen.join() ? chosen.length : 0;
      }),
    );
  const section = (sentences: string[]) => ({
    ...plan,
    stages: [],
    rules: sentences.map((sentence, i) => ({ clause: `A §${i + 1}`, sentence, line: i + 1 })),
  });

  it('[PB-19] is as much as can stay, whatever came, went or changed places', () => {
    for (const after of orders(ALL)) {
      const { rules } = diffPlaybooks(section(ALL), section(after));
      const kept = mostKept(ALL, after);
      expect(rules.filter((each) => each.is === 'removed')).toHaveLength(ALL.length - kept);
      expect(rules.filter((each) => each.is === 'added')).toHaveLength(after.length - kept);
      expect(rules.filter((each) => each.is === 'changed')).toEqual([]);
    }
  });
});

describe('what a room loses with a new plan', () => {
  const shop = planOf(text('small-shop'));
  const cards = ['new', 'watch', 'drafting', 'publish', 'closed', 'gone', 'private'].map((stage) => ({
    id: `card_${stage}`,
    stage,
  }));

  it('[PB-20] a card keeps a stage of the same id, or goes to the nearest earlier one, never to a last one', () => {
    expect(lossOf(plan, plan, cards.slice(0, 5), 3)).toEqual({ cards: [], level: null });
    expect(lossOf(plan, shop, cards, 1).cards).toEqual([
      { cardId: 'card_watch', from: 'watch', to: 'new' },
      { cardId: 'card_drafting', from: 'drafting', to: 'new' },
      { cardId: 'card_publish', from: 'publish', to: 'new' },
      { cardId: 'card_closed', from: 'closed', to: 'private' },
      { cardId: 'card_gone', from: 'gone', to: 'new' },
    ]);
    expect(lossOf(shop, plan, [{ id: 'c', stage: 'done' }], 1).cards).toEqual([
      { cardId: 'c', from: 'done', to: 'private' },
    ]);
  });

  it('[PB-20] passes over an earlier stage that the new plan makes a last one', () => {
    const at = plan.stages.findIndex((stage) => stage.id === 'publish');
    const [two, one] = [plan.stages[at - 2], plan.stages[at - 1]];
    const stages = plan.stages
      .filter((stage) => stage.id !== 'publish')
      .map((stage) => (stage === one ? { ...stage, final: true } : stage));
    const { cards: lost } = lossOf(plan, { ...plan, stages }, [{ id: 'card_1', stage: 'publish' }], 1);
    expect(lost).toEqual([{ cardId: 'card_1', from: 'publish', to: two?.id }]);
  });

  it('[PB-20] a level the new plan does not have falls to its highest', () => {
    expect(lossOf(plan, shop, [], 3).level).toEqual({ from: 3, to: 2 });
    expect(lossOf(plan, shop, [], 2).level).toBeNull();
  });
});
