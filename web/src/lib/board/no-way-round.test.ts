// No way round the plan, in memory: random plans, people and actions; every verdict is checked by a second opinion and by the browser's facts.
import { columns, moveFacts } from '@rejoinder/board/views';
import type { MoveFacts } from '@rejoinder/contracts/cards';
import { GUARD_NAMES } from '@rejoinder/contracts/guards';
import type { Actor } from '@rejoinder/contracts/people';
import type { Condition } from '@rejoinder/contracts/playbooks';
import { judge } from '@rejoinder/playbook/guards/judge';
import { mayMove } from '@rejoinder/playbook/may-move';
import { readPlaybook } from '@rejoinder/playbook/read';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { act, type Step, steps } from '../../../../test/support/model-actions.ts';
import { ModelWorld } from '../../../../test/support/model-world.ts';
import { holds, oracleAllows } from '../../../../test/support/move-oracle.ts';
import { RANDOM_ROLES, randomPlaybook } from '../../../../test/support/random-playbook.ts';

/** `SEQUENCES=10000` runs as many; the number here is what a few seconds allow. */
const SEQUENCES = Number(process.env.SEQUENCES ?? 800);
const tally = { sequences: 0, judged: 0, moved: 0, glass: 0, bulk: 0 };

function actorOf(w: ModelWorld, { what, who, x }: Step): Actor | null {
  const person = w.people[who % w.people.length];
  if (what === 13) return null;
  if (what === 12)
    return { kind: 'token', id: 'tok_1', name: 'Script', roles: RANDOM_ROLES.filter((_, i) => (x >> i) % 2 === 1) };
  if (what === 14)
    return {
      kind: 'system',
      id: 'system',
      name: 'Timer',
      roles: w.plan.stages[x % w.plan.stages.length]?.workedBy ?? [],
    };
  return person === undefined ? null : { kind: 'person', id: person.id, name: person.id, roles: person.roles };
}

/** One move through one door: decided, compared with the oracle and with what the browser would say, and done or not. */
function move(w: ModelWorld, cardId: string, step: Step): void {
  const card = w.cards.get(cardId);
  if (card === undefined) throw new Error(`${cardId} is lost`);
  const { stages } = w.plan;
  // Half of the tries go one stage on, as people's do; the others go anywhere.
  const on = stages.findIndex((stage) => stage.id === card.stage) + 1;
  const at = step.to < 3 && on < stages.length ? on : step.to % stages.length;
  const to = step.to === 6 && step.x === 0 ? 'nowhere' : (stages[at]?.id ?? '');
  const actor = actorOf(w, step);
  const reason = step.reason ? 'Because.' : step.yes ? ' ' : '';
  const seen = step.x === 5 ? card.version - 1 : step.x === 7 ? null : card.version;
  const glass = step.what === 11;
  const facts: MoveFacts = { ...w.facts(card, actor, reason, seen), glass };
  const before = JSON.stringify(facts);
  const verdict = mayMove(w.plan, facts, to);
  expect(JSON.stringify(facts)).toBe(before);
  expect(verdict.ok, `${card.stage} → ${to} ${JSON.stringify(verdict)}`).toBe(oracleAllows(w.plan, facts, to));
  const browser = moveFacts(w.board, cardId, actor, reason, w.now);
  if (browser === null) throw new Error(`${cardId} is hidden`);
  expect({ ...browser, seenVersion: seen, glass }).toEqual(facts);
  expect(mayMove(w.plan, { ...browser, seenVersion: seen, glass }, to)).toEqual(verdict);
  tally.judged += 1;
  if (!verdict.ok) {
    expect(verdict.refusal.missing.length).toBeGreaterThan(0);
    for (const each of verdict.refusal.missing) {
      expect(each.rule).toMatch(/^(MV|GU)-\d+$/);
      expect(each.says).toMatch(/\S.*[.!?]$/s);
      expect(each.clause).not.toBe('');
    }
    return;
  }
  tally.moved += 1;
  if (verdict.skipped.length > 0) tally.glass += 1;
  w.move(card, to);
}

