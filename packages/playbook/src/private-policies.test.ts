import { readdirSync, readFileSync } from 'node:fs';
import type { CardView } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { exampleFacts } from './example-move.ts';
import { mayMove } from './may-move.ts';
import { isPrivate } from './private-talk.ts';
import { readPlaybook } from './read.ts';

const folder = new URL('../../../server/playbooks/', import.meta.url);
const plans = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => {
    const read = readPlaybook(readFileSync(new URL(name, folder), 'utf8'));
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    return [`${name}, ${read.playbook.privatePolicy}`, read.playbook] as const;
  });

/** The one story of a private talk, told under every policy: out of public with a reason and a pointer, and back into it. */
describe.each(plans)('%s', (_, plan) => {
  const stageWhere = (is: (stage: Playbook['stages'][number]) => boolean): string => {
    const found = plan.stages.find(is);
    if (!found) throw new Error('no such stage');
    return found.id;
  };
  const publishing = stageWhere((stage) => stage.leave.some((guard) => guard.guard === 'posted_and_matches'));
  const privately = stageWhere(isPrivate);
  const after = stageWhere((stage) =>
    stage.leave.some((guard) => guard.guard === 'public_follow_up_posted_or_declined'),
  );
  const last = stageWhere((stage) => stage.final);
  const roles = (stage: string) => plan.stages.find((each) => each.id === stage)?.workedBy ?? [];
  const lacks = (from: string, to: string, card: Partial<CardView> = {}) => {
    const actor = { kind: 'person' as const, id: 'usr_lea', name: 'Lea', roles: roles(from) };
    const verdict = mayMove(plan, exampleFacts(from, card, { actor }), to);
    return verdict.ok ? [] : verdict.refusal.missing.map((each) => each.rule);
  };
  const fields = { class: plan.triage.classes[0]?.id ?? '', department: 'x' };

  it('[PB-21] goes private only with a reason, and only while something in public points there', () => {
    const reason = { ...fields, private_reason: 'wish' };
    expect(lacks(publishing, privately, { fields: reason })).toEqual([]);
    expect(lacks(publishing, privately, { fields })).toEqual(['GU-23']);
    expect(lacks(publishing, privately, { fields: reason, reply: null })).toContain('GU-32');
  });

  it('[PB-21] comes back with an outcome that may be read aloud, and closes only once it is back in public', () => {
    expect(lacks(privately, after, { fields })).toEqual(['GU-1']);
    expect(lacks(privately, after, { fields: { ...fields, private_outcome: 'Settled' } })).toEqual([]);
    expect(lacks(after, last, { fields, followUp: null })).toEqual(['GU-17']);
    const promised = { promised: 'A refund', deliveredAt: null, worth: 20, kind: null };
    expect(lacks(after, last, { fields, remedy: promised })).toEqual(['GU-18']);
    expect(lacks(after, last, { fields })).toEqual([]);
    expect(lacks(privately, last, { fields })).toContain('MV-4');
  });

  it('[PB-21] the private stage is off the wall, and nobody writes the public text there', () => {
    expect(plan.stages.find((stage) => stage.id === privately)).toMatchObject({ onWall: false, text: 'frozen' });
  });
});
