import type { CardView } from '@rejoinder/contracts/cards';
import type { MentionView } from '@rejoinder/contracts/mentions';
import { describe, expect, it } from 'vitest';
import { hasTravelled, scrollSpeed } from './drag-geometry.ts';
import { freeColumn, heldColumn } from './held-column.ts';
import { freeStream, heldStream, storySizes } from './held-stream.ts';

const card = (id: string, version = 1) => ({ id, version }) as CardView;
const mention = (id: string, storyId: string | null = null) => ({ id, storyId, severity: null }) as MentionView;

describe('a held column', () => {
  it('[BP-2] keeps every place: what left is marked, what came waits at the end', () => {
    const [a, b, c] = [card('a'), card('b'), card('c')];
    const before = freeColumn([], [a, b]);
    const held = heldColumn(before, [c, b]);
    expect(held.map((slot) => [slot.id, slot.gone])).toEqual([
      ['a', true],
      ['b', false],
      ['c', false],
    ]);
    expect(freeColumn(held, [c, b]).map((slot) => slot.id)).toEqual(['c', 'b']);
  });

  it('[BP-2] is the same object as long as nothing changed', () => {
    const cards = [card('a'), card('b')];
    const before = freeColumn([], cards);
    expect(freeColumn(before, [...cards])).toBe(before);
    expect(heldColumn(before, [...cards])).toBe(before);
    const changed = freeColumn(before, [card('a', 2), ...cards.slice(1)]);
    expect(changed[0]).not.toBe(before[0]);
    expect(changed[1]).toBe(before[1]);
  });
});

describe('a held stream', () => {
  it('[BP-3] shows the same rows in the same places and counts what waits', () => {
    const taken = freeStream([mention('m1'), mention('m2')], 2);
    expect(taken.rows.map((row) => row.id)).toEqual(['m2', 'm1']);
    const scored = { ...mention('m2'), severity: 70 } as MentionView;
    const held = heldStream(taken, [scored, mention('m3'), mention('m4')], 4);
    expect(held.rows.map((row) => row.id)).toEqual(['m2', 'm1']);
    expect(held.rows[0]?.severity).toBe(70);
    expect(held.waiting).toBe(2);
    expect(heldStream(held, [scored, mention('m3'), mention('m4')], 4)).toBe(held);
  });

  it('counts a story by its shown mentions', () => {
    expect(storySizes([mention('a', 's'), mention('b', 's'), mention('c')]).get('s')).toBe(2);
  });
});

describe('dragging', () => {
  it('a click stays a click, and only the edges scroll', () => {
    const box = { left: 0, right: 1000, top: 0, bottom: 600 };
    expect(hasTravelled({ x: 0, y: 0 }, { x: 3, y: 3 })).toBe(false);
    expect(hasTravelled({ x: 0, y: 0 }, { x: 6, y: 1 })).toBe(true);
    expect(scrollSpeed({ x: 500, y: 300 }, box)).toEqual({ x: 0, y: 0 });
    expect(scrollSpeed({ x: 2, y: 300 }, box).x).toBeLessThan(0);
    expect(scrollSpeed({ x: 500, y: 598 }, box).y).toBeGreaterThan(0);
  });
});
