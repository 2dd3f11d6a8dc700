// Every sentence about private talks. Another language needs another file like this one and nothing else.

export const WORDS_PRIVATE = {
  title: 'In private',
  count: (n: number) => (n === 1 ? '1 entry' : `${n} entries`),
  others: (roles: string) => `What is said in private is read by ${roles}.`,
  none: 'Nothing was written down yet.',
  kinds: { from_them: 'They said', from_us: 'We said', note: 'Note' },
  choices: [
    { id: 'from_them', name: 'They said' },
    { id: 'from_us', name: 'We said' },
    { id: 'note', name: 'A note among ourselves' },
  ],
  kind: 'What is it?',
  text: 'Words',
  textHint: 'Seen by those who work this stage and by nobody else. It is never part of the public reply.',
  save: 'Write it down',
  by: (name: string) => `from ${name}`,
  redacted: {
    time: 'The words were removed: their time was over.',
    asked: (name: string) => `The words were removed by ${name}.`,
    deleted: 'The words were taken back by their author.',
  },
  redact: 'Remove the words',
  redactAll: 'Remove all words',
  redactAsk: 'Who wrote and when stays; the words are gone for good.',
  due: 'The words go by themselves on',
  back: 'Back in public by',
  excerpt: 'Wrote to us in private',
};
