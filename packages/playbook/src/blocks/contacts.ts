// Reads whom to ask: the block `contacts`, one entry for each department.
import type { Contact, ContactPerson, ReachBy } from '@rejoinder/contracts/playbooks';
import { either, isScalar, keys, list, named, turned } from '../shapes/joined.ts';
import { maybe, needs, or, type Shape } from '../shapes/shape.ts';
import { choice, date, ref, words } from '../shapes/single.ts';
import type { Block } from './block.ts';
import { AUTHORITY, sayAuthority } from './people.ts';

export const REACH_BY: readonly ReachBy[] = ['board', 'push', 'chat', 'email', 'sms', 'phone'];

const PERSON: Shape<ContactPerson> = either(
  [
    turned(words, (name) => ({ name, user: null, phone: null })),
    keys({
      name: needs(words, 'The person as colleagues call them.'),
      user: maybe(words, 'The e-mail address they sign in with.'),
      phone: maybe(words, 'A telephone number that reaches them.'),
    }),
  ],
  isScalar,
);

const CONTACT = keys({
  primary: needs(PERSON, 'Who is asked first: a name, or name, user and phone.'),
  deputy: maybe(PERSON, 'Who is asked when the first does not answer.'),
  out_of_hours: maybe(PERSON, 'Who is asked outside the hours.'),
  channels: or<ReachBy[]>(list(choice(REACH_BY)), ['board'], 'How they are reached, in order.'),
  hours: or(ref('calendar'), 'always', 'The calendar of their hours; `always` where left out.'),
  authority: maybe(AUTHORITY, 'What they may promise alone.'),
  last_verified: maybe(date, 'The day on which somebody last reached them on purpose.'),
});
/** The contact that is asked while a card has no department. */
export const NO_DEPARTMENT = 'no_department';
const CONTACTS = named(CONTACT, { to: 'department', also: [NO_DEPARTMENT] });

export const contacts: Block = {
  kind: 'contacts',
  help: 'Whom to ask in each department, how they are reached, and what they may promise.',
  idOf: null,
  required: false,
  data: CONTACTS.data,
  into: (playbook, reading, node) => {
    playbook.contacts = CONTACTS.read(reading, node).map(({ id, at, value }): Contact => {
      const clause = reading.rule(at, (plan) => {
        const department = plan.triage.fields
          .find((field) => field.id === 'department')
          ?.choices?.find((each) => each.id === id)?.name;
        const then = [value.deputy, value.outOfHours];
        const [deputy, late] = then.map((person) => person?.name ?? null);
        const said = id === NO_DEPARTMENT ? 'While a card has no department' : (department ?? id);
        const parts = [
          `${said}: ${value.primary.name}, by ${sayChannels(value.channels)}`,
          deputy ? `deputy ${deputy}` : '',
          late ? `outside hours ${late}` : '',
        ];
        const may =
          value.authority === null ? '' : ` They may promise ${sayAuthority(value.authority, plan.currency)}.`;
        const checked = value.lastVerified === null ? '' : ` Last verified on ${value.lastVerified}.`;
        return `${parts.filter(Boolean).join('; ')}.${may}${checked}`;
      });
      return { department: id, ...value, clause };
    });
  },
};

/** In the order in which they are tried. */
export function sayChannels(channels: readonly ReachBy[]): string {
  const said = {
    board: 'the board',
    push: 'push message',
    chat: 'chat',
    email: 'e-mail',
    sms: 'text message',
    phone: 'telephone',
  };
  return channels.map((each) => said[each]).join(', then ');
}
