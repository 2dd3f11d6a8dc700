// Presence with colours: the server says who and which hue, the page says which colour that is.
import { Awareness } from 'y-protocols/awareness';

type Said = { user?: { name?: string; hue?: number; userId?: string } };

/** Other people's states with `color` filled in for the editor's carets. */
export class HueAwareness extends Awareness {
  override getStates(): Map<number, { [key: string]: unknown }> {
    const states = new Map<number, { [key: string]: unknown }>();
    for (const [id, state] of this.states as Map<number, Said>) {
      const hue = `var(--hue-${(state.user?.hue ?? 0) % 8})`;
      const colorLight = `color-mix(in oklab, ${hue} 24%, transparent)`;
      // The label stands in the text: the first name is enough, the whole one is beside the editor.
      const name = state.user?.name?.split(' ', 1)[0] ?? '';
      states.set(id, { ...state, user: { ...state.user, name, color: hue, colorLight } });
    }
    return states;
  }

  /** Who else is in the draft, each person once. */
  others(userId: string | null): { userId: string; name: string; hue: number }[] {
    const people = new Map<string, { userId: string; name: string; hue: number }>();
    for (const [id, { user }] of this.states as Map<number, Said>) {
      if (id === this.clientID || user?.userId === undefined || user.userId === userId) continue;
      people.set(user.userId, { userId: user.userId, name: user.name ?? '', hue: user.hue ?? 0 });
    }
    return [...people.values()];
  }
}
