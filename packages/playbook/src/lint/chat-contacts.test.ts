import { expect, it } from 'vitest';
import { planWith } from '../plan-for-tests.ts';
import { chatContacts } from './chat-contacts.ts';

const person = (name: string, user: string | null = null) => ({ name, user, phone: null });
const found = (channels: ('board' | 'chat' | 'phone' | 'sms')[], user: string | null = null): string[] => {
  const contact = { department: 'logistics', primary: person('Lou', user), deputy: person('Dee'), outOfHours: null };
  const more = { channels, hours: 'always', authority: null, lastVerified: null, clause: 'Contacts §1' };
  const plan = planWith((playbook) => ({ ...playbook, contacts: [{ ...contact, ...more }] }));
  return chatContacts(plan, {}).map(({ says }) => says.split(' ')[0] ?? '');
};

it('[LI-33] whoever has no account is not asked in the chat, so something else must reach them', () => {
  expect(found(['board', 'chat'])).toEqual(['Lou', 'Dee']);
  expect(found(['board', 'chat'], 'lou@example.org')).toEqual(['Dee']);
  expect(found(['chat', 'phone'])).toEqual([]);
  expect(found(['chat', 'sms'])).toEqual([]);
  expect(found(['board'])).toEqual([]);
});
