import { describe, expect, it } from 'vitest';
import { fuse, isPastDue, replyClock } from './fuse.ts';
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
  it('[BD-10] [CK-19] stands still while the plan pauses it, as late as it was; time that stood still is no part of the whole', () => {
    const why = ['stood_down' as const];
    const clock = sampleClock({ paused: { since: at(45), why } });
    expect(fuse(clock, at(500))).toEqual({ left: 0.75, phase: 'paused', seconds: 135 * 60 });
    expect(isPastDue(clock, at(500))).toBe(false);
    expect(isPastDue(sampleClock(), at(180))).toBe(true);
    expect(isPastDue(sampleClock({ stoppedAt: at(10) }), at(180))).toBe(false);
    const late = sampleClock({ dueAt: at(60), promisedUntil: at(180), paused: { since: at(70), why } });
    expect(fuse(late, at(500))).toEqual({ left: 0, phase: 'paused', seconds: -10 * 60 });
    expect(isPastDue(late, at(500))).toBe(true);
    // An hour of stillness behind it: due an hour later, and a quarter of its own time is over after 45 minutes of it.
    const stoodStill = [{ from: at(15), until: at(75), why }];
    const moved = sampleClock({ dueAt: at(240), warnAt: [at(150), at(204)], stoodStill });
    expect(fuse(moved, at(105))).toEqual({ left: 0.75, phase: 'quiet', seconds: 135 * 60 });
    // Stopped while it stood still: it never came further.
    expect(fuse({ ...clock, stoppedAt: at(500) }, at(900))).toEqual({
      left: 0.75,
      phase: 'stopped',
      seconds: 135 * 60,
    });
  });
  it('[BD-10] is the public reply clock of a card when there are several', () => {
    const other = sampleClock({ clock: 'update' });
    expect(replyClock(sampleCard('c', { clocks: [other, sampleClock()] }))?.clock).toBe('public-reply');
    expect(replyClock(sampleCard('c', { clocks: [other] }))?.clock).toBe('update');
    expect(replyClock(sampleCard('c', { clocks: [] }))).toBeNull();
  });
});
