// The freeze: confirmed by those the plan names, a list of what is held, and the release of one thing after the other once it is over.
import type { FrozenItem } from '@rejoinder/contracts/crisis';
import type { Actor } from '@rejoinder/contracts/people';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { RoomView } from '@rejoinder/contracts/rooms';
import { rolesThatMay, sayRoles } from '@rejoinder/playbook/levels';
import { isOver } from '@rejoinder/playbook/room-promises';
import type { Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { requireAbility } from '../rooms/rooms.service.ts';
import { insertFrozen, lockFrozen, releaseFrozen } from './crisis.repository.ts';
import { changeCrisis, type OnRoom, personOf, viewNow, writeStanding } from './standing.service.ts';

/** Somebody the plan names says that what must stop has stopped (CR-12). */
export function confirmFreeze(deps: Deps, actor: Actor, on: OnRoom): Promise<RoomView> {
  return changeCrisis(deps, actor, on, ['freeze'], async (change, locked) => {
    const { tx, now, log } = change;
    const { playbook, crisis, room } = locked;
    const who = playbook.freeze?.confirmedBy ?? [];
    const clause = clauseOf(playbook);
    if (playbook.freeze === null || crisis.freeze === null)
      throw refuse('CR-12', clause, 'Nothing is frozen at this level; there is nothing to confirm.');
    if (actor.kind !== 'person' || !actor.roles.some((role) => who.includes(role)))
      throw refuse('CR-12', clause, `It is confirmed by ${sayRoles(playbook, who)}.`, [], who);
    if (crisis.freeze.confirmed !== null)
      throw refuse(
        'CR-12',
        clause,
        `${crisis.freeze.confirmed.by.name} confirmed it at ${crisis.freeze.confirmed.at}.`,
      );
    const freeze = { ...crisis.freeze, confirmed: { at: now, by: personOf(actor) } };
    await writeStanding(deps, change, locked, { ...crisis, freeze }, { level: room.level, raised: false });
    const view = await viewNow(tx, on.roomId);
    log({ type: 'crisis.freezeConfirmed', data: { room: view } });
    return view;
  });
}

/** Puts something on the list of what is held, while something is frozen. */
export function freezeItem(
  deps: Deps,
  actor: Actor,
  on: OnRoom,
  input: { name: string; what: string; plannedFor: string | null },
): Promise<{ item: FrozenItem }> {
  return changeCrisis(deps, actor, on, ['hold', input], async ({ tx, now, log }, locked) => {
    const { playbook, crisis } = locked;
    requireAbility(locked, actor, 'triage');
    if (crisis.freeze === null)
      throw refuse('CR-13', clauseOf(playbook), 'Nothing is frozen at this level; it may go out as planned.');
    const kinds = playbook.freeze?.what ?? [];
    if (!kinds.includes(input.what))
      throw new Problem('not-valid', `The plan freezes ${kinds.join(', ')}.`, [
        { path: '/what', says: 'not one of them' },
      ]);
    const item: FrozenItem = {
      id: deps.newId('hold'),
      name: input.name.trim(),
      what: input.what,
      plannedFor: input.plannedFor === null ? null : new Date(input.plannedFor).toISOString(),
      added: { at: now, by: personOf(actor) },
      released: null,
    };
    if (item.name === '') throw new Problem('not-valid', 'Say what it is.', [{ path: '/name', says: 'empty' }]);
    await insertFrozen(tx, {
      room_id: on.roomId,
      item_id: item.id,
      name: item.name,
      what: item.what,
      planned_for: item.plannedFor,
      added: JSON.stringify(item.added),
      released: null,
    });
    log({ type: 'crisis.frozen', data: { item } });
    return { item };
  });
}

/** One thing at a time, with a reason, by those the plan names, and not before it is over (CR-13). */
export function releaseItem(
  deps: Deps,
  actor: Actor,
  on: OnRoom,
  { itemId, reason }: { itemId: string; reason: string },
): Promise<{ item: FrozenItem }> {
  return changeCrisis(deps, actor, on, ['release', itemId, reason], async ({ tx, now, log }, { playbook, crisis }) => {
    const row = await lockFrozen(tx, on.roomId, itemId);
    if (!row) throw new Problem('not-found');
    const named = playbook.freeze?.releasedBy ?? [];
    const who = named.length > 0 ? named : rolesThatMay(playbook, 'lower_level');
    const clause = clauseOf(playbook);
    if (actor.kind !== 'person' || !actor.roles.some((role) => who.includes(role)))
      throw refuse('CR-13', clause, `It is released by ${sayRoles(playbook, who)}.`, [], who);
    if (crisis.freeze !== null && !isOver(crisis.state)) {
      const says =
        'Nothing is released while it burns: the crisis has to be stood down, or the level to go down where none was declared.';
      throw refuse(
        'CR-13',
        clause,
        says,
        [{ do: 'see-room', part: 'crisis', says: 'Show what the stand-down still lacks' }],
        who,
      );
    }
    if (row.released !== null) throw refuse('CR-13', clause, `${row.released.by.name} released it before.`);
    if (reason.trim() === '')
      throw refuse('CR-13', clause, 'A release needs a reason.', [
        { do: 'give-reason', says: 'Say why it may go out' },
      ]);
    const released = { at: now, by: personOf(actor), reason: reason.trim() };
    await releaseFrozen(tx, on.roomId, itemId, JSON.stringify(released));
    const item = asFrozenItem({ ...row, released });
    log({ type: 'crisis.released', data: { item } });
    return { item };
  });
}

export const asFrozenItem = (row: Row<'frozen_items'>): FrozenItem => ({
  id: row.item_id,
  name: row.name,
  what: row.what,
  plannedFor: row.planned_for,
  added: row.added,
  released: row.released,
});

const clauseOf = (playbook: Playbook): string => playbook.freeze?.clause ?? 'Freeze';
