// Every word about an account that is changed or no longer let in. Another language needs another file like this one.

export const WORDS_ACCOUNT = {
  change: 'Change',
  attention: 'Needs attention',
  attentionDo:
    'Let this account in again at the platform or the receiver, or give it another address or key here. What is queued for it waits and goes out then.',
  title: (name: string) => `Change ${name}`,
  changeSays: 'What is left empty stays as it is.',
  mendSays: 'What is left empty stays as it is. Replies that were held for this account go out as soon as you press.',
  url: 'Another address that posts for it',
  asItIs: 'Empty: as it is.',
  readBack: 'Address to ask what was posted',
  readBackHint:
    'With {key} in it. When nobody knows whether a reply was posted, it is asked there instead of waiting for a person.',
  renew: 'Make a new key',
  works: 'It works again',
  save: 'Save',
  hold: {
    title: 'Publishing and sources are on hold.',
    begun: 'Begun:',
    admin: 'Look at the replies that nobody knows about first: they may have been posted since the backup.',
    others: 'An administrator says when they go on. Everything else works.',
    go: 'Go on',
    gone: 'Publishing and sources go on.',
    failed: 'That did not work. Try again.',
  },
} as const;
