import { DRAFT_LIMITS } from '@rejoinder/contracts/drafts';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { Connection, type Visitor } from './connection.ts';
import { readFrame, updateFrame } from './wire.ts';
import { WorkBudget } from './work-budget.ts';

const visitor: Visitor = {
  actor: { kind: 'person', id: 'usr_ana', name: 'Ana', roles: [] },
  hue: 1,
  key: { roomId: 'room_1', draftId: 'drf_1', generation: 1 },
  sessionId: 'ses_1',
};

/** A socket whose reader takes nothing until `drain` is called. */
function stalled() {
  const sent: Uint8Array[] = [];
  const waiting: (() => void)[] = [];
  const closes: number[] = [];
  const ws = {
    readyState: 1,
    bufferedAmount: 0,
    send(frame: Uint8Array, done: () => void) {
      sent.push(frame);
      waiting.push(done);
      this.bufferedAmount += frame.byteLength;
    },
    close(code: number) {
      closes.push(code);
      this.readyState = 2;
    },
    terminate() {},
    isPaused: false,
    pause() {
      this.isPaused = true;
    },
    resume() {
      this.isPaused = false;
    },
  };
  const budget = new WorkBudget();
  budget.join(ws);
  const connection = new Connection(visitor, { state: 'editable', says: '' }, ws as unknown as WebSocket, budget);
  const drain = (): void => {
    ws.bufferedAmount = 0;
    for (const done of waiting.splice(0)) done();
  };
  return { connection, sent, closes, drain, ws };
}

/** Updates of one document, each of about `bytes`. */
function updates(count: number, bytes: number): { doc: Y.Doc; list: Uint8Array[] } {
  const doc = new Y.Doc();
  const list: Uint8Array[] = [];
  doc.on('update', (update) => list.push(update));
  for (let i = 0; i < count; i++) doc.getText('text').insert(doc.getText('text').length, 'x'.repeat(bytes));
  return { doc, list };
}

describe('the outgoing queue of a draft socket', () => {
  it('[CO-15] past the soft cap drops presence and merges updates into one frame, and nothing is missing', () => {
    const { connection, sent, closes, drain } = stalled();
    const { doc, list } = updates(20, 30_000);
    for (const update of list) connection.sendUpdate(update, updateFrame(update));
    const queued = sent.length;
    connection.sendPresence(new Uint8Array(10));
    expect(queued).toBeLessThan(12);
    expect(sent.length).toBe(queued);
    drain();
    expect(sent.length).toBe(queued + 1);
    const copy = new Y.Doc();
    for (const frame of sent) {
      const read = readFrame(frame);
      if (read.kind === 'update') Y.applyUpdate(copy, read.update);
    }
    expect(copy.getText('text').toString()).toBe(doc.getText('text').toString());
    expect(closes).toEqual([]);
  });

  it('[CO-15] past the hard cap cuts the reader, who comes back and catches up', () => {
    const { connection, closes } = stalled();
    const { list } = updates(40, 30_000);
    for (const update of list) connection.sendUpdate(update, updateFrame(update));
    expect(closes).toEqual([4410]);
    expect(connection.queuedBytes).toBeLessThanOrEqual(DRAFT_LIMITS.queueHardBytes);
  });

  it('[CO-16] a socket that costs too much is not read for a while', async () => {
    const { connection, ws } = stalled();
    for (let i = 0; i < 20; i++) connection.charge(10);
    expect(ws.isPaused).toBe(false);
    for (let i = 0; i < 6; i++) connection.charge(10);
    expect(ws.isPaused).toBe(true);
    await expect.poll(() => ws.isPaused, { timeout: 2_000 }).toBe(false);
  });

  it('[CO-22] ten sockets of one person spend one budget; who comes meanwhile waits too, and nobody else', async () => {
    const socket = () => {
      const made = {
        isPaused: false,
        pause() {
          made.isPaused = true;
        },
        resume() {
          made.isPaused = false;
        },
      };
      return made;
    };
    const [hers, his] = [new WorkBudget(), new WorkBudget()];
    const tabs = Array.from({ length: 10 }, socket);
    const other = socket();
    for (const tab of tabs) hers.join(tab);
    his.join(other);
    for (const _tab of tabs) hers.charge(24);
    expect(tabs.some((tab) => tab.isPaused)).toBe(false);
    hers.charge(24);
    const late = socket();
    hers.join(late);
    expect([...tabs, late].every((tab) => tab.isPaused)).toBe(true);
    expect(other.isPaused).toBe(false);
    for (const tab of [...tabs, late]) hers.leave(tab);
    // Leaving and coming back buys nothing: what is owed is kept.
    expect([hers.isNeeded, new WorkBudget().isNeeded]).toEqual([true, false]);
    hers.join(late);
    await expect.poll(() => late.isPaused, { timeout: 2_000 }).toBe(false);
  });
});
