// The server's time is learnt from its answers and never further off than they allow.
import { beforeEach, describe, expect, it, vi } from 'vitest';

describe('the server clock', () => {
  beforeEach(() => {
    vi.resetModules();
    vi.useFakeTimers({ now: Date.parse('2026-10-01T10:00:00.400Z') });
  });

  it('[TM-1] leaves a right clock alone', async () => {
    const { noteDateHeader, serverNow } = await import('./server-clock.ts');
    noteDateHeader('Thu, 01 Oct 2026 10:00:00 GMT', Date.now() - 50, Date.now());
    expect(serverNow()).toBe(Date.now());
  });

  it('[TM-1] corrects a clock that is five minutes slow, to within a second', async () => {
    const { noteDateHeader, serverNow } = await import('./server-clock.ts');
    noteDateHeader('Thu, 01 Oct 2026 10:05:00 GMT', Date.now() - 50, Date.now());
    expect(Math.abs(serverNow() - Date.parse('2026-10-01T10:05:00.400Z'))).toBeLessThan(1_000);
  });

  it('[TM-2] never shows a time before an event that already happened', async () => {
    const { noteInstant, serverInstant } = await import('./server-clock.ts');
    noteInstant('2026-10-01T10:00:02.000Z', Date.now());
    expect(serverInstant() >= '2026-10-01T10:00:02.000Z').toBe(true);
  });

  it('[TM-1] starts over when the viewer sets the clock', async () => {
    const { noteDateHeader, serverNow } = await import('./server-clock.ts');
    noteDateHeader('Thu, 01 Oct 2026 10:05:00 GMT', Date.now() - 50, Date.now());
    vi.setSystemTime(Date.parse('2026-10-01T10:05:10.500Z'));
    noteDateHeader('Thu, 01 Oct 2026 10:05:10 GMT', Date.now() - 50, Date.now());
    expect(Math.abs(serverNow() - Date.now())).toBeLessThan(1_000);
  });
});
