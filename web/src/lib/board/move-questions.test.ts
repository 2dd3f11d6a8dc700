import type { CardView, MoveFacts } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { Missing, Refusal } from '@rejoinder/contracts/problems';
import { describe, expect, it } from 'vitest';
import {
  answered,
  askedSoFar,
  canBeMended,
  fieldsToSend,
  isOpen,
  NO_ANSWERS,
  suggestedFields,
} from './move-questions.ts';

const playbook = {
  triage: {
    classes: [],
    fields: [
      { id: 'class', name: 'Class', choices: [{ id: 'praise', name: 'Praise' }] },
      { id: 'department', name: 'Department', choices: null },
    ],
  },
} as unknown as Playbook;

const missing = (rule: string, fix: Missing['fix']): Missing => ({
  rule,
  clause: `${rule} §1`,
  says: rule,
  who: [],
  fix,
});
const refusal = (...of: Missing[]): Refusal => ({
  rule: 'MV-4',
  clause: 'New §1',
  says: 'no',
  missing: of,
  who: [],
  fix: [],
});
const set = (field: string) => ({ do: 'set-field' as const, field, says: field });

describe('what a refused move asks for', () => {
  it('[BP-4] collects fields, reason and taking here, and leads elsewhere for the rest', () => {
    const no = refusal(
      missing('has_fields', [set('class'), set('department')]),
      missing('reason_given', [{ do: 'give-reason', says: 'Why?' }]),
      missing('owner_accepted', [{ do: 'take-card', says: 'Take it' }]),
      missing('voice_clean', [{ do: 'open-draft', from: null, to: null, says: 'Open' }]),
    );
    const [fields, reason, take, draft] = askedSoFar([], playbook, no);
    expect(fields?.fields.map((field) => field.name)).toEqual(['Class', 'Department']);
    expect(reason?.asksReason).toBe(true);
    expect(take?.asksTake).toBe(true);
    expect(draft?.elsewhere).toHaveLength(1);
  });

  it('[BP-4] a question on screen stays in its place while it is being answered', () => {
    const [lacksClass, lacksDepartment] = [missing('GU-1', [set('class')]), missing('GU-1', [set('department')])];
    const first = askedSoFar([], playbook, refusal(lacksClass, lacksDepartment));
    expect(first).toHaveLength(1);
    const half = refusal(lacksDepartment, missing('GU-19', [{ do: 'give-reason', says: 'Why?' }]));
    const then = askedSoFar(first, playbook, half);
    expect(then.map((question) => question.fields.length)).toEqual([2, 0]);
    expect(then.map((question) => isOpen(question, half))).toEqual([true, true]);
    const done = askedSoFar(then, playbook, null);
    expect(done.map((question) => isOpen(question, null))).toEqual([false, false]);
  });

  it('[BP-4] items of a list stand together and can be ticked here', () => {
    const tick = (item: string) => missing('GU-28', [{ do: 'tick', stage: 'owned', item, says: item }]);
    const both = refusal(tick('Order looked up'), tick('Legal told'));
    const [list, ...rest] = askedSoFar([], playbook, both);
    expect(list?.ticks).toEqual(['Order looked up', 'Legal told']);
    expect(rest).toEqual([]);
    expect(canBeMended(both)).toBe(true);
    const [kept] = askedSoFar(list ? [list] : [], playbook, refusal(tick('Legal told')));
    expect(kept?.ticks).toEqual(['Order looked up', 'Legal told']);
  });

  it('[BP-4] tells whether the panel alone is enough', () => {
    expect(canBeMended(refusal(missing('GU-1', [set('class')])))).toBe(true);
    expect(canBeMended(refusal(missing('GU-1', [set('class')]), missing('MV-2', [])))).toBe(false);
  });

  it('[BP-5] judges the answers before they are sent and sends only what was given', () => {
    const card = { fields: { class: 'praise' }, owner: null } as unknown as CardView;
    const facts = { now: '2026-01-01T00:00:00.000Z', actor: { id: 'u1' }, card, reason: '' } as unknown as MoveFacts;
    const answers = { fields: { department: ' billing ', class: '' }, reason: ' spam ', take: true };
    const then = answered(facts, answers);
    expect(then.card.fields).toEqual({ class: 'praise', department: 'billing' });
    expect(then.card.owner).toEqual({ userId: 'u1', acceptedAt: facts.now });
    expect(then.reason).toBe('spam');
    expect(fieldsToSend(card, answers)).toEqual({ department: 'billing' });
    expect(fieldsToSend(card, NO_ANSWERS)).toBeUndefined();
  });

  it('[BP-9] offers the class that triage thinks of and its department, for empty fields only', () => {
    const plan = {
      triage: {
        classes: [{ id: 'praise', name: 'Praise', department: 'people' }],
        fields: [
          { id: 'class', name: 'Class', choices: [{ id: 'praise', name: 'Praise' }] },
          { id: 'department', name: 'Department', choices: [{ id: 'people', name: 'People' }] },
        ],
      },
    } as unknown as Playbook;
    const card = (fields: Record<string, string>) => ({ fields }) as unknown as CardView;
    const both = [
      { id: 'class', value: 'praise', name: 'Praise' },
      { id: 'department', value: 'people', name: 'People' },
    ];
    expect(suggestedFields(plan, card({ suggested_class: 'praise' }), ['class', 'department'])).toEqual(both);
    expect(suggestedFields(plan, card({ class: 'praise' }), ['class', 'department'])).toEqual(both.slice(1));
    expect(suggestedFields(plan, card({ suggested_class: 'gone' }), ['class', 'department'])).toEqual([]);
    expect(suggestedFields(plan, card({}), ['class'])).toEqual([]);
  });
});
