import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { namesIn, readPlaybook } from './read.ts';
import { choicesAt, helpAt, vocabulary } from './vocabulary.ts';

const DEFAULT = readFileSync(new URL('../../../server/playbooks/default.md', import.meta.url), 'utf8');

describe('the vocabulary', () => {
  it('[PB-16] tells keys, words and names at every place of a block', () => {
    expect(Object.keys(choicesAt('stage', []).keys)).toEqual(expect.arrayContaining(['worked_by', 'leave', 'ladder']));
    expect(choicesAt('stage', ['worked_by'])).toMatchObject({ names: ['role'] });
    expect(choicesAt('stage', ['text']).words).toContain('frozen');
    expect(Object.keys(choicesAt('stage', ['leave']).keys)).toEqual(
      expect.arrayContaining(['voice_clean', 'both_ways']),
    );
    expect(choicesAt('stage', ['leave', 'has_fields'])).toMatchObject({ names: ['field'] });
    expect(choicesAt('stage', ['leave', 'any', 'not', 'class_in'])).toMatchObject({ names: ['class'] });
    expect(choicesAt('sign-off', ['agree', '2', 'all'])).toMatchObject({ names: ['role'] });
    expect(choicesAt('sign-off', ['agree', 'all'])).toMatchObject({ names: ['role'] });
    expect(Object.keys(choicesAt('stand-down', ['criteria']).keys)).toContain('no_breach_open');
    expect(choicesAt('roles', ['not_one_person']).words).toEqual(['author', 'only_signer']);
    expect(choicesAt('roles', ['legal', 'may']).words).toContain('sign');
    expect(choicesAt(null, ['owner'])).toMatchObject({ names: ['role'] });
    expect(choicesAt('stage', ['constructor', 'x'])).toEqual({ keys: {}, words: [], names: [], form: '' });
    expect(choicesAt('nothing', [])).toEqual({ keys: {}, words: [], names: [], form: '' });
  });

  it('[PB-16] tells which names a text declares, however faulty it is', () => {
    const faulty = DEFAULT.replace('text: none', 'txet: none').replace('next: [closed]', 'next: [closd');
    expect('faults' in readPlaybook(faulty)).toBe(true);
    expect(namesIn(faulty)).toMatchObject({ 'sign-off': ['reply', 'statement'], calendar: ['always', 'office'] });
    expect(namesIn(faulty).stage).toContain('follow-up');
    expect(namesIn('x'.repeat(300_000)).stage).toEqual([]);
  });

  it('[PB-16] has help for every key and every guard', () => {
    expect(helpAt('stage', ['time_limit'])).toContain('per level');
    expect(helpAt('stage', ['leave', 'voice_clean'])).toContain('voice block');
    expect(helpAt('clock', [])).toContain('promised time');
    expect(helpAt('stage', ['nothing'])).toBeNull();
    for (const { holds, help } of vocabulary.blocks) {
      expect(help).toMatch(/\.$/);
      const empty = JSON.stringify(holds).includes('"help":""');
      expect(empty).toBe(false);
    }
    for (const guard of vocabulary.guards) expect(guard.help).toMatch(/\.$/);
  });

  it.each(vocabulary.guards.map((guard) => [guard.name, guard] as const))(
    '[PB-16] the example of %s reads',
    (_, guard) => {
      const room = `\n## Later\n\n\`\`\`yaml stand-down\ncriteria:\n  - ${guard.example}\ndecided_by: commander\n\`\`\`\n`;
      const text =
        guard.about === 'room'
          ? DEFAULT.replace(/```yaml stand-down[\s\S]*?```/, '') + room
          : DEFAULT.replace('  - owner_accepted', `  - ${guard.example}`);
      const read = readPlaybook(text);
      expect('faults' in read ? read.faults : []).toEqual([]);
    },
  );
});
