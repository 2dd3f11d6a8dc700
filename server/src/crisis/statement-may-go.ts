// Whether a statement may go out now: signatures, the plan's text with nothing but its slots, level and day, clean words, and the account.
import { CHANNELS } from '@rejoinder/contracts/channels';
import type { Statement } from '@rejoinder/contracts/playbooks';
import type { StatementView } from '@rejoinder/contracts/statements';
import { sayRoles } from '@rejoinder/playbook/levels';
import { rolesStillNeeded } from '@rejoinder/playbook/signers';
import { STATEMENT_SIGN_OFF, type StatementAt, sayStatementMissing } from '@rejoinder/playbook/statement-signers';
import { isFilled, whyNotNow } from '@rejoinder/playbook/statements';
import { normalise } from '@rejoinder/signoff/fingerprint';
import { lengthOn } from '@rejoinder/voice/length';
import type { Row } from '../db/tables.ts';
import { refuse } from '../http/problems.ts';
import { forbidsSoleAuthor } from '../publishing/may-send.ts';
import { refuseUnclean } from './clean-words.ts';
import type { Locked } from './standing.service.ts';
import { lineOf } from './statement-view.ts';

/** Asked when it is recorded, when it is queued, and again at the wire (CR-24). @throws Refused */
export function refuseUnfit(locked: Locked, statement: StatementView, at: StatementAt): void {
  refuseUnsigned(locked, statement, at);
  if (!statement.changed) refuseNotCleared(locked, statement, at.now);
  refuseUnclean(locked.playbook, statement.text);
}

/** Why an account cannot say these words, in a sentence; null when it can (CR-23). */
export function whyNotFrom(account: Row<'accounts'>, text: string): string | null {
  if (!CHANNELS[account.channel].post) return `${account.name} only answers; it cannot post on its own.`;
  const { count, limit } = lengthOn(account.platform, text);
  return count > limit ? `${account.name} takes ${limit} characters; these words have ${count}.` : null;
}

/** Nobody signs, or records as posted, what stands in public already. */
export function refusePosted(locked: Locked, { posted }: StatementView): void {
  if (posted === null) return;
  throw refuse('CR-16', signOffClause(locked), `${posted.by.name} posted it at ${posted.at}.`, [
    { do: 'reload', says: 'Show it' },
  ]);
}

/** Cleared words hold for their levels and until their day. */
export function refuseNotNow(plan: Statement, { room }: Locked, now: string): void {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: room.zone }).format(new Date(now));
  const why = whyNotNow(plan, room.level, day);
  if (why !== null)
    throw refuse('CR-14', plan.clause, `${why} Give it in words of your own, and it goes to those who sign.`);
}

export const signOffClause = ({ playbook }: Locked): string =>
  playbook.signOffs.find((each) => each.id === STATEMENT_SIGN_OFF)?.clause ??
  playbook.statements[0]?.clause ??
  'Statements';

/** The plan that runs now must have cleared these very words, whatever an earlier one had. */
function refuseNotCleared(locked: Locked, { planId, text }: StatementView, now: string): void {
  const plan = locked.playbook.statements.find((each) => each.id === planId);
  if (!plan) throw refuse('CR-14', 'Statements', 'The plan that runs now has no such text; prepare it anew.');
  if (!isFilled({ ...plan, text: normalise(plan.text) }, text))
    throw refuse('CR-14', plan.clause, 'The plan that runs now clears other words than these; prepare it anew.');
  refuseNotNow(plan, locked, now);
}

function refuseUnsigned(locked: Locked, statement: StatementView, at: StatementAt): void {
  const { playbook } = locked;
  const { missing } = lineOf(playbook, { ...statement, posted: null }, at);
  const who = rolesStillNeeded(missing);
  const clause = signOffClause(locked);
  if (missing.length > 0)
    throw refuse(
      'CR-15',
      clause,
      sayStatementMissing(playbook, missing),
      who.map((role) => ({ do: 'ask-sign-off', role, says: `Ask ${sayRoles(playbook, [role])} to sign` }) as const),
      who,
    );
  const { by } = statement.prepared;
  const alone =
    statement.changed && !statement.glass?.agreed && statement.signatures.every((each) => each.by.userId === by.userId);
  if (alone && forbidsSoleAuthor(playbook, at.level))
    throw refuse(
      'CR-15',
      clause,
      `${by.name} wrote these words and is the only one who signed them; somebody else signs too.`,
    );
}
