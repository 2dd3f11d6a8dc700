// LI-21: business hours under a promise that runs day and night.
import type { Found, LintRule } from './finding.ts';
import { replyClock, stagesBeforeReply } from './times.ts';

export const hours: LintRule = (playbook) => {
  const reply = replyClock(playbook);
  if (reply?.calendar !== 'always') return [];
  const onTheWay = stagesBeforeReply(playbook, reply).flatMap((stage) => stage.clocks);
  const found = (clause: string, says: string, wants: string): Found => ({
    rule: 'LI-21',
    clause,
    says,
    why: `${reply.name} runs day and night, and people write at night.`,
    wants,
    strength: 'block',
  });
  return [
    ...playbook.clocks
      .filter((clock) => clock.calendar !== 'always' && onTheWay.includes(clock.id))
      .map((clock) =>
        found(clock.clause, `${clock.name} stands still outside the hours of ${clock.calendar}.`, '`calendar: always`'),
      ),
    ...playbook.contacts
      .filter((contact) => contact.hours !== 'always' && contact.outOfHours === null)
      .map((contact) =>
        found(
          contact.clause,
          `Outside the hours of ${contact.hours} nobody is asked in place of ${contact.primary.name}.`,
          '`out_of_hours:` with a person',
        ),
      ),
  ];
};
