// Asks the people of one step: whom the plan names for it now, by the ways that work, each with a short-lived link of their own.
import { createHash, randomBytes } from 'node:crypto';
import type { CardView } from '@rejoinder/contracts/cards';
import type { Ladder, LadderStep, ReachBy } from '@rejoinder/contracts/playbooks';
import { type Candidate, type LadderFacts, unreached, whomToAsk } from '@rejoinder/playbook/ladders';
import { sayWhom } from '@rejoinder/playbook/step-names';
import { awaitedRoles } from '@rejoinder/playbook/who-waits';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { onDutyNow } from '../duty/duty.service.ts';
import { membersByEmail, membersOf } from '../people/people.repository.ts';
import { tell, waysTo } from '../reaching/reaching.service.ts';
import type { RoomContext } from '../rooms/rooms.service.ts';
import { type Ask, insertAsk, type Run } from './ladders.repository.ts';

/** A run under lock, with what its next step is resolved against. */
export type Standing = RoomContext & { run: Run; ladder: Ladder; card: CardView | null; asks: Ask[] };

/** Where none of the step's ways works for somebody: by any that does, the board last. */
const ELSE: ReachBy[] = ['push', 'chat', 'email', 'board'];

/** Asks the step's people and answers null, or says why nobody could be asked. */
export async function askStep(
  deps: Deps,
  change: Pick<Change, 'tx' | 'now'>,
  at: Standing,
  step: LadderStep,
): Promise<string | null> {
  const { playbook, run } = at;
  const verdict = whomToAsk(playbook, step, await factsOf(change, at));
  if ('nobody' in verdict) return verdict.nobody;
  const found: { person: Candidate; ways: ReachBy[] }[] = [];
  for (const person of verdict.people) {
    const { userId, name, phone } = person;
    const by = (channels: ReachBy[]) => waysTo(change.tx, run.room_id, { userId, name, phone }, channels);
    const ways = await by(person.channels);
    found.push({ person, ways: ways.length > 0 ? ways : await by(ELSE) });
  }
  if (found.every(({ ways }) => ways.length === 0)) return unreached(verdict.people);
  for (const { person, ways } of found) await ask(deps, change, at, step, person, ways);
  return null;
}

async function ask(
  deps: Deps,
  { tx, now }: Pick<Change, 'tx' | 'now'>,
  { room, playbook, run }: Standing,
  step: LadderStep,
  { key, userId, name, phone }: Candidate,
  ways: ReachBy[],
): Promise<void> {
  const askId = deps.newId('ask');
  const isSent = ways.some((way) => way !== 'board');
  const token = isSent ? randomBytes(24).toString('base64url') : null;
  await insertAsk(tx, {
    room_id: run.room_id,
    ask_id: askId,
    run_id: run.run_id,
    round: run.round,
    step: run.step,
    whom: step.whom,
    person_key: key,
    user_id: userId,
    name,
    ways,
    state: ways.length === 0 ? 'unreachable' : 'waiting',
    at: now,
    answered_at: null,
    says: ways.length === 0 ? 'No way that works.' : '',
    token_hash: token === null ? null : hashToken(token),
  });
  if (token === null) return;
  await tell(
    deps,
    tx,
    {
      roomId: run.room_id,
      to: { userId, name, phone },
      ways,
      about: { kind: 'ask', id: askId, cardId: run.card_id },
      urgent: true,
      title: `${room.name}: ${run.name}`,
      says: `${run.says} You are asked as ${sayWhom(playbook, step.whom).toLowerCase()}. Accept it, or pass it on.`,
      path: `/a/${token}`,
    },
    now,
  );
}

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

async function factsOf(
  { tx, now }: Pick<Change, 'tx' | 'now'>,
  { room, playbook, run, card, asks }: Standing,
): Promise<LadderFacts> {
  const members = await membersOf(tx, run.room_id);
  const department = card?.fields.department ?? null;
  const ofRound = asks.filter((each) => each.round === run.round);
  return {
    now,
    card: card && { department, ownerId: card.owner?.userId ?? null },
    members: members.map((each) => ({ userId: each.user_id, name: each.name, roles: each.roles })),
    onDuty: await onDutyNow(tx, run.room_id, now),
    byAddress: Object.fromEntries(await membersByEmail(tx, run.room_id)),
    awaited: card ? awaitedRoles(playbook, card, room.level, now) : [],
    asked: ofRound.map((each) => each.person_key),
    passed: ofRound.flatMap((each) => (each.state === 'passedOn' ? [each.person_key] : [])),
  };
}
