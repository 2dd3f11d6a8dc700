// What the block on how we speak turn into: every key said, and what holds where it is left out; and the sentences of their rules.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { blockRead } from '../block-for-tests.ts';

type Case = [title: string, fence: string, body: string, of: (plan: Playbook) => unknown, is: unknown, rules: string[]];

const CASES: Case[] = [
  [
    'all of voice',
    'voice',
    `banned:
  - { id: calm, phrase: [calm down, relax], why: It belittles., repair: Say what you do. }
  - { id: hurt, family: ["offend*", "(sorry|apologi*)? if"], why: No if., strength: warn }
  - { id: close, near: [unable, assist], within: 3, why: Say what you can., strength: note }
  - { id: wide, near: [not, able], why: Say what you can. }
required:
  - { id: name, name: a name, signature: true, why: People answer people. }
  - { id: sorry, name: an apology, any: [sorry, apologi*], classes: praise, why: It is owed., repair: Say it., strength: note }
personal_data: { kinds: [email, iban], masks: RF-####, allow: [press@example.org], why: It is law., repair: Cut it. }
leftovers: { words: [todo], why: Ours., repair: Cut., strength: warn }
liability: { words: [fault*], why: Ask., repair: Ask legal., strength: note }
length: { why: Too long., repair: Cut it short., strength: warn }
likeness: { ceiling: 60%, why: People notice., repair: Write anew., strength: warn }`,
    (plan) => plan.voice,
    {
      banned: [
        {
          id: 'calm',
          form: 'phrase',
          patterns: ['calm down', 'relax'],
          within: 5,
          why: 'It belittles.',
          repair: 'Say what you do.',
          strength: 'block',
          clause: 'Here §1',
        },
        {
          id: 'hurt',
          form: 'family',
          patterns: ['offend*', '(sorry|apologi*)? if'],
          within: 5,
          why: 'No if.',
          repair: null,
          strength: 'warn',
          clause: 'Here §2',
        },
        {
          id: 'close',
          form: 'near',
          patterns: ['unable', 'assist'],
          within: 3,
          why: 'Say what you can.',
          repair: null,
          strength: 'note',
          clause: 'Here §3',
        },
        {
          id: 'wide',
          form: 'near',
          patterns: ['not', 'able'],
          within: 5,
          why: 'Say what you can.',
          repair: null,
          strength: 'block',
          clause: 'Here §4',
        },
      ],
      required: [
        {
          id: 'name',
          name: 'a name',
          any: [],
          signature: true,
          classes: null,
          why: 'People answer people.',
          repair: null,
          strength: 'block',
          clause: 'Here §5',
        },
        {
          id: 'sorry',
          name: 'an apology',
          any: ['sorry', 'apologi*'],
          signature: false,
          classes: ['praise'],
          why: 'It is owed.',
          repair: 'Say it.',
          strength: 'note',
          clause: 'Here §6',
        },
      ],
      personalData: {
        kinds: ['email', 'iban'],
        masks: ['RF-####'],
        allow: ['press@example.org'],
        why: 'It is law.',
        repair: 'Cut it.',
        strength: 'block',
        clause: 'Here §7',
      },
      leftovers: { words: ['todo'], why: 'Ours.', repair: 'Cut.', strength: 'warn', clause: 'Here §8' },
      liability: { words: ['fault*'], why: 'Ask.', repair: 'Ask legal.', strength: 'note', clause: 'Here §9' },
      length: { why: 'Too long.', repair: 'Cut it short.', strength: 'warn', clause: 'Here §10' },
      likeness: { ceiling: 0.6, why: 'People notice.', repair: 'Write anew.', strength: 'warn', clause: 'Here §11' },
    },
    [
      '§1, 2: We do not write “calm down” or “relax”. It belittles.',
      '§2, 3: We do not write “offend…” or “sorry if”. No if.',
      '§3, 4: We do not write “unable” and “assist” close together. Say what you can.',
      '§4, 5: We do not write “not” and “able” close together. Say what you can.',
      '§5, 7: Every reply has a name. People answer people.',
      '§6, 8: Every reply has an apology. It is owed.',
      '§7, 9: No personal data in public. It is law.',
      '§8, 10: No internal notes in a reply. Ours.',
      '§9, 11: Words that touch liability bring legal in. Ask.',
      '§10, 12: A reply fits the platform. Too long.',
      '§11, 13: A reply of which 60 % or more was sent before is a copy. People notice.',
    ],
  ],
  [
    'parts of voice',
    'voice',
    `personal_data: { allow: us@example.org }
leftovers: { words: todo }
liability:
length: {}
likeness: { ceiling: 100%, why: People notice. }`,
    (plan) => plan.voice,
    {
      banned: [],
      required: [],
      personalData: {
        kinds: ['email', 'phone', 'payment_card', 'iban', 'account_number'],
        masks: [],
        allow: ['us@example.org'],
        why: 'Personal data does not belong in public.',
        repair: 'Take it out.',
        strength: 'block',
        clause: 'Here §1',
      },
      leftovers: {
        words: ['todo'],
        why: 'This was meant for us.',
        repair: 'Take it out or fill it in.',
        strength: 'block',
        clause: 'Here §2',
      },
      liability: {
        words: [],
        why: 'These words can be held against us.',
        repair: null,
        strength: 'warn',
        clause: 'Here §3',
      },
      length: { why: 'The platform would refuse it.', repair: 'Shorten it.', strength: 'block', clause: 'Here §4' },
      likeness: { ceiling: 1, why: 'People notice.', repair: null, strength: 'block', clause: 'Here §5' },
    },
    [
      '§1, 1: No personal data in public. Personal data does not belong in public.',
      '§2, 2: No internal notes in a reply. This was meant for us.',
      '§3, 3: Words that touch liability bring legal in. These words can be held against us.',
      '§4, 4: A reply fits the platform. The platform would refuse it.',
      '§5, 5: A reply of which 100 % or more was sent before is a copy. People notice.',
    ],
  ],
  [
    'an empty voice',
    'voice',
    ``,
    (plan) => plan.voice,
    {
      banned: [],
      required: [],
      personalData: {
        kinds: ['email', 'phone', 'payment_card', 'iban', 'account_number'],
        masks: [],
        allow: [],
        clause: 'Built in',
        strength: 'block',
        why: 'Personal data does not belong in public.',
        repair: 'Take it out.',
      },
      leftovers: {
        words: [],
        clause: 'Built in',
        strength: 'block',
        why: 'This was meant for us.',
        repair: 'Take it out or fill it in.',
      },
      liability: {
        words: [],
        clause: 'Built in',
        strength: 'warn',
        why: 'These words can be held against us.',
        repair: null,
      },
      length: { clause: 'Built in', strength: 'block', why: 'The platform would refuse it.', repair: 'Shorten it.' },
    },
    [],
  ],
];

describe('the block on how we speak', () => {
  it.each(CASES)(
    '[PB-12] (%s) read whole, with a numbered sentence for every key that has one',
    (_, fence, body, of, is, rules) => {
      const read = blockRead(fence, body);
      expect(read.faults).toEqual([]);
      expect(read.plan && of(read.plan)).toEqual(is);
      expect(read.rules).toEqual(rules);
    },
  );
});
