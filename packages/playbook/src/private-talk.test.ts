import { readFileSync } from 'node:fs';
import type { CardView } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { PrivateView } from '@rejoinder/contracts/private-talk';
import { describe, expect, it } from 'vitest';
import { exampleCard, exampleFacts } from './example-move.ts';
import { lacksReturn } from './guards/follow-up.ts';
import { judge } from './guards/judge.ts';
import { pointsElsewhere, redactDueAt, returnDueAt, rolesInPrivate, rolesThatWritePrivately } from './private-talk.ts';
import { readPlaybook } from './read.ts';

const read = readPlaybook(readFileSync(new URL('../../../server/playbooks/default.md', import.meta.url), 'utf8'));
if ('faults' in read) throw new Error(JSON.stringify(read.faults));
const plan = read.playbook;
const WROTE = 'https://www.social.example/@ida/1';
const talk: PrivateView = {
  entries: 2,
  redacted: 0,
  lastAt: '2026-03-01T09:30:00.000Z',
  since: '2026-03-01T09:10:00.000Z',
  backAt: '2026-03-01T09:40:00.000Z',
  redactAt: null,
};
const after = (changes: Partial<CardView>): CardView =>
  exampleCard('follow-up', { private: talk, replyTo: { mentionId: 'men_1', nativeId: '1', url: WROTE }, ...changes });
const says = (changes: Partial<CardView>, playbook: Playbook = plan) =>
  lacksReturn(playbook, after(changes)).map((each) => each.says);
const posted = (note: string) => ({ followUp: { state: 'posted' as const, note, at: '2026-03-01T10:00:00.000Z' } });
const declined = (note: string) => ({ followUp: { state: 'declined' as const, note, at: '2026-03-01T10:00:00.000Z' } });
const reply = (changes: object) => {
  const own = exampleCard('follow-up').reply;
  return { reply: own && { ...own, queuedAt: '2026-03-01T09:50:00.000Z', ...changes } };
};

describe('a private talk', () => {
  it('[PV-1] is held by those who work the private stage; where the plan has none, by those who own cards', () => {
    expect(rolesInPrivate(plan)).toEqual(['responder', 'social_lead', 'department']);
    expect(rolesThatWritePrivately(plan)).toEqual(['responder', 'social_lead', 'department']);
    const without = { ...plan, stages: plan.stages.filter((stage) => stage.id !== 'private') };
    expect(rolesInPrivate(without)).toEqual(['responder', 'social_lead', 'department', 'commander']);
    expect(rolesThatWritePrivately(without)).not.toContain('commander');
  });

  it('[PV-5] its return and its last day are instants of the plan; without them there are none', () => {
    expect(returnDueAt(plan, 2, '2026-03-01T09:00:00.000Z')).toBe('2026-03-01T17:00:00.000Z');
    expect(redactDueAt(plan, '2026-03-01T09:00:00.000Z')).toBe('2026-03-31T09:00:00.000Z');
    for (const silent of [{ ...plan, private: null }, withPrivate({ returns: null, redactAfter: null })]) {
      expect(returnDueAt(silent, 1, '2026-03-01T09:00:00.000Z')).toBeNull();
      expect(redactDueAt(silent, '2026-03-01T09:00:00.000Z')).toBeNull();
    }
  });

  it('[GU-17] [PV-5] is over in public only with a place where the person wrote, or a reply of ours that stands', () => {
    expect(says({ followUp: null })).toHaveLength(1);
    expect(says(posted('https://social.example/@us/2'))).toEqual([]);
    expect(says(posted('Under their post'))).toEqual([]);
    expect(says(posted(' '))[0]).toContain('where in public');
    expect(says(posted('https://other.example/2'))[0]).toContain('not where Ida wrote');
    expect(says({ ...posted('x'), ...reply({ state: 'unknown' }) })[0]).toContain('not known');
    expect(says({ ...posted('x'), ...reply({ matches: false }) })).toHaveLength(1);
    expect(says({ ...posted(''), ...reply({}) })).toEqual([]);
    expect(says({ ...posted('x'), ...reply({ state: 'rejected' }) })).toEqual([]);
    expect(says({ ...posted(''), private: { ...talk, since: null } })).toEqual([]);
  });

  it('[GU-17] [PV-5] the person’s no counts with their words, unless the plan wants us back whatever they say', () => {
    expect(says(declined('They are content.'))).toEqual([]);
    expect(says(declined(''))[0]).toContain('what the person said');
    const strict = withPrivate({ returns: { within: { 1: 60 }, declinedCounts: false } });
    expect(says(declined('They are content.'), strict)[0]).toContain('would rather not');
    const { posts } = exampleCard('follow-up');
    expect(says({ followUp: null, posts: { ...posts, count: 0 } })).toEqual([]);
  });

  it('[GU-32] the pointer is our reply where one went out from here: no note replaces one that does not stand', () => {
    const noted = (note: string) => ({
      facts: [
        { fact: 'public_pointer' as const, by: 'usr_a', name: 'A', at: talk.since ?? '', note, fingerprint: null },
      ],
    });
    const lacks = (card: Partial<CardView>) => {
      const [from, to] = [plan.stages.find((s) => s.id === 'publish'), plan.stages.find((s) => s.id === 'private')];
      if (!from || !to) throw new Error('no stage');
      const facts = exampleFacts('publish', { replyTo: { mentionId: 'men_1', nativeId: '1', url: WROTE }, ...card });
      return judge({ playbook: plan, facts, from, to }, { guard: 'public_pointer_posted' }).map((each) => each.says);
    };
    expect(lacks({})).toEqual([]);
    for (const spoilt of [{ matches: false }, { state: 'unknown' }, { state: 'sending' }])
      expect(lacks({ ...noted(WROTE), ...reply(spoilt) }), JSON.stringify(spoilt)).toHaveLength(1);
    expect(lacks({ ...noted(WROTE), ...reply({ state: 'rejected' }) })).toEqual([]);
    expect(lacks({ ...noted('https://m.social.example/2'), reply: null })).toEqual([]);
    expect(lacks({ ...noted('https://other.example/2'), reply: null })[0]).toContain('not where Ida wrote');
    expect(lacks({ reply: null })).toHaveLength(1);
  });

  it('[PV-5] a place is told by its host; without a link nothing is known', () => {
    const at = (note: string, url: string | null = WROTE) =>
      pointsElsewhere(note, exampleCard('publish', { replyTo: { mentionId: 'm', nativeId: '1', url } }));
    expect(at('see https://SOCIAL.example/2 and https://other.example')).toBe(false);
    expect(at('https://social.example.evil/2')).toBe(true);
    expect(at('https://social.example@evil.example/2')).toBe(true);
    expect(at('under the post')).toBe(false);
    expect(at('https://other.example', null)).toBe(false);
  });
});

function withPrivate(changes: object): Playbook {
  return { ...plan, private: { ...(plan.private ?? {}), ...changes } as Playbook['private'] };
}
