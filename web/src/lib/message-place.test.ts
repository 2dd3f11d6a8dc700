import { describe, expect, it } from 'vitest';
import { type Box, GAP, riseOf } from './message-place.ts';

const PHONE = { left: 16, right: 374, height: 60, screen: 800 };
const button = (top: number, left = 40, right = 350): Box => ({ left, right, top, bottom: top + 44 });

describe('where a short message stands', () => {
  it('[UI-40] stands at the lower edge where nothing is pressed', () => {
    expect(riseOf(PHONE, [])).toBe(GAP);
    expect(riseOf(PHONE, [button(100), button(400)])).toBe(GAP);
  });

  it('[UI-40] rises above what is pressed there, as little as it needs', () => {
    expect(riseOf(PHONE, [button(740)])).toBe(60 + GAP);
    expect(riseOf(PHONE, [button(740), button(660)])).toBe(140 + GAP);
    expect(riseOf(PHONE, [button(740), button(600)])).toBe(60 + GAP);
  });

  it('[UI-40] does not mind what stands beside it, or out of sight', () => {
    expect(riseOf({ ...PHONE, right: 300 }, [button(740, 310, 380), button(900), button(-100)])).toBe(GAP);
  });

  it('[UI-40] covers the least where there is no free place, and never leaves the screen', () => {
    const wall = [{ left: 0, right: 390, top: 200, bottom: 800 }];
    expect(riseOf(PHONE, wall)).toBe(600 + GAP);
    expect(riseOf(PHONE, [{ left: 0, right: 390, top: 0, bottom: 800 }])).toBe(GAP);
    expect(riseOf(PHONE, [{ left: 0, right: 390, top: 40, bottom: 800 }])).toBe(800 - 60 - GAP);
  });
});
