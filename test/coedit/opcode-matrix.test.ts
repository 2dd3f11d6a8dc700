// Every opcode of the draft socket, from every role of the plan, in every stage: through the real gate, rooms and store.

import type { IncomingMessage } from 'node:http';
import {
  type DraftState,
  FRAME_AWARENESS,
  FRAME_SAVED,
  FRAME_SET_ASIDE,
  FRAME_STATE,
  FRAME_SYNC,
} from '@rejoinder/contracts/drafts';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { admitDrafts } from '../../server/src/coedit/following.ts';
import { answerFrame, askFrame, awarenessFrame, readFrame, updateFrame } from '../../server/src/coedit/wire.ts';
import { createGate } from '../../server/src/http/gate.ts';
import { createSessions } from '../../server/src/people/session.ts';
import { roomContext } from '../../server/src/rooms/rooms.service.ts';
import { type Journey, journey } from '../support/journey.ts';
import type { Person } from '../support/world.ts';
import { until } from './typist.ts';
import { type WiredSocket, wiredSocket } from './wired-socket.ts';

type Seen = { closed: number | null; frames: number[]; stored: boolean; shown: boolean };
/** What one cell sends: a client id and a word of its own tell it from the others. */
type Mark = { clientId: number; word: string };
type Opcode = {
  name: string;
  frame: (mark: Mark) => Uint8Array | string;
  expect: (state: DraftState['state']) => Partial<Seen>;
};

const typed = ({ clientId, word }: Mark): Uint8Array => {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  doc.getText('text').insert(0, word);
  return Y.encodeStateAsUpdate(doc);
};
/** Who may write is told that it is saved, everybody else what the state is; nobody is closed for it. */
const writes = (state: DraftState['state']): Partial<Seen> =>
  state === 'editable'
    ? { closed: null, stored: true, frames: [FRAME_SAVED] }
    : { closed: null, stored: false, frames: [FRAME_STATE] };
/** What somebody brings whole to a frozen draft is kept for them besides. */
const tooLate = (state: DraftState['state']): Partial<Seen> =>
  state === 'frozen' ? { closed: null, stored: false, frames: [FRAME_STATE, FRAME_SET_ASIDE] } : writes(state);
const REFUSED = (): Partial<Seen> => ({ closed: 4400, stored: false, shown: false, frames: [] });

const OPCODES: Opcode[] = [
  {
    name: 'sync: ask',
    frame: () => askFrame(Y.encodeStateVector(new Y.Doc())),
    expect: () => ({ closed: null, stored: false, frames: [] }),
  },
  { name: 'sync: whole', frame: (mark) => answerFrame(typed(mark)), expect: tooLate },
  { name: 'sync: update', frame: (mark) => updateFrame(typed(mark)), expect: writes },
  { name: 'sync: no such step', frame: () => Uint8Array.of(0, 3, 0), expect: REFUSED },
  {
    name: 'presence',
    frame: ({ clientId }) => awarenessFrame([{ clientId, clock: 1, state: '{"cursor":null}' }]),
    expect: (state) => ({ closed: null, stored: false, shown: state !== 'read-only' }),
  },
  { name: 'auth', frame: () => Uint8Array.of(2, 0), expect: REFUSED },
  { name: 'query presence', frame: () => Uint8Array.of(3), expect: () => ({ closed: null, stored: false }) },
  { name: 'saved, the server’s own', frame: () => Uint8Array.of(4, 9), expect: REFUSED },
  { name: 'state, the server’s own', frame: () => Uint8Array.of(5, 2, 123, 125), expect: REFUSED },
  { name: 'no such opcode', frame: () => Uint8Array.of(6), expect: REFUSED },
  { name: 'text instead of bytes', frame: () => 'hello', expect: REFUSED },
];

let j: Journey;
beforeAll(async () => {
  j = await journey();
}, 60_000);
afterAll(() => j[Symbol.asyncDispose]());

/** The state the plan gives, worked out anew from its text: no ability, no writing; elsewhere as the stage says. */
function expected(playbook: Playbook, stage: string, role: string): DraftState['state'] {
  if (!playbook.roles.find(({ id }) => id === role)?.may.includes('draft')) return 'read-only';
  const text = playbook.stages.find(({ id }) => id === stage)?.text ?? 'none';
  return text === 'editable' || text === 'edits-void-sign-offs' ? 'editable' : 'frozen';
}

