import type { Condition, Guard, Playbook, SignOff, Stage } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { planWith } from '../plan-for-tests.ts';
import { contactDeputies, signerDeputies } from './deputies.ts';
import type { LintRule, Outside } from './finding.ts';
import { glassHands, glassOver } from './glass.ts';
import { notAlone, signersMaySign } from './signatures.ts';
import { lifetimes } from './times.ts';

const trial = planWith();
const DOOR = { strength: 'block', clause: 'Door §1', sentence: 'It is so.', to: null, bothWays: false };
const guard = (condition: Condition, changes: Partial<Guard> = {}) => ({ ...condition, ...DOOR, ...changes }) as Guard;

/** The trial plan with other settings of these stages, and no doors but those. */
function stages(changes: Record<string, Partial<Stage>>, plan: Playbook = trial): Playbook {
  return { ...plan, stages: plan.stages.map((stage) => ({ ...stage, enter: [], leave: [], ...changes[stage.id] })) };
}
const signOff = (changes: Partial<SignOff>): Playbook => ({
  ...trial,
  signOffs: trial.signOffs.map((each) => ({ ...each, ...changes })),
});
const agree = (need: 'all' | 'any' | 'quorum', roles: string[], quorum = 1, ifLiability: string[] = []) => ({
  1: { need, quorum, roles, ifLiability },
});
/** Clause and sentence of what a rule finds; each finding also says why, what would mend it, and how strong it is. */
function found(rule: LintRule, plan: Playbook, outside: Outside = {}, strength = 'block'): [string, string][] {
  return rule(plan, outside).map((each) => {
    expect([each.rule, each.why, each.wants].every((text) => text !== '')).toBe(true);
    expect(each.strength).toBe(strength);
    return [each.clause, each.says];
  });
}

describe('signatures and glass', () => {
  it('[LI-5] whoever is asked for any signature may sign: by agreement, for liability, as deputy', () => {
    expect(found(signersMaySign, trial)).toEqual([]);
    const says = (plan: Playbook) => found(signersMaySign, plan).map(([, each]) => each.split(' is ')[0]);
    expect(says(signOff({ agree: agree('any', ['publisher', 'legal', 'publisher']) }))).toEqual(['Publisher']);
    expect(says(signOff({ agree: agree('any', ['legal'], 1, ['publisher']) }))).toEqual(['Publisher']);
    const deputies = { after: { 1: 60 }, roles: [{ role: 'legal', deputy: 'publisher' }] };
    expect(says(signOff({ deputies }))).toEqual(['Publisher']);
  });

  it('[LI-6] a door asks for signatures, and one that stops asks for another signer', () => {
    const [sign, other] = [
      guard({ guard: 'sign_offs_valid', signOff: 'reply' }),
      guard({ guard: 'signer_not_sole_author' }),
    ];
    const says = (plan: Playbook) => found(notAlone, plan).map(([clause, each]) => [clause, each.slice(0, 24)]);
    expect(found(notAlone, trial)).toEqual([]);
    expect(says(stages({ publish: { leave: [other] } }))).toEqual([['Signatures §1', 'No stage asks for a sign']]);
    expect(says(stages({ publish: { enter: [sign] } }))).toEqual([['Signatures §1', 'Nothing stops the only a']]);
    expect(says(stages({ publish: { enter: [sign, { ...other, strength: 'warn' }] } }))).toHaveLength(1);
    const said = { ...trial, notOnePerson: [['author', 'only_signer']] };
    expect(says(stages({ publish: { enter: [sign] } }, said))).toEqual([['Signatures §1', 'The plan says that autho']]);
    expect(says(stages({}, { ...trial, signOffs: [] }))).toEqual([['', 'No stage asks for a sign']]);
  });

  it('[LI-8] a signature may last exactly as long as the stage', () => {
    const plan = (lifetime: number, more: Partial<Stage> = {}) => ({
      ...trial,
      signOffs: trial.signOffs.map((each) => ({ ...each, lifetime: { 1: 7200, 2: lifetime, 3: 7200 } })),
      stages: trial.stages.map((each) => (each.id === 'publish' ? { ...each, timeLimit: { 1: 3600 }, ...more } : each)),
    });
    expect(found(lifetimes, plan(3600))).toEqual([]);
    expect(found(lifetimes, plan(3599))).toEqual([
      ['Signatures §1', 'At level 2 a signature runs out before Publish has to be done.'],
    ]);
    expect(found(lifetimes, plan(1, { timeLimit: null }))).toEqual([]);
    expect(found(lifetimes, plan(1, { enter: [] }))).toEqual([]);
  });

  it('[LI-15] [LI-16] one who is the only one: of a contact, of all, of a quorum of all, for liability', () => {
    const person = (name: string) => ({ name, user: null, phone: null });
    const contact = (deputy: string | null): Playbook => ({
      ...trial,
      contacts: [
        {
          department: 'logistics',
          primary: person('Ann'),
          deputy: deputy === null ? null : person(deputy),
          outOfHours: null,
          channels: [],
          hours: 'always',
          authority: null,
          lastVerified: null,
          clause: 'Contacts §1',
        },
      ],
    });
    expect(found(contactDeputies, contact('Bo'))).toEqual([]);
    expect(found(contactDeputies, contact('Ann'))).toEqual([['Contacts §1', 'Ann has no deputy.']]);
    expect(found(contactDeputies, contact(null))).toHaveLength(1);
    const alone = (...of: Parameters<typeof agree>) =>
      found(signerDeputies, signOff({ agree: agree(...of) })).map(([, says]) =>
        says.slice('Nobody signs when '.length),
      );
    expect(alone('any', ['comms', 'legal'])).toEqual([]);
    expect(alone('quorum', ['comms', 'legal', 'executive'], 2)).toEqual([]);
    expect(alone('quorum', ['comms', 'legal'], 2)).toHaveLength(2);
    expect(alone('all', ['comms', 'legal'], 1, ['comms'])).toEqual([
      'Communications stays silent.',
      'Legal stays silent.',
    ]);
    expect(alone('any', ['comms', 'executive'], 1, ['legal'])).toEqual(['Legal stays silent.']);
    const deputies = { after: { 1: 60 }, roles: [{ role: 'legal', deputy: 'comms' }] };
    expect(found(signerDeputies, signOff({ agree: agree('all', ['legal']), deputies }))).toEqual([]);
  });

  it('[LI-27] [LI-28] break-glass over what it may pass over, by two roles that may', () => {
    const glass = (who: string[], over: string[] = ['draft_not_empty']): Playbook => ({
      ...trial,
      breakGlass: {
        who,
        over,
        fromLevel: 2,
        after: { 1: 600 },
        marks: [],
        tells: [],
        reviewWithin: 60,
        reviewedBy: [],
        clause: 'Glass §1',
      },
    });
    const both = ['commander', 'executive'];
    expect([found(glassOver, trial), found(glassHands, trial)]).toEqual([[], []]);
    expect([found(glassOver, glass(both)), found(glassHands, glass(both))]).toEqual([[], []]);
    expect(found(glassOver, glass(both, ['draft_not_empty', 'account_allowed']))).toEqual([
      ['Glass §1', 'Nobody may pass over `account_allowed`.'],
    ]);
    expect(found(glassHands, glass(['commander', 'commander']))).toEqual([
      ['Glass §1', 'Break-glass names fewer than two roles.'],
    ]);
    expect(found(glassHands, glass([...both, 'legal']))).toEqual([
      ['Glass §1', 'Legal is to break the glass and may not.'],
    ]);
  });
});
