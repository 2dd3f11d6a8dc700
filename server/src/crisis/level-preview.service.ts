// What another level would do, told before anybody sets it: the same reckoning as the change itself, written nowhere (RM-11).
import type { CardView } from '@rejoinder/contracts/cards';
import type { LevelPreview, UnsignedCard } from '@rejoinder/contracts/levels';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { bareFacts } from '@rejoinder/playbook/bare-facts';
import { touchesLiability, validSignOffs } from '@rejoinder/playbook/guards/sign-off';
import { rulesThatChange } from '@rejoinder/playbook/level-change';
import { missingSigners } from '@rejoinder/playbook/signers';
import { readAllCards } from '../cards/card-view.service.ts';
import { isStoodDown } from '../cards/standing-still.ts';
import type { Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { clocksUnder } from '../escalation/relevel.service.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import { levelOf } from './level.service.ts';

/** Cards named one by one; the counts hold all of them. */
const NAMED = 50;

/** @throws Problem not-valid when the plan has no such level */
export async function previewLevel(deps: Deps, roomId: string, level: number): Promise<LevelPreview> {
  const { room, playbook } = await roomContext(deps.db, roomId);
  levelOf(playbook, level);
  const now = deps.now();
  // Raising the level begins a storm that was over anew.
  const stoodDown = level <= room.level && isStoodDown({ room });
  const cards = (await readAllCards(deps.db, roomId)).filter((card) => card.closedAt === null);
  const byId = new Map(cards.map((card) => [card.id, card]));
  const { moved, begun, ended, gone } = await clocksUnder(deps.db, { roomId, playbook, level, stoodDown, now });
  const cardsOf = (clocks: Row<'clocks'>[]): number => new Set(clocks.map((clock) => clock.card_id)).size;
  const lateClocks = [...moved, ...begun]
    .filter((clock) => clock.due_at <= (clock.paused_at ?? now) && clock.due_at < clock.promised_until)
    .sort((a, b) => (a.due_at < b.due_at ? -1 : 1));
  // A card is named once, with what is due first.
  const late = [...Map.groupBy(lateClocks, (clock) => clock.card_id).values()].flatMap(([first]) => first ?? []);
  const unsigned = cards.flatMap((card) => lacksSignatures(playbook, card, room.level, level, now));
  return {
    from: room.level,
    to: level,
    reckoned: cardsOf(moved),
    begins: cardsOf(begun),
    ends: cardsOf([...ended, ...gone]),
    lateCount: late.length,
    late: late.slice(0, NAMED).map((clock) => asLate(clock, byId.get(clock.card_id))),
    unsignedCount: unsigned.length,
    unsigned: unsigned.slice(0, NAMED),
    rules: rulesThatChange(playbook, room.level, level),
  };
}

const asLate = (clock: Row<'clocks'>, card: CardView | undefined): LevelPreview['late'][number] => ({
  cardId: clock.card_id,
  author: card ? nameOf(card) : '',
  dueAt: clock.due_at,
  promisedUntil: clock.promised_until,
});

const nameOf = ({ author }: CardView): string => author.name || author.handle;

/** Signed cards that need more than now; what was given is kept (GU-11). */
function lacksSignatures(playbook: Playbook, card: CardView, from: number, to: number, now: string): UnsignedCard[] {
  const facts = bareFacts(card, to, now);
  const valid = validSignOffs({ facts });
  if (valid.length === 0) return [];
  const liable = touchesLiability({ facts });
  const missing = (level: number): string[][] =>
    playbook.signOffs.slice(0, 1).flatMap(({ id }) => missingSigners(playbook, id, level, valid, liable));
  const then = missing(to);
  if (then.length <= missing(from).length) return [];
  return [{ cardId: card.id, author: nameOf(card), kept: valid.map((each) => each.role), missing: then }];
}
