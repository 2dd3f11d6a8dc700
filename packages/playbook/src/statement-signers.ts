// Whose signatures a statement in other words still lacks, who may sign now, and for whom a deputy stands in.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { StatementSignature, StatementView } from '@rejoinder/contracts/statements';
import { atLevel, sayList, sayRoles } from './levels.ts';
import { missingSigners, rolesStillNeeded } from './signers.ts';

/** The sign-off that words to everybody need once they are not the cleared ones. */
export const STATEMENT_SIGN_OFF = 'statement';

/** How a statement stands: `liable` where its words touch liability. */
export type StatementAt = { level: number; liable: boolean; now: string };
type Signed = Pick<StatementView, 'changed' | 'signatures' | 'prepared' | 'glass'>;

/** One entry a signature that lacks; none over cleared words, and none once two people broke the glass over exactly these. */
export function statementMissing(playbook: Playbook, statement: Signed, at: StatementAt): string[][] {
  if (!statement.changed || statement.glass?.agreed) return [];
  const valid = statement.signatures
    .filter((each) => each.expiresAt === null || each.expiresAt > at.now)
    .map(({ by, role, standsFor }) => ({
      userId: by.userId,
      role,
      standsFor: standsFor === null ? undefined : { role: standsFor },
    }));
  return missingSigners(playbook, STATEMENT_SIGN_OFF, at.level, valid, at.liable);
}

/**
 * In which way a role may sign now: for itself where it is asked, in place of a silent one whose deputy it is, or not at all (null).
 */
export function signsAs(
  playbook: Playbook,
  statement: Signed,
  role: string,
  at: StatementAt,
): Pick<StatementSignature, 'role' | 'standsFor'> | null {
  const asked = rolesStillNeeded(statementMissing(playbook, statement, at));
  if (asked.includes(role)) return { role, standsFor: null };
  const deputies = playbook.signOffs.find((each) => each.id === STATEMENT_SIGN_OFF)?.deputies;
  const after = deputies ? atLevel(deputies.after, at.level) : undefined;
  if (!deputies || after === undefined || secondsSince(statement.prepared.at, at.now) < after) return null;
  const silent = deputies.roles.find((each) => each.deputy === role && asked.includes(each.role));
  return silent ? { role, standsFor: silent.role } : null;
}

/** Who must sign, as a sentence; where the plan names nobody, that only cleared words may go out. */
export function sayStatementMissing(playbook: Playbook, missing: readonly string[][]): string {
  const slots = missing.filter((roles) => roles.length > 0);
  if (slots.length === 0)
    return 'The plan has no sign-off for statements in other words; only a cleared text with its slots filled may go out.';
  const who = sayList(
    slots.map((roles) => sayRoles(playbook, roles)),
    'and',
  );
  return `More than the slots changed. Still to sign: ${who}.`;
}

/** From when two people may break the glass over it; null where the plan does not let them pass over signatures. */
export function glassOverStatementAt(
  playbook: Playbook,
  statement: Pick<StatementView, 'prepared'>,
  level: number,
): string | null {
  const plan = playbook.breakGlass;
  if (plan === null || level < plan.fromLevel || !plan.over.includes('sign_offs_valid')) return null;
  const after = plan.after === null ? 0 : (atLevel(plan.after, level) ?? 0);
  return new Date(Date.parse(statement.prepared.at) + after * 1000).toISOString();
}

const secondsSince = (from: string, now: string): number => (Date.parse(now) - Date.parse(from)) / 1000;
