// The words about the crisis level: choosing it, and what another one would do.
export const WORDS_LEVEL = {
  short: (n: number) => `Level ${n}`,
  title: 'Level of this room',
  says: 'A higher level shortens the clocks and asks for more signatures, for every open card at once.',
  change: (n: number) => `Level ${n}. Change it`,
  raisedBy: 'When',
  lowerAfter: (span: string) => `It may be lowered after ${span}.`,
  reason: 'Why now?',
  reasonHint: 'One sentence. It goes into the log and is shown to everyone in the room.',
  here: 'now',
  set: (n: number) => `Set level ${n}`,
  pick: 'Choose another level.',
  noReason: 'Say why in a sentence.',
  changed: (n: number) => `The room is at level ${n}.`,
  lowerTakes: (n: number) => `Lowering takes ${n} people.`,
  asked: (n: number) => `You agreed to level ${n}. It takes another person.`,
  askedBy: (names: string, n: number, more: number) =>
    `${names} agreed to lower to level ${n}. ${more === 1 ? 'One more person' : `${more} more people`} must set it too.`,
  preview: {
    title: (n: number) => `What level ${n} would do`,
    asking: 'Reckoning what it would do…',
    reckoned: (n: number) =>
      n === 0
        ? 'The times of no open card change.'
        : n === 1
          ? 'One open card gets new times, counted from its first post.'
          : `${n} open cards get new times, counted from their first posts.`,
    begins: (n: number) =>
      n === 1
        ? 'On one open card a promise begins that only this level makes.'
        : `On ${n} open cards a promise begins that only this level makes.`,
    ends: (n: number) =>
      n === 1
        ? 'On one open card a promise ends that this level does not make.'
        : `On ${n} open cards a promise ends that this level does not make.`,
    late: (n: number) => (n === 1 ? 'One of them is late at once:' : `${n} of them are late at once:`),
    lateSays: 'They come first. They are not breached before the time that was promised them is over.',
    lateBy: (span: string) => `late by ${span}`,
    unsigned: (n: number) => (n === 1 ? 'One signed reply needs more:' : `${n} signed replies need more:`),
    unsignedSays: 'What was signed stays signed.',
    missing: (roles: string) => `still ${roles}`,
    more: (n: number) => `and ${n} more`,
    rules: 'What the plan says then',
    noRules: 'Every rule says the same.',
  },
} as const;
