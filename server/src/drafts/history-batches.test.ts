import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { fewerSteps, forgetOldest, packSteps, type Step, unpackSteps } from './history-batches.ts';

/** A text typed letter by letter, with every fourth one taken out again. */
function typed(letters: number): Step[] {
  const doc = new Y.Doc();
  const steps: Step[] = [];
  doc.on('update', (bytes: Uint8Array) => {
    const n = steps.length + 1;
    steps.push({ n, at: new Date(1_772_000_000_000 + n * 900).toISOString(), bytes });
  });
  const text = doc.getText('text');
  for (let i = 0; i < letters; i++) {
    text.insert(text.length, String.fromCharCode(97 + (i % 26)));
    if (i % 4 === 3) text.delete(0, 1);
  }
  return steps;
}

const textOf = (steps: Step[]): string => {
  const doc = new Y.Doc();
  for (const step of steps) Y.applyUpdate(doc, step.bytes);
  return doc.getText('text').toString();
};

describe('steps that are kept', () => {
  it('[HI-1] what is packed is unpacked as it was, and takes a fraction of the room', async () => {
    const steps = typed(400);
    const packed = await packSteps(steps);
    expect(await unpackSteps(packed)).toEqual(steps);
    expect(packed.byteLength).toBeLessThan(steps.reduce((sum, step) => sum + step.bytes.byteLength, 0) / 2);
    expect(await unpackSteps(await packSteps([]))).toEqual([]);
  });

  it('[HI-4] too many steps become larger ones: the oldest first, the newest as they were, no word lost', () => {
    const steps = typed(400);
    const fewer = fewerSteps(steps, 200);
    expect(fewer.length).toBeLessThanOrEqual(200);
    expect(fewer.at(-1)).toEqual(steps.at(-1));
    expect(fewer.every((step, i) => i === 0 || step.n > (fewer[i - 1]?.n ?? 0))).toBe(true);
    expect(textOf(fewer)).toBe(textOf(steps));
    for (const step of fewer.slice(0, 20))
      expect(textOf(fewer.filter((s) => s.n <= step.n))).toBe(textOf(steps.filter((s) => s.n <= step.n)));
  });

  it('[HI-4] too many bytes: the oldest half is kept as the text it led to, and what follows still fits on it', () => {
    const steps = typed(100);
    const fewer = forgetOldest(steps);
    expect(fewer.length).toBe(1 + Math.floor(steps.length / 2));
    expect(textOf(fewer)).toBe(textOf(steps));
    expect(forgetOldest(steps.slice(0, 1))).toEqual(steps.slice(0, 1));
  });
});
