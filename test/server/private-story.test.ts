// Private, then public again, under each of the three policies: the plans that ship, one story, from the pointer to the last day of the words.
import { readFileSync } from 'node:fs';
import type { CardView } from '@rejoinder/contracts/cards';
import { describe, expect, it } from 'vitest';
import { typist, until } from '../coedit/typist.ts';
import { verifyAction } from '../support/verify-action.ts';
import { deliverSigned, type Person, type World, world } from '../support/world.ts';

const WORDS = 'My account is DE89 3704 0044 0532 0130 00 and my doctor is Dr Ferrow.';
const REPLY =
  'Thank you for telling us, Mara, and I am sorry that you had to wait. I have sent you a message so that you need not write more here, and I come back to this thread tomorrow. Ria';

const PLANS = [
  {
    file: 'default.md',
    policy: 'personal_data_only',
    roles: { ria: ['responder'], colin: ['comms'], sam: ['social_lead', 'publisher'], boss: ['commander'] },
    signs: 'comms',
    way: ['owned', 'drafting', 'sign-off', 'publish'],
    fields: { class: 'complaint', department: 'logistics' },
    reason: 'personal_data',
    after: ['follow-up', 'closed'],
    within: 24,
    kept: 30,
    ticks: [],
  },
  {
    file: 'private-first.md',
    policy: 'prefer_private',
    roles: { ria: ['adviser'], colin: ['privacy'], sam: ['desk_lead'], boss: ['service'] },
    signs: 'privacy',
    way: ['owned', 'drafting', 'sign-off', 'publish'],
    fields: { class: 'case', department: 'benefits' },
    reason: 'their_case',
    after: ['follow-up', 'closed'],
    within: 72,
    kept: 7,
    ticks: ['The person is found in our files or asked how we find them'],
  },
  {
    file: 'small-shop.md',
    policy: 'either',
    roles: { ria: ['helper'], colin: ['keeper'], sam: ['helper'], boss: ['keeper'] },
    signs: 'keeper',
    way: ['answer', 'second-look', 'post'],
    fields: { class: 'complaint' },
    reason: null,
    after: ['after', 'done'],
    within: 72,
    kept: 14,
    ticks: [],
  },
] as const;

/** Mara complains in public. */
async function complaint(w: World, admin: Person): Promise<CardView> {
  const body = { kind: 'webhook' as const, name: 'Relay' };
  const { source, secret } = await admin.call('addSource', { params: { roomId: w.room.id }, body });
  const mention = w.mention('@drovewell.example I still wait for my money and I want it now', {
    author: { handle: 'mara.example', name: 'Mara', followers: 12 },
  });
  const url = `${w.origin}/api/hooks/${w.room.id}/${source.id}`;
  await deliverSigned(url, secret ?? '', JSON.stringify({ events: [{ type: 'created', mention }] }));
  await w.settled();
  const [card] = Object.values((await w.board()).cards);
  if (!card) throw new Error('no card was opened');
  return card;
}

