import type { CardView, SignOffView } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { Fix, Refusal } from '@rejoinder/contracts/problems';
import { describe, expect, it } from 'vitest';
import { burningOf } from './burning-line.ts';
import { type Judged, sealsOf, sum } from './judge.ts';

const no = (says: string, ...fix: Fix[]): Judged => {
  const missing = [{ rule: 'GU-1', clause: 'New §1', says, who: [], fix }];
  const refusal: Refusal = { rule: 'GU-1', clause: 'New §1', says, missing, who: [], fix };
  return { kind: 'no', refusal };
};
const yes: Judged = { kind: 'yes', warnings: [] };
const setClass: Fix = { do: 'set-field', field: 'class', says: 'Fill in' };

describe('what a column says to what is lifted', () => {
  it('[BP-6] takes it, takes a part, asks for something, or says no, each with one sentence', () => {
    expect(sum([yes, yes])).toEqual({ kind: 'yes', yes: 2, all: 2, says: '' });
    expect(sum([yes, no('Class is missing.', setClass)])).toMatchObject({ kind: 'some', yes: 1, all: 2 });
    expect(sum([no('Class is missing.', setClass)])).toMatchObject({ kind: 'asks', says: 'Class is missing.' });
    expect(sum([no('There is no way.')])).toMatchObject({ kind: 'no', says: 'There is no way.' });
    expect(sum([{ kind: 'here' }])).toEqual({ kind: 'here' });
    expect(sum([{ kind: 'here' }, yes])).toMatchObject({ kind: 'yes', all: 1 });
  });
});

describe('seals of a card', () => {
  const agreement = { need: 'all', quorum: 1, roles: ['comms', 'legal'], ifLiability: [] };
  const playbook = { signOffs: [{ id: 'reply', agree: { 1: agreement } }] } as unknown as Playbook;
  const sign = (userId: string, role: string, over: Partial<SignOffView> = {}) =>
    ({ userId, role, fingerprint: 'now', voidedAt: null, expiresAt: null, ...over }) as SignOffView;
  const card = (...signOffs: SignOffView[]) => ({ fingerprint: 'now', fields: {}, signOffs }) as unknown as CardView;

  it('[BP-7] fills a place only for a valid signature over these words', () => {
    expect(sealsOf(playbook, card(), 1, 0)).toEqual({ needed: 2, valid: 0, lost: 0 });
    expect(sealsOf(playbook, card(sign('u1', 'comms')), 1, 0)).toEqual({ needed: 2, valid: 1, lost: 0 });
    const old = sign('u1', 'comms', { fingerprint: 'before' });
    expect(sealsOf(playbook, card(old), 1, 0)).toEqual({ needed: 2, valid: 0, lost: 1 });
    const expired = sign('u2', 'legal', { expiresAt: '1970-01-01T00:00:01.000Z' });
    expect(sealsOf(playbook, card(sign('u1', 'comms'), expired), 1, 2_000)).toEqual({ needed: 2, valid: 1, lost: 1 });
  });
});

describe('the line above the board', () => {
  const at = (minutes: number) => new Date(minutes * 60_000).toISOString();
  const card = (id: string, stage: string, due: number) =>
    ({
      id,
      stage,
      closedAt: null,
      reply: null,
      posts: { firstPostedAt: at(due - 60) },
      clocks: [{ clock: 'public-reply', startedAt: at(due - 60), dueAt: at(due), stoppedAt: null }],
    }) as unknown as CardView;
  const classes = [{ id: 'troll', firstStage: 'watch', reply: false }];
  const playbook = { triage: { classes } } as unknown as Playbook;

  it('counts open and late cards and passes over stages without a reply', () => {
    const cards = { a: card('a', 'watch', 60), b: card('b', 'new', 90), c: card('c', 'new', 200) };
    const burning = burningOf(cards, playbook, 100 * 60_000);
    expect([burning.open, burning.late, burning.oldest?.id]).toEqual([3, 2, 'b']);
  });
});
