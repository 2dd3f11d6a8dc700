// Reads where we speak: the blocks `channels` and `private`.
import type { PlanChannel, Playbook, PrivatePlan } from '@rejoinder/contracts/playbooks';
import { sayDuration } from '../durations.ts';
import { sayList, sayRoles } from '../levels.ts';
import { sayPerLevel } from '../say.ts';
import { keys, list, named, perLevel } from '../shapes/joined.ts';
import { maybe, needs, or } from '../shapes/shape.ts';
import { choice, duration, flag, ref, words } from '../shapes/single.ts';
import type { Block } from './block.ts';
import { readRuled } from './ruled.ts';

const CONFIRMED = {
  answer: 'the platform says so when it is sent',
  notice: 'the platform tells us later',
  person: 'a person looked',
} as const;

const CHANNEL = keys({
  accounts: needs(list(words), 'Our accounts there.'),
  published_by: needs(perLevel(list(ref('role'))), 'Roles that publish there; per level.'),
  confirmed_by: or(choice(['answer', 'notice', 'person']), 'answer' as const, 'Who says that a post stands.'),
  on_unknown: or(
    choice(['hold_for_person']),
    'hold_for_person' as const,
    'A post whose outcome is unknown is held for a person, never sent again by itself.',
  ),
});
const CHANNELS = named(CHANNEL);

export const channels: Block = {
  kind: 'channels',
  help: 'Our accounts on each platform, who publishes there, and how a post is confirmed.',
  idOf: null,
  required: false,
  data: CHANNELS.data,
  into: (playbook, reading, node) => {
    playbook.channels = CHANNELS.read(reading, node).map(({ id, at, value }): PlanChannel => {
      const clause = reading.rule(at, (plan) => {
        const stands = `a reply stands when ${CONFIRMED[value.confirmedBy]}, and what nobody knows is held for a person.`;
        return `${sayPublishing(plan, id, value)}; ${stands}`;
      });
      return { platform: id, ...value, clause };
    });
  },
};

function sayPublishing(
  plan: Playbook,
  id: string,
  { publishedBy, accounts }: Pick<PlanChannel, 'publishedBy' | 'accounts'>,
): string {
  const who = sayPerLevel(publishedBy, (roles) => sayRoles(plan, roles));
  const isOne = Object.values(publishedBy).every((roles) => sayRoles(plan, roles) === who);
  return isOne
    ? `On ${id} ${who} publishes from ${sayList(accounts)}`
    : `To publish on ${id} from ${sayList(accounts)} takes ${who}`;
}

const POLICY = {
  personal_data_only: 'We go private for personal data only.',
  prefer_private: 'We settle in private where we can, and always come back in public.',
  either: 'We answer in public or in private, as the person likes, and always come back in public.',
} as const;

const PRIVATE = keys({
  policy: needs(choice(['personal_data_only', 'prefer_private', 'either']), 'When a talk may go private.'),
  pointer: maybe(words, 'What is said in public before it goes private.'),
  returns: maybe(
    keys({
      within: needs(perLevel(duration), 'How long until we are back in public; per level.'),
      declined_counts: or(flag, true, 'Whether it counts when the person does not want it.'),
    }),
    'The way back into public.',
  ),
  redact_after: maybe(duration, 'How long after the end the private text is kept.'),
});

export const privately: Block = {
  kind: 'private',
  help: 'When a talk may go private, what points there, and how it comes back.',
  idOf: null,
  required: false,
  data: PRIVATE.data,
  into: (playbook, reading, node) => {
    const { values, clause } = readRuled(reading, node, PRIVATE, {
      policy: (so) => POLICY[so.policy],
      pointer: (so) =>
        `Before it goes private we say in public: “${so.pointer ?? ''}”`
          .replace(/([^.!?])”$/, '$1.”')
          .concat(so.pointer ? '' : '.'),
      returns: ({ returns }) =>
        `We are back in public within ${sayPerLevel(returns?.within ?? {}, sayDuration)}${returns?.declinedCounts ? ', unless the person declined' : ''}.`,
      redact_after: (so) => `Private text is redacted ${sayDuration(so.redactAfter ?? 0)} after the end.`,
    });
    playbook.private = { ...values, clause } satisfies PrivatePlan;
    playbook.privatePolicy = values.policy;
  },
};
