// LI-31: a clock that would stand still while somebody waits for our first word.
import { FIRST_WORD } from '../pauses.ts';
import type { LintRule } from './finding.ts';

export const pauses: LintRule = (playbook) =>
  playbook.clocks.flatMap((clock) => {
    const found = { rule: 'LI-31', clause: clock.clause } as const;
    const lint = [];
    if (clock.pauses.includes('waiting_for_author') && FIRST_WORD.includes(clock.stops))
      lint.push({
        ...found,
        says: `${clock.name} stops with our first word, so it can never wait for the person.`,
        why: 'Nobody may be silenced by being waited for: before the first answer it is us who are waited for.',
        wants: '`pauses` without `waiting_for_author`, or a clock that stops later',
        strength: 'block' as const,
      });
    if (clock.pauses.includes('stood_down') && clock.stops === 'public_reply_published')
      lint.push({
        ...found,
        says: `Whoever writes after the stand-down has no ${clock.name} until the crisis is reviewed.`,
        why: 'A stand-down ends the crisis, not what people write to us.',
        wants: '`pauses` without `stood_down`',
        strength: 'warn' as const,
      });
    return lint;
  });
