// The one table "on event X run Y". Each handler has its own cursor per room and is idempotent by a natural key.
import type { Actor } from '@rejoinder/contracts/people';
import { voidOnNewPosts } from './approvals/approvals.service.ts';
import { followTurns } from './approvals/deputies.service.ts';
import { findAccounts } from './cards/accounts.service.ts';
import { moveAfterHeating, moveAfterReply } from './cards/automation.ts';
import { cardsFromVerdicts, postsChanged } from './cards/opening.service.ts';
import { cardsFromMessages } from './cards/private-messages.service.ts';
import { tellOfGlass } from './crisis/telling.service.ts';
import type { Deps } from './deps.ts';
import { judgeDraftsAgain } from './drafts/judging-again.service.ts';
import { followLadders, isForLadders } from './escalation/following.service.ts';
import { createRunner, type FlowHandler, type Runner } from './flow-runner.ts';
import { isPressed } from './ingest/coalescer.ts';
import { forgetRoom, triageBatch } from './triage/triage.service.ts';

const system = (id: string, name: string): Actor => ({ kind: 'system', id: `system:${id}`, name, roles: [] });

export const FLOW: readonly FlowHandler[] = [
  {
    name: 'triage',
    on: ['mention.received'],
    paceMs: 100,
    weigh: (event) => (event.type === 'mention.received' ? event.data.created.length : 0),
    // A mention is stored and shown first and judged a moment later, so that a burst does not keep its sender waiting.
    yields: { to: isPressed, ms: 2_000, most: 10_000 },
    actor: system('triage', 'Triage'),
    run: triageBatch,
    failed: forgetRoom,
  },
  { name: 'cards', on: ['mention.triaged'], actor: system('cards', 'Card desk'), run: cardsFromVerdicts },
  {
    name: 'posts',
    on: ['mention.received'],
    wants: (event) => event.type === 'mention.received' && event.data.edited.length + event.data.deleted.length > 0,
    actor: system('cards', 'Card desk'),
    run: postsChanged,
  },
  { name: 'private', on: ['private.received'], actor: system('cards', 'Card desk'), run: cardsFromMessages },
  { name: 'accounts', on: ['room.changed'], actor: system('cards', 'Card desk'), run: findAccounts },
  {
    name: 'judging',
    on: ['card.assessed', 'card.moved', 'playbook.adopted', 'reply.approved', 'reply.rejected', 'reply.settled'],
    wants: (event) => !('card' in event.data) || event.data.card.draft?.empty === false,
    actor: system('voice', 'Voice of the plan'),
    run: judgeDraftsAgain,
  },
  {
    name: 'approvals',
    on: ['card.heated'],
    // Without a draft nothing can be signed.
    wants: (event) => event.type === 'card.heated' && event.data.cards.some((card) => card.draft !== null),
    actor: system('approvals', 'Sign-off desk'),
    run: voidOnNewPosts,
  },
  {
    name: 'turns',
    on: [
      'card.moved',
      'card.assessed',
      'card.accountFound',
      'draft.started',
      'draft.changed',
      'draft.signed',
      'draft.voided',
      'draft.sentBack',
      'room.levelChanged',
      'playbook.adopted',
    ],
    // Without words nobody is asked to sign.
    wants: (event) => !('card' in event.data) || event.data.card.draft !== null,
    actor: system('approvals', 'Sign-off desk'),
    run: followTurns,
  },
  {
    name: 'ladders',
    on: [
      'card.opened',
      'card.heated',
      'card.moved',
      'card.taken',
      'clock.warned',
      'clock.breached',
      'message.failed',
      'reply.published',
      'reply.settled',
      'room.levelChanged',
      'playbook.adopted',
      // By these, time that stood still may go on.
      'card.privateHeard',
      'card.privateNoted',
      'crisis.declared',
      'crisis.stepped',
    ],
    wants: isForLadders,
    actor: system('ladder', 'Ladder'),
    run: followLadders,
  },
  { name: 'glass', on: ['break-glass.used'], actor: system('playbook', 'Playbook'), run: tellOfGlass },
  {
    name: 'watch',
    on: ['card.heated'],
    wants: (event) => event.type === 'card.heated' && event.data.cards.some((card) => card.stage === 'watch'),
    actor: system('playbook', 'Playbook'),
    act: moveAfterHeating,
  },
  {
    name: 'replied',
    on: ['reply.published', 'reply.settled'],
    actor: system('playbook', 'Playbook'),
    act: moveAfterReply,
  },
];

export type Flow = { wakeAll: () => Promise<void>; settled: () => Promise<void>; stop: () => Promise<void> };

/** Starts listening. `wakeAll` takes up what an earlier process left undone. */
export function startFlow(deps: Deps, handlers: readonly FlowHandler[] = FLOW): Flow {
  const runners = new Map<string, Runner>();
  const runnerOf = (roomId: string, handler: FlowHandler): Runner => {
    const key = `${handler.name} ${roomId}`;
    const known = runners.get(key);
    if (known) return known;
    const made = createRunner(deps, roomId, handler);
    runners.set(key, made);
    return made;
  };
  const unlisten = deps.events.listen(({ roomId, events }) => {
    for (const handler of handlers) runnerOf(roomId, handler).hear(events);
  });
  return {
    async wakeAll() {
      const rooms = await deps.db.selectFrom('rooms').select('room_id').execute();
      for (const { room_id } of rooms) for (const handler of handlers) runnerOf(room_id, handler).wake();
    },
    async settled() {
      for (let busy = true; busy; ) {
        const working = [...runners.values()].filter((runner) => runner.busy());
        busy = working.length > 0;
        await Promise.all(working.map((runner) => runner.idle()));
      }
    },
    async stop() {
      unlisten();
      await Promise.all([...runners.values()].map((runner) => runner.stop()));
    },
  };
}
