// What a plan says about words: banned phrases, required elements, personal data, leftovers. Data only; packages/voice judges.
import { type Static, Type } from 'typebox';
import { Strength } from './guards.ts';
import { Nullable, Strict } from './shapes.ts';

const Insists = { clause: Type.String(), strength: Strength, why: Type.String(), repair: Nullable(Type.String()) };

/** A phrase that may not be said. `patterns` are in the plan's own small phrase language (docs/playbook.md). */
export const BannedPhrase = Strict({
  id: Type.String(),
  /** `phrase` exact words, `family` words with endings and choices, `near` all words within `within` words of each other. */
  form: Type.Union([Type.Literal('phrase'), Type.Literal('family'), Type.Literal('near')]),
  patterns: Type.Array(Type.String()),
  within: Type.Integer(),
  ...Insists,
});

/** Something every reply must hold. `any` are phrase patterns of form `family`; one of them must be there. */
export const RequiredElement = Strict({
  id: Type.String(),
  name: Type.String(),
  any: Type.Array(Type.String()),
  /** The element must stand at the end, such as a name; then `any` may be empty and a name in capitals is looked for. */
  signature: Type.Boolean(),
  /** Only for cards of these classes; null means every card. */
  classes: Nullable(Type.Array(Type.String())),
  ...Insists,
});

export const PersonalDataKind = Type.Union([
  Type.Literal('email'),
  Type.Literal('phone'),
  Type.Literal('payment_card'),
  Type.Literal('iban'),
  Type.Literal('account_number'),
]);

export const Voice = Strict({
  banned: Type.Array(BannedPhrase),
  required: Type.Array(RequiredElement),
  personalData: Strict({
    kinds: Type.Array(PersonalDataKind),
    /** Masks of our own numbers: `#` a digit, `@` a letter, anything else itself. */
    masks: Type.Array(Type.String()),
    /** Addresses and numbers of our own that may be said. */
    allow: Type.Array(Type.String()),
    ...Insists,
  }),
  leftovers: Strict({ words: Type.Array(Type.String()), ...Insists }),
  /** Words that bring the legal signature in (family patterns). */
  liability: Strict({ words: Type.Array(Type.String()), ...Insists }),
  length: Strict(Insists),
  /** How like a reply may be to one already sent, as a share of its runs of words; absent where the plan says nothing. */
  likeness: Type.Optional(Strict({ ceiling: Type.Number({ minimum: 0, maximum: 1 }), ...Insists })),
});

export type BannedPhrase = Static<typeof BannedPhrase>;
export type RequiredElement = Static<typeof RequiredElement>;
export type PersonalDataKind = Static<typeof PersonalDataKind>;
export type Voice = Static<typeof Voice>;
