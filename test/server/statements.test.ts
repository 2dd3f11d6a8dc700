// Words to everybody that are not the cleared ones: signed, stood in for, or let out by two people, and never before.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firePromises } from '../../server/src/crisis/firing.service.ts';
import { type CrisisDesk, crisisDesk } from '../support/crisis-desk.ts';
import type { Person, World } from '../support/world.ts';

const HOLDING = { what: 'parcels of the last three days are late', time: '14:00' };

describe('a statement in other words', () => {
  let desk: CrisisDesk;
  let w: World;
  beforeAll(async () => {
    desk = await crisisDesk();
    w = desk.w;
    await desk.declare(desk.ida);
    await desk.confirm(desk.cora);
    w.at('10:30');
  });
  afterAll(() => desk[Symbol.asyncDispose]());

  it('[CR-20] the plan’s ladder about the holding line starts at its warning, once, and ends when a holding text stands', async () => {
    const { prepare, posted } = desk;
    const told = async () =>
      (await w.app.deps.events.read(w.room.id, 0, 10_000)).filter((e) => e.type.startsWith('ladder.'));
    await firePromises(w.app.deps);
    await firePromises(w.app.deps);
    expect((await told()).filter((e) => e.type === 'ladder.started')).toHaveLength(1);
    const ready = await prepare('holding-unclear', HOLDING);
    const id = 'reply' in ready ? ready.reply.statement.id : '';
    expect(await posted(id, '2026-03-02T11:00:00Z')).toMatchObject({ status: 200 });
    expect((await told()).at(-1)).toMatchObject({ type: 'ladder.ended', data: { cardId: null } });
  });

  it('[CR-15] other words go to those who sign, and stay here until they did; deputies stand in after their time', async () => {
    const { cora, params, act, prepare, posted } = desk;
    const text = 'Parcels of the last days are late. We will write again at 14:00.';
    const ready = await prepare('holding-unclear', HOLDING, text);
    expect(ready).toMatchObject({
      reply: { statement: { changed: true }, missing: [['comms'], ['legal'], ['executive']] },
    });
    const { statement } = 'reply' in ready ? ready.reply : { statement: { id: '', fingerprint: '' } };
    const sign = (person: Person, role: string, fingerprint = statement.fingerprint) =>
      act(() =>
        person.try('signStatement', {
          params: { ...params, statementId: statement.id },
          body: { role, fingerprint },
        }),
      );
    expect(await posted(statement.id, null)).toMatchObject({
      status: 409,
      refused: { rule: 'CR-15', who: ['comms', 'legal', 'executive'] },
    });
    expect(await sign(cora, 'comms', 'sha256:other')).toMatchObject({ status: 409, refused: { rule: 'CR-15' } });
    expect(await sign(cora, 'legal')).toMatchObject({ status: 403 });
    expect(await sign(cora, 'comms')).toMatchObject({ status: 200, reply: { missing: [['legal'], ['executive']] } });
    expect(await sign(cora, 'social_lead')).toMatchObject({ status: 409, refused: { rule: 'CR-15' } });
    w.at('10:41');
    expect(await sign(cora, 'social_lead')).toMatchObject({
      status: 200,
      reply: { statement: { signatures: [{}, { standsFor: 'executive' }] } },
    });
    const { statements } = await cora.call('statements', { params });
    // One person counts for one signature.
    expect(statements[0]?.missing.length).toBe(2);
  });

  it('[CR-17] two people let words out over missing signatures, after the time of silence, once, and the named roles are told', async () => {
    const { params, ida, act, prepare, posted } = desk;
    const eva = await w.person('Eva', ['executive']);
    const ready = await prepare('holding-harm', {}, 'Please do not use the charger. We will write again at 14:00.');
    const id = 'reply' in ready ? ready.reply.statement.id : '';
    const glass = (person: Person, reason = 'Legal is silent.') =>
      act(() => person.try('breakGlassStatement', { params: { ...params, statementId: id }, body: { reason } }));
    expect(await glass(ida)).toMatchObject({ status: 409, refused: { rule: 'CR-17', fix: [{ do: 'wait' }] } });
    w.at('11:03');
    expect(await glass(ida, ' ')).toMatchObject({ status: 409, refused: { fix: [{ do: 'give-reason' }] } });
    expect(await glass(ida)).toMatchObject({ status: 200, reply: { statement: { glass: { agreed: null } } } });
    expect(await glass(ida)).toMatchObject({ status: 409, refused: { rule: 'CR-17' } });
    expect(await posted(id, '2026-03-02T11:30:00Z')).toMatchObject({ status: 409, refused: { rule: 'CR-15' } });
    expect(await glass(eva)).toMatchObject({
      status: 200,
      reply: { missing: [], statement: { glass: { agreed: { role: 'executive' } } } },
    });
    const told = await w.app.deps.db.selectFrom('messages').select('to_name').where('about_id', '=', id).execute();
    expect(told).toEqual([{ to_name: 'Eva' }]);
    expect(await posted(id, '2026-03-02T11:30:00Z')).toMatchObject({ status: 200 });
  });

  it('[CR-27] words let out over missing signatures are marked until somebody named, who had no hand in it, reviewed them', async () => {
    const { params, ida, cora, act, crisis } = desk;
    const [statementId = ''] = (await crisis()).unreviewed ?? [];
    const lex = await w.person('Lex', ['legal']);
    const { statements } = await cora.call('statements', { params });
    expect(statements.find(({ statement }) => statement.id === statementId)?.statement.glass?.agreed).toBeTruthy();
    const review = (person: Person) =>
      act(() =>
        person.try('reviewStatementGlass', { params: { ...params, statementId }, body: { note: 'It was right.' } }),
      );
    const no = { status: 409, refused: { rule: 'CR-27', who: ['executive', 'legal'] } };
    expect(await review(ida)).toMatchObject(no);
    expect(await review(cora)).toMatchObject(no);
    expect(await review(lex)).toMatchObject({
      status: 200,
      reply: { statement: { glass: { reviewed: { by: { name: 'Lex' }, note: 'It was right.' } } } },
    });
    expect((await crisis()).unreviewed).toBeUndefined();
    expect(await review(lex)).toMatchObject({ status: 409, refused: { rule: 'CR-27' } });
  });
});
