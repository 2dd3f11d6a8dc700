// The page behind the short-lived link of one ask: what its holder may see, and their answer. No session: the link is the key (LD-15).
import type { AskPage } from '@rejoinder/contracts/ladders';
import type { Actor } from '@rejoinder/contracts/people';
import { readCard } from '../cards/card-view.service.ts';
import type { Executor } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { Problem, Refused } from '../http/problems.ts';
import { findMember } from '../people/people.repository.ts';
import { findRoom } from '../rooms/rooms.repository.ts';
import { answerByLink } from './answering.service.ts';
import { hashToken } from './asking.service.ts';
import { type Ask, askOfToken, asksOf, findRun } from './ladders.repository.ts';

/** A link is good for a day, whatever becomes of the ladder. */
const GOOD_FOR_MS = 24 * 3_600_000;

/** @throws Problem `not-found` for a link nobody made */
export async function readAsk(deps: Deps, token: string): Promise<AskPage> {
  return pageOf(deps.db, await askOf(deps, token), deps.now());
}

/** Accepts, or with a reason passes on. What is not open any more is shown as it is, not refused: whoever comes late sees who has it. */
export async function answerAsk(deps: Deps, token: string, reason: string | null): Promise<AskPage> {
  const ask = await askOf(deps, token);
  const actor = await actorOf(deps.db, ask);
  if (actor !== null && Date.parse(deps.now()) < Date.parse(ask.at) + GOOD_FOR_MS) {
    const who = { userId: ask.user_id, name: ask.name, askId: ask.ask_id };
    await deps.events
      .change({ roomId: ask.room_id, actor }, (change) => answerByLink(deps, change, ask, who, reason))
      .catch((error) => {
        if (!(error instanceof Refused)) throw error;
      });
  }
  return readAsk(deps, token);
}

async function askOf(deps: Deps, token: string): Promise<Ask> {
  const ask = await askOfToken(deps.db, hashToken(token));
  if (!ask) throw new Problem('not-found', 'This link is not valid any more.');
  return ask;
}

/** A member acts as themselves, with the roles they hold now; somebody the plan names acts under the name it gives. Null: left the room. */
async function actorOf(db: Executor, ask: Ask): Promise<Actor | null> {
  if (ask.user_id === null) return { kind: 'token', id: ask.ask_id, name: ask.name, roles: [] };
  const member = await findMember(db, ask.room_id, ask.user_id);
  return member ? { kind: 'person', id: member.user_id, name: member.name, roles: member.roles } : null;
}

async function pageOf(db: Executor, ask: Ask, now: string): Promise<AskPage> {
  const room = await findRoom(db, ask.room_id);
  const run = await findRun(db, ask.room_id, ask.run_id);
  if (!room || !run) throw new Problem('not-found', 'This link is not valid any more.');
  const taker = (await asksOf(db, ask.room_id, [run.run_id])).findLast(
    (each) => each.round === run.round && each.state === 'accepted',
  );
  const answer = ask.state === 'accepted' || ask.state === 'passedOn' ? ask.state : null;
  const isOld = Date.parse(now) >= Date.parse(ask.at) + GOOD_FOR_MS;
  const isGone = run.state === 'ended' || (await actorOf(db, ask)) === null;
  const isTaken = run.state === 'accepted' && taker !== undefined;
  const card = run.card_id === null ? undefined : await readCard(db, ask.room_id, run.card_id);
  return {
    state: answer !== null ? 'answered' : isTaken ? 'taken' : isOld || isGone ? 'expired' : 'waiting',
    room: room.name,
    ladder: run.name,
    says: run.says,
    name: ask.name,
    by: taker?.name ?? null,
    answeredAt: answer !== null ? ask.answered_at : (taker?.answered_at ?? null),
    answer,
    since: run.started_at,
    dueAt: card?.clocks.find((clock) => clock.stoppedAt === null)?.promisedUntil ?? null,
    zone: room.zone,
  };
}