const VALUED = new Set<string>([
  'has_fields',
  'class_in',
  'level_at_least',
  'sign_offs_valid',
  'actor_has_role',
  'elapsed',
  'not_moved_within',
]);
const NO_VALUE = GUARD_NAMES.filter((name) => !VALUED.has(name)) as Extract<
  Condition,
  { guard: 'voice_clean' }
>['guard'][];
const EVERY: Condition[] = [
  ...NO_VALUE.map((guard) => ({ guard })),
  { guard: 'has_fields', fields: ['class', 'note'] },
  { guard: 'class_in', classes: ['c1'] },
  { guard: 'level_at_least', level: 2 },
  { guard: 'sign_offs_valid', signOff: 'reply' },
  { guard: 'actor_has_role', roles: ['ben', 'dora'] },
  { guard: 'elapsed', seconds: { 1: 600, 2: 60, 3: 60 } },
  { guard: 'not_moved_within', seconds: { 1: 120, 2: 120, 3: 120 } },
];

/** Each guard by itself, on every card as the sequence left it. */
function everyGuard(w: ModelWorld): void {
  const { plan } = w;
  for (const card of w.cards.values()) {
    const from = plan.stages.find((stage) => stage.id === card.stage);
    for (const [i, to] of plan.stages.entries()) {
      const person = w.people[i % w.people.length];
      const actor = person ? { kind: 'person' as const, id: person.id, name: person.id, roles: person.roles } : null;
      const facts = w.facts(card, actor, i % 2 === 0 ? '' : 'Because.', card.version - (i % 2));
      for (const condition of EVERY) {
        const lacks = judge({ playbook: plan, facts, from: from ?? null, to }, condition);
        expect(lacks.length === 0, `${condition.guard} ${JSON.stringify(lacks)}`).toBe(
          holds({ plan, facts, from, to }, condition),
        );
      }
    }
  }
}

function run(text: string, all: Step[]): void {
  const read = readPlaybook(text);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  const two = (i: number) => [RANDOM_ROLES[i] ?? 'ada', RANDOM_ROLES[(i + 1) % 4] ?? 'ben'];
  const people = [0, 1, 2, 3, 4].map((i) => ({ id: `usr_${i}`, roles: i === 4 ? [...RANDOM_ROLES] : two(i) }));
  const w = new ModelWorld(read.playbook, people, 4);
  for (const step of all) {
    const card = w.cards.get(`card_${step.card}`);
    if (card === undefined) throw new Error('a card is lost');
    if (step.what >= 15) act(w, card, step);
    else if (step.what === 10) {
      tally.bulk += 1;
      for (const id of w.cards.keys()) move(w, id, step);
    } else move(w, card.id, step);
  }
  everyGuard(w);
  const stages = read.playbook.stages.map((stage) => stage.id);
  expect(w.board.cards).toEqual(Object.fromEntries(w.cards));
  const shown = columns(w.board.cards, stages, w.now);
  expect(shown.map((each) => each.stage)).toEqual(stages);
  expect(shown.flatMap((each) => each.cards.map((card) => card.id)).sort()).toEqual([...w.cards.keys()].sort());
  tally.sequences += 1;
}

describe('no way round the plan', () => {
  it(`[MV-17] ${SEQUENCES} sequences of moves, edits, signatures, roles and levels reach no state a random plan forbids, and browser and server agree`, {
    timeout: 600_000,
  }, () => {
    fc.assert(fc.property(randomPlaybook, steps(40), run), { numRuns: SEQUENCES });
    // Were nothing ever allowed, nothing would be shown.
    expect(tally.moved / tally.judged).toBeGreaterThan(0.05);
    if (SEQUENCES >= 500) expect(tally.glass).toBeGreaterThan(0);
    if (process.env.SEQUENCES) console.log(JSON.stringify(tally));
  });
});
