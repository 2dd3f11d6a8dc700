// Statements: filled from a cleared text, signed where more than the slots changed, and recorded as posted word for word.
import type { Actor } from '@rejoinder/contracts/people';
import type { Statement } from '@rejoinder/contracts/playbooks';
import type { RoomView } from '@rejoinder/contracts/rooms';
import type { StatementLine, StatementView } from '@rejoinder/contracts/statements';
import { sayRoles } from '@rejoinder/playbook/levels';
import { rolesStillNeeded, signOffExpiresAt } from '@rejoinder/playbook/signers';
import {
  STATEMENT_SIGN_OFF,
  type StatementAt,
  sayStatementMissing,
  signsAs,
} from '@rejoinder/playbook/statement-signers';
import { fillStatement, slotFaults, whyNotNow } from '@rejoinder/playbook/statements';
import { normalise, statementFingerprint } from '@rejoinder/signoff/fingerprint';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { setPromises } from '../escalation/room-promises.service.ts';
import { Problem, refuse } from '../http/problems.ts';
import { forbidsSoleAuthor } from '../publishing/may-send.ts';
import { promisesOf } from '../rooms/rooms.repository.ts';
import { readUrl, requireAbility, roomContext } from '../rooms/rooms.service.ts';
import { isLiable, refuseUnclean } from './clean-words.ts';
import { insertUpdate } from './crisis.repository.ts';
import { noteCriteria } from './criteria.service.ts';
import {
  changeCrisis,
  crisisContext,
  endLadders,
  type Locked,
  type OnRoom,
  personOf,
  viewNow,
} from './standing.service.ts';
import { asRow, asStatement, lineOf } from './statement-view.ts';
import { insertStatement, lockStatement, newestStatements, updateStatement } from './statements.repository.ts';
import { asRow as asUpdateRow, keepUpdatePromise, saidLast } from './updates.service.ts';

const SHOWN = 50;
export type OnStatement = OnRoom & { statementId: string };

export async function listStatements(deps: Deps, roomId: string): Promise<{ statements: StatementLine[] }> {
  const { room, playbook } = await roomContext(deps.db, roomId);
  const rows = await newestStatements(deps.db, roomId, SHOWN);
  const now = deps.now();
  const at = (liable: boolean): StatementAt => ({ level: room.level, liable, now });
  return { statements: rows.map((row) => lineOf(playbook, asStatement(row), at(row.liability))) };
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

/** A person posted exactly these words and says where; nothing unsigned is ever recorded as ours (CR-16). */
export function postStatement(
  deps: Deps,
  actor: Actor,
  on: OnStatement,
  { url: address, nextAt }: { url: string; nextAt: string | null },
): Promise<StatementLine & { room: RoomView }> {
  return changeStatement(deps, actor, on, ['posted', address, nextAt], async (change, locked, statement, at) => {
    const { tx, now, log } = change;
    const { playbook } = locked;
    requireAbility(locked, actor, 'publish');
    if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can say that they posted it.');
    const url = readUrl(address);
    refuseUnsigned(locked, statement, at);
    if (!statement.changed) refuseNotNow(planOf(locked, statement), locked, now);
    refuseUnclean(playbook, statement.text);
    await noteCriteria(tx, locked, now);
    const before = await promisesOf(tx, on.roomId);
    await stopClocks(change, locked, statement.kind);
    const next = await keepUpdatePromise(change, locked, 'public', nextAt);
    await endLadders(deps, change, on.roomId, before);
    const by = personOf(actor);
    const posted: StatementView = { ...statement, posted: { by, at: now, url } };
    await updateStatement(tx, on.roomId, on.statementId, { posted: JSON.stringify(posted.posted) });
    const said = { text: statement.text, url, at: now };
    const update = {
      id: deps.newId('upd'),
      audience: 'public' as const,
      statementId: statement.id,
      nextAt: next,
      by,
      ...said,
    };
    await insertUpdate(tx, asUpdateRow(on.roomId, update));
    await saidLast(change, locked, { kind: statement.kind, ...said });
    await noteCriteria(tx, await crisisContext(tx, on.roomId), now);
    const room = await viewNow(tx, on.roomId);
    log({ type: 'statement.posted', data: { room, statement: posted } });
    return { room, ...lineOf(playbook, posted, at) };
  });
}

/** A change of one statement that is not posted yet, under the room's lock. */
export function changeStatement<T>(
  deps: Deps,
  actor: Actor,
  on: OnStatement,
  request: unknown,
  work: (change: Change, locked: Locked, statement: StatementView, at: StatementAt) => Promise<T>,
): Promise<T> {
  return changeCrisis(deps, actor, on, [on.statementId, request], async (change, locked) => {
    const row = await lockStatement(change.tx, on.roomId, on.statementId);
    if (!row) throw new Problem('not-found');
    const statement = asStatement(row);
    if (statement.posted !== null)
      throw refuse('CR-16', signOffClause(locked), `${statement.posted.by.name} posted it at ${statement.posted.at}.`, [
        { do: 'reload', says: 'Show it' },
      ]);
    return work(change, locked, statement, { level: locked.room.level, liable: row.liability, now: change.now });
  });
}

export const signOffClause = ({ playbook }: Locked): string =>
  playbook.signOffs.find((each) => each.id === STATEMENT_SIGN_OFF)?.clause ??
  playbook.statements[0]?.clause ??
  'Statements';

function refuseUnsigned(locked: Locked, statement: StatementView, at: StatementAt): void {
  const { playbook } = locked;
  const { missing } = lineOf(playbook, statement, at);
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

/** Cleared words hold for their levels and until their day. */
function refuseNotNow(plan: Statement, { room }: Locked, now: string): void {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: room.zone }).format(new Date(now));
  const why = whyNotNow(plan, room.level, day);
  if (why !== null)
    throw refuse('CR-14', plan.clause, `${why} Give it in words of your own, and it goes to those who sign.`);
}

function planOf({ playbook }: Locked, { planId }: StatementView): Statement {
  const plan = playbook.statements.find((each) => each.id === planId);
  if (plan) return plan;
  throw refuse('CR-14', 'Statements', 'The plan that runs now has no such text; prepare it anew.', [], []);
}

/** A holding text in public stops the clocks that wait for one. */
async function stopClocks({ tx }: Change, { room, playbook }: Locked, kind: StatementView['kind']): Promise<void> {
  if (kind !== 'holding') return;
  const stopped = playbook.clocks.filter((clock) => clock.stops === 'holding_posted').map(({ id }) => `clock:${id}`);
  const running = await promisesOf(tx, room.room_id);
  await setPromises(
    tx,
    room.room_id,
    running.filter(({ id }) => !stopped.includes(id)),
  );
}
