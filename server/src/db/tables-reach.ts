// The tables of reaching our own people, as Kysely sees them.

import type { ReachBy } from '@rejoinder/contracts/playbooks';
import type { MessageState, QuietHours, ReachAbout, ReachAnswer, ReachTest } from '@rejoinder/contracts/reaching';
import type { Generated } from 'kysely';
import type { Json } from './columns.ts';

/** One message to one person. `at_way` is the way that is tried; `attempt` counts on that way. */
export type MessagesTable = {
  room_id: string;
  message_id: string;
  user_id: string | null;
  to_name: string;
  phone: string | null;
  ways: ReachBy[];
  at_way: Generated<number>;
  about_kind: ReachAbout['kind'];
  about_id: string;
  card_id: string | null;
  urgent: boolean;
  title: string;
  says: string;
  path: string;
  state: MessageState;
  /** Goes into the person's digest. */
  gathers: boolean;
  way: ReachBy | null;
  attempt: Generated<number>;
  run_at: string;
  /** Until when the one that sends it may take; past that it is sent again. */
  deadline_at: string | null;
  answers: Json<ReachAnswer[]>;
  queued_at: string;
};
export type RoomChannelsTable = {
  room_id: string;
  channel: 'chat' | 'webhook';
  url_sealed: string;
  secret_sealed: string | null;
  host: string;
  verified_at: string | null;
  last_test: Json<ReachTest> | null;
};
export type ReachChoicesTable = {
  user_id: string;
  email: boolean;
  push: boolean;
  unimportant: 'digest' | 'at-once' | 'never';
  digest_minutes: number;
  quiet: Json<QuietHours> | null;
};
export type PushDevicesTable = {
  user_id: string;
  device_id: string;
  endpoint_hash: string;
  /** Address and keys of the subscription. */
  sealed: string;
  label: string;
  mark: string;
  added_at: string;
  delivered_at: string | null;
};
/** One row: whether mail can be sent, when it last was, and the key that signs push messages. */
export type ReachHouseTable = {
  one: boolean;
  mail: boolean;
  mail_verified_at: string | null;
  mail_last_test: Json<ReachTest> | null;
  push_public_key: string | null;
  push_private_sealed: string | null;
};
