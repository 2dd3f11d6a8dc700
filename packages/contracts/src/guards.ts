// The closed vocabulary of conditions a move can meet, as read from a plan: name, arguments, strength and clause.
import { type Static, Type } from 'typebox';

/** How much a rule insists: `block` refuses, `warn` goes on with a reason, `note` only says so. */
export const Strength = Type.Union([Type.Literal('block'), Type.Literal('warn'), Type.Literal('note')]);

/** One value per level, every level of the plan present. Keys are the level numbers as text. */
export const PerLevel = <S extends Parameters<typeof Type.Array>[0]>(schema: S) => Type.Record(Type.String(), schema);

/** Guards about one card: they stand at a stage's door. */
export const GUARD_NAMES = [
  'has_fields',
  'class_in',
  'level_at_least',
  'owner_accepted',
  'draft_not_empty',
  'length_within_channel',
  'same_platform_as_origin',
  'account_allowed',
  'voice_clean',
  'no_personal_data',
  'sign_offs_valid',
  'signer_not_sole_author',
  'no_unseen_mention_from_author',
  'actor_is_current',
  'actor_has_role',
  'posted_and_matches',
  'public_follow_up_posted_or_declined',
  'remedy_delivered',
  'reason_given',
  'private_reason_given',
  'elapsed',
  'below_limit',
  'not_moved_within',
  'owner_authority_covers_remedy',
  'department_contacted',
  'checklist_complete',
  'not_too_like_sent',
  'claims_in_fact_sheet',
  'comments_resolved',
  'strategy_allowed',
  'public_pointer_posted',
] as const;

/** Guards about the room as a whole: they stand in blocks about the room, never at a stage's door. */
export const ROOM_GUARD_NAMES = [
  'roles_filled',
  'readers_confirmed',
  'freeze_confirmed',
  'holding_posted_within',
  'update_not_overdue',
  'no_breach_open',
  'oldest_unanswered_below',
  'volume_below_baseline_for',
  'closing_statement_posted',
  'retrospective_scheduled',
] as const;

/** Facts about a card that a person records, because no machine can see them. */
export const CARD_FACTS = ['department_contacted', 'claims_checked', 'public_pointer'] as const;

export type GuardName = (typeof GUARD_NAMES)[number];
export type RoomGuardName = (typeof ROOM_GUARD_NAMES)[number];
export type CardFact = (typeof CARD_FACTS)[number];
export type Strength = Static<typeof Strength>;
export type PerLevel<T> = Record<string, T>;

type NoArgument =
  | 'owner_accepted'
  | 'draft_not_empty'
  | 'length_within_channel'
  | 'same_platform_as_origin'
  | 'account_allowed'
  | 'voice_clean'
  | 'no_personal_data'
  | 'signer_not_sole_author'
  | 'no_unseen_mention_from_author'
  | 'actor_is_current'
  | 'posted_and_matches'
  | 'public_follow_up_posted_or_declined'
  | 'remedy_delivered'
  | 'reason_given'
  | 'private_reason_given'
  | 'below_limit'
  | 'owner_authority_covers_remedy'
  | 'department_contacted'
  | 'checklist_complete'
  | 'not_too_like_sent'
  | 'claims_in_fact_sheet'
  | 'comments_resolved'
  | 'strategy_allowed'
  | 'public_pointer_posted'
  | 'freeze_confirmed'
  | 'update_not_overdue'
  | 'no_breach_open'
  | 'closing_statement_posted'
  | 'retrospective_scheduled';

/** What is asked, without how much it insists. Durations in seconds. */
export type Condition =
  | { guard: NoArgument }
  | { guard: 'has_fields'; fields: string[] }
  | { guard: 'class_in'; classes: string[] }
  | { guard: 'level_at_least'; level: number }
  | { guard: 'sign_offs_valid'; signOff: string }
  | { guard: 'actor_has_role' | 'roles_filled' | 'readers_confirmed'; roles: string[] }
  | {
      guard:
        | 'elapsed'
        | 'not_moved_within'
        | 'holding_posted_within'
        | 'oldest_unanswered_below'
        | 'volume_below_baseline_for';
      seconds: PerLevel<number>;
    }
  | { guard: 'all' | 'any' | 'not'; of: Condition[] }
  | { guard: 'at_level'; levels: Record<string, Condition[]> };

/** One use of a guard at a stage's door. */
export type Guard = Condition & {
  strength: Strength;
  clause: string;
  /** The guard as one plain sentence. */
  sentence: string;
  /** For a leave guard: only moves to these stages; null means every forward move. */
  to: string[] | null;
  /** Holds for backward moves too (MV-5). */
  bothWays: boolean;
};

/** The outer shape only: a guard's arguments differ and conditions nest, and the reader of the plan has checked them. */
export const Guard = Type.Unsafe<Guard>(
  Type.Object(
    { guard: Type.String(), strength: Strength, clause: Type.String(), sentence: Type.String() },
    { additionalProperties: true },
  ),
);
