// A running room takes another plan: what that would do is told beforehand, and it is done only as it was told (RM-4, RM-8).
import type { CardView } from '@rejoinder/contracts/cards';
import type { Actor } from '@rejoinder/contracts/people';
import type { CardGoes, CardLacks, PlanPreview } from '@rejoinder/contracts/plan-versions';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { RoomView } from '@rejoinder/contracts/rooms';
import { diffPlaybooks, lossOf } from '@rejoinder/playbook/diff';
import { lintPlaybook } from '@rejoinder/playbook/lint';
import { lacksWhereItStands } from '@rejoinder/playbook/standing';
import { readAllCards, readCards } from '../cards/card-view.service.ts';
import { lockCards, updateCard } from '../cards/cards.repository.ts';
import { runsIn } from '../cards/clocks.ts';
import { followMove } from '../cards/going-private.ts';
import { isStoodDown } from '../cards/standing-still.ts';
import type { Executor } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { forgetFits } from '../drafts/drafts.repository.ts';
import { relevelClocks, type Under } from '../escalation/relevel.service.ts';
import { reckonPromises } from '../escalation/room-promises.service.ts';
import { Problem, refuse } from '../http/problems.ts';
import { membersOf } from '../people/people.repository.ts';
import { findPlaybook, insertPlaybook } from '../playbooks/playbooks.repository.ts';
import { playbookOf, readOrRefuse } from '../playbooks/playbooks.service.ts';
import { accountsOf, crisisOf, lockRoom, updateRoom } from '../rooms/rooms.repository.ts';
import { type RoomContext, roomContext, roomView } from '../rooms/rooms.service.ts';

type Agreed = { cardId: string; to: string }[] | undefined;

/** @throws Problem `not-valid` with every fault of the text */
export async function previewPlan(deps: Deps, roomId: string, text: string): Promise<PlanPreview> {
  const next = readOrRefuse(text);
  const context = await roomContext(deps.db, roomId);
  const cards = await readAllCards(deps.db, roomId);
  const goes = goesOf(context.playbook, next, cards);
  const members = await membersOf(deps.db, roomId);
  const known = new Set(next.roles.map((role) => role.id));
  return {
    from: { id: context.playbook.id, version: context.playbook.version },
    to: { id: next.id, version: next.version },
    diff: diffPlaybooks(context.playbook, next),
    goes,
    lacks: await lacksOf(deps.db, context, next, cards, goes, deps.now()),
    level: levelOf(context, next),
    withoutRole: members
      .filter((member) => !member.roles.some((role) => known.has(role)))
      .map(({ user_id, name }) => ({ userId: user_id, name })),
  };
}

/** Runs another text from now on. @throws Refused RM-4, RM-8 */
export function adoptPlan(
  deps: Pick<Deps, 'events' | 'now'>,
  actor: Actor,
  input: { roomId: string; text: string; agreed?: Agreed; operationId: string },
): Promise<RoomView> {
  const { roomId, text, agreed } = input;
  const next = readOrRefuse(text);
  refuseFindings(next, deps.now());
  return deps.events.change(
    { roomId, actor, operationId: input.operationId, request: JSON.stringify(['adopt', text, agreed ?? null]) },
    async (change) => {
      const { tx, now } = change;
      const cards = await lockAllCards(change, roomId);
      const context = await lockedContext(change, roomId);
      const { room } = context;
      const taken = await findPlaybook(tx, roomId, next.id, next.version);
      if (taken || (room.playbook_id === next.id && next.version <= room.playbook_version)) {
        const says = taken
          ? `This room has run a version ${next.version} of this plan already. Give the new text a higher version.`
          : `The room runs version ${room.playbook_version} already. Give the new text a higher version.`;
        throw refuse('RM-4', 'Front matter', says);
      }
      const row = { room_id: roomId, playbook_id: next.id, version: next.version, text };
      await insertPlaybook(tx, { ...row, adopted_at: now, adopted_by: actor.id });
      return takePlan(change, context, next, cards, { agreed, back: false, reason: '' });
    },
  );
}

