// The two ways to say no as thrown values: Problem (broken request) and Refused (an expected no).
import { PROBLEMS, type ProblemCode, type Refusal } from '@rejoinder/contracts/problems';

export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly close: number;
  readonly places: { path: string; says: string }[] | undefined;

  /** @param says replaces the catalogue's sentence when something more exact can be said. */
  constructor(code: ProblemCode, says?: string, places?: { path: string; says: string }[]) {
    super(says ?? PROBLEMS[code].says);
    this.code = code;
    this.status = PROBLEMS[code].status;
    this.close = PROBLEMS[code].close;
    this.places = places;
  }
}

/** An action the playbook or a rule says no to. Sent as 409 with the whole refusal. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.says);
    this.refusal = refusal;
  }
}

/** A refusal with a single unmet condition. */
export function refuse(
  rule: string,
  clause: string,
  says: string,
  fix: Refusal['fix'] = [],
  who: string[] = [],
): Refused {
  return new Refused({ rule, clause, says, missing: [{ rule, clause, says, who, fix }], who, fix });
}
