// In which order a column is shown while somebody points into it: nothing already there changes its place.
import type { CardView } from '@rejoinder/contracts/cards';

export type Slot = { readonly id: string; readonly card: CardView; readonly gone: boolean };

const slotOf = (card: CardView): Slot => ({ id: card.id, card, gone: false });

/** The order as computed. Slots whose card did not change keep their identity, so that only what changed is drawn again. */
export function freeColumn(before: readonly Slot[], cards: readonly CardView[]): readonly Slot[] {
  const known = new Map(before.map((slot) => [slot.id, slot]));
  let same = before.length === cards.length;
  const slots = cards.map((card, index) => {
    const old = known.get(card.id);
    const slot = old?.card === card && !old.gone ? old : slotOf(card);
    if (slot !== before[index]) same = false;
    return slot;
  });
  return same ? before : slots;
}

/** The order as it was: cards that left stay as a mark in their place, new ones wait at the end. */
export function heldColumn(before: readonly Slot[], cards: readonly CardView[]): readonly Slot[] {
  const now = new Map(cards.map((card) => [card.id, card]));
  let same = true;
  const slots = before.map((slot) => {
    const card = now.get(slot.id);
    now.delete(slot.id);
    if (card === slot.card && !slot.gone) return slot;
    if (card === undefined && slot.gone) return slot;
    same = false;
    return card === undefined ? { ...slot, gone: true } : slotOf(card);
  });
  if (same && now.size === 0) return before;
  return [...slots, ...[...now.values()].map(slotOf)];
}
