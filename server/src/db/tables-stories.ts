// The tables of stories and their fact sheets, as Kysely sees them.
import type { Fact } from '@rejoinder/contracts/stories';
import type { Json } from './columns.ts';

export type StoriesTable = { room_id: string; story_id: string; title: string | null; merged_into: string | null };
export type FactSheetsTable = {
  room_id: string;
  story_id: string;
  version: number;
  facts: Json<Fact[]>;
  fingerprint: string;
  written_by: string;
  written_name: string;
  written_at: string;
  approved_by: string | null;
  approved_name: string | null;
  approved_role: string | null;
  approved_at: string | null;
};
