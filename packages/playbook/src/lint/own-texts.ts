// LI-23 and LI-24: our own cleared texts keep our own rules on words, and have not run out.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { Found, LintRule } from './finding.ts';
import { phraseIn, sentencesOf } from './phrase-in.ts';

export const ownWords: LintRule = (playbook) =>
  ownTexts(playbook).flatMap(({ text, clause, name }) => {
    const sentences = sentencesOf(text);
    return playbook.voice.banned
      .filter((rule) => rule.strength === 'block' && rule.form !== 'near')
      .flatMap((rule) => {
        const pattern = rule.patterns.find((each) => phraseIn(each, sentences));
        if (pattern === undefined) return [];
        const found: Found = {
          rule: 'LI-23',
          clause,
          says: `${name} says what ${rule.clause} bans: \`${pattern}\`.`,
          why: 'The board would stop our own text in the worst hour.',
          wants: `other words: ${rule.repair ?? rule.why}`,
          strength: 'block',
        };
        return [found];
      });
  });

export const validTexts: LintRule = (playbook, { today }) => {
  if (today === undefined) return [];
  return playbook.statements
    .filter((each) => each.validUntil !== null && each.validUntil < today)
    .map((each) => ({
      rule: 'LI-24',
      clause: each.clause,
      says: `“${each.id}” ran out on ${each.validUntil}.`,
      why: 'An old text says old things in our name.',
      wants: 'the text cleared again, with a new `valid_until`',
      strength: 'block',
    }));
};

function ownTexts(playbook: Playbook): { text: string; clause: string; name: string }[] {
  const statements = playbook.statements.map(({ id, text, clause }) => ({ text, clause, name: `“${id}”` }));
  const { private: privately } = playbook;
  const pointer = privately?.pointer
    ? [{ text: privately.pointer, clause: privately.clause, name: 'The pointer' }]
    : [];
  return [...statements, ...pointer];
}
