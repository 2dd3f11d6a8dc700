// What the linter finds and what it may be told from outside the plan.
import type { Condition, Playbook, Strength } from '@rejoinder/contracts/playbooks';

/** One finding: its rule number, clause and line, what is wrong, why that matters, and what would mend it. */
export type LintFinding = {
  rule: string;
  clause: string;
  /** Line of the clause; 1 where the finding is about the whole plan. */
  line: number;
  says: string;
  why: string;
  wants: string;
  strength: Strength;
};

/** A finding before its line is looked up. */
export type Found = Omit<LintFinding, 'line'>;

/** What a plan alone cannot tell. What is left out is not looked at. */
export type Outside = {
  /** The day, `2026-09-01`. */
  today?: string;
  /** How many people hold each role in the room. */
  staffed?: Record<string, number>;
  /** Names of room guards whose facts the room supplies. */
  measured?: readonly string[];
};

export type LintRule = (playbook: Playbook, outside: Outside) => Found[];

/** True when the condition asks for this guard and nothing lets it off: by itself or within `all`. */
export function uses(condition: Condition, name: Condition['guard']): boolean {
  if (condition.guard === name) return true;
  return condition.guard === 'all' && condition.of.some((each) => uses(each, name));
}
