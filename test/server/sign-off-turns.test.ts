// Signing in order, and deputies after silence: one at a time, told once, through a restart, and never past a “no”.
import type { CardView } from '@rejoinder/contracts/cards';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askDeputies } from '../../server/src/approvals/deputies.service.ts';
import { until } from '../coedit/typist.ts';
import { startAgain } from '../support/again.ts';
import { type Journey, journey, planForOneReply } from '../support/journey.ts';
import { verifyAction, verifyWithTimers } from '../support/verify-action.ts';
import type { Person } from '../support/world.ts';

/** Level 1 asks communications, then legal; each has a deputy after 40 minutes. */
const IN_ORDER = planForOneReply()
  .replace('  1: { any: [comms, social_lead] }', '  1: { all: [comms, legal] }')
  .replace('order: parallel', 'order: in_order');

describe('turns', () => {
  let j: Journey;
  let lena: Person;
  let eve: Person;
  beforeAll(async () => {
    expect(IN_ORDER).toContain('in_order');
    j = await journey({ playbookText: IN_ORDER });
    lena = await j.w.person('Lena', ['legal']);
    eve = await j.w.person('Eve', ['executive']);
  });
  beforeEach(() => void j.w.at('09:00'));
  afterAll(() => j[Symbol.asyncDispose]());

  const sign = async (who: Person, card: CardView, role: string, standsFor?: string) => {
    const params = j.params(card);
    const { fingerprint } = await who.call('draftText', { params });
    return who.try('sign', { params, body: { fingerprint, role, ...(standsFor ? { standsFor } : {}) } });
  };
  const told = (events: { type: string; data: unknown }[]) =>
    events.flatMap((e) => (e.type === 'draft.deputyAsked' ? [(e.data as { standIn: unknown }).standIn] : []));
  const awaiting = async () => (await j.ria.call('measures', { params: { roomId: j.w.room.id } })).awaiting;
  const at = (time: string) =>
    verifyWithTimers(j.w, async () => {
      j.w.at(time);
      await askDeputies(j.w.app.deps);
    });

  it('[SG-26] the second is refused, and told whose turn it is, until the first has signed; a “no” of the first gives the turn back', async () => {
    const card = await j.to('sign-off');
    const early = await verifyAction(j.w, () => sign(lena, card, 'legal'));
    expect(early.result).toMatchObject({
      status: 409,
      refused: {
        rule: 'SG-26',
        clause: 'Whose signature is needed §1',
        who: ['comms'],
        fix: [{ do: 'ask-sign-off', role: 'comms' }],
      },
    });
    expect(await awaiting()).toMatchObject([{ role: 'comms', count: 1 }]);
    j.w.at('09:10');
    await verifyAction(j.w, () => sign(j.colin, card, 'comms'));
    expect(await awaiting()).toMatchObject([{ role: 'legal', count: 1, since: '2026-03-02T09:10:00.000Z' }]);
    expect(await sign(lena, card, 'legal')).toMatchObject({ status: 200 });
    expect(await awaiting()).toEqual([]);
    await verifyAction(j.w, () => j.colin.call('sendBack', { params: j.params(card), body: { reason: 'Wait.' } }));
    expect(await awaiting()).toMatchObject([{ role: 'comms' }]);
    await j.ria.call('moveCard', { params: j.params(card), body: { to: 'drafting', reason: 'Again.' } });
  });

  it('[SG-27] after its silence a role’s deputy may sign in its place, told once; the signature says for whom', async () => {
    const card = await j.to('sign-off');
    await j.w.settled();
    expect(await sign(j.sam, card, 'social_lead', 'comms')).toMatchObject({ status: 409, refused: { rule: 'SG-27' } });
    expect(told((await at('09:39:59')).events)).toEqual([]);
    const silent = { role: 'comms', deputy: 'social_lead', silentSince: '2026-03-02T09:00:00.000Z' };
    expect(told((await at('09:40')).events)).toEqual([{ ...silent, at: '2026-03-02T09:40:00.000Z' }]);
    expect(told((await at('09:50')).events)).toEqual([]);
    expect(await awaiting()).toMatchObject([
      { role: 'comms', title: 'Communications' },
      { role: 'social_lead', title: 'Social lead for Communications', since: '2026-03-02T09:40:00.000Z' },
    ]);
    expect(await sign(eve, card, 'executive', 'comms')).toMatchObject({ refused: { rule: 'SG-27' } });
    const { events } = await verifyAction(j.w, () => sign(j.sam, card, 'social_lead'));
    expect(events).toMatchObject([
      { type: 'draft.signed', data: { signOff: { standsFor: { role: 'comms', silentSince: silent.silentSince } } } },
    ]);
    expect(await awaiting()).toMatchObject([{ role: 'legal', since: '2026-03-02T09:50:00.000Z' }]);
    // Legal was asked at 09:50 only; the deputy’s words still count at the door.
    expect(told((await at('10:29')).events)).toEqual([]);
    await sign(lena, card, 'legal');
    await j.ria.call('seePosts', { params: j.params(card), body: { count: 1 } });
    const { version: seenVersion } = await j.card(card.id);
    const move = { params: j.params(card), body: { to: 'publish', seenVersion } };
    expect(await j.ria.try('moveCard', move)).toMatchObject({ status: 200 });
  });

  it('[SG-27] who says no is not silent: the deputy may not sign over it', async () => {
    const card = await j.to('sign-off');
    await j.w.settled();
    await at('09:40');
    const params = j.params(card);
    await verifyAction(j.w, () => j.colin.call('sendBack', { params, body: { reason: 'Not like this.' } }));
    expect(await sign(j.sam, card, 'social_lead', 'comms')).toMatchObject({ status: 409, refused: { rule: 'SG-27' } });
    expect(told((await at('10:19')).events)).toEqual([]);
    expect(told((await at('10:20')).events)).toHaveLength(1);
    // An edit takes the signatures, not the silence: the deputy signs again at once.
    expect(await sign(j.sam, card, 'social_lead')).toMatchObject({ status: 200 });
    const pen = await j.write(j.ria, card);
    pen.text.insert(0, 'So, ');
    await until(() => pen.allSaved(), 'saved');
    pen.leave();
    expect(await sign(j.sam, card, 'social_lead')).toMatchObject({
      status: 200,
      reply: { card: { signOffs: [{ voidReason: expect.any(String) }, { standsFor: { role: 'comms' } }] } },
    });
  });

  it('[SG-28] silences are told after a restart too: each once, in the order of their instants', async () => {
    j.w.at('2026-03-03T09:00:00Z');
    const first = await j.to('sign-off');
    await j.w.settled();
    j.w.at('2026-03-03T09:05:00Z');
    const second = await j.to('sign-off');
    await j.w.settled();
    await using again = await startAgain(j.w);
    const events = async () =>
      (await again.deps.events.read(j.w.room.id, 0, 100_000)).flatMap((e) =>
        e.type === 'draft.deputyAsked' && [first.id, second.id].includes(e.data.card.id)
          ? [[e.data.card.id, e.data.standIn.at]]
          : [],
      );
    expect(await events()).toEqual([]);
    j.w.at('2026-03-03T12:00:00Z');
    const both = [
      [first.id, '2026-03-03T09:40:00.000Z'],
      [second.id, '2026-03-03T09:45:00.000Z'],
    ];
    await expect.poll(events, { timeout: 5000 }).toEqual(both);
    await askDeputies(again.deps);
    expect(await events()).toEqual(both);
  });
});
