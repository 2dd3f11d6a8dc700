// The columns a plan would give the board, beside those the board has now.
import type { Playbook, Stage } from '@rejoinder/contracts/playbooks';
import type { BoardState } from '@rejoinder/contracts/rooms';

export type ColumnShown = {
  readonly stage: Stage;
  /** Against the plan the room runs. */
  readonly is: 'same' | 'fresh' | 'changed';
  readonly cards: number;
};
export type ColumnLost = { readonly id: string; readonly title: string; readonly cards: number };

export function columnsOf(
  after: Playbook,
  before: Playbook | null,
  cards: BoardState['cards'],
): { shown: ColumnShown[]; lost: ColumnLost[] } {
  const counts = new Map<string, number>();
  for (const card of Object.values(cards)) counts.set(card.stage, (counts.get(card.stage) ?? 0) + 1);
  const old = new Map((before?.stages ?? []).map((stage) => [stage.id, stage]));
  const shown = after.stages.map((stage) => {
    const was = old.get(stage.id);
    const is = was === undefined ? 'fresh' : saysTheSame(was, stage) ? 'same' : 'changed';
    return { stage, is, cards: counts.get(stage.id) ?? 0 } as const;
  });
  const kept = new Set(after.stages.map(({ id }) => id));
  const lost = [...old.values()]
    .filter(({ id }) => !kept.has(id))
    .map(({ id, title }) => ({ id, title, cards: counts.get(id) ?? 0 }));
  return { shown, lost };
}

/** Clauses carry the place of a rule and move with every rule above; everything else is compared. */
function saysTheSame(a: Stage, b: Stage): boolean {
  const plain = (stage: Stage) =>
    JSON.stringify(stage, (key, value: unknown) => (key === 'clause' ? undefined : value));
  return plain(a) === plain(b);
}
