// Two people let a statement out over missing signatures: one asks with a reason, a second in another role agrees in time, somebody else reviews it.
import type { Actor } from '@rejoinder/contracts/people';
import type { StatementGlass, StatementLine, StatementView } from '@rejoinder/contracts/statements';
import { AGREE_WITHIN, rolesThatBreakGlass, twoHands } from '@rejoinder/playbook/break-glass';
import { sayRoles } from '@rejoinder/playbook/levels';
import { glassOverStatementAt } from '@rejoinder/playbook/statement-signers';
import type { Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { findMember } from '../people/people.repository.ts';
import { updateRoom } from '../rooms/rooms.repository.ts';
import { requireAbility } from '../rooms/rooms.service.ts';
import { type Locked, personOf, viewNow } from './standing.service.ts';
import { changeStatement, type OnStatement } from './statement-change.service.ts';
import { refusePosted } from './statement-may-go.ts';
import { lineOf } from './statement-view.ts';
import { updateStatement } from './statements.repository.ts';
import { tellRoles } from './telling.service.ts';

/** The first call asks, the second one agrees; the words of a statement never change, so what the two saw is what goes out (CR-17). */
export function breakGlassStatement(
  deps: Deps,
  actor: Actor,
  on: OnStatement,
  { reason }: { reason: string },
): Promise<StatementLine> {
  return changeStatement(deps, actor, on, ['glass', reason], async ({ tx, now, log }, locked, statement, at) => {
    const { playbook, room } = locked;
    requireAbility(locked, actor, 'break_glass');
    refusePosted(locked, statement);
    const clause = playbook.breakGlass?.clause ?? 'Break-glass';
    const role = handOf(locked, actor, clause);
    if (lineOf(playbook, statement, at).missing.length === 0)
      throw refuse('CR-17', clause, 'Nothing stands in the way of these words; the glass stays whole.');
    const offeredAt = glassOverStatementAt(playbook, statement, room.level);
    if (offeredAt === null) throw refuse('CR-17', clause, 'The plan does not let anybody pass over signatures.');
    if (offeredAt > now)
      throw refuse('CR-17', clause, 'It is offered once those who are asked had time to answer.', [
        { do: 'wait', until: offeredAt, says: 'Wait until then' },
      ]);
    const hand = { by: personOf(actor), role, at: now };
    const open = statement.glass !== null && statement.glass.until >= now ? statement.glass : null;
    const glass = open === null ? asked(hand, reason, now, clause) : await agreed(open, hand, actor);
    const after: StatementView = { ...statement, glass };
    await updateStatement(tx, on.roomId, on.statementId, { glass: JSON.stringify(glass) });
    if (glass.agreed === null) log({ type: 'statement.glassAsked', data: { statement: after } });
    else {
      await markUnreviewed(tx, locked, [...unreviewedOf(locked), statement.id]);
      log({ type: 'statement.glassBroken', data: { room: await viewNow(tx, on.roomId), statement: after } });
      await tellOf(after, glass);
    }
    return lineOf(playbook, after, at);

    async function agreed(
      open: StatementGlass,
      hand: NonNullable<StatementGlass['agreed']>,
      second: Actor,
    ): Promise<StatementGlass> {
      const first = open.asked.by.userId;
      const member = await findMember(tx, on.roomId, first);
      const who = rolesThatBreakGlass(playbook, room.level);
      const hands = second.id === first ? null : twoHands(who, member?.roles ?? [], second.roles);
      if (hands === null)
        throw refuse(
          'CR-17',
          clause,
          `It takes two people in two of these roles: ${sayRoles(playbook, who)}.`,
          [],
          who,
        );
      return { ...open, asked: { ...open.asked, role: hands.asker }, agreed: { ...hand, role: hands.second } };
    }

    function tellOf(broken: StatementView, { asked, agreed }: StatementGlass): Promise<void> {
      return tellRoles(
        deps,
        tx,
        { roomId: on.roomId, roles: playbook.breakGlass?.tells ?? [] },
        {
          about: { kind: 'alarm', id: broken.id, cardId: null },
          urgent: true,
          title: 'Words to the public without their signatures',
          says: `${asked.by.name} and ${agreed?.by.name} broke the glass over a statement in ${room.name}.`,
          path: `/rooms/${on.roomId}/crisis`,
        },
        now,
      );
    }
  });
}

/** Somebody whom the plan names, and who had no hand in it, looked at what was let out; the marks end (CR-27). */
export function reviewStatementGlass(
  deps: Deps,
  actor: Actor,
  on: OnStatement,
  { note }: { note: string },
): Promise<StatementLine> {
  return changeStatement(deps, actor, on, ['glass-review', note], async ({ tx, now, log }, locked, statement, at) => {
    const { playbook } = locked;
    const clause = playbook.breakGlass?.clause ?? 'Break-glass';
    const who = playbook.breakGlass?.reviewedBy ?? [];
    const { glass } = statement;
    if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can review this.');
    if (!glass?.agreed || glass.reviewed)
      throw refuse('CR-27', clause, 'There is nothing to review here.', [{ do: 'reload', says: 'Show it as it is' }]);
    const isHand = [glass.asked, glass.agreed].some(({ by }) => by.userId === actor.id);
    if (isHand || !actor.roles.some((role) => who.includes(role)))
      throw refuse(
        'CR-27',
        clause,
        `It is reviewed by ${sayRoles(playbook, who)}, and by nobody who had a hand in it.`,
        [],
        who,
      );
    const reviewed = { by: personOf(actor), at: now, note: note.trim() };
    const after: StatementView = { ...statement, glass: { ...glass, reviewed } };
    await updateStatement(tx, on.roomId, on.statementId, { glass: JSON.stringify(after.glass) });
    await markUnreviewed(
      tx,
      locked,
      unreviewedOf(locked).filter((id) => id !== statement.id),
    );
    log({ type: 'statement.glassReviewed', data: { room: await viewNow(tx, on.roomId), statement: after } });
    return lineOf(playbook, after, at);
  });
}

const unreviewedOf = ({ crisis }: Locked): string[] => crisis.unreviewed ?? [];

/** The wall shows a mark while there is one. */
async function markUnreviewed(tx: Tx, { room, crisis }: Locked, ids: string[]): Promise<void> {
  const { unreviewed: _, ...rest } = crisis;
  const kept = ids.length === 0 ? rest : { ...rest, unreviewed: ids };
  await updateRoom(tx, room.room_id, { crisis: JSON.stringify(kept) });
}

function asked(hand: StatementGlass['asked'], reason: string, now: string, clause: string): StatementGlass {
  if (reason.trim() === '')
    throw refuse('CR-17', clause, 'Breaking the glass needs a reason.', [{ do: 'give-reason', says: 'Say why' }]);
  const until = new Date(Date.parse(now) + AGREE_WITHIN * 1000).toISOString();
  return { reason: reason.trim(), asked: hand, until, agreed: null };
}

/** The role in which this person may have a hand in it. @throws Refused */
function handOf({ playbook, room }: Locked, actor: Actor, clause: string): string {
  const who = rolesThatBreakGlass(playbook, room.level);
  const role = who.find((each) => actor.roles.includes(each));
  if (actor.kind === 'person' && role !== undefined) return role;
  const says =
    who.length === 0
      ? 'The plan has no break-glass at this level.'
      : `Breaking the glass takes two people in two of these roles: ${sayRoles(playbook, who)}.`;
  throw refuse('CR-17', clause, says, [], who);
}
