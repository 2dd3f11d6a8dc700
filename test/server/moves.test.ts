// The plan cannot be jumped: every door meets the same rule, and whatever is refused leaves nothing but its line in the log.
import type { CardView } from '@rejoinder/contracts/cards';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlaybookText } from '../../server/src/playbooks/playbooks.service.ts';
import { COMPLAINT, type Journey, journey } from '../support/journey.ts';
import { verifyAction } from '../support/verify-action.ts';

const fields = { class: 'complaint', department: 'logistics' };

describe('moving', () => {
  let j: Journey;
  beforeAll(async () => {
    j = await journey();
  });
  afterAll(() => j[Symbol.asyncDispose]());

  const refusals = async () =>
    (await j.events('card.moveRefused')).map((e) => e.data as { cardId: string; via: string; refusal: object });

  /** Cards of as many new authors, in one delivery. */
  async function manyCards(count: number): Promise<CardView[]> {
    const mentions = Array.from({ length: count }, () => j.w.mention(COMPLAINT));
    const hook = await j.w.webhook();
    await hook.deliver(mentions.map((mention) => ({ type: 'created', mention })));
    await j.w.settled();
    const handles = new Set(mentions.map((m) => m.author.handle));
    return Object.values((await j.w.board()).cards).filter((card) => handles.has(card.author.handle));
  }

  it('[MV-1] [MV-14] a jump by drag, keyboard, panel, bulk and token is refused by the same rule with the same list, and each is in the log', async () => {
    const cards = await manyCards(20);
    expect(cards).toHaveLength(20);
    const [first, ...rest] = cards;
    if (!first) throw new Error('no card');
    const token = await j.w.token('Robot', ['responder']);
    const before = (await refusals()).length;
    const { result } = await verifyAction(j.w, async () => {
      const said = [];
      for (const via of ['drag', 'keyboard', 'panel'] as const)
        said.push(await j.ria.try('moveCard', { params: j.params(first), body: { to: 'publish', via } }));
      said.push(await token.try('moveCard', { params: j.params(first), body: { to: 'publish', via: 'drag' } }));
      const body = { cardIds: cards.map((card) => card.id), to: 'publish' };
      const { outcomes } = await j.ria.call('moveCards', { params: { roomId: j.w.room.id }, body });
      return { said, outcomes };
    });
    const [drag] = result.said;
    expect(drag).toMatchObject({ status: 409 });
    const missing = drag && 'refused' in drag ? drag.refused : null;
    expect(missing?.missing.map((m) => m.rule)).toEqual(expect.arrayContaining(['MV-4', 'GU-1', 'GU-5', 'GU-11']));
    for (const answer of result.said) expect(answer).toEqual(drag);
    expect(result.outcomes).toHaveLength(20);
    for (const outcome of result.outcomes) expect(outcome).toMatchObject({ ok: false, refused: missing });
    const logged = (await refusals()).slice(before);
    expect(logged.map((line) => line.via)).toEqual([
      'drag',
      'keyboard',
      'panel',
      'api',
      ...rest.map(() => 'bulk'),
      'bulk',
    ]);
    for (const line of logged) expect(line.refusal).toEqual(missing);
    expect((await j.card(first.id)).version).toBe(first.version);
  });

  it('[MV-10] of a bulk of 20 the one that lacks something stays, the other 19 go', async () => {
    const cards = await manyCards(20);
    const [lacking, ...ready] = cards;
    if (!lacking) throw new Error('no card');
    for (const card of ready) await j.ria.call('assessCard', { params: j.params(card), body: { fields } });
    const ids = [...ready.slice(0, 7), lacking, ...ready.slice(7), lacking].map((card) => card.id);
    const operationId = crypto.randomUUID();
    const call = () =>
      j.ria.call(
        'moveCards',
        {
          params: { roomId: j.w.room.id },
          body: { cardIds: [...ids, 'card_none'], to: 'owned', reason: 'All at once.' },
        },
        operationId,
      );
    const { result, events } = await verifyAction(j.w, call);
    expect(result.outcomes.filter((o) => o.ok)).toHaveLength(19);
    expect(result.outcomes.find((o) => o.cardId === lacking.id)).toMatchObject({
      ok: false,
      refused: { rule: 'GU-1' },
    });
    expect(result.outcomes.find((o) => o.cardId === 'card_none')).toMatchObject({ ok: false });
    expect(events.filter((e) => e.type === 'card.moved')).toHaveLength(19);
    const again = await verifyAction(j.w, call);
    expect(again.result.outcomes.map(({ cardId, ok }) => [cardId, ok])).toEqual(
      result.outcomes.map(({ cardId, ok }) => [cardId, ok]),
    );
    expect(again.events).toEqual([]);
  });

  it('[MV-10] a bulk move says which version of each card was seen; the newer one alone is refused', async () => {
    const signed = async () => {
      const card = await j.to('sign-off');
      await j.ria.call('seePosts', { params: j.params(card), body: { count: 1 } });
      return j.sign(j.colin, await j.card(card.id), 'comms');
    };
    const [fresh, stale] = [await signed(), await signed()];
    const seenVersions = { [fresh.id]: fresh.version, [stale.id]: stale.version - 1 };
    const body = { cardIds: [fresh.id, stale.id], to: 'publish', seenVersions };
    const { result } = await verifyAction(j.w, () =>
      j.sam.call('moveCards', { params: { roomId: j.w.room.id }, body }),
    );
    expect(result.outcomes).toMatchObject([
      { cardId: fresh.id, ok: true, card: { stage: 'publish' } },
      { cardId: stale.id, ok: false, refused: { rule: 'CA-1' } },
    ]);
  });

  it('[MV-15] a repeated request answers as before: moved once, refused once in the log', async () => {
    const card = await j.to('new');
    const [yes, no] = [crypto.randomUUID(), crypto.randomUUID()];
    const jump = () => j.ria.try('moveCard', { params: j.params(card), body: { to: 'publish' } }, no);
    const { events: refused } = await verifyAction(j.w, async () => {
      expect(await jump()).toEqual(await jump());
    });
    expect(refused.map((e) => e.type)).toEqual(['card.moveRefused']);
    const go = () => j.ria.call('moveCard', { params: j.params(card), body: { to: 'owned', fields } }, yes);
    const { events: moved } = await verifyAction(j.w, async () => {
      expect(await go()).toEqual(await go());
    });
    expect(moved.map((e) => e.type)).toEqual(['card.moved']);
    const other = await j.ria.try('moveCard', { params: j.params(card), body: { to: 'drafting' } }, yes);
    expect(other).toMatchObject({ status: 409, problem: { code: 'already-done' } });
  });

  it('[CA-1] a move decided on an older card is refused, and what was typed with it stays out', async () => {
    const card = await j.to('new');
    await j.sam.call('assessCard', { params: j.params(card), body: { fields: { department: 'billing' } } });
    const stale = { to: 'owned', fields, take: true, seenVersion: card.version };
    const { result, events } = await verifyAction(j.w, () =>
      j.ria.try('moveCard', { params: j.params(card), body: stale }),
    );
    expect(result).toMatchObject({ status: 409, refused: { rule: 'CA-1', fix: [{ do: 'reload' }] } });
    expect(events.map((e) => e.type)).toEqual(['card.moveRefused']);
    expect(await j.card(card.id)).toMatchObject({ stage: 'new', owner: null, fields: { department: 'billing' } });
    const assess = { fields, seenVersion: card.version };
    expect(await j.ria.try('assessCard', { params: j.params(card), body: assess })).toMatchObject({ status: 409 });
    const now = { ...stale, seenVersion: (await j.card(card.id)).version };
    const { card: moved } = await j.ria.call('moveCard', { params: j.params(card), body: now });
    expect(moved).toMatchObject({ stage: 'owned', owner: { userId: j.ria.userId }, fields });
  });

  it('[CA-3] fields and taking given with a move are written with it, and taken back when it is refused', async () => {
    const card = await j.to('new');
    const params = j.params(card);
    const jump = await verifyAction(j.w, () =>
      j.ria.try('moveCard', { params, body: { to: 'drafting', fields, take: true } }),
    );
    expect(jump.result).toMatchObject({ status: 409 });
    expect(await j.card(card.id)).toMatchObject({ version: card.version, owner: null, fields: card.fields });
    expect(await j.ria.try('moveCard', { params, body: { to: 'owned', fields: { mood: 'bad' } } })).toMatchObject({
      status: 422,
      problem: { code: 'not-valid' },
    });
    await verifyAction(j.w, () => j.ria.call('moveCard', { params, body: { to: 'owned', fields, take: true } }));
    expect(await j.card(card.id)).toMatchObject({ stage: 'owned', fields, owner: { userId: j.ria.userId } });
    const cleared = await j.ria.call('assessCard', { params, body: { fields: { class: '' } } });
    expect(cleared.card.fields).not.toHaveProperty('class');
  });

  it('[CA-4] a colleague’s card is not taken by accident, and never by a token', async () => {
    const card = await j.to('owned');
    const params = j.params(card);
    const token = await j.w.token('Taker', ['responder']);
    const { result } = await verifyAction(j.w, () => j.sam.try('takeCard', { params, body: {} }));
    expect(result).toMatchObject({ status: 409, refused: { rule: 'CA-4', says: expect.stringContaining('Ria') } });
    expect(await token.try('takeCard', { params, body: { over: true } })).toMatchObject({ status: 403 });
    await verifyAction(j.w, () => j.sam.call('takeCard', { params, body: { over: true } }));
    expect((await j.card(card.id)).owner).toMatchObject({ userId: j.sam.userId, acceptedAt: j.w.now() });
    await verifyAction(j.w, () => j.sam.call('assignCard', { params, body: { userId: j.ria.userId } }));
    expect((await j.card(card.id)).owner).toEqual({ userId: j.ria.userId, acceptedAt: null });
  });

  it('[MV-16] two people move one card at the same instant, 50 times: one wins, the other is told, the boards are equal', async () => {
    const card = await j.to('owned');
    const params = j.params(card);
    const wins = { drafting: 0, new: 0 };
    let { version } = await j.card(card.id);
    for (let round = 0; round < 50; round++) {
      const seenVersion = version;
      const both = () =>
        Promise.all([
          j.ria.try('moveCard', { params, body: { to: 'drafting', via: 'drag', seenVersion } }),
          j.sam.try('moveCard', { params, body: { to: 'new', reason: 'Look again.', via: 'drag', seenVersion } }),
        ]);
      const answers = round % 10 === 0 ? (await verifyAction(j.w, both)).result : await both();
      expect(answers.map((a) => a.status).sort()).toEqual([200, 409]);
      const { stage } = await j.card(card.id);
      wins[stage as keyof typeof wins] += 1;
      const { card: back } = await j.ria.call('moveCard', { params, body: { to: 'owned', reason: 'Next round.' } });
      version = back.version;
    }
    expect(wins.drafting + wins.new).toBe(50);
    await verifyAction(j.w, async () => undefined);
  });

  it('[MV-7] a full stage with a hard limit takes one of two cards that come at the same instant', async () => {
    const commander = await j.w.person('Cora', ['commander']);
    const text = defaultPlaybookText()
      .replace('\nversion: 1\n', '\nversion: 2\n')
      .replace('text: editable\n', 'text: editable\nlimit: { cards: 1, strength: block }\n');
    await commander.call('adoptPlaybook', { params: { roomId: j.w.room.id }, body: { text } });
    for (const card of Object.values((await j.w.board()).cards))
      if (card.stage === 'drafting')
        await j.ria.call('moveCard', { params: j.params(card), body: { to: 'owned', reason: 'Room.' } });
    const cards = [await j.to('owned'), await j.to('owned'), await j.to('owned')];
    const { result } = await verifyAction(j.w, () =>
      Promise.all(
        cards.map((card) =>
          j.ria.try('moveCard', { params: j.params(card), body: { to: 'drafting', reason: 'Now.' } }),
        ),
      ),
    );
    expect(result.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
    expect(result.find((answer) => 'refused' in answer)).toMatchObject({ refused: { rule: 'MV-7' } });
  });
});
