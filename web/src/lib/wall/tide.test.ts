// The tide on the wall: minutes of the last hour, honest about what it cannot know.
import { sampleMention } from '@rejoinder/board/sample';
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { describe, expect, it } from 'vitest';
import { addToTide, readTide, startTide, TIDE_MINUTES } from './tide.ts';

const NOW = Date.parse('2026-10-01T10:00:30.000Z');
const minutesAgo = (n: number) => new Date(NOW - n * 60_000).toISOString();
const mention = (id: string, ago: number) => sampleMention(id, { receivedAt: minutesAgo(ago) });
const boardOf = (mentions: BoardState['mentions'], mentionCount = mentions.length) =>
  ({ mentions, mentionCount }) as BoardState;

describe('the tide', () => {
  it('[WL-1] counts mentions by minute, the running minute last', () => {
    const read = readTide(startTide(boardOf([mention('a', 2), mention('b', 0), mention('c', 0)])), NOW);
    expect(read).toHaveLength(TIDE_MINUTES);
    expect(read.slice(-3)).toEqual([1, 0, 2]);
    expect(read[0]).toBe(0);
  });

  it('[WL-2] says nothing about minutes the snapshot does not hold whole', () => {
    const read = readTide(startTide(boardOf([mention('a', 2), mention('b', 1)], 900)), NOW);
    expect(read.slice(-4)).toEqual([null, null, 1, 0]);
  });

  it('[WL-1] grows with what arrives and forgets what is older than an hour', () => {
    const tide = startTide(boardOf([mention('a', 59)]));
    const created = [mention('b', 0)];
    addToTide(tide, [{ type: 'mention.received', data: { created } } as unknown as RoomEvent], NOW + 120_000);
    expect(tide.counts.size).toBe(1);
    expect(readTide(tide, NOW + 120_000).at(-3)).toBe(1);
  });
});
