// The events of stories and their fact sheets; part of the one catalogue in events.ts.
import { Type } from 'typebox';
import { CardView } from './cards.ts';
import { Id, Strict } from './shapes.ts';
import { FactSheet, StoryView } from './stories.ts';

export const STORY_EVENTS = {
  'story.changed': {
    when: 'A story was given a title, or it was taken back.',
    data: Strict({ story: StoryView }),
  },
  'story.merged': {
    when: 'A story was merged into another: its cards belong there now, each with the clocks it had.',
    data: Strict({
      story: StoryView,
      from: StoryView,
      /** Stories merged into `from` earlier; they lead to `story` now. */
      earlier: Type.Array(StoryView),
      reason: Type.String(),
      cards: Type.Array(CardView),
    }),
  },
  'story.split': {
    when: 'Cards with their posts were taken out of a story; they are a story of their own now.',
    data: Strict({
      story: StoryView,
      from: Id,
      reason: Type.String(),
      cards: Type.Array(CardView),
      mentions: Type.Array(Id),
    }),
  },
  'facts.written': {
    when: "A new version of a story's fact sheet was written; it counts once somebody approves it.",
    data: Strict({ story: StoryView, sheet: FactSheet }),
  },
  'facts.approved': {
    when: 'A version of a fact sheet was approved; drafts of its story are checked against it from now on.',
    data: Strict({ story: StoryView, sheet: FactSheet }),
  },
} as const;
