// Proves: the storm has the figures of real complaint streams, and a story that holds together.
import { describe, expect, it } from 'vitest';
import { crisisStorm, type StormItem } from './crisis.ts';
import { giveaways, type Truth } from './story.ts';

type Post = {
  at: number;
  text: string;
  platform: string;
  id: string;
  parent: string | null;
  handle: string;
  followers: number | null;
  truth: Truth;
};

function postsOf(items: Iterable<StormItem>): Post[] {
  const posts: Post[] = [];
  for (const { at, event, truth } of items) {
    if (event.type !== 'created' || truth === null) continue;
    const { text, platform, nativeId, inReplyTo, author } = event.mention;
    posts.push({
      at: Date.parse(at),
      text,
      platform,
      id: nativeId,
      parent: inReplyTo,
      handle: author.handle,
      followers: author.followers,
      truth,
    });
  }
  return posts;
}

const startAt = '2026-11-20T00:00:00.000Z';
const leakAfter = 1440;
const leakAt = Date.parse(startAt) + leakAfter * 60_000;
const posts = postsOf(
  crisisStorm({ seed: 'figures', startAt, minutes: 5760, peakPerMinute: 14, backgroundPerHour: 20, leakAfter }),
);
const byId = new Map(posts.map((post) => [post.id, post]));
const share = (of: (post: Post) => boolean, among = posts): number => (100 * among.filter(of).length) / among.length;
const quantile = (values: number[], p: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(p * (values.length - 1))] ?? Number.NaN;
const within = (value: number, low: number, high: number): void => {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
};

