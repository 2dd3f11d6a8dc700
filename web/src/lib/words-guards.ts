// Every sentence about lists, recorded facts and break-glass. Another language needs another file like this one and nothing else.

export const WORDS_GUARDS = {
  list: {
    title: 'Checklist',
    done: (n: number, all: number) => `${n} of ${all}`,
    by: (name: string) => `ticked by ${name}`,
  },
  facts: {
    title: 'Recorded',
    names: {
      department_contacted: 'The department was asked',
      claims_checked: 'The claims were checked',
      public_pointer: 'Public pointer to the private talk',
    },
    hints: {
      department_contacted: 'Whom you asked and what they said.',
      claims_checked: 'Which fact sheet. It counts for exactly the words as they are now.',
      public_pointer: 'The address of the post that points there.',
    },
    none: 'not recorded',
    record: 'Record it',
    changed: 'The words have changed since; check them again.',
    back: 'Take it back',
  },
  remedy: {
    worth: (currency: string) => `Worth, in ${currency}`,
    kind: 'Kind of promise',
    choose: 'Choose …',
    says: (worth: string, kind: string) => (kind === '' ? `Worth ${worth}` : `${kind}, worth ${worth}`),
  },
  glass: {
    title: 'Break-glass',
    mark: 'Break-glass',
    offer:
      'Waiting would do harm? Two people in two roles can move this card although signatures or other guards are missing.',
    who: (roles: string) => `It takes ${roles}.`,
    reason: 'Why it cannot wait',
    ask: (stage: string) => `Ask for break-glass to ${stage}`,
    asked: (name: string, stage: string) => `${name} asks to break the glass and move this card to ${stage}.`,
    over: 'Passed over',
    agree: (stage: string) => `Agree and move to ${stage}`,
    waits: 'It waits for a second person in another role.',
    until: 'It lapses',
    used: (one: string, two: string) => `${one} and ${two} broke the glass.`,
    open: 'The glass was broken; nobody has reviewed it yet.',
    note: 'What do you say to it?',
    review: 'Review it',
    reviewed: (name: string) => `Reviewed by ${name}`,
    wall: (n: number) => (n === 1 ? 'Break-glass used, not reviewed' : `Break-glass used ${n} times, not reviewed`),
  },
};