/** Runs an earlier version again (RM-8): the text is the one that was adopted then. */
export function rollBackPlan(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; playbookId: string; version: number; reason: string; agreed?: Agreed; operationId: string },
): Promise<RoomView> {
  const { roomId, playbookId, version, reason, agreed } = input;
  const request = JSON.stringify(['roll-back', playbookId, version, reason, agreed ?? null]);
  return deps.events.change({ roomId, actor, operationId: input.operationId, request }, async (change) => {
    const cards = await lockAllCards(change, roomId);
    const context = await lockedContext(change, roomId);
    if (context.room.playbook_id === playbookId && context.room.playbook_version === version)
      throw refuse('RM-8', 'Front matter', `The room runs version ${version} already.`);
    if (!(await findPlaybook(change.tx, roomId, playbookId, version))) throw new Problem('not-found');
    if (reason.trim() === '')
      throw refuse('RM-8', 'Front matter', 'Going back to an earlier plan needs a reason.', [
        { do: 'give-reason', says: 'Say why' },
      ]);
    const named = { room_id: roomId, playbook_id: playbookId, playbook_version: version };
    const { playbook } = await playbookOf(change.tx, named);
    return takePlan(change, context, playbook, cards, { agreed, back: true, reason });
  });
}

/** Cards first and the room after them, in the order in which a move takes them. */
async function lockAllCards({ tx }: Change, roomId: string): Promise<CardView[]> {
  const ids = (await readAllCards(tx, roomId)).map((card) => card.id);
  await lockCards(tx, roomId, ids);
  return readAllCards(tx, roomId);
}

async function lockedContext({ tx }: Change, roomId: string): Promise<RoomContext> {
  await lockRoom(tx, roomId);
  return roomContext(tx, roomId);
}

async function takePlan(
  { tx, now, log }: Change,
  { room, playbook }: RoomContext,
  next: Playbook,
  cards: CardView[],
  how: { agreed: Agreed; back: boolean; reason: string },
): Promise<RoomView> {
  const goes = goesOf(playbook, next, cards);
  refuseOtherwise(goes, how.agreed ?? [], next);
  const level = levelOf({ room, playbook }, next);
  const byId = new Map(cards.map((card) => [card.id, card]));
  for (const { cardId, to } of goes) {
    await updateCard(tx, room.room_id, cardId, { stage: to, entered_stage_at: now, checks: null });
    const before = byId.get(cardId);
    const on = { roomId: room.room_id, cardId };
    if (before?.closedAt === null) await followMove(tx, on, next, level?.to ?? room.level, before, now, playbook);
  }
  const change = {
    playbook_id: next.id,
    playbook_version: next.version,
    ...(level ? { level: level.to, level_since: now, level_reason: 'The plan has no higher level.' } : {}),
    level_ask: null,
  };
  await updateRoom(tx, room.room_id, change);
  await forgetFits(tx, room.room_id);
  const clocks = await relevelClocks(tx, {
    roomId: room.room_id,
    playbook: next,
    level: change.level ?? room.level,
    stoodDown: isStoodDown({ room }),
    now,
    left: leftBy(playbook, next, cards, goes),
  });
  const crisis = crisisOf(room);
  await reckonPromises(tx, room.room_id, next, {
    level: level?.to ?? room.level,
    state: crisis.state,
    freeze: crisis.freeze,
    now,
    raised: false,
  });
  const view = await roomView(tx, { room: { ...room, ...change }, playbook: next });
  const moved = await readCards(
    tx,
    room.room_id,
    goes.map((each) => each.cardId),
  );
  const from = { id: playbook.id, version: playbook.version };
  const { back, reason } = how;
  log({ type: 'playbook.adopted', data: { room: view, from, back, reason, cards: moved, clocks } });
  return view;
}

