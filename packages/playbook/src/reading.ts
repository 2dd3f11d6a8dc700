// One reading of a document: its faults, its numbered rules, and the names it refers to, checked once all are known.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { FaultList, type Place } from './faults.ts';
import { nearest } from './nearest.ts';

/** What a plan declares by name, in the words a fault uses. */
export const REF_KINDS = [
  'role',
  'stage',
  'sign-off',
  'clock',
  'ladder',
  'calendar',
  'class',
  'department',
  'field',
] as const;
export type RefKind = (typeof REF_KINDS)[number];
type Ref = { kinds: readonly RefKind[]; also: readonly string[]; id: string; at: Place; clause: string | undefined };
type PendingRule = { clause: string; line: number; say: (playbook: Playbook) => string };

/** Names a document declares, by kind. */
export type Declared = Record<RefKind, Set<string>>;

export class Reading {
  readonly faults = new FaultList();
  /** The numbers of the levels, in order; known before any block is read, because values are given per level. */
  levels: number[] = [1];
  /** The heading over the block that is being read; its rules are named after it. */
  heading = '';
  readonly declared: Declared = {
    role: new Set(),
    stage: new Set(),
    'sign-off': new Set(),
    clock: new Set(),
    ladder: new Set(),
    // Day and night is built in.
    calendar: new Set(['always']),
    class: new Set(),
    department: new Set(),
    field: new Set(),
  };
  readonly #rules: PendingRule[] = [];
  readonly #refs: Ref[] = [];
  readonly #counts = new Map<string, number>();

  /** Numbers the next rule under a heading and remembers how to say it: `Sign-off §1`. */
  clause(heading: string, line: number, say: (playbook: Playbook) => string): string {
    const number = (this.#counts.get(heading) ?? 0) + 1;
    this.#counts.set(heading, number);
    const clause = `${heading || 'Plan'} §${number}`;
    this.#rules.push({ clause, line, say });
    return clause;
  }

  /** The next rule under the heading of the block that is being read. */
  rule(at: Place, say: (playbook: Playbook) => string): string {
    return this.clause(this.heading, at.line, say);
  }

  declare(kind: RefKind, id: string, at: Place): void {
    if (this.declared[kind].has(id))
      this.faults.add(at, `The ${kind} \`${id}\` is declared a second time.`, 'each name once');
    this.declared[kind].add(id);
  }

  /** Remembers a name for the check at the end: one of these kinds declares it, or it is one of `also`. */
  refer(
    kind: RefKind | readonly RefKind[],
    id: string,
    at: Place,
    clause?: string,
    also: readonly string[] = [],
  ): void {
    this.#refs.push({ kinds: typeof kind === 'string' ? [kind] : kind, also, id, at, clause });
  }

  /** Faults for every name that nothing declares. */
  checkReferences(): void {
    for (const { kinds, also, id, at, clause } of this.#refs) {
      if (also.includes(id) || kinds.some((kind) => this.declared[kind].has(id))) continue;
      const known = [...also, ...kinds.flatMap((kind) => [...this.declared[kind]])];
      this.faults.add(
        at,
        `There is no ${kinds.join(' or ')} \`${id.slice(0, 60)}\` in this plan.`,
        oneOf(id, known),
        clause,
      );
    }
  }

  /** Every rule with its sentence, in document order. */
  rules(playbook: Playbook): { clause: string; sentence: string; line: number }[] {
    return this.#rules.map((rule) => ({ clause: rule.clause, sentence: rule.say(playbook), line: rule.line }));
  }
}

/** What would be right instead of `given`: the nearest of the known names first. */
export function oneOf(given: string, known: readonly string[]): string {
  if (known.length === 0) return 'one that is declared; none is';
  const near = nearest(given, known);
  const list = known.slice(0, 24).join(', ') + (known.length > 24 ? ', …' : '');
  return near === null ? `one of ${list}` : `\`${near}\`, or one of ${list}`;
}
