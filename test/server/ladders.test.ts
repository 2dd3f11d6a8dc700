// Ladders by a simulated clock: the night of story 1, who is asked when, what stops it and what does not, and what it takes to begin anew.
import type { CardView } from '@rejoinder/contracts/cards';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPLAINT } from '../support/journey.ts';
import { type LadderDesk, ladderDesk } from '../support/ladder-desk.ts';

let d: LadderDesk;
const nextDay = (() => {
  let day = 1;
  return () => `2026-04-${String(++day).padStart(2, '0')}`;
})();
/** A complaint of its own day, so that no clock of another test falls due in it. */
async function complaintAt(time: string): Promise<{ card: CardView; at: (time: string) => string }> {
  const day = nextDay();
  const at = (clock: string) => `${day}T${clock.length === 5 ? `${clock}:00` : clock}.000Z`;
  d.j.w.at(at(time));
  return { card: await d.j.w.cardFrom(COMPLAINT), at };
}
/** Nothing of this card is due any more. */
const close = async (card: CardView) => {
  const params = d.j.params(card);
  await d.j.sam.call('moveCard', {
    params,
    body: { to: 'watch', reason: 'Enough of it.', fields: { class: 'complaint', department: 'logistics' } },
  });
  await d.j.w.settled();
};

describe('the night of a complaint', () => {
  beforeAll(async () => {
    d = await ladderDesk();
  }, 60_000);
  afterAll(() => d.j[Symbol.asyncDispose]());

  it('[LD-6] climbs to a person: skipped, asked, ten minutes, and so on up to the commander', async () => {
    const { card, at } = await complaintAt('02:10');
    expect(await d.wind(at('02:39:59'))).toEqual([]);
    expect(await d.wind(at('02:40'))).toEqual([
      'late started',
      'late skipped Nobody owns this card.',
      'late asked Lou',
    ]);
    expect(await d.ladder(card)).toMatchObject({
      state: 'asking',
      cause: 'stage:new',
      says: 'A card stands in New longer than 30 minutes.',
      nextAt: at('02:50'),
      steps: [
        { whom: 'owner', asks: [], skipped: 'Nobody owns this card.' },
        { whom: 'primary', skipped: null, asks: [{ userId: d.lou.userId, state: 'waiting', ways: ['board'] }] },
      ],
    });
    expect(await d.wind(at('02:49:59'))).toEqual([]);
    expect(await d.wind(at('02:50'))).toEqual(['late asked Dee']);
    expect(await d.wind(at('03:00'))).toEqual(['late asked Sam']);
    expect(await d.wind(at('03:09:59'))).toEqual([]);
    expect(await d.wind(at('03:10'))).toEqual(['late asked Cleo']);
    expect(await d.wind(at('03:19:59'))).toEqual([]);
    expect(await d.wind(at('03:20'))).toEqual(['late exhausted']);
    await close(card);
    expect(await d.ladders(card)).toEqual([]);
  });
});
