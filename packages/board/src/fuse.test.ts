import { describe, expect, it } from 'vitest';
import { fuse, replyClock } from './fuse.ts';
import { at, sampleCard, sampleClock, T0 } from './sample.ts';

describe('fuse', () => {
  it('[BD-10] burns from quiet over amber and red to breached', () => {
    const phases = [0, 89, 90, 144, 179, 180, 400].map((m) => fuse(sampleClock(), at(m)).phase);
    expect(phases).toEqual(['quiet', 'quiet', 'amber', 'red', 'red', 'breached', 'breached']);
    expect(fuse(sampleClock(), at(45))).toEqual({ left: 0.75, phase: 'quiet', seconds: 135 * 60 });
    expect(fuse(sampleClock(), T0 + 200 * 60_000)).toEqual({ left: 0, phase: 'breached', seconds: -20 * 60 });
  });
  it('[BD-10] is late, not breached, while what was promised before the level rose still holds', () => {
    const clock = sampleClock({ dueAt: at(60), promisedUntil: at(180) });
    expect([59, 60, 179, 180].map((m) => fuse(clock, at(m)).phase)).toEqual(['quiet', 'late', 'late', 'breached']);
    expect(fuse(clock, at(90))).toEqual({ left: 0, phase: 'late', seconds: -30 * 60 });
  });
  it('[BD-10] stands still once stopped, however late it is read', () => {
    const clock = sampleClock({ stoppedAt: at(90) });
    expect(fuse(clock, at(500))).toEqual({ left: 0.5, phase: 'stopped', seconds: 90 * 60 });
  });
  it('[BD-10] is the public reply clock of a card when there are several', () => {
    const other = sampleClock({ clock: 'update' });
    expect(replyClock(sampleCard('c', { clocks: [other, sampleClock()] }))?.clock).toBe('public-reply');
    expect(replyClock(sampleCard('c', { clocks: [other] }))?.clock).toBe('update');
    expect(replyClock(sampleCard('c', { clocks: [] }))).toBeNull();
  });
});
