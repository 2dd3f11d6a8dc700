// What a kind of block is: whether it has an id, whether there is one of it, how it reads, and what it puts into the plan.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { Place } from '../faults.ts';
import type { Located } from '../located.ts';
import type { Reading, RefKind } from '../reading.ts';
import type { ShapeData } from '../shapes/shape.ts';

/** Where a block stands: its id (empty for kinds without), its heading and the paragraph between them. */
export type Head = { id: string; title: string; purpose: string; at: Place };

export type Block = {
  kind: string;
  /** One sentence for people who write plans. */
  help: string;
  /** Kinds with an id may stand several times, others once. The id is declared under this name. */
  idOf: RefKind | null;
  /** A plan without it is not a plan. */
  required: boolean;
  data: ShapeData;
  /** Reads the block into the plan and numbers its rules. */
  into: (playbook: Playbook, reading: Reading, node: Located, head: Head) => void;
};
