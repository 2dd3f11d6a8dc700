// Every word about the pictures of a reply and about what an account can do. Another language needs another file like this one.
const many = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;

export const WORDS_PICTURES = {
  title: 'Pictures',
  nth: (n: number) => `Picture ${n}`,
  add: 'Add a picture',
  full: (account: string, most: number) =>
    `${account} posts at most ${many(most, 'picture', 'pictures')} with one reply.`,
  adding: 'Preparing the picture …',
  alt: 'What does it show?',
  altHint: 'Read to those who cannot see it. It is signed and posted with the picture.',
  put: 'Put it on the reply',
  save: 'Save the description',
  cancel: 'Cancel',
  describe: 'Describe anew',
  earlier: 'Earlier',
  later: 'Later',
  remove: 'Take out',
  gone: 'This picture was taken out meanwhile.',
  done: { added: 'The picture is on the reply.', removed: 'Taken out.' },
  says: 'Place, name and other data in the file are taken out before anybody sees it.',
  exact: 'With these pictures, in this order',
  alone: 'No words. The pictures are the whole reply.',
  changed: 'What changed in the pictures since you signed',
  changes: {
    added: (at: number) => `Picture ${at} is new.`,
    removed: (at: number) => `What was picture ${at} was taken out.`,
    moved: (at: number) => `Picture ${at} stood elsewhere.`,
    replaced: (at: number) => `Picture ${at} is another one.`,
    described: (at: number) => `Picture ${at} is described in other words.`,
  },
  before: 'Before',
  now: 'Now',
  can: {
    pictures: (most: number, mb: string) =>
      most === 0 ? 'no pictures' : `${many(most, 'picture', 'pictures')} up to ${mb} MB`,
    post: 'statements',
    correct: 'corrections',
    retract: 'retractions',
    readsBack: 'can be asked what was posted',
    notReadBack: 'cannot be asked what was posted',
  },
} as const;
