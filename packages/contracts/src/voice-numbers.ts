// The rule numbers that findings of the voice carry, so that guards can tell one kind from another. No schema: browsers load this.
export const VOICE = {
  phrase: 'VO-1',
  element: 'VO-2',
  personalData: 'VO-3',
  length: 'VO-4',
  leftover: 'VO-5',
  liability: 'VO-6',
} as const;
