// Clocks of a card begin and end with what the plan names for them: its opening, a stage, a reply, coming back; and with nothing else.
import type { CardView, ClockView } from '@rejoinder/contracts/cards';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fireClocks } from '../../server/src/escalation/clocks.service.ts';
import { until } from '../coedit/typist.ts';
import { COMPLAINT, type Journey, planForOneReply, publishingJourney } from '../support/journey.ts';
import type { Receiver } from '../support/receiver.ts';
import { verifyAction, verifyWithTimers } from '../support/verify-action.ts';

const clock = (id: string, starts: string, stops: string): string =>
  `\n\`\`\`yaml clock ${id}\nstarts: ${starts}\nstops: ${stops}\ntarget: 1h\nwarn_at: [50%]\n\`\`\`\n`;
const running = (stage: string, clocks: string) => (text: string) =>
  text.replace(
    new RegExp(`(\`\`\`yaml stage ${stage}\\n[^\`]*clocks: \\[public-reply)\\]`),
    (_, before: string) => `${before}, ${clocks}]`,
  );
const PLAN =
  [running('new', 'first-look'), running('owned', 'first-look'), running('drafting', 'writing')].reduce(
    (text, change) => change(text),
    planForOneReply(),
  ) +
  clock('first-look', 'card_opened', 'stage_left') +
  clock('writing', 'stage_entered', 'stage_left') +
  clock('any-word', 'card_opened', 'public_reply_published') +
  clock('loop', 'mention_posted', 'follow_up_recorded');

