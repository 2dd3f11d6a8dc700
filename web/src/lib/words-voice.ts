// Every sentence about repairing words. Another language needs another file like this one and nothing else.

export const WORDS_VOICE = {
  like: (percent: number) =>
    `${percent} % of these words went to somebody else already. Say it in words for this person.`,
  likeCard: 'See that card',
  sign: (name: string) => `Sign with ${name}`,
  shorten: 'Cut it here',
  keys: 'F8 goes to the next place, Ctrl+. repairs it.',
};
