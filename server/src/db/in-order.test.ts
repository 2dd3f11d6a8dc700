import { describe, expect, it } from 'vitest';
import { inOrder } from './in-order.ts';

function ground() {
  const heard: string[] = [];
  const tell = inOrder(({ roomId, events }: { roomId: string; events: { seq: number }[] }) =>
    heard.push(`${roomId} ${events.map((e) => e.seq).join(' ')}`),
  );
  const commit = (roomId: string, ...seqs: number[]) => tell({ roomId, events: seqs.map((seq) => ({ seq })) });
  return { heard, commit };
}
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('commits', () => {
  it('[EV-12] are heard in the order of their seq, and at once where nothing is missing before them', async () => {
    const { heard, commit } = ground();
    commit('a', 7, 8);
    commit('a', 9);
    expect(heard).toEqual(['a 7 8', 'a 9']);
    commit('a', 13);
    commit('b', 1);
    commit('a', 11, 12);
    expect(heard.slice(2)).toEqual(['b 1']);
    commit('a', 10);
    expect(heard.slice(3)).toEqual(['a 10', 'a 11 12', 'a 13']);
    await nextTurn();
    expect(heard).toHaveLength(6);
  });

  it('[EV-12] wait a turn of the loop and no longer for one that another process may have made', async () => {
    const { heard, commit } = ground();
    commit('a', 1);
    commit('a', 6);
    commit('a', 4);
    expect(heard).toEqual(['a 1']);
    await nextTurn();
    expect(heard).toEqual(['a 1', 'a 4', 'a 6']);
    commit('a', 7);
    expect(heard.at(-1)).toBe('a 7');
    commit('a', 5);
    expect(heard.at(-1)).toBe('a 5');
  });
});
