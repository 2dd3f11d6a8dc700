// A second opinion on what leaves the house and on broken glass, written from docs/playbook.md and sharing no line with the code that decides.
import { moveFacts } from '@rejoinder/board/views';
import type { CardView, GlassView } from '@rejoinder/contracts/cards';
import type { Actor } from '@rejoinder/contracts/people';
import type { Condition, Playbook } from '@rejoinder/contracts/playbooks';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { holds, parts } from './move-oracle.ts';

/** Two people broke the glass under this plan: from then on its words may go out without what was passed over. */
export type Broken = { fingerprint: string | null; over: readonly string[] };

type Sending = { plan: Playbook; board: BoardState; card: CardView; fingerprint: string; at: string; broken: Broken[] };

/** Why these words may not leave now; null when they may. */
export function mayNotLeave({ plan, board, card, fingerprint, at, broken }: Sending): string | null {
  const stage = plan.stages.find((each) => each.id === card.stage);
  const words = { ...card, fingerprint };
  const known = moveFacts({ ...board, cards: { ...board.cards, [card.id]: words } }, card.id, null, '', at);
  if (known === null || stage === undefined) return 'the card is nowhere';
  const asked = { plan, facts: known, from: stage, to: stage };
  const covers = (guard: string) =>
    broken.some((each) => each.fingerprint === fingerprint && each.over.includes(guard));
  if (!stage.leave.some((guard) => guard.guard === 'posted_and_matches')) return 'nothing is sent from this stage';
  if (card.draft?.empty !== false) return 'there are no words';
  if (card.posts.unseen > 0) return 'a post is unread';
  if (!holds(asked, { guard: 'sign_offs_valid', signOff: 'reply' } as Condition) && !covers('sign_offs_valid'))
    return 'signatures are missing';
  const doors = plan.stages.flatMap((each) => [...each.enter, ...each.leave]);
  const asksForSecond = doors
    .filter(({ strength }) => strength === 'block')
    .flatMap((door) => parts(door, board.room.level))
    .some(({ guard }) => guard === 'signer_not_sole_author');
  const isAlone = !holds(asked, { guard: 'signer_not_sole_author' } as Condition);
  return asksForSecond && isAlone && !covers('signer_not_sole_author') ? 'only its author signed' : null;
}

/** Whether this person may press Publish in this stage, at this level, on this platform at all. */
export function mayPress(plan: Playbook, level: number, card: CardView, roles: readonly string[]): boolean {
  const stage = plan.stages.find((each) => each.id === card.stage);
  const may = plan.roles.some((role) => roles.includes(role.id) && role.may.includes('publish'));
  const there = plan.channels.filter(({ platform }) => platform === card.platform);
  const named = there.every(({ publishedBy }) => publishedBy[String(level)]?.some((role) => roles.includes(role)));
  return may && named && stage?.workedBy.some((role) => roles.includes(role)) === true;
}

/** Why two people may not have broken this glass; null when they may. What the move itself needs is the move's own oracle's matter. */
export function mayNotBreak(plan: Playbook, board: BoardState, glass: GlassView): string | null {
  const { breakGlass } = plan;
  const { asked, agreed } = glass;
  if (breakGlass === null) return 'the plan has none';
  if (agreed === null || agreed.userId === asked.userId) return 'it takes two people';
  if (agreed.role === asked.role) return 'it takes two roles';
  if (board.room.level < breakGlass.fromLevel) return 'not at this level';
  if (agreed.at > glass.until) return 'nobody agreed in time';
  if (glass.reason.trim() === '') return 'it takes a reason';
  const lacks = [asked, agreed].find(
    ({ userId, role }) => !breakGlass.who.includes(role) || !board.people[userId]?.roles.includes(role),
  );
  return lacks === undefined ? null : `${lacks.name} may not as ${lacks.role}`;
}

/** Why this person may not have reviewed it; null when they may. */
export function mayNotReview(plan: Playbook, glass: GlassView, by: Actor): string | null {
  if (by.kind !== 'person') return 'only a person reviews';
  if ([glass.asked.userId, glass.agreed?.userId].includes(by.id)) return 'a hand in it';
  return by.roles.some((role) => plan.breakGlass?.reviewedBy.includes(role)) ? null : 'no role for it';
}
