import type { Finding } from '@rejoinder/contracts/cards';
import { exampleVoice } from '@rejoinder/voice/example-voice';
import { findings } from '@rejoinder/voice/voice';
import { describe, expect, it } from 'vitest';
import { repairOf, saysRepair } from './repairs.ts';

const insists = { clause: 'X §1', strength: 'block' as const, why: 'So.', repair: null };
const voice = exampleVoice(['you are the only one to report this'], 'family', {
  required: [{ id: 'name', name: 'a name', any: [], signature: true, classes: null, ...insists }],
});
/** Every repair that one press can do, done until nothing is found that can be repaired. */
function repaired(text: string, platform = 'mastodon'): { text: string; left: Finding[] } {
  let now = text;
  for (let i = 0; i < 10; i++) {
    const found = findings(voice, now, platform);
    const change = found.map((finding) => repairOf(now, finding, 'Ria')).find((each) => each !== null);
    if (!change) return { text: now, left: found };
    now = now.slice(0, change.from) + change.insert + now.slice(change.to);
  }
  throw new Error('repairs do not end');
}

describe('a repair in one press', () => {
  it.each([
    ['You are the only one to report this. We look into it. Ria', '. We look into it. Ria'],
    ['It is on its way.', 'It is on its way. Ria'],
    ['It is on its way', 'It is on its way\nRia'],
    ['Your card 4111 1111 1111 1111 was charged. Ria', 'Your card was charged. Ria'],
    ['Hello [name], it comes. Ria', 'Hello, it comes. Ria'],
    ['It was {what}. Ria', 'It was. Ria'],
  ])('[VO-13] makes of %j what may be said', (text, wanted) => {
    const { text: now, left } = repaired(text);
    expect(left.filter((finding) => finding.strength === 'block')).toEqual([]);
    expect(now.replace(/ ([.,])/g, '$1')).toBe(wanted);
  });

  it('[VO-13] cuts what is too long for its platform, and says what each press does', () => {
    const long = `${'All is well. '.repeat(60)}Ria`;
    const [cut] = findings(exampleVoice(), long, 'x');
    const change = cut && repairOf(long, cut, 'Ria');
    expect(findings(exampleVoice(), long.slice(0, change?.from), 'x')).toEqual([]);
    const says = (text: string) => findings(voice, text, 'x').map((finding) => saysRepair(finding, 'Ria'));
    expect(says(long)).toContain('Cut it here');
    expect(says('It is on its way.')).toEqual(['Sign with Ria']);
    expect(says('Card 4111 1111 1111 1111. Ria')).toEqual(['Take it out']);
    const [moved] = findings(voice, 'Card 4111 1111 1111 1111. Ria', 'x');
    expect(moved && repairOf('Other words meanwhile', moved, 'Ria')).toBeNull();
  });
});
