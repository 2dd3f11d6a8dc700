// What a key means on the board. Letters act only outside inputs; the palette opens from everywhere.
import { type Arrow, isArrow } from './roving.ts';

export type Command =
  | { do: 'walk'; arrow: Arrow; extend: boolean }
  | { do: 'open' | 'select' | 'select-between' | 'move' | 'take' | 'palette' | 'help' | 'escape' }
  | { do: 'after-g' }
  | { do: 'go'; where: 'burns' | 'mine' | 'stream' }
  | { do: 'go-stage'; place: number };

export type Key = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
};

/**
 * The command of a key, or null when it means nothing here. `inText`: an input has the focus. `onCard`: a card has it.
 * `afterG`: the key before was `g`.
 */
export function commandOf(key: Key, at: { inText: boolean; onCard: boolean; afterG: boolean }): Command | null {
  const held = key.ctrlKey || key.metaKey;
  if (held && !key.altKey && !key.shiftKey && key.key.toLowerCase() === 'k') return { do: 'palette' };
  if (key.key === 'Escape') return { do: 'escape' };
  if (at.inText || held || key.altKey) return null;
  if (at.afterG) return goOf(key.key);
  if (at.onCard) {
    if (isArrow(key.key)) return { do: 'walk', arrow: key.key, extend: key.shiftKey };
    if (key.key === 'Enter') return { do: 'open' };
    if (key.key === ' ' || key.key === 'x') return { do: 'select' };
    if (key.key === 'X') return { do: 'select-between' };
  }
  if (key.key === '?') return { do: 'help' };
  if (key.key === 'm') return { do: 'move' };
  if (key.key === 't' && at.onCard) return { do: 'take' };
  if (key.key === 'g') return { do: 'after-g' };
  return null;
}

function goOf(key: string): Command | null {
  if (key === 'b') return { do: 'go', where: 'burns' };
  if (key === 'm') return { do: 'go', where: 'mine' };
  if (key === 's') return { do: 'go', where: 'stream' };
  return /^[1-9]$/.test(key) ? { do: 'go-stage', place: Number(key) } : null;
}

/** Whether typing goes into this element, so that letters are letters. */
export const takesText = (tag: string, type: string | null, editable: boolean): boolean =>
  editable ||
  tag === 'TEXTAREA' ||
  tag === 'SELECT' ||
  (tag === 'INPUT' && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(type ?? 'text'));
