// The next plan of a room, written together over the same socket as a reply.
import { draftPath, PLAN_DRAFT } from '@rejoinder/contracts/drafts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { defaultPlaybookText } from '../../server/src/playbooks/playbooks.service.ts';
import { startAgain } from '../support/again.ts';
import { verifyAction } from '../support/verify-action.ts';
import { type Person, type World, world } from '../support/world.ts';
import { type Typist, typist, until } from './typist.ts';

describe('the next plan', () => {
  let w: World;
  let ingrid: Person;
  let nadia: Person;
  let tom: Person;
  beforeAll(async () => {
    w = await world();
    ingrid = await w.person('Ingrid', ['commander']);
    nadia = await w.person('Nadia', ['social_lead']);
    tom = await w.person('Tom', ['responder']);
  });
  afterAll(() => w[Symbol.asyncDispose]());

  const params = () => ({ roomId: w.room.id });
  const begin = (by: Person, body: { anew?: boolean; text?: string } = {}) =>
    verifyAction(w, () => by.try('startPlanDraft', { params: params(), body }));
  const open = (by: Person, generation: number, origin = w.origin): Typist =>
    typist(
      `${origin.replace('http', 'ws')}/yjs`,
      `${w.room.id}/${PLAN_DRAFT}.${generation}`,
      { headers: { cookie: by.cookie, origin: 'http://rejoinder.test' } },
      undefined,
      false,
    );
  const textNow = async () => (await tom.call('planDraft', { params: params() })).draft?.text;

  it('[PD-1] [PD-2] is begun by those who may, from the running plan, once', async () => {
    expect((await tom.call('planDraft', { params: params() })).draft).toBeNull();
    expect((await begin(tom)).result).toMatchObject({ status: 403 });
    const first = await begin(nadia);
    expect(first.result).toMatchObject({ status: 200, reply: { draft: { generation: 1, startedBy: 'Nadia' } } });
    expect(first.events).toMatchObject([{ type: 'playbook.drafted', data: { generation: 1 } }]);
    expect(await textNow()).toBe(defaultPlaybookText());
    const second = await begin(ingrid);
    expect(second.result).toMatchObject({ status: 200, reply: { draft: { generation: 1, startedBy: 'Nadia' } } });
    expect(second.events).toEqual([]);
  });

  it('[PD-3] [PD-1] is written by two, read by a third, and is longer than a reply may be', async () => {
    const [a, b, reader] = [open(ingrid, 1), open(nadia, 1), open(tom, 1)];
    await until(() => [a, b, reader].every((each) => each.text.length > 0), 'the plan is there');
    await until(
      () => reader.state?.state === 'read-only' && a.state?.state === 'editable',
      'each knows what they may do',
    );
    a.text.insert(0, '<!-- Ingrid was here -->');
    await until(() => b.text.toString().startsWith('<!-- Ingrid'), 'seen by the other');
    b.text.insert(b.text.length, `\n\n## More\n\n${'Words to read. '.repeat(2000)}`);
    await until(() => a.allSaved() && b.allSaved() && a.text.length === b.text.length, 'both saved');
    expect(a.text.length).toBeGreaterThan(30_000);
    reader.text.insert(0, 'qzx reader');
    await until(() => !reader.allSaved() || reader.closes.length > 0, 'the reader is not listened to');
    const words = a.text.toString();
    expect(words.includes('qzx reader')).toBe(false);
    for (const each of [a, b, reader]) each.leave();
    expect((await textNow()) === words).toBe(true);
  });

  it('[PD-2] begun anew leaves nobody writing into the old one', async () => {
    const old = open(nadia, 1);
    await until(() => old.text.length > 0, 'open');
    const { result } = await begin(ingrid, { anew: true, text: '# Another\r\n' });
    expect(result).toMatchObject({ status: 200, reply: { draft: { generation: 2, text: '# Another\n' } } });
    await until(() => old.closes.length > 0, 'sent away');
    old.leave();
    const path = draftPath(w.room.id, PLAN_DRAFT, 1);
    const status = await new Promise((tell) => {
      const ws = new WebSocket(`${w.origin.replace('http', 'ws')}${path}`, {
        headers: { cookie: nadia.cookie, origin: 'http://rejoinder.test' },
      });
      ws.on('unexpected-response', (_request, response) => tell(response.statusCode));
      ws.on('open', () => tell(101));
      ws.on('error', () => undefined);
    });
    expect(status).toBe(409);
    const fresh = open(nadia, 2);
    await until(() => fresh.text.toString() === '# Another\n', 'the new one');
    fresh.leave();
  });

  it('[PD-3] is there after a restart', async () => {
    const writing = open(nadia, 2);
    await until(() => writing.text.length > 0, 'open');
    writing.text.insert(0, 'Kept. ');
    await until(() => writing.allSaved(), 'saved');
    writing.leave();
    await using again = await startAgain(w);
    const later = open(nadia, 2, again.origin);
    await until(() => later.text.toString() === 'Kept. # Another\n', 'there again');
    later.leave();
  });
});