it('[CO-17] [CO-7] every opcode × role × stage does what role and stage say, and nothing else', async () => {
  const { w } = j;
  const { deps, drafts } = w.app;
  const { playbook } = await roomContext(deps.db, w.room.id);
  const admit = admitDrafts(deps, createGate(createSessions(deps), deps.config.publicOrigin));
  const people: { role: string; person: Person }[] = [];
  for (const { id } of playbook.roles) people.push({ role: id, person: await w.person(`Is ${id}`, [id]) });
  const wrong: string[] = [];
  let count = 0;
  const cells = { editable: 0, 'read-only': 0, frozen: 0 };
  for (const { id: stage } of playbook.stages) {
    const card = await j.to('drafting');
    const { draft } = (await j.ria.call('startDraft', { params: j.params(card), body: {} })).card;
    await deps.db.updateTable('cards').set({ stage }).where('card_id', '=', card.id).execute();
    const url = `/yjs/${w.room.id}/${draft?.id}.1`;
    const enter = async (
      cookie: string,
      hear?: (frame: Uint8Array) => void,
    ): Promise<WiredSocket & { state: DraftState }> => {
      const request = { url, headers: { cookie, origin: deps.config.publicOrigin } };
      const found = await admit(request as IncomingMessage);
      if (typeof found === 'string') throw new Error(`${stage}: not let in: ${found}`);
      return Object.assign(await wiredSocket(drafts, found, found.state, hear), { state: found.state });
    };
    const text = async (): Promise<string> =>
      (
        await deps.db
          .selectFrom('drafts')
          .select('text')
          .where('draft_id', '=', draft?.id ?? '')
          .executeTakeFirstOrThrow()
      ).text;
    const seen = new Set<number>();
    await enter(j.colin.cookie, (frame) => {
      if (frame[0] !== FRAME_AWARENESS) return;
      const read = readFrame(frame);
      if (read.kind === 'awareness')
        for (const { clientId, state } of read.entries) if (state !== 'null') seen.add(clientId);
    });
    const cell = async (opcode: Opcode, role: string, cookie: string): Promise<void> => {
      const state = expected(playbook, stage, role);
      const mark = { clientId: 1_000 + ++count, word: `w${count}. ` };
      let frames: number[] = [];
      // A ping says again that nothing of this socket is saved.
      const socket = await enter(cookie, (frame) => {
        if (frame[0] !== FRAME_SAVED || frame[1] !== 0) frames.push(frame[0] ?? -1);
      });
      // Presence of others comes by and by and is nobody's answer.
      const answers = (): number[] =>
        [...new Set(frames)].filter((kind) => kind !== FRAME_AWARENESS && kind !== FRAME_SYNC);
      frames = [];
      socket.put(opcode.frame(mark));
      if (opcode.name === 'sync: ask' && frames[0] !== FRAME_SYNC)
        wrong.push(`${role} in ${stage}: asked and not answered`);
      const want = opcode.expect(state);
      const got = async (): Promise<Seen> => ({
        closed: socket.closed,
        frames: answers(),
        stored: (await text()).includes(mark.word),
        shown: seen.has(mark.clientId),
      });
      const fits = async (): Promise<boolean> => {
        const now = await got();
        return Object.entries(want).every(
          ([key, value]) => JSON.stringify(now[key as keyof Seen]) === JSON.stringify(value),
        );
      };
      await until(fits, 'as expected', 2_000).catch(async () => {
        wrong.push(
          `${opcode.name} as ${role} in ${stage} (${state}): ${JSON.stringify(await got())}, not ${JSON.stringify(want)}`,
        );
      });
      if (socket.state.state !== state)
        wrong.push(`${role} in ${stage}: told ${socket.state.state}, the plan says ${state}`);
      cells[state] += 1;
      socket.hangUp();
    };
    for (const opcode of OPCODES)
      await Promise.all(people.map(({ role, person }) => cell(opcode, role, person.cookie)));
  }
  console.info(
    `opcode matrix: ${OPCODES.length} opcodes × ${people.length} roles × ${playbook.stages.length} stages; cells ${JSON.stringify(cells)}`,
  );
  expect(wrong).toEqual([]);
  expect(cells.editable + cells['read-only'] + cells.frozen).toBe(
    OPCODES.length * people.length * playbook.stages.length,
  );
}, 60_000);
