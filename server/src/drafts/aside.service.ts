// What was typed as the text was frozen: its author alone sees it, puts it back when the text is open again, or lets it go.
import type { SetAside } from '@rejoinder/contracts/history';
import type { Actor } from '@rejoinder/contracts/people';
import { type OnCard, requireCard } from '../cards/cards.service.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import { endAside, openAsides } from './aside.repository.ts';
import { draftOfCard } from './drafts.repository.ts';

export async function readAsides(deps: Deps, actor: Actor, on: OnCard): Promise<{ asides: SetAside[] }> {
  await requireCard(deps.db, on);
  const draft = await draftOfCard(deps.db, on.roomId, on.cardId);
  if (!draft) return { asides: [] };
  const rows = await openAsides(deps.db, on.roomId, draft.draft_id, actor.id);
  return {
    asides: rows.map((row) => ({
      id: row.aside_id,
      generation: row.generation,
      at: row.at,
      words: row.words,
      takes: row.takes,
      update: Buffer.from(row.bytes).toString('base64'),
    })),
  };
}

/** The page has put it back through the draft's own socket, or its author let it go. @throws Problem `not-found` */
export function settleAside(
  deps: Deps,
  actor: Actor,
  on: OnCard & { asideId: string },
  how: 'put-back' | 'let-go',
): Promise<{ ok: true }> {
  const { roomId, cardId, asideId, operationId } = on;
  return deps.events.change(
    { roomId, actor, operationId, request: JSON.stringify(['aside', cardId, asideId, how]) },
    async ({ tx, now }) => {
      const draft = await draftOfCard(tx, roomId, cardId);
      const which = { roomId, draftId: draft?.draft_id ?? '', asideId, userId: actor.id };
      if (!(await endAside(tx, which, { at: now, how }))) throw new Problem('not-found');
      return { ok: true as const };
    },
  );
}
