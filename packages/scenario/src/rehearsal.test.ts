// Proves: the rehearsal is alive from the first minute, the same for the same seed, and tells what the room must handle.
import { describe, expect, it } from 'vitest';
import { company, personas } from './company.ts';
import { rehearsalStorm, stormAtRate } from './crisis.ts';

const startAt = '2026-11-24T15:00:00.000Z';
const start = Date.parse(startAt);
const items = [...rehearsalStorm({ seed: 'first', startAt })];
const created = items.flatMap(({ event, truth }) =>
  event.type === 'created' && truth ? [{ ...event.mention, truth, at: Date.parse(event.mention.postedAt) }] : [],
);

describe('the rehearsal storm', () => {
  it('[SC-13] opens with about forty posts, some with most of three hours gone, and 6 to 20 a minute after', () => {
    const backlog = created.filter((post) => post.at < start);
    expect(backlog.length).toBeGreaterThanOrEqual(30);
    expect(backlog.length).toBeLessThanOrEqual(60);
    expect(backlog.filter((post) => start - post.at > 120 * 60_000).length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...backlog.map((post) => start - post.at))).toBeLessThan(175 * 60_000);
    const minutes = Array.from(
      { length: 180 },
      (_, minute) => created.filter((post) => Math.floor((post.at - start) / 60_000) === minute).length,
    ).sort((a, b) => a - b);
    expect(minutes[9]).toBeGreaterThanOrEqual(6);
    expect(minutes[170]).toBeLessThanOrEqual(24);
    expect(created.filter((post) => post.at >= start && post.at < start + 120_000).length).toBeGreaterThanOrEqual(10);
  });

  it('[SC-14] equal seeds tell equal storms in order of time, other seeds other storms', () => {
    const first = (seed: string) => JSON.stringify([...rehearsalStorm({ seed, startAt })].slice(0, 300));
    expect(first('first')).toBe(JSON.stringify(items.slice(0, 300)));
    expect(first('second')).not.toBe(first('first'));
    const times = items.map((item) => item.at);
    expect([...times].sort()).toEqual(times);
  });

  it('[SC-15] plays every part: leak, press, politician, rival under a complaint, staff family, troll, health, seller, right to left', () => {
    const parts = new Set(created.filter((post) => post.truth.kind === 'scripted').map((post) => post.truth.topic));
    for (const part of [
      'leak',
      'press',
      'politician',
      'rival',
      'staff-family',
      'troll',
      'health',
      'seller',
      'repeat-poster',
      'personal-data',
      'canned-reply',
      'insider',
    ])
      expect(parts).toContain(part);
    const offer = created.find((post) => post.truth.topic === 'rival');
    expect(created.find((post) => post.nativeId === offer?.inReplyTo)?.truth.mood).toBe('negative');
    expect(created.some((post) => post.lang === 'ar')).toBe(true);
    expect(new Set(created.map((post) => post.lang)).size).toBeGreaterThan(5);
  });

  it('[SC-16] edits and deletes name a post already told', () => {
    const told = new Set<string>();
    const changes = { edited: 0, deleted: 0 };
    for (const { event } of items) {
      if (event.type === 'created') told.add(`${event.mention.platform} ${event.mention.nativeId}`);
      else {
        changes[event.type] += 1;
        expect(told).toContain(
          event.type === 'edited'
            ? `${event.mention.platform} ${event.mention.nativeId}`
            : `${event.platform} ${event.nativeId}`,
        );
      }
    }
    expect(changes.edited).toBeGreaterThan(15);
    expect(changes.deleted).toBeGreaterThan(15);
  });

  it('[SC-17] every mention has the shape of a source mention, on reserved hosts only', () => {
    const odd = created.filter(
      ({ platform, url, lang, handle, ...post }: (typeof created)[number] & { handle?: string }) =>
        !/^[a-z0-9][a-z0-9-]*$/.test(platform) ||
        !/^https:\/\/\w+\.example\//.test(url ?? '') ||
        lang === null ||
        post.author.handle === '' ||
        !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(post.postedAt) ||
        (post.author.followers !== null && !Number.isInteger(post.author.followers)),
    );
    expect(odd).toEqual([]);
    expect(created.filter(({ text }) => /https?:\/\/(?!\w+\.example\b)/.test(text))).toEqual([]);
  });

  it('[SC-18] three personas hold every role, and whoever writes need not sign alone', () => {
    const held = new Set(personas.flatMap((persona) => persona.roles));
    for (const role of [
      'responder',
      'social_lead',
      'comms',
      'legal',
      'department',
      'expert',
      'publisher',
      'commander',
      'executive',
    ])
      expect(held).toContain(role);
    const signers = (role: string): string[] =>
      personas.filter((persona) => persona.roles.includes(role)).map((persona) => persona.id);
    const writer = signers('responder');
    for (const role of ['comms', 'legal', 'department', 'expert', 'executive'])
      expect(signers(role).some((id) => !writer.includes(id))).toBe(true);
    expect(new Set([...signers('commander'), ...signers('executive')]).size).toBeGreaterThanOrEqual(2);
    expect(created.some((post) => post.text.includes(`@${company.handles.x}`))).toBe(true);
  });

  it('[SC-19] a bench storm has exactly its count, an even rate, unique ids and people who come back', () => {
    const bench = [...stormAtRate({ seed: 7, startAt, count: 3000, perSecond: 100 })];
    expect(bench.length).toBe(3000);
    const ids = new Set(
      bench.map(({ event }) => (event.type === 'created' ? `${event.mention.platform} ${event.mention.nativeId}` : '')),
    );
    expect(ids.size).toBe(3000);
    expect(Date.parse(bench[2999]?.at ?? '') - start).toBe(29_990);
    const people = new Set(bench.map(({ truth }) => truth?.person));
    expect(people.size / 3000).toBeGreaterThan(0.45);
    expect(people.size / 3000).toBeLessThan(0.62);
  });
});
