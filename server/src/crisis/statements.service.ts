// Statements: filled from a cleared text, and signed where more than the slots changed.
import type { Actor } from '@rejoinder/contracts/people';
import type { StatementLine, StatementView } from '@rejoinder/contracts/statements';
import { sayRoles } from '@rejoinder/playbook/levels';
import { rolesStillNeeded, signOffExpiresAt } from '@rejoinder/playbook/signers';
import { STATEMENT_SIGN_OFF, type StatementAt, signsAs } from '@rejoinder/playbook/statement-signers';
import { fillStatement, slotFaults } from '@rejoinder/playbook/statements';
import { normalise, statementFingerprint } from '@rejoinder/signoff/fingerprint';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { jobsOfStatements } from '../publishing/jobs.repository.ts';
import { requireAbility, roomContext } from '../rooms/rooms.service.ts';
import { isLiable, refuseUnclean } from './clean-words.ts';
import { changeCrisis, type OnRoom, personOf } from './standing.service.ts';
import { changeStatement, type OnStatement } from './statement-change.service.ts';
import { refuseNotNow, refusePosted, signOffClause } from './statement-may-go.ts';
import { asRow, asStatement, lineOf } from './statement-view.ts';
import { insertStatement, newestStatements, updateStatement } from './statements.repository.ts';

const SHOWN = 50;

export async function listStatements(deps: Deps, roomId: string): Promise<{ statements: StatementLine[] }> {
  const { room, playbook } = await roomContext(deps.db, roomId);
  const rows = await newestStatements(deps.db, roomId, SHOWN);
  const now = deps.now();
  const at = (liable: boolean): StatementAt => ({ level: room.level, liable, now });
  const jobs = await jobsOfStatements(
    deps.db,
    roomId,
    rows.map((row) => row.statement_id),
  );
  return { statements: rows.map((row) => lineOf(playbook, asStatement(row, jobs), at(row.liability))) };
}

/** Fills a cleared text; other words than the plan's are kept too, and then have to be signed (CR-14, CR-15). */
export function prepareStatement(
  deps: Deps,
  actor: Actor,
  on: OnRoom,
  input: { planId: string; slots: Record<string, string>; text: string | null },
): Promise<StatementLine> {
  return changeCrisis(deps, actor, on, ['statement', input], async ({ tx, now, log }, locked) => {
    requireAbility(locked, actor, 'draft');
    const { playbook, room } = locked;
    const plan = playbook.statements.find((each) => each.id === input.planId);
    if (!plan)
      throw new Problem('not-valid', 'The plan has no such text.', [{ path: '/planId', says: 'no such text' }]);
    const filled = normalise(fillStatement(plan, input.slots));
    const text = input.text === null ? filled : normalise(input.text);
    const faults = slotFaults(plan, input.slots);
    const changed = text !== filled || faults.length > 0;
    if (input.text === null && faults.length > 0) throw refuse('CR-14', plan.clause, faults.join(' '));
    if (!changed) refuseNotNow(plan, locked, now);
    if (text.trim() === '')
      throw new Problem('not-valid', 'A statement has words.', [{ path: '/text', says: 'empty' }]);
    refuseUnclean(playbook, text);
    const statement: StatementView = {
      id: deps.newId('stm'),
      planId: plan.id,
      kind: plan.kind,
      text,
      changed,
      fingerprint: statementFingerprint(plan.id, text),
      prepared: { by: personOf(actor), at: now },
      signatures: [],
      glass: null,
      posted: null,
    };
    const liable = isLiable(playbook, text);
    await insertStatement(tx, asRow(on.roomId, statement, liable));
    log({ type: 'statement.prepared', data: { statement } });
    return lineOf(playbook, statement, { level: room.level, liable, now });
  });
}

/** A person agrees to exactly these words, in a role that is asked or whose silent colleague they stand in for (CR-15). */
export function signStatement(
  deps: Deps,
  actor: Actor,
  on: OnStatement,
  { fingerprint, role }: { fingerprint: string; role: string },
): Promise<StatementLine> {
  return changeStatement(
    deps,
    actor,
    on,
    ['sign', fingerprint, role],
    async ({ tx, now, log }, locked, statement, at) => {
      requireAbility(locked, actor, 'sign');
      refusePosted(locked, statement);
      const { playbook } = locked;
      const clause = signOffClause(locked);
      if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person signs.');
      if (!actor.roles.includes(role)) throw new Problem('not-allowed', 'You do not hold this role.');
      if (statement.fingerprint !== fingerprint)
        throw refuse('CR-15', clause, 'These are other words than those you read.', [
          { do: 'reload', says: 'Read them' },
        ]);
      const as = signsAs(playbook, statement, role, at);
      if (as === null) {
        const asked = rolesStillNeeded(lineOf(playbook, statement, at).missing);
        const says =
          asked.length === 0
            ? 'Nobody has to sign these words any more.'
            : `Asked to sign: ${sayRoles(playbook, asked)}.`;
        throw refuse('CR-15', clause, says, [], asked);
      }
      const expiresAt = signOffExpiresAt(playbook, STATEMENT_SIGN_OFF, at.level, now);
      const signed = {
        ...statement,
        signatures: [...statement.signatures, { by: personOf(actor), ...as, at: now, expiresAt }],
      };
      await updateStatement(tx, on.roomId, on.statementId, { signatures: JSON.stringify(signed.signatures) });
      log({ type: 'statement.signed', data: { statement: signed } });
      return lineOf(playbook, signed, at);
    },
  );
}
