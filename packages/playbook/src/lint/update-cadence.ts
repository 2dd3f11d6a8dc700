// LI-25: a level without a time for updates.
import type { LintRule } from './finding.ts';

export const updateCadence: LintRule = (playbook) => {
  const top = playbook.levels.at(-1)?.level ?? 1;
  return playbook.levels
    .filter(({ level }) => level > 1)
    .flatMap(({ level, name, clause }) => {
      const updates = playbook.updates.find((each) => each.level === level);
      const lacks = !updates?.internal ? 'colleagues' : level === top && !updates.public ? 'the public' : null;
      if (lacks === null) return [];
      const key = lacks === 'colleagues' ? 'internal: 2h' : 'public: 1h';
      return [
        {
          rule: 'LI-25',
          clause: updates?.clause ?? clause,
          says: `At level ${level}, ${name}, nothing says how often ${lacks} ${lacks === 'colleagues' ? 'hear' : 'hears'}.`,
          why: 'Where no next time is named, people make up their own news.',
          wants: `\`${level}: { ${key} }\` in the block \`updates\``,
          strength: 'block',
        },
      ];
    });
};
