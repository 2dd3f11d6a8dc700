import { describe, expect, it } from 'vitest';
import { signChoices } from './sign-choices.ts';

const held = [{ id: 'executive' }, { id: 'comms' }];
const silent = [{ role: 'legal', deputy: 'executive' }];
const keys = (...args: Parameters<typeof signChoices>) => signChoices(...args).map((each) => each.key);

describe('in which role somebody signs', () => {
  it('[SG-29] offers first what is awaited: one’s own place, or that of a silent role', () => {
    const missing = ['comms', 'legal'];
    expect(keys(held, [], missing, { asked: missing, standIns: [] })).toEqual(['comms ', 'executive ']);
    expect(keys(held, ['comms'], ['legal'], { asked: ['legal'], standIns: silent })).toEqual([
      'executive legal',
      'executive ',
    ]);
    expect(keys(held, [], [], { asked: [], standIns: silent })).toEqual(['executive ', 'comms ']);
  });

  it('[SG-29] says which signature would come too early', () => {
    const [first] = signChoices([{ id: 'legal' }], [], ['comms', 'legal'], { asked: ['comms'], standIns: [] });
    expect(first).toMatchObject({ role: 'legal', early: true, awaited: false });
  });
});
