// What does one line of a card's timeline say beyond its verb? Reasons, stages, roles, straight from the event's data.
import type { ReplyOf } from '../api.ts';

export type Line = ReplyOf<'card'>['timeline'][number];

/** What changed, in a few words, or null. `stageTitle` and `roleName` turn ids into names. */
export function detailOf(
  line: Line,
  stageTitle: (id: string) => string,
  roleName: (id: string) => string,
): string | null {
  const data = (line.data ?? {}) as Record<string, unknown>;
  const text = (key: string): string => (typeof data[key] === 'string' ? data[key] : '');
  switch (line.type) {
    case 'card.moved':
      return [`${stageTitle(text('from'))} → ${stageTitle(text('to'))}`, text('reason')].filter(Boolean).join(': ');
    case 'card.moveRefused':
      return [stageTitle(text('to')), textIn(data.refusal, 'says')].filter(Boolean).join(': ');
    case 'draft.voided':
      return text('why') || null;
    case 'draft.sentBack':
    case 'draft.restored':
    case 'reply.cancelled':
      return text('reason') || null;
    case 'draft.signed':
      return roleName(textIn(data.signOff, 'role')) || null;
    case 'draft.deputyAsked':
      return `${roleName(textIn(data.standIn, 'deputy'))} for ${roleName(textIn(data.standIn, 'role'))}`;
    case 'draft.started':
      return aboutIn(data.card);
    case 'card.checked':
      return text('item') || null;
    case 'card.factRecorded':
      return text('note') || null;
    case 'break-glass.asked':
    case 'break-glass.used':
      return textIn(data.glass, 'reason') || null;
    case 'break-glass.reviewed': {
      const glass = data.glass as { reviewed?: unknown } | undefined;
      return textIn(glass?.reviewed, 'note') || null;
    }
    case 'comment.added':
    case 'comment.resolved':
      return textIn(data.thread, 'quote') || null;
    case 'card.assessed':
      return Array.isArray(data.changed) ? data.changed.join(', ') : null;
    case 'ladder.asked': {
      const steps = (data.ladder as { steps?: { step: number; asks: { name: string }[] }[] } | undefined)?.steps ?? [];
      return (
        steps
          .find((each) => each.step === data.step)
          ?.asks.map((ask) => ask.name)
          .join(', ') || null
      );
    }
    case 'ladder.started':
    case 'ladder.exhausted':
      return textIn(data.ladder, 'says') || null;
    case 'ladder.passedOn':
      return text('reason') || null;
    case 'ladder.unreachable':
      return text('name') || null;
    case 'ladder.skipped':
    case 'ladder.reopened':
      return text('says') || null;
    case 'ladder.ended':
      return text('why') || null;
    case 'reply.settled':
      return text('note') || null;
    default:
      return null;
  }
}

/** Lines that only say that something is under way, between two that say what happened. */
export const isQuiet = (line: Line): boolean => line.type === 'draft.changed' || line.type === 'card.postsSeen';

function textIn(value: unknown, key: string): string {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'string' ? found : '';
}

/** `correction` or `retraction` where a draft or a reply is one. */
function aboutIn(card: unknown): string | null {
  const draft = typeof card === 'object' && card !== null && 'draft' in card ? card.draft : null;
  const about = typeof draft === 'object' && draft !== null && 'about' in draft ? draft.about : null;
  return textIn(about, 'kind') || null;
}
