// Reads who there is: the block `roles`.
import { Ability, type Role } from '@rejoinder/contracts/plan-people';
import { sayList } from '../levels.ts';
import type { MapNode } from '../located.ts';
import { sayPerLevel } from '../say.ts';
import { everywhere, keys, list, named, perLevel, placed } from '../shapes/joined.ts';
import { maybe, needs, or, type ShapeData } from '../shapes/shape.ts';
import { amount, choice, words } from '../shapes/single.ts';
import type { Block } from './block.ts';

export const ABILITIES: readonly Role['may'][number][] = Ability.anyOf.map((each) => each.const);

const PARTS = ['author', 'only_signer'] as const;

/** What somebody may promise alone. */
export const AUTHORITY = keys({
  money: or(perLevel(amount), everywhere(0), 'The most a promise may be worth, in the plan’s currency; per level.'),
  promises: or(list(words), [], 'Kinds of promise, in your own words; a promise names one of them.'),
});

const ROLE = keys({
  name: needs(words, 'The role as people call it.'),
  may: needs(list(choice(ABILITIES, 'view')), 'What the role may do.'),
  authority: maybe(AUTHORITY, 'What a card’s owner in this role may promise alone.'),
});

const PAIR = list(choice(PARTS), 2);
const PAIRS = list(placed(PAIR));

/** Names of roles, and beside them the one key that is not a role. */
const ROLES = named(ROLE, { declares: 'role' });
const data: ShapeData = {
  is: 'named',
  of: ROLE.data,
  names: [],
  to: null,
  also: [],
  besides: {
    not_one_person: {
      help: 'Pairs of parts that may not be one person.',
      required: false,
      holds: { is: 'list', of: PAIR.data, most: 4 },
    },
  },
};

export const roles: Block = {
  kind: 'roles',
  help: 'Roles, and what each may do.',
  idOf: null,
  required: true,
  data,
  into: (playbook, reading, node) => {
    const pairs = node.is === 'map' ? node.entries.find((entry) => entry.key === 'not_one_person') : undefined;
    const rest: MapNode | typeof node =
      node.is === 'map' ? { ...node, entries: node.entries.filter((entry) => entry !== pairs) } : node;
    playbook.roles = ROLES.read(reading, rest).map(({ id, at, value }) => {
      const { name, authority } = value;
      const may = [...new Set(value.may)];
      const clause = reading.rule(at, (plan) => {
        const promise =
          authority === null ? '' : ` ${name} may promise alone ${sayAuthority(authority, plan.currency)}.`;
        return `${name} may ${sayList(may.map(sayAbility), 'and')}.${promise}`;
      });
      return { id, name: name || id, may, authority, clause };
    });
    if (pairs === undefined) return;
    if (pairs.value.is !== 'list' || pairs.value.items.length === 0)
      reading.faults.add(pairs.value.at, 'Here should be pairs.', '`- [author, only_signer]`');
    playbook.notOnePerson = PAIRS.read(reading, pairs.value).map(({ at, value: pair }) => {
      if (pair.length !== 2) reading.faults.add(at, `Here stand ${pair.length} parts.`, 'two, `[author, only_signer]`');
      reading.rule(at, () => 'Whoever wrote a reply alone may not be the only one who signs it.');
      return pair;
    });
  },
};

export function sayAuthority({ money, promises }: NonNullable<Role['authority']>, currency: string): string {
  const worth = sayPerLevel(money, (each) => (each === 0 ? 'nothing of worth' : `up to ${each} ${currency}`));
  return promises.length === 0 ? worth : `${worth}, of these kinds: ${sayList(promises, 'and')}`;
}

function sayAbility(ability: Role['may'][number]): string {
  const said: Record<Role['may'][number], string> = {
    view: 'read the board',
    triage: 'assess cards',
    own: 'own cards',
    draft: 'write replies',
    move: 'move cards',
    sign: 'sign',
    publish: 'publish',
    settle: 'settle an unclear outcome',
    raise_level: 'raise the level',
    lower_level: 'lower the level',
    manage_sources: 'manage sources',
    manage_people: 'manage people',
    adopt_playbook: 'adopt a new plan',
    break_glass: 'break the glass',
  };
  return said[ability];
}
