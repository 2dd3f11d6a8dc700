// Answers: how a post travels: passed on with RT, word for word, or with a small change. Keeps the few posts worth passing on.
import type { Random } from './random.ts';
import type { Mood, Told } from './story.ts';

type Candidate = { told: Told; weight: number };

const kept = 80;
/** A post is passed on for about this long. */
const freshMs = 100 * 60_000;

export type Copies = {
  /** Offers a post for passing on; a loud author or luck makes it travel further. */
  offer(told: Told, loudness: number): void;
  /** A post of that platform and mood worth copying at that moment, or null. */
  source(platform: string, mood: Mood, at: number): Told | null;
  /** The copied text as typed on that platform. */
  copy(told: Told, limit: number): string;
};

export function copiesFrom(random: Random): Copies {
  const candidates: Candidate[] = [];
  const odds = (candidate: Candidate, at: number): number =>
    candidate.weight * Math.exp(-(at - candidate.told.at) / freshMs);

  return {
    offer(told, loudness) {
      const luck = (1 - random.uniform()) ** (-1 / 1.2);
      const weight = loudness * luck * (1 + Math.sqrt(told.mention.author.followers ?? 0) / 20);
      if (candidates.length < kept) {
        candidates.push({ told, weight });
        return;
      }
      let worst = 0;
      for (let index = 1; index < kept; index += 1) {
        const one = candidates[index];
        const least = candidates[worst];
        if (one && least && odds(one, told.at) < odds(least, told.at)) worst = index;
      }
      const least = candidates[worst];
      if (least && odds(least, told.at) < weight) candidates[worst] = { told, weight };
    },
    source(platform, mood, at) {
      const fitting = candidates.filter(({ told }) => told.mention.platform === platform && told.truth.mood === mood);
      if (fitting.length === 0) return null;
      return random.weighted(fitting.map((candidate) => [candidate.told, odds(candidate, at) + 1e-9] as const));
    },
    copy(told, limit) {
      const { text, author, platform } = told.mention;
      const way = random.weighted(platform === 'x' ? waysOnX : waysElsewhere);
      const made = ways[way](text, author.handle, random);
      return made.length <= limit ? made : cutAtWord(made, limit);
    },
  };
}

type Way = 'rt' | 'verbatim' | 'tagged' | 'remark' | 'slip' | 'via';
const waysOnX: readonly (readonly [Way, number])[] = [
  ['rt', 66],
  ['verbatim', 10],
  ['remark', 9],
  ['tagged', 6],
  ['slip', 5],
  ['via', 4],
];
const waysElsewhere: readonly (readonly [Way, number])[] = [
  ['verbatim', 35],
  ['remark', 25],
  ['tagged', 15],
  ['slip', 15],
  ['via', 10],
];

const ways: Record<Way, (text: string, handle: string, random: Random) => string> = {
  rt: (text, handle) => `RT @${handle}: ${text}`,
  verbatim: (text) => text,
  tagged: (text, _, random) => `${text} ${random.pick(['#soggygate', '#drovewell', '#wetparcels', '#marlstock'])}`,
  remark: (text, _, random) =>
    `${random.pick(['This.', 'Sharing.', 'Read this.', 'Wow.', 'Blimey.', 'Passing on:', 'Not mine but:'])} ${text}`,
  slip: (text, _, random) =>
    random.pick([
      () => text.replace(/[.!?]+$/, '!!!'),
      () => text.toLowerCase(),
      () => text.replace(/\bthe\b/, 'teh'),
      () => text.replace(/'/g, ''),
      () => text.replace(/, /g, ' '),
    ])(),
  via: (text, handle) => `${text} (via @${handle})`,
};

export function cutAtWord(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 3);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), limit - 40)).trimEnd()}...`;
}
