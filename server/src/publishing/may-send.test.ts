// What stops a reply at the press and at the wire: only what the plan blocks, and all of that, however its guards are joined.
import type { Condition, Guard, Playbook } from '@rejoinder/contracts/playbooks';
import { exampleCard, exampleSignOff } from '@rejoinder/playbook/example-move';
import { planWith } from '@rejoinder/playbook/plan-for-tests';
import { describe, expect, it } from 'vitest';
import { clauseAgainstCopies, lackOfSignatures, whyNotAbout, whyNotSend } from './may-send.ts';

const NOW = '2026-03-01T09:30:00.000Z';
const alone = exampleCard('publish', { signOffs: [exampleSignOff('usr_ann', 'comms')] });

/** The trial plan with one guard in place of the one that asks for a second person. */
function planAsking(condition: Condition, strength: Guard['strength'] = 'block'): Playbook {
  const door = { ...condition, strength, clause: 'Publish §9', sentence: '', to: null, bothWays: false } as Guard;
  return planWith((plan) => ({
    ...plan,
    stages: plan.stages.map((stage) => ({
      ...stage,
      enter: stage.enter.flatMap((guard) => (guard.guard === 'signer_not_sole_author' ? [door] : [guard])),
    })),
  }));
}

describe('what may leave', () => {
  const lack = (condition: Condition, level = 1, strength?: Guard['strength']) =>
    lackOfSignatures(planAsking(condition, strength), level, alone, NOW)?.says ?? null;
  const SECOND: Condition = { guard: 'signer_not_sole_author' };

  it('[PU-12] asks for a second person where the plan does, also at one level alone, and not where it only warns', () => {
    expect(lack(SECOND)).toContain('the only one who wrote it');
    expect(lack({ guard: 'owner_accepted' })).toBeNull();
    expect(lack(SECOND, 1, 'warn')).toBeNull();
    expect(lack({ guard: 'all', of: [{ guard: 'owner_accepted' }, SECOND] })).toContain('the only one who wrote it');
    const atThree: Condition = { guard: 'at_level', levels: { 3: [SECOND] } };
    expect(lack(atThree, 3)).toContain('the only one who wrote it');
    expect(lack(atThree, 2)).toBeNull();
    expect(whyNotSend(planAsking(atThree), 3, alone, alone.fingerprint ?? '', NOW)).toContain('was not sent');
    expect(whyNotSend(planAsking(atThree), 2, alone, alone.fingerprint ?? '', NOW)).toBeNull();
  });

  it('[PU-16] names the clause that stops a copy at this level, by the guard or by a voice that blocks', () => {
    const like: Condition = { guard: 'not_too_like_sent' };
    expect(clauseAgainstCopies(planAsking(like), 1)).toBe('Publish §9');
    expect(clauseAgainstCopies(planAsking(like, 'warn'), 1)).toBeNull();
    expect(clauseAgainstCopies(planAsking({ guard: 'at_level', levels: { 3: [like] } }), 3)).toBe('Publish §9');
    expect(clauseAgainstCopies(planAsking({ guard: 'at_level', levels: { 3: [like] } }), 1)).toBeNull();
    const voiced = planAsking({ guard: 'voice_clean' });
    const likeness = { ceiling: 0.6, why: '', repair: null, clause: '', strength: 'block' as const };
    const withVoice = (strength: 'block' | 'warn') =>
      ({ ...voiced, voice: { ...voiced.voice, likeness: { ...likeness, strength } } }) as unknown as Playbook;
    expect(clauseAgainstCopies(voiced, 1)).toBeNull();
    expect(clauseAgainstCopies(withVoice('block'), 1)).toBe('Publish §9');
    expect(clauseAgainstCopies(withVoice('warn'), 1)).toBeNull();
  });

  it('[PU-24] what a channel cannot do with a reply that stands there is said with what to do instead', () => {
    const can = { correct: true, retract: false };
    expect(whyNotAbout('correction', 'us.example', can)).toBeNull();
    expect(whyNotAbout('retraction', 'us.example', can)).toContain('us.example cannot take back');
    expect(whyNotAbout('retraction', 'us.example', { correct: false, retract: true })).toBeNull();
    expect(whyNotAbout('correction', 'us.example', { correct: false, retract: true })).toContain('further reply');
  });
});
