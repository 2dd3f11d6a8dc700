// How conditions are joined: all, any, not and at_level, the same for cards and rooms (GU-24).
import type { Condition, Playbook } from '@rejoinder/contracts/playbooks';
import { sayClause } from '../say.ts';
import { type Lack, MET } from './judging.ts';

type Joined = Extract<Condition, { guard: 'all' | 'any' | 'not' | 'at_level' }>;

/** `judge` gives what lacks for one of the joined conditions. */
export function join(playbook: Playbook, joined: Joined, level: number, judge: (each: Condition) => Lack[]): Lack[] {
  switch (joined.guard) {
    case 'all':
      return joined.of.flatMap(judge);
    case 'any':
      return anyOf(playbook, joined.of, judge);
    case 'not':
      return noneOf(playbook, joined.of, judge);
    case 'at_level':
      return (joined.levels[String(level)] ?? []).flatMap(judge);
  }
}

/** One met condition is enough; otherwise a single lack that names every way out. */
function anyOf(playbook: Playbook, of: Condition[], judge: (each: Condition) => Lack[]): Lack[] {
  const tried: Lack[][] = [];
  for (const each of of) {
    const lacks = judge(each);
    if (lacks.length === 0) return MET;
    tried.push(lacks);
  }
  const all = tried.flat();
  const says = `None of these is so: ${of.map((each) => sayClause(playbook, each)).join('; ')}.`;
  return [{ says, who: [...new Set(all.flatMap((each) => each.who))], fix: all.flatMap((each) => each.fix) }];
}

function noneOf(playbook: Playbook, of: Condition[], judge: (each: Condition) => Lack[]): Lack[] {
  if (of.some((each) => judge(each).length > 0)) return MET;
  return [
    {
      says: `It may not be so that ${of.map((each) => sayClause(playbook, each)).join(' and ')}.`,
      who: [],
      fix: [],
    },
  ];
}
