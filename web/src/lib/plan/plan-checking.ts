// What can be said about the text of a plan: what is wrong at which place, what it declares, and, when it reads, how it would look.
import type { Playbook, Strength } from '@rejoinder/contracts/playbooks';
import { lintPlaybook, type Outside } from '@rejoinder/playbook/lint';
import { namesIn, readPlaybook } from '@rejoinder/playbook/read';
import { type PlanSection, renderPlan } from '@rejoinder/playbook/render';
import type { Names } from './plan-offers.ts';

/** `weight`: `fault` the text cannot be read, `block` it may not be adopted. `column` null: the whole line is meant. */
export type PlanFinding = {
  line: number;
  column: number | null;
  weight: 'fault' | Strength;
  says: string;
  why: string;
  wants: string;
  rule: string;
  clause: string;
};
/** A text that reads, as the board and the page would have it. */
export type ReadPlan = { playbook: Playbook; sections: readonly PlanSection[] };
export type PlanCheck = { findings: readonly PlanFinding[]; names: Names; plan: ReadPlan | null };

export function checkPlan(text: string, outside: Outside): PlanCheck {
  const names = namesIn(text);
  const read = readPlaybook(text);
  if ('faults' in read) {
    const findings = read.faults.map(({ line, column, says, wants, clause }) => ({
      line,
      column,
      weight: 'fault' as const,
      says,
      why: '',
      wants,
      rule: '',
      clause: clause ?? '',
    }));
    return { findings, names, plan: null };
  }
  const { playbook } = read;
  const findings = lintPlaybook(playbook, outside).map(({ strength, ...found }) => ({
    ...found,
    column: null,
    weight: strength,
  }));
  return { findings, names, plan: { playbook, sections: renderPlan(text, playbook) } };
}

/** How many findings stand in the way of adopting the text, and how many do not. */
export function countFindings(findings: readonly PlanFinding[]): { stops: number; hints: number } {
  const stops = findings.filter(({ weight }) => weight === 'fault' || weight === 'block').length;
  return { stops, hints: findings.length - stops };
}
