import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gramsOf, jaccard } from './grams.ts';
import { ALIKE, bare, StoryIndex } from './same-story.ts';

/** Numbers that look random and are the same in every run. */
function counter(seed: number) {
  let s = seed;
  return (below: number) => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return Math.floor((s / 2 ** 32) * below);
  };
}

const WORDS =
  'my parcel box driver depot street late morning nobody answered phone tracking page says delivered neighbour rain wet garden gate left again asked refund waiting tuesday week birthday mother gift broken glass label wrong house town van friendly saw slept office letter window blue red green small large heavy light hall stairs lift code door bell rang twice photo blurry shows dog cat tree'.split(
    ' ',
  );

/** Posts of which about a third vary an earlier one by some words, shares or links. */
function sample(count: number, seed: number): string[] {
  const pick = counter(seed);
  const texts: string[] = [];
  for (let i = 0; i < count; i++) {
    if (texts.length > 0 && pick(3) === 0) {
      const words = (texts[pick(texts.length)] ?? '').split(' ');
      for (let n = pick(5); n > 0; n--) words[pick(words.length)] = WORDS[pick(WORDS.length)] ?? '';
      const text = words.join(' ');
      texts.push([text, `RT @someone: ${text}`, `${text} https://t.example/${i}`, `@depot ${text}!!`][pick(4)] ?? text);
    } else texts.push(Array.from({ length: 8 + pick(16) }, () => WORDS[pick(WORDS.length)]).join(' '));
  }
  return texts;
}

describe('bare', () => {
  it('[TR-1] leaves out what changes when a post is passed on', () => {
    const text = 'My parcel lay in the rain for 3 days.';
    expect(bare(`RT @ana_b: "${text}" https://t.example/x1`)).toBe('my parcel lay in the rain for 3 days');
    expect(bare(`@depot@social.example MY  parcel lay in the rain - for 3 days!!! 😡`)).toBe(bare(text));
  });
  it('[TR-1] leaves a bare text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'B', ' ', '@', '.', 'é', '9', ':') }), (t) => {
        const once = bare(t);
        expect(bare(once)).toBe(once);
      }),
    );
  });
});

describe('StoryIndex', () => {
  it('[TR-2] gives a copy the story of the first and says whose copy it is', () => {
    const index = new StoryIndex();
    const text = 'They left my parcel in the rain and nobody answers the phone';
    expect(index.add('men_1', text)).toEqual({ storyId: 'sto_1', of: null });
    expect(index.add('men_2', `RT @ana: ${text}`)).toEqual({ storyId: 'sto_1', of: 'men_1' });
    expect(index.add('men_3', text.replace('nobody', 'no one'))).toEqual({ storyId: 'sto_1', of: 'men_1' });
    expect(index.add('men_1', text)).toEqual({ storyId: 'sto_1', of: null });
    expect(index.add('men_4', 'Thank you for bringing my gift in time for the party')).toEqual({
      storyId: 'sto_4',
      of: null,
    });
  });
  it('[TR-3] does not tell short texts apart', () => {
    expect(new StoryIndex().add('men_1', '@depot same here! https://t.example/1')).toEqual({ storyId: null, of: null });
  });
  it('[TR-4] says alike only of texts that are alike, and finds 98 of 100 pairs', () => {
    const texts = sample(1000, 7);
    const index = new StoryIndex();
    const told = texts.map((t, i) => index.add(`men_${i}`, t));
    const bared = texts.map(bare);
    const grams = bared.map(gramsOf);
    let [pairs, found] = [0, 0];
    for (let i = 0; i < texts.length; i++) {
      const of = told[i]?.of;
      if (of) expect(jaccard(grams[i] ?? NONE, grams[Number(of.slice(4))] ?? NONE)).toBeGreaterThanOrEqual(ALIKE);
      for (let j = 0; j < i; j++) {
        if (told[i]?.storyId === null || told[j]?.storyId === null) continue;
        if (jaccard(grams[i] ?? NONE, grams[j] ?? NONE) < ALIKE) continue;
        pairs++;
        if (told[i]?.storyId === told[j]?.storyId) found++;
      }
    }
    expect(pairs).toBeGreaterThan(300);
    expect(found / pairs).toBeGreaterThanOrEqual(0.98);
  });
  it('[TR-5] is deterministic and can be built up again from what was stored', () => {
    const texts = sample(300, 3);
    const [first, second, rebuilt] = [new StoryIndex(), new StoryIndex(), new StoryIndex({ nameStory: () => 'never' })];
    const told = texts.map((t, i) => first.add(`men_${i}`, t));
    expect(texts.map((t, i) => second.add(`men_${i}`, t))).toEqual(told);
    expect(texts.map((t, i) => rebuilt.add(`men_${i}`, t, told[i]?.storyId).storyId)).toEqual(
      told.map((s) => s.storyId),
    );
  });
  it('[TR-6] keeps a bounded number of texts, the copied ones longest', () => {
    const index = new StoryIndex({ window: 50 });
    const often = 'This one is copied again and again by everybody';
    index.add('men_0', often);
    sample(500, 11).forEach((t, i) => {
      index.add(`men_${i + 1}`, t);
      if (i % 20 === 0) index.add(`men_c${i}`, often);
    });
    expect(index.size).toBeLessThanOrEqual(50);
    expect(index.add('men_x', often)).toEqual({ storyId: 'sto_0', of: 'men_0' });
  });
  it('[TR-7] holds thousands of near copies together as one story', () => {
    const pick = counter(5);
    const index = new StoryIndex();
    const stories = new Set<string | null>();
    for (let i = 0; i < 4000; i++) {
      const text = `They left my parcel in the rain again and nobody at all answers the phone, case ${i} ${pick(99)}`;
      stories.add(index.add(`men_${i}`, text).storyId);
    }
    expect([...stories]).toEqual(['sto_0']);
  });
});

const NONE = new Uint32Array();