/** As with a move (CK-24): what ends with a stage ends where the old plan's stage named it and the one the card stands in now does not. */
function leftBy(before: Playbook, after: Playbook, cards: CardView[], goes: CardGoes[]): Under['left'] {
  const to = new Map(goes.map((each) => [each.cardId, each.to]));
  const stage = new Map(cards.map((card) => [card.id, card.stage]));
  const ends = new Set(after.clocks.filter((clock) => clock.stops === 'stage_left').map(({ id }) => id));
  return ({ card_id, clock_id }) => {
    const from = stage.get(card_id);
    return ends.has(clock_id) && runsIn(before, from, clock_id) && !runsIn(after, to.get(card_id) ?? from, clock_id);
  };
}

/** Where cards go whose stage the new plan lacks: open ones as `lossOf` says, closed ones to its first last stage. */
function goesOf(before: Playbook, after: Playbook, cards: CardView[]): CardGoes[] {
  const author = new Map(cards.map((card) => [card.id, card.author.name]));
  const has = new Set(after.stages.map((stage) => stage.id));
  const end = after.stages.find((stage) => stage.final)?.id ?? '';
  const open = cards.filter((card) => card.closedAt === null);
  const closed = cards.filter((card) => card.closedAt !== null && !has.has(card.stage));
  return [
    ...lossOf(before, after, open, 1).cards,
    ...closed.map((card) => ({ cardId: card.id, from: card.stage, to: end })),
  ].map((each) => ({ ...each, author: author.get(each.cardId) ?? '' }));
}

const levelOf = ({ room, playbook }: RoomContext, next: Playbook) => lossOf(playbook, next, [], room.level).level;

/** Nobody's card is moved by a plan in a way that was not shown to whoever takes it. */
function refuseOtherwise(goes: CardGoes[], agreed: { cardId: string; to: string }[], next: Playbook): void {
  const known = new Map(agreed.map((each) => [each.cardId, each.to]));
  const unseen = goes.filter((each) => known.get(each.cardId) !== each.to);
  if (unseen.length === 0) return;
  const title = (id: string): string => next.stages.find((stage) => stage.id === id)?.title ?? id;
  const some = unseen.slice(0, 5).map((each) => `${each.author} (${each.from}) would go to ${title(each.to)}`);
  const more = unseen.length > some.length ? ` and ${unseen.length - some.length} more` : '';
  throw refuse(
    'RM-4',
    'Stages',
    `The new plan lacks the stage of ${unseen.length} card${unseen.length === 1 ? '' : 's'}: ${some.join('; ')}${more}. Look at the preview and agree to it.`,
    [{ do: 'reload', says: 'Show what it would do now' }],
  );
}

async function lacksOf(
  db: Executor,
  { room, playbook }: RoomContext,
  next: Playbook,
  cards: CardView[],
  goes: CardGoes[],
  now: string,
): Promise<CardLacks[]> {
  const accounts = (await accountsOf(db, room.room_id)).map((a) => ({ id: a.account_id, platform: a.platform }));
  const rolesOf = new Map((await membersOf(db, room.room_id)).map((member) => [member.user_id, member.roles]));
  const moved = new Set(goes.map((each) => each.cardId));
  return cards
    .filter((card) => card.closedAt === null && !moved.has(card.id))
    .flatMap((card) => {
      const facts = { now, accounts, ownerRoles: rolesOf.get(card.owner?.userId ?? '') ?? [] };
      const level = Math.min(room.level, next.levels.length);
      const lacking = lacksWhereItStands(next, card, { ...facts, level });
      if (lacking.length === 0) return [];
      const before = new Set(lacksWhereItStands(playbook, card, { ...facts, level: room.level }).map((m) => m.says));
      const missing = lacking.filter((each) => !before.has(each.says));
      return missing.length > 0 ? [{ cardId: card.id, author: card.author.name, stage: card.stage, missing }] : [];
    });
}

function refuseFindings(next: Playbook, now: string): void {
  const findings = lintPlaybook(next, { today: now.slice(0, 10) }).filter((finding) => finding.strength === 'block');
  if (findings.length === 0) return;
  throw new Problem(
    'not-valid',
    `The playbook has ${findings.length} finding(s) that must be repaired before a room runs it.`,
    findings.map((f) => ({ path: f.clause, says: `${f.says} ${f.wants}` })),
  );
}
