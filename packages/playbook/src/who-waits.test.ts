// Whose signature is awaited, on the default plan.
import { readFileSync } from 'node:fs';
import type { CardView, SignOffView } from '@rejoinder/contracts/cards';
import { describe, expect, it } from 'vitest';
import { readPlaybook } from './read.ts';
import { awaitedRoles, noReply } from './who-waits.ts';

const read = readPlaybook(readFileSync(new URL('../../../server/playbooks/default.md', import.meta.url), 'utf8'));
if ('faults' in read) throw new Error('the default plan has faults');
const plan = read.playbook;
const NOW = '2026-10-01T10:00:00.000Z';

const signed = (role: string, fingerprint = 'f1'): SignOffView => ({
  id: `so_${role}`,
  userId: `user_${role}`,
  name: role,
  role,
  fingerprint,
  signedAt: NOW,
  expiresAt: null,
  voidedAt: null,
  voidReason: null,
});

const card = (over: Partial<CardView>): CardView => ({
  id: 'card_1',
  version: 1,
  stage: 'sign-off',
  enteredStageAt: NOW,
  openedAt: NOW,
  closedAt: null,
  platform: 'chirper',
  author: { handle: '@a', name: 'A', followers: null },
  excerpt: '',
  posts: { count: 1, unseen: 0, firstPostedAt: NOW, lastPostedAt: NOW },
  replyTo: { mentionId: 'men_1', nativeId: '1', url: null },
  account: 'acc_1',
  storyId: null,
  severity: 10,
  heat: 0,
  fields: {},
  owner: null,
  draft: {
    id: 'draft_1',
    generation: 1,
    empty: false,
    tooLong: false,
    findings: [],
    authors: ['user_x'],
    likest: null,
  },
  signOffs: [],
  fingerprint: 'f1',
  reply: null,
  clocks: [],
  followUp: null,
  remedy: null,
  checks: [],
  facts: [],
  glass: null,
  ...over,
});

const awaited = (over: Partial<CardView>, level = 3) => awaitedRoles(plan, card(over), level, NOW);

describe('who is waited for', () => {
  it('[WL-3] names every role the next door still lacks, and nobody once all have signed', () => {
    const all = awaited({});
    expect(all.length).toBeGreaterThan(1);
    const [first = '', ...rest] = all;
    expect(awaited({ signOffs: [signed(first)] })).toEqual(rest);
    expect(awaited({ signOffs: all.map((role) => signed(role)) })).toEqual([]);
  });

  it('[WL-3] does not count a signature over other words', () => {
    const [first = ''] = awaited({});
    expect(awaited({ signOffs: [signed(first, 'older')] })).toEqual(awaited({}));
  });

  it('[WL-3] waits for nobody before there is something to sign, away from that door, or when closed', () => {
    expect(awaited({ stage: 'new' })).toEqual([]);
    expect(awaited({ draft: null, fingerprint: null })).toEqual([]);
    expect(awaited({ closedAt: NOW })).toEqual([]);
    expect(awaited({ stage: 'no-such-stage' })).toEqual([]);
  });

  it('[WL-4] knows which classes get no answer on purpose and where such cards begin', () => {
    expect(noReply(plan)).toEqual({ stages: ['watch'], classes: ['troll'] });
  });
});
