// The quiet digest: what waits for a person and is still unread goes out in one message, by e-mail where that works, else by push.
import { randomUUID } from 'node:crypto';
import type { ReachAnswer } from '@rejoinder/contracts/reaching';
import type { Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { addressBook, choiceOf } from './addresses.repository.ts';
import type { Outgoing, Sent } from './channel.ts';
import { dueDigests, type GatheredRow, takeGathered, updateGathered } from './messages.repository.ts';
import type { Posts } from './posts.ts';
import { afterQuiet } from './quiet-hours.ts';
import { canReach } from './which-way.ts';

const LOST_MS = 25_000;
/** A digest that did not go out waits this long; after so many times it stays on the board. */
const AGAIN_MS = 15 * 60_000;
const ATTEMPTS = 4;

type Digest = { rows: GatheredRow[]; way: 'email' | 'push'; outgoing: Outgoing };

/** Every digest that is due; each person's by itself, a slow one holds up none but its round. */
export async function sendDueDigests(deps: Deps, posts: Posts): Promise<void> {
  const due = await dueDigests(deps.db, deps.now(), 8);
  await Promise.all(due.map((userId) => sendDigest(deps, posts, userId)));
}

async function sendDigest(deps: Deps, posts: Posts, userId: string): Promise<void> {
  const digest = await deps.db.transaction().execute((tx) => takeDigest(deps, tx, userId));
  if (!digest) return;
  const { rows, way, outgoing } = digest;
  const sent = await posts.send(way, outgoing, { roomId: null, userId, phone: null });
  await deps.db.transaction().execute((tx) => noteDigest(deps, tx, rows, way, sent));
}

async function takeDigest(deps: Deps, tx: Tx, userId: string): Promise<Digest | null> {
  const now = deps.now();
  const all = await takeGathered(tx, userId, now);
  const choice = await choiceOf(tx, userId);
  const waits = afterQuiet(now, choice.quiet);
  if (choice.unimportant !== 'never' && waits > now) {
    await updateGathered(tx, all, { state: 'gathering', run_at: waits, deadline_at: null });
    return null;
  }
  const [rows, gone] = [all.filter((row) => row.is_member), all.filter((row) => !row.is_member)];
  await updateGathered(tx, gone, { state: 'failed', deadline_at: null });
  const [first] = rows;
  if (!first) return null;
  const book = await addressBook(tx, first.room_id, userId);
  const to = { userId, name: first.to_name, phone: null };
  const way = (['email', 'push'] as const).find((each) => canReach(each, to, book));
  if (!way || choice.unimportant === 'never') {
    await updateGathered(tx, rows, { state: 'board', way: 'board', deadline_at: null });
    return null;
  }
  const deadline = new Date(Date.parse(now) + LOST_MS).toISOString();
  await updateGathered(tx, rows, { state: 'sending', attempt: first.attempt + 1, deadline_at: deadline });
  const taken = rows.map((row) => ({ ...row, attempt: first.attempt + 1 }));
  return { rows: taken, way, outgoing: asOne(rows, deps.config.publicOrigin, now) };
}

/** The names of rooms and people and what kind of thing each is; the words stay in the app (RE-10). */
function asOne(rows: GatheredRow[], origin: string, now: string): Outgoing {
  const byRoom = [...Map.groupBy(rows, (row) => row.room_name)];
  const many = rows.length === 1 ? '1 thing waits' : `${rows.length} things wait`;
  const lines = byRoom.flatMap(([room, its]) => [
    `${room}:`,
    ...its.map((row) => `- ${row.title} ${origin}${row.path}`),
  ]);
  const [first] = rows;
  return {
    id: `digest_${randomUUID()}`,
    kind: 'digest',
    to: first?.to_name ?? '',
    room: byRoom.length === 1 ? (first?.room_name ?? '') : 'Rejoinder',
    urgent: false,
    title: `${many} for you`,
    says: lines.join('\n'),
    link: byRoom.length === 1 ? `${origin}/rooms/${first?.room_id}` : `${origin}/rooms`,
    at: now,
  };
}

async function noteDigest(deps: Deps, tx: Tx, rows: GatheredRow[], way: 'email' | 'push', sent: Sent): Promise<void> {
  const now = deps.now();
  const answer: ReachAnswer = { way, at: now, delivered: sent.outcome === 'delivered', says: sent.says };
  const kept = { answers: JSON.stringify([answer]), deadline_at: null };
  const attempt = rows[0]?.attempt ?? ATTEMPTS;
  if (sent.outcome === 'delivered') await updateGathered(tx, rows, { ...kept, state: 'delivered', way });
  else if (attempt >= ATTEMPTS || (sent.outcome === 'failed' && sent.forGood))
    await updateGathered(tx, rows, { ...kept, state: 'failed' });
  else {
    const runAt = new Date(Date.parse(now) + AGAIN_MS).toISOString();
    await updateGathered(tx, rows, { ...kept, state: 'gathering', run_at: runAt });
  }
}