describe('when clocks begin and end', () => {
  let j: Journey & { post: Receiver };
  beforeAll(async () => {
    j = await publishingJourney({ playbookText: PLAN });
  });
  afterAll(() => j[Symbol.asyncDispose]());

  const at = (time: string): string => {
    j.w.at(time);
    return j.w.now();
  };
  const of = (card: CardView): Record<string, ClockView> =>
    Object.fromEntries(card.clocks.map((each) => [each.clock, each]));
  const move = async (card: CardView, to: string): Promise<CardView> => {
    const body = { to, seenVersion: card.version, reason: 'Once more.' };
    return (await j.ria.call('moveCard', { params: j.params(card), body })).card;
  };

  it('[CK-21] one begins with the post, one with the card, one with its stage, which begins anew each time; one ends as the card leaves its stages', async () => {
    const opened = at('09:00');
    const postedAt = '2026-03-02T08:10:00.000Z';
    const { result: card } = await verifyAction(j.w, () => j.w.cardFrom(COMPLAINT, { postedAt }));
    expect(of(card)).toMatchObject({
      'public-reply': { startedAt: postedAt },
      loop: { startedAt: postedAt, dueAt: '2026-03-02T09:10:00.000Z' },
      'first-look': { startedAt: opened },
      'any-word': { startedAt: opened, dueAt: '2026-03-02T10:00:00.000Z' },
    });
    expect(of(card)).not.toHaveProperty('writing');
    at('09:05');
    const { result: owned } = await verifyAction(j.w, () => j.on(card, 'owned'));
    // Both stages name it.
    expect(of(owned)['first-look']?.stoppedAt).toBeNull();
    const left = at('09:10');
    const { result: drafting } = await verifyAction(j.w, () => j.on(owned, 'drafting'));
    expect(of(drafting)).toMatchObject({
      'first-look': { stoppedAt: left },
      writing: { startedAt: left, dueAt: '2026-03-02T10:10:00.000Z', stoppedAt: null },
    });
    const wentBack = at('09:20');
    const { result: back } = await verifyAction(j.w, () => move(drafting, 'owned'));
    expect(of(back)).toMatchObject({ writing: { stoppedAt: wentBack }, 'first-look': { stoppedAt: left } });
    const again = at('09:30');
    const { result: anew } = await verifyAction(j.w, () => move(back, 'drafting'));
    expect(of(anew).writing).toMatchObject({ startedAt: again, stoppedAt: null, warned: 0 });
    const { events } = await verifyWithTimers(j.w, async () => {
      at('10:00');
      await fireClocks(j.w.app.deps);
    });
    const told = events.flatMap((event) =>
      event.type === 'clock.warned' || event.type === 'clock.breached'
        ? [`${event.type} ${event.data.clock.clock}`]
        : [],
    );
    expect(told).toContain('clock.warned writing');
    expect(told).toContain('clock.breached any-word');
    expect(told.filter((each) => each.includes('first-look'))).toEqual([]);
  });

  it('[CK-21] a reply in public ends those that stop with it, and only coming back ends the loop', async () => {
    const day = at('2026-03-03T09:00:00Z');
    const card = await j.on(
      await j.w.cardFrom(COMPLAINT, { author: { handle: 'loop', name: 'Lou', followers: 1 }, postedAt: day }),
      'publish',
    );
    const stands = at('2026-03-03T09:15:00Z');
    await j.publish(card);
    const { result: replied } = await verifyAction(j.w, () => j.replied(card, 'published'));
    expect(of(replied)).toMatchObject({
      'public-reply': { stoppedAt: stands },
      'any-word': { stoppedAt: stands },
      loop: { stoppedAt: null },
    });
    const cameBack = at('2026-03-03T09:40:00Z');
    const { result } = await verifyAction(j.w, () =>
      j.ria.call('followUp', { params: j.params(card), body: { state: 'declined', note: 'All is well now.' } }),
    );
    expect(of(result.card).loop).toMatchObject({ stoppedAt: cameBack, breachedAt: null });
  });

  it('[CK-21] a return that does not count ends nothing that waits for one', async () => {
    at('2026-03-03T11:00:00Z');
    const author = { handle: 'silent', name: 'Sil', followers: 1 };
    const card = await j.on(await j.w.cardFrom(COMPLAINT, { author }), 'publish');
    const params = j.params(card);
    await j.ria.call('assessCard', { params, body: { fields: { private_reason: 'personal_data' } } });
    await j.publish(card);
    await until(async () => (await j.card(card.id)).stage === 'private', 'it went private');
    const comesBack = (note: string) =>
      verifyAction(j.w, () => j.ria.call('followUp', { params, body: { state: 'declined', note } }));
    at('2026-03-03T11:20:00Z');
    const { result: unsaid } = await comesBack('');
    expect(of(unsaid.card)).toMatchObject({ loop: { stoppedAt: null }, 'private-return': { stoppedAt: null } });
    const cameBack = at('2026-03-03T11:40:00Z');
    const { result: said } = await comesBack('Thanks, no need to say more.');
    expect(of(said.card)).toMatchObject({ loop: { stoppedAt: cameBack }, 'private-return': { stoppedAt: cameBack } });
  });

  it('[CK-15] the way back from a private talk is reckoned anew from its own start too', async () => {
    const wentAt = Date.parse(at('2026-03-04T09:00:00Z'));
    const author = { handle: 'private', name: 'Pat', followers: 1 };
    const card = await j.on(await j.w.cardFrom(COMPLAINT, { author }), 'publish');
    const lena = await j.w.person('Lena', ['commander']);
    const params = j.params(card);
    await j.ria.call('assessCard', { params, body: { fields: { private_reason: 'personal_data' } } });
    await j.publish(card);
    await until(async () => (await j.card(card.id)).stage === 'private', 'it went private');
    const back = async () => of(await j.card(card.id))['private-return'];
    const later = (hours: number): string => new Date(wentAt + hours * 3_600_000).toISOString();
    expect(await back()).toMatchObject({ startedAt: later(0), dueAt: later(24), promisedUntil: later(24) });
    at('2026-03-04T10:00:00Z');
    await verifyAction(j.w, () =>
      lena.call('setLevel', { params: { roomId: j.w.room.id }, body: { level: 2, reason: 'It is in the papers.' } }),
    );
    expect(await back()).toMatchObject({ startedAt: later(0), dueAt: later(8), promisedUntil: later(8) });
  });
});
