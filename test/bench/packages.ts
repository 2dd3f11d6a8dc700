// What the pure packages cost: reading a plan, judging a move, voice, same story, fold. `npm run bench -- packages`
import { readFileSync } from 'node:fs';
import { applyAll } from '@rejoinder/board/apply';
import { sampleCard, sampleRoom, stored } from '@rejoinder/board/sample';
import { emptyBoard } from '@rejoinder/board/state';
import type { EventData } from '@rejoinder/contracts/events';
import { exampleFacts } from '@rejoinder/playbook/example-move';
import { mayMove } from '@rejoinder/playbook/may-move';
import { readPlaybook } from '@rejoinder/playbook/read';
import { stormAtRate } from '@rejoinder/scenario/crisis';
import { difference } from '@rejoinder/signoff/difference';
import { StoryIndex } from '@rejoinder/triage/same-story';
import { findings } from '@rejoinder/voice/voice';

/** Median milliseconds of `runs` calls, after two to warm up. */
function median(runs: number, work: () => unknown): number {
  const times = Array.from({ length: runs + 2 }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  }).slice(2);
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
}

const text = readFileSync(new URL('../../server/playbooks/default.md', import.meta.url), 'utf8');
const read = readPlaybook(text);
if (!('playbook' in read)) throw new Error('the shipped playbook has faults');
const { playbook } = read;
const facts = exampleFacts('drafting');
const reply = 'You wrote that the parcel came late and nobody answered, and we are sorry for that. '
  .repeat(24)
  .slice(0, 2000);
const words = Array.from({ length: 1700 }, (_, i) => `word${i % 97}`).join(' ');
const posts = [...stormAtRate({ seed: 7, startAt: '2026-03-02T09:00:00.000Z', count: 5000, perSecond: 50 })].flatMap(
  ({ event }) => (event.type === 'created' ? [event.mention.text] : []),
);
const cards: EventData<'card.opened'> = {
  cards: Array.from({ length: 1000 }, (_, i) => sampleCard(`c${i}`)),
  mentions: [],
};
const board = applyAll(emptyBoard(sampleRoom), stored([{ type: 'card.opened', data: cards }])).state;
const batch = stored(
  Array.from({ length: 200 }, (_, i) => ({
    type: 'card.opened' as const,
    data: { cards: [sampleCard(`c${i}`)], mentions: [] },
  })),
  board.seq + 1,
);

const rows: [string, number, string][] = [
  ['read the shipped playbook', median(15, () => readPlaybook(text)), 'ms'],
  ['judge one move', median(50, () => mayMove(playbook, facts, 'publish')) * 1000, 'µs'],
  [
    'judge 1,000 cards × 9 columns',
    median(5, () => {
      for (let i = 0; i < 1000; i++) for (const stage of playbook.stages) mayMove(playbook, facts, stage.id);
    }),
    'ms',
  ],
  ['voice on 2,000 characters', median(25, () => findings(playbook.voice, reply, 'mastodon')), 'ms'],
  [
    'difference of 10,000 characters',
    median(15, () => difference(words, words.replaceAll('word3 ', 'nothing '))),
    'ms',
  ],
  [
    'story of one text, of 5,000',
    (median(3, () => {
      const index = new StoryIndex();
      for (const [i, post] of posts.entries()) index.add(`men_${i}`, post);
    }) /
      posts.length) *
      1000,
    'µs',
  ],
  ['fold 200 card events into 1,000 cards', median(15, () => applyAll(board, batch)), 'ms'],
];
for (const [name, value, unit] of rows)
  console.log(`${name.padEnd(40)} ${value.toFixed(unit === 'ms' ? 2 : 1).padStart(9)} ${unit}`);
