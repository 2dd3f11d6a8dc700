// LI-33: a contact without an account whom the plan would ask in the chat of the room.
import type { LintRule } from './finding.ts';

export const chatContacts: LintRule = (playbook) =>
  playbook.contacts.flatMap(({ channels, clause, primary, deputy, outOfHours }) => {
    if (!channels.includes('chat') || channels.includes('phone') || channels.includes('sms')) return [];
    const outside = [primary, deputy, outOfHours].filter((person) => person && person.user === null);
    return outside.flatMap((person) =>
      person
        ? [
            {
              rule: 'LI-33',
              clause,
              says: `${person.name} has no account, so the chat of the room does not ask ${person.name}, and nothing else would.`,
              why: 'Everybody who reads the chat could accept in their name.',
              wants: '`user`, the address they sign in with, or `phone` with a number and among the `channels`',
              strength: 'warn' as const,
            },
          ]
        : [],
    );
  });
