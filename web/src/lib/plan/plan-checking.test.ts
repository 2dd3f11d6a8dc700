import { readFileSync } from 'node:fs';
import { exampleCard } from '@rejoinder/playbook/example-move';
import { describe, expect, it } from 'vitest';
import { cardsFound } from './cards-found.ts';
import { checkPlan, countFindings } from './plan-checking.ts';
import { columnsOf } from './plan-columns.ts';

const TEXT = readFileSync(new URL('../../../../server/playbooks/default.md', import.meta.url), 'utf8');
const playbookOf = (text: string) => {
  const { plan } = checkPlan(text, {});
  if (plan === null) throw new Error('the text does not read');
  return plan.playbook;
};

describe('checking a plan while it is written', () => {
  it('[PW-3] a text that reads gives plan and findings, one that does not its faults, both the names it declares', () => {
    const whole = checkPlan(TEXT, { today: '2026-11-22' });
    expect(whole.plan?.sections.length).toBeGreaterThan(5);
    expect(countFindings(whole.findings).stops).toBe(0);
    const broken = checkPlan(TEXT.replace('next: [watch, owned]', 'next: [watch, nowhere]'), {});
    expect(broken.plan).toBeNull();
    expect(broken.findings[0]).toMatchObject({ weight: 'fault', line: expect.any(Number), column: expect.any(Number) });
    expect(countFindings(broken.findings).stops).toBeGreaterThan(0);
    expect(broken.names.stage).toContain('watch');
  });

  it('[PW-7] columns are compared with those of the room: the same, changed, new and gone ones with their cards', () => {
    const before = playbookOf(TEXT);
    const cards = { card_1: exampleCard('private') };
    expect(columnsOf(before, before, cards).shown.every((column) => column.is === 'same')).toBe(true);
    const changed = { ...before, stages: before.stages.filter((stage) => stage.id !== 'private') };
    const [first, ...rest] = changed.stages;
    if (!first) throw new Error('no stage');
    const after = { ...changed, stages: [{ ...first, title: 'Arrived' }, { ...first, id: 'spare' }, ...rest] };
    const { shown, lost } = columnsOf(after, before, cards);
    expect(shown.slice(0, 2).map((column) => column.is)).toEqual(['changed', 'fresh']);
    expect(lost).toEqual([{ id: 'private', title: 'Private', cards: 1 }]);
  });

  it('[PW-5] a card to try is found by name and words, open ones first, the chosen one always', () => {
    const cards = Object.fromEntries(
      [
        exampleCard('closed', { id: 'card_1', closedAt: '2026-03-02T00:00:00.000Z' }),
        exampleCard('new', { id: 'card_2' }),
        exampleCard('new', { id: 'card_3', author: { handle: 'bo', name: 'Bo', followers: 1 } }),
      ].map((card) => [card.id, card]),
    );
    expect(cardsFound(cards, 'ida parcel', '').cards.map(({ id }) => id)).toEqual(['card_2', 'card_1']);
    expect(cardsFound(cards, 'nobody', 'card_3')).toMatchObject({ cards: [{ id: 'card_3' }], more: 0 });
  });
});
