import type { BannedPhrase, Playbook, Statement } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { planWith } from '../plan-for-tests.ts';
import { ownWords, validTexts } from './own-texts.ts';

const trial = planWith();
const statement = (changes: Partial<Statement>): Statement => ({
  id: 'first',
  kind: 'holding',
  text: 'We know of it.',
  slots: [],
  levels: [],
  validUntil: null,
  clearedBy: [],
  clause: 'Texts §1',
  ...changes,
});
const banned = (changes: Partial<BannedPhrase> = {}): BannedPhrase => ({
  id: 'x',
  form: 'phrase',
  patterns: ['nobody else', 'only one'],
  within: 0,
  clause: 'Voice §1',
  strength: 'block',
  why: 'It belittles.',
  repair: null,
  ...changes,
});
function plan(text: string, rule: Partial<BannedPhrase> = {}, more: Partial<Playbook> = {}): Playbook {
  const voice = { ...trial.voice, banned: [banned(rule)] };
  return { ...trial, voice, statements: [statement({ text })], ...more };
}

describe('texts of our own', () => {
  it('[LI-23] any pattern of a rule that stops is found, with the text, the rule and what would mend it', () => {
    expect(ownWords(plan('You are the only one.'), {})).toEqual([
      {
        rule: 'LI-23',
        clause: 'Texts §1',
        says: '“first” says what Voice §1 bans: `only one`.',
        why: expect.stringMatching(/./),
        wants: 'other words: It belittles.',
        strength: 'block',
      },
    ]);
    expect(ownWords(plan('You are the only one.', { repair: 'Thank them.' }), {})[0]?.wants).toContain('Thank them.');
    expect(ownWords(plan('You are one of many.'), {})).toEqual([]);
  });

  it('[LI-23] a rule that warns, or that counts distance, stops no text of our own', () => {
    expect(ownWords(plan('You are the only one.', { strength: 'warn' }), {})).toEqual([]);
    expect(ownWords(plan('You are the only one.', { form: 'near' }), {})).toEqual([]);
    expect(ownWords(plan('You are the only one.', { form: 'family' }), {})).toHaveLength(1);
  });

  it('[LI-23] the pointer is a text of our own too', () => {
    const privately = (pointer: string | null) => ({
      private: { policy: 'either', pointer, returns: null, redactAfter: null, clause: 'Private §9' } as never,
    });
    expect(ownWords(plan('', {}, privately('Nobody else wrote.')), {})).toMatchObject([
      { clause: 'Private §9', says: 'The pointer says what Voice §1 bans: `nobody else`.' },
    ]);
    expect(ownWords(plan('', {}, privately('See your messages.')), {})).toEqual([]);
    expect(ownWords(plan('', {}, privately(null)), {})).toEqual([]);
  });

  it('[LI-24] a text holds through its last day, and for ever without one', () => {
    const until = (validUntil: string | null, today?: string) =>
      validTexts({ ...trial, statements: [statement({ validUntil })] }, { today }).map((each) => each.says);
    expect(until('2026-09-30', '2026-10-01')).toEqual(['“first” ran out on 2026-09-30.']);
    expect(until('2026-10-01', '2026-10-01')).toEqual([]);
    expect(until(null, '2026-10-01')).toEqual([]);
    expect(until('2026-09-30')).toEqual([]);
  });
});
