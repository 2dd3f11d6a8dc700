// The main job through the API: mention, card, plan, draft words, signature, publishing, measures.
import { describe, expect, it } from 'vitest';
import { verifyAction } from '../support/verify-action.ts';
import { world } from '../support/world.ts';

describe('the main job', () => {
  it('[EV-2] every step of it leaves the fold equal to a fresh snapshot', async () => {
    await using w = await world();
    const nadia = await w.person('Nadia', ['responder', 'social_lead', 'publisher']);
    const { result: card } = await verifyAction(w, () =>
      w.cardFrom('@drovewell.example my parcel was left in the rain and is ruined, I want a refund'),
    );
    const params = { roomId: w.room.id, cardId: card.id };
    expect(card.stage).toBe('new');
    await verifyAction(w, () => nadia.call('takeCard', { params, body: {} }));
    const { result } = await verifyAction(w, () =>
      nadia.try('moveCard', { params, body: { to: 'publish', via: 'drag' } }),
    );
    expect(result).toMatchObject({ status: 409, refused: { clause: expect.any(String) } });
  });
});
