// The events of a reply's pictures; part of the one catalogue in events.ts.
import { CardView } from './cards.ts';
import { Strict } from './shapes.ts';

export const PICTURE_EVENTS = {
  'draft.picturesChanged': {
    when: 'Pictures of a reply were added, removed, put in another order or described anew.',
    data: Strict({ card: CardView }),
  },
} as const;