describe('the figures of a storm', () => {
  const people = new Map<string, Post[]>();
  for (const post of posts) people.set(post.truth.person, [...(people.get(post.truth.person) ?? []), post]);
  const counts = [...people.values()].map((list) => list.length);
  const written = (from: number): number =>
    (100 * counts.filter((n) => n >= from).reduce((a, b) => a + b, 0)) / posts.length;

  it('[SC-1] moods are about 63 negative, 21 neutral, 16 positive', () => {
    expect(posts.length).toBeGreaterThan(6000);
    within(
      share((post) => post.truth.mood === 'negative'),
      58,
      67,
    );
    within(
      share((post) => post.truth.mood === 'neutral'),
      17,
      25,
    );
    within(
      share((post) => post.truth.mood === 'positive'),
      12,
      20,
    );
  });

  it('[SC-2] 38 % of people post again and write about two thirds; the most frequent write dozens', () => {
    within((100 * counts.filter((n) => n >= 2).length) / counts.length, 33, 43);
    within(written(2), 60, 73);
    within(written(5), 16, 30);
    within(Math.max(...counts), 15, 63);
  });

  it('[SC-3] a person comes back after a median of about 23 minutes, with a long tail', () => {
    const gaps = [...people.values()].flatMap((list) =>
      list.slice(1).map((post, index) => (post.at - (list[index]?.at ?? 0)) / 60_000),
    );
    within(quantile(gaps, 0.25), 2.5, 7);
    within(quantile(gaps, 0.5), 14, 32);
    within(quantile(gaps, 0.75), 70, 150);
  });

  it('[SC-4] questions, hashtags, links, emoji and other letters as often as in real streams', () => {
    within(
      share((post) => post.text.includes('?')),
      20,
      30,
    );
    within(
      share((post) => /#\w/.test(post.text)),
      12,
      20,
    );
    within(
      share((post) => post.text.includes('https:')),
      5,
      13,
    );
    within(
      share((post) => /\p{Extended_Pictographic}/u.test(post.text)),
      2,
      5.5,
    );
    within(
      share((post) => /[^\p{ASCII}]/u.test(post.text)),
      3,
      9,
    );
    within(
      share((post) => /kurrivo/i.test(post.text)),
      1.3,
      4.5,
    );
  });

  it('[SC-5] lengths spread as people write today and keep to the platform', () => {
    const lengths = posts.map((post) => [...post.text].length);
    within(quantile(lengths, 0.05), 40, 95);
    within(quantile(lengths, 0.5), 110, 180);
    within(quantile(lengths, 0.95), 200, 320);
    const limits: Record<string, number> = { x: 280, bluesky: 300, mastodon: 500 };
    expect(posts.filter((post) => [...post.text].length > (limits[post.platform] ?? 900))).toEqual([]);
  });

  it('[SC-6] copies are rare before the leak, common in the burst, and near the original', () => {
    const burst = posts.filter((post) => post.at > leakAt + 30 * 60_000 && post.at < leakAt + 480 * 60_000);
    const copied = new Set(burst.map((post) => post.truth.copyOf));
    within(
      share((post) => post.truth.kind === 'copy' || copied.has(post.id), burst),
      14,
      58,
    );
    within(
      share(
        (post) => post.truth.kind === 'copy',
        posts.filter((post) => post.at < leakAt),
      ),
      0,
      5,
    );
    within(
      share(
        (post) => post.text.startsWith('RT @'),
        burst.filter((post) => post.platform === 'x'),
      ),
      15,
      54,
    );
    const copies = posts.filter((post) => post.truth.kind === 'copy');
    const near = copies.filter((post) => likeness(post.text, byId.get(post.truth.copyOf ?? '')?.text ?? '') >= 0.6);
    expect(near.length / copies.length).toBeGreaterThan(0.95);
    within(
      share((post) => post.truth.copyOf !== null && post.truth.copyOf === mostCopied(copies), posts),
      0.3,
      4,
    );
  });

  it('[SC-7] followers are log-normal, and review sites tell none', () => {
    const followers = posts.flatMap((post) => (post.followers === null ? [] : [post.followers]));
    within(quantile(followers, 0.5), 250, 800);
    within(quantile(followers, 0.9), 3500, 14000);
    expect(posts.filter((post) => post.platform === 'reviews' && post.followers !== null)).toEqual([]);
  });

  it('[SC-9] the burst is sudden, self-exciting, and holds most of the storm', () => {
    const bins = (minutes: number): number[] => {
      const list: number[] = Array(Math.ceil(5760 / minutes)).fill(0);
      for (const post of posts) {
        const bin = Math.floor((post.at - Date.parse(startAt)) / (minutes * 60_000));
        list[bin] = (list[bin] ?? 0) + 1;
      }
      return list;
    };
    const hours = bins(60);
    const busiest = [...hours]
      .sort((a, b) => b - a)
      .slice(0, Math.round(hours.length / 10))
      .reduce((a, b) => a + b, 0);
    within(busiest / posts.length, 0.38, 0.87);
    expect(Math.max(...hours) / quantile(hours, 0.5)).toBeGreaterThan(10);
    within(autocorrelation(bins(5)), 0.7, 0.98);
    const quiet = bins(5).slice(0, 288);
    const mean = quiet.reduce((a, b) => a + b, 0) / quiet.length;
    expect(quiet.reduce((sum, n) => sum + (n - mean) ** 2, 0) / quiet.length / mean).toBeGreaterThan(1.15);
  });

  it('[SC-10] a third are answers, most to others after a log-normal while, each to a post already told', () => {
    within(
      share((post) => post.parent !== null),
      25,
      42,
    );
    const late = posts.filter(
      (post) => post.parent !== null && !((byId.get(post.parent)?.at ?? Number.POSITIVE_INFINITY) <= post.at),
    );
    expect(late).toEqual([]);
    const delays = posts.flatMap((post) => {
      const parent = post.parent === null ? undefined : byId.get(post.parent);
      return parent && parent.truth.person !== post.truth.person ? [(post.at - parent.at) / 60_000] : [];
    });
    within(quantile(delays, 0.5), 12, 45);
    within(quantile(delays, 0.75), 50, 160);
  });
});

describe('the story', () => {
  it('[SC-8] nobody speaks of the photo or the canned reply before it is out', () => {
    const early = posts.filter(
      ({ at, text, truth }) =>
        truth.kind !== 'scripted' &&
        giveaways.some(({ words, fromMinute }) => at < leakAt + fromMinute * 60_000 && words.test(text)),
    );
    expect(early.filter((post) => post.truth.kind !== 'copy')).toEqual([]);
  });

  it('[SC-11] no sentence is left with a hole, an empty text or a doubled id', () => {
    expect(byId.size).toBe(posts.length);
    expect(posts.filter(({ text }) => text.trim() === '' || /[{}[\]|]|undefined|null|\s{2}/.test(text))).toEqual([]);
  });

  it('[SC-12] people do not repeat themselves, and few originals are word for word alike', () => {
    const own = posts.filter((post) => post.truth.kind === 'own' || post.truth.kind === 'reply');
    const said = new Set<string>();
    const again = own.filter((post) => {
      const key = `${post.truth.person} ${post.text.toLowerCase()}`;
      const known = said.has(key);
      said.add(key);
      return known;
    });
    expect(again.length / own.length).toBeLessThan(0.002);
    const texts = new Map<string, number>();
    for (const { text } of own) texts.set(text.toLowerCase(), (texts.get(text.toLowerCase()) ?? 0) + 1);
    expect([...texts.values()].filter((n) => n > 1).reduce((a, b) => a + b, 0) / own.length).toBeLessThan(0.08);
  });
});

function mostCopied(copies: Post[]): string | null {
  const tally = new Map<string | null, number>();
  for (const { truth } of copies) tally.set(truth.copyOf, (tally.get(truth.copyOf) ?? 0) + 1);
  return [...tally].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function autocorrelation(values: number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  let [shared, all] = [0, 0];
  values.forEach((value, index) => {
    all += (value - mean) ** 2;
    if (index > 0) shared += (value - mean) * ((values[index - 1] ?? 0) - mean);
  });
  return shared / all;
}

/** Jaccard likeness of 5-letter shingles once RT, handles, links and punctuation are gone. */
function likeness(one: string, other: string): number {
  const shingles = (text: string): Set<string> => {
    const bare = text
      .replace(/^RT @\S+:/, '')
      .replace(/https?:\S+|@\S+/g, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} ]/gu, '')
      .replace(/ +/g, ' ')
      .trim();
    return new Set(Array.from({ length: Math.max(1, bare.length - 4) }, (_, index) => bare.slice(index, index + 5)));
  };
  const [a, b] = [shingles(one), shingles(other)];
  let both = 0;
  for (const shingle of a) if (b.has(shingle)) both += 1;
  return both / (a.size + b.size - both);
}