describe.each(PLANS)('$policy ($file)', (plan) => {
  it('[PV-1] [PV-5] [PV-6] pointer, private, outcome, back in public with the remedy delivered, and the words gone in time', async () => {
    const text = readFileSync(new URL(`../../server/playbooks/${plan.file}`, import.meta.url), 'utf8');
    await using w = await world({ playbookText: text });
    const [ria, colin, sam, boss] = [
      await w.person('Ria', [...plan.roles.ria]),
      await w.person('Colin', [...plan.roles.colin]),
      await w.person('Sam', [...plan.roles.sam]),
      await w.person('Bo', [...plan.roles.boss]),
    ];
    const [onward, last] = plan.after;
    const opened = await complaint(
      w,
      await w.person('Ada', plan.file === 'small-shop.md' ? ['keeper'] : ['administrator']),
    );
    const params = { roomId: w.room.id, cardId: opened.id };
    const card = async (): Promise<CardView> => (await w.board()).cards[opened.id] ?? opened;
    const move = (by: Person, to: string, more: object = {}) =>
      by.try('moveCard', { params, body: { to, reason: 'Go on.', ...more } });
    const rules = (answer: Awaited<ReturnType<typeof move>>) =>
      'refused' in answer ? answer.refused.missing.map((each) => each.rule) : [];

    for (const to of plan.way) {
      const before = await card();
      if (to === plan.way[0]) await ria.call('takeCard', { params, body: {} });
      if (to === 'sign-off' || to === 'second-look') {
        const draft = (await ria.call('startDraft', { params, body: {} })).card.draft;
        const t = typist(`${w.origin.replace('http', 'ws')}/yjs`, `${w.room.id}/${draft?.id}.${draft?.generation}`, {
          headers: { cookie: ria.cookie, origin: 'http://rejoinder.test' },
        });
        await until(() => t.state?.state === 'editable', 'the text may be written');
        t.text.insert(0, REPLY);
        await until(() => t.allSaved(), 'the words are saved');
        t.leave();
      }
      if (to === plan.way.at(-1)) {
        await ria.call('seePosts', { params, body: { count: 1 } });
        const { fingerprint } = await colin.call('draftText', { params });
        await colin.call('sign', { params, body: { fingerprint, role: plan.signs } });
      }
      for (const item of plan.ticks)
        if (before.stage === 'owned') await ria.call('tickItem', { params, body: { item, done: true } });
      const went = await move(ria, to, { fields: plan.fields, seenVersion: (await card()).version });
      expect(rules(went), JSON.stringify(went)).toEqual([]);
    }

    // Without a reason and a pointer nothing goes private, and nothing was lost on the way.
    const early = await sam.try('moveCard', { params, body: { to: 'private' } });
    expect(rules(early)).toEqual(expect.arrayContaining(['GU-23', 'GU-32']));
    if (plan.reason) await ria.call('assessCard', { params, body: { fields: { private_reason: plan.reason } } });
    const { fingerprint } = await sam.call('draftText', { params });
    const went = await verifyAction(w, async () => {
      await sam.call('publish', { params, body: { fingerprint } });
      // With the reason written down the plan takes it to Private itself once the pointer stands; otherwise somebody does.
      const next = plan.reason ? 'private' : onward;
      await until(async () => (await card()).stage === next, `it is in ${next}`);
      if (next !== 'private')
        expect(rules(await move(sam, 'private', { reason: 'They would rather ring.' }))).toEqual([]);
    });
    expect(went.events.map((each) => each.type)).toContain('card.moved');
    const due = new Date(Date.parse(w.now()) + plan.within * 3_600_000).toISOString();
    expect(await card()).toMatchObject({
      private: { entries: 0, since: w.now(), backAt: null, redactAt: null },
      clocks: expect.arrayContaining([
        expect.objectContaining({ clock: 'private-return', dueAt: due, stoppedAt: null }),
      ]),
    });

    await verifyAction(w, () => ria.call('notePrivately', { params, body: { kind: 'from_them', text: WORDS } }));
    await ria.call('setRemedy', { params, body: { promised: 'A refund', delivered: false, worth: 90 } });
    expect((await ria.call('privateTalk', { params })).entries).toMatchObject([{ text: WORDS, by: 'Mara' }]);
    expect(rules(await move(ria, onward))).toEqual(['GU-1']);
    const outcome = { fields: { private_outcome: 'We found the mistake and pay what is owed.' } };
    expect(await move(ria, onward, outcome)).toMatchObject({ status: 200 });
    const gone = new Date(Date.parse(w.now()) + plan.kept * 86_400_000).toISOString();
    expect((await card()).private).toMatchObject({ backAt: w.now(), redactAt: gone });

    // Back in public, or nothing is closed: the word of it needs a place, and the place is where the person wrote.
    const follow = (state: 'posted' | 'declined', note: string) =>
      ria.call('followUp', { params, body: { state, note } });
    const returns = async () =>
      (await card()).clocks.find((clock) => clock.clock === 'private-return')?.stoppedAt ?? null;
    expect(rules(await move(ria, last))).toEqual(['GU-17', 'GU-18']);
    for (const [state, note] of [
      ['posted', ''],
      ['posted', 'https://elsewhere.example/9'],
      ['declined', ' '],
    ] as const) {
      await follow(state, note);
      expect(rules(await move(ria, last)), note).toContain('GU-17');
      expect(await returns()).toBeNull();
    }
    await verifyAction(w, () => follow('posted', 'https://bsky.example/answer-2'));
    expect(await returns()).toBe(w.now());
    expect(rules(await move(ria, last))).toEqual(['GU-18']);
    const deliver = (by: Person) => by.try('setRemedy', { params, body: { promised: 'A refund', delivered: true } });
    if (plan.file !== 'private-first.md') expect(await deliver(ria)).toMatchObject({ refused: { rule: 'CA-15' } });
    expect([200, 403]).toContain((await deliver(boss)).status);
    if ((await card()).remedy?.deliveredAt === null) expect(await deliver(sam)).toMatchObject({ status: 200 });
    expect(await move(ria, last)).toMatchObject({ status: 200 });

    // Its last day: the words go by themselves, once; who and when stay.
    const { redactDueTalks } = await import('../../server/src/cards/private-talk.service.ts');
    expect(await redactDueTalks(w.app.deps)).toBe(0);
    const { events } = await verifyAction(w, async () => {
      w.at(gone);
      await redactDueTalks(w.app.deps);
      await redactDueTalks(w.app.deps);
      await until(async () => (await card()).private?.redacted === 1, 'the words are gone');
    });
    expect(events.filter((each) => each.type === 'card.privateRedacted')).toHaveLength(1);
    expect((await ria.call('privateTalk', { params })).entries).toMatchObject([
      { text: '', by: 'Mara', redacted: { why: 'time', at: gone } },
    ]);
  });
});
