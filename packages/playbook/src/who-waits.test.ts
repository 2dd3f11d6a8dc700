// Whose signature is awaited, on the default plan.
import { readFileSync } from 'node:fs';
import type { CardView, SignOffView } from '@rejoinder/contracts/cards';
import type { Condition, Guard } from '@rejoinder/contracts/playbooks';
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
    facts: null,
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
  openComments: 0,
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

  it('[WL-5] a card that is ready to go out waits again for what a raised level asks, until its words are on their way', () => {
    const ready = { stage: 'publish', signOffs: [signed('comms')] };
    expect(awaited(ready, 1)).toEqual([]);
    expect(awaited(ready, 3)).toEqual(['legal', 'expert']);
    const reply = (state: 'approved' | 'rejected') => ({
      ...ready,
      reply: {
        jobId: 'job_1',
        state,
        fingerprint: 'f1',
        attempt: 1,
        queuedAt: NOW,
        publishedAt: null,
        url: null,
        says: null,
        matches: false,
      },
    });
    expect(awaited(reply('approved'), 3)).toEqual([]);
    expect(awaited(reply('rejected'), 3)).toEqual(['legal', 'expert']);
    expect(awaited({ ...ready, stage: 'follow-up' }, 3)).toEqual([]);
  });

  it('[WL-3] does not count a signature over other words', () => {
    const [first = ''] = awaited({});
    expect(awaited({ signOffs: [signed(first, 'older')] })).toEqual(awaited({}));
  });

  it('[WL-3] waits for nobody before there is something to sign, away from that door, or when closed', () => {
    expect(awaited({ stage: 'new' })).toEqual([]);
    expect(awaited({ draft: null })).toEqual([]);
    expect(awaited({ account: null })).toEqual([]);
    // Until somebody signs, the board knows no fingerprint.
    expect(awaited({ fingerprint: null })).toEqual(awaited({}));
    const { draft } = card({});
    expect(awaited({ draft: draft && { ...draft, empty: true } })).toEqual([]);
    expect(awaited({ closedAt: NOW })).toEqual([]);
    expect(awaited({ stage: 'no-such-stage' })).toEqual([]);
  });

  it('[WL-3] finds the signatures at either door, and within joined guards at this level', () => {
    const sign = { guard: 'sign_offs_valid', signOff: 'reply' } as const;
    const open = plan.stages.map((each) => ({ ...each, enter: [], leave: [] }));
    const at = (place: 'enter' | 'leave', stage: string, condition: Condition, level = 3) => {
      const door = { ...condition, strength: 'block', clause: '', sentence: '', to: null, bothWays: false } as Guard;
      const stages = open.map((each) => (each.id === stage ? { ...each, [place]: [door] } : each));
      return awaitedRoles({ ...plan, stages }, card({}), level, NOW);
    };
    const all = awaited({});
    expect(at('leave', 'sign-off', sign)).toEqual(all);
    expect(at('enter', 'publish', sign)).toEqual(all);
    expect(at('enter', 'sign-off', sign)).toEqual([]);
    expect(at('leave', 'publish', sign)).toEqual([]);
    expect(at('enter', 'publish', { guard: 'all', of: [{ guard: 'owner_accepted' }, sign] })).toEqual(all);
    expect(at('enter', 'publish', { guard: 'any', of: [{ guard: 'owner_accepted' }, sign] })).toEqual(all);
    expect(at('enter', 'publish', { guard: 'not', of: [sign] })).toEqual([]);
    expect(at('enter', 'publish', { guard: 'at_level', levels: { 3: [sign] } })).toEqual(all);
    expect(at('enter', 'publish', { guard: 'at_level', levels: { 3: [sign] } }, 2)).toEqual([]);
  });

  it('[WL-4] knows which classes get no answer on purpose and where such cards begin', () => {
    expect(noReply(plan)).toEqual({ stages: ['watch'], classes: ['troll'] });
    const [troll] = plan.triage.classes.filter((each) => !each.reply);
    if (!troll) throw new Error('no class without an answer');
    const classes = [troll, { ...troll, id: 'bot' }, { ...troll, id: 'spam', firstStage: null }];
    const more = { ...plan, triage: { ...plan.triage, classes } };
    expect(noReply(more)).toEqual({ stages: ['watch'], classes: ['troll', 'bot', 'spam'] });
  });
});
