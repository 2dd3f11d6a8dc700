import { describe, expect, it } from 'vitest';
import { commandOf, takesText } from './board-keys.ts';

const key = (name: string, over = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...over,
});
const onCard = { inText: false, onCard: true, afterG: false };
const onPage = { inText: false, onCard: false, afterG: false };
const inText = { inText: true, onCard: false, afterG: false };

describe('keys of the board', () => {
  it('[BP-1] every act has a key on the card in focus', () => {
    expect(commandOf(key('ArrowDown'), onCard)).toEqual({ do: 'walk', arrow: 'ArrowDown', extend: false });
    expect(commandOf(key('Enter'), onCard)).toEqual({ do: 'open' });
    expect(commandOf(key(' '), onCard)).toEqual({ do: 'select' });
    expect(commandOf(key('x'), onCard)).toEqual({ do: 'select' });
    expect(commandOf(key('m'), onCard)).toEqual({ do: 'move' });
    expect(commandOf(key('t'), onCard)).toEqual({ do: 'take' });
    expect(commandOf(key('?', { shiftKey: true }), onCard)).toEqual({ do: 'help' });
    expect(commandOf(key('3'), { ...onCard, afterG: true })).toEqual({ do: 'go-stage', place: 3 });
    expect(commandOf(key('b'), { ...onPage, afterG: true })).toEqual({ do: 'go', where: 'burns' });
  });

  it('letters typed into a field stay letters, the palette opens from everywhere', () => {
    expect(commandOf(key('m'), inText)).toBeNull();
    expect(commandOf(key('k', { ctrlKey: true }), inText)).toEqual({ do: 'palette' });
    expect(commandOf(key('k', { metaKey: true }), onPage)).toEqual({ do: 'palette' });
    expect(commandOf(key('Enter'), onPage)).toBeNull();
    expect(commandOf(key('t', { ctrlKey: true }), onCard)).toBeNull();
    expect(takesText('INPUT', null, false)).toBe(true);
    expect(takesText('INPUT', 'checkbox', false)).toBe(false);
    expect(takesText('DIV', null, true)).toBe(true);
  });
});
