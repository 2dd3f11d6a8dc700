// Voice rules with one of each kind, for tests to look for in texts.
import type { Voice } from '@rejoinder/contracts/voice-rules';

/** Blocks `patterns` in the given form; everything else is as a plan without a voice block has it. */
export function exampleVoice(
  patterns: string[] = [],
  form: 'phrase' | 'family' | 'near' = 'family',
  changes: Partial<Voice> = {},
): Voice {
  const insists = {
    clause: 'How we speak §1',
    strength: 'block' as const,
    why: 'It sounds wrong.',
    repair: 'Say it otherwise.',
  };
  return {
    banned: patterns.length === 0 ? [] : [{ id: 'a', form, patterns, within: 5, ...insists }],
    required: [],
    personalData: {
      kinds: ['email', 'phone', 'payment_card', 'iban', 'account_number'],
      masks: ['RF-########', '@@######'],
      allow: [],
      ...insists,
    },
    leftovers: { words: ['ask legal'], ...insists },
    liability: { words: ['liab*', '(our|my) fault'], ...insists, strength: 'warn' },
    length: insists,
    ...changes,
  };
}
