import { describe, expect, it } from 'vitest';
import { savedMark } from './saved-mark.ts';

const base = { synced: true, open: true, sent: 3, saved: 3, state: 'editable' as const };

describe('the saved mark', () => {
  it('[CO-14] says saved only when every frame sent on this connection is committed', () => {
    expect(savedMark(base)).toBe('saved');
    expect(savedMark({ ...base, saved: 2 })).toBe('saving');
  });

  it('[CO-14] never says saved while the connection is lost or not yet in step', () => {
    expect(savedMark({ ...base, synced: false })).toBe('offline');
    expect(savedMark({ ...base, open: false })).toBe('offline');
    expect(savedMark({ ...base, sent: 0, saved: 0 })).toBe('saving');
  });

  it('[CO-14] stops saying that it is being saved when no word comes back', () => {
    expect(savedMark({ ...base, saved: 2, waiting: 5_900 })).toBe('saving');
    expect(savedMark({ ...base, saved: 2, waiting: 6_000 })).toBe('offline');
  });

  it('[CO-14] says read-only and frozen before anything else', () => {
    expect(savedMark({ ...base, state: 'read-only', saved: 0 })).toBe('read-only');
    expect(savedMark({ ...base, state: 'frozen', synced: false })).toBe('frozen');
  });
});
