// Routes of stories and their fact sheets.
import { Type } from 'typebox';
import { BulkOutcome } from './card-routes.ts';
import { inRoom, route } from './route.ts';
import { Id, Nullable, Strict } from './shapes.ts';
import { Fact, FactSheet, SHEET_LIMITS, StoryLine, StoryPage, StoryView } from './stories.ts';

const onStory = Strict({ roomId: Id, storyId: Id });
const WhyText = Type.String({ minLength: 1, maxLength: 2000 });
const Title = Type.String({ maxLength: 120 });
const StoryReply = Strict({ story: StoryView });
const SheetReply = Strict({ story: StoryView, sheet: FactSheet });

export const STORY_ROUTES = {
  assignCards: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/owners',
    access: { ability: 'own' },
    says: 'Give many cards to someone who then must accept each, or to nobody; each is judged by itself and has its own outcome.',
    params: inRoom,
    body: Strict({ cardIds: Type.Array(Id, { minItems: 1, maxItems: 200 }), userId: Nullable(Id) }),
    reply: Strict({ outcomes: Type.Array(BulkOutcome) }),
  }),
  stories: route({
    method: 'GET',
    path: '/api/rooms/:roomId/stories',
    access: 'member',
    says: 'The stories with more than one mention, and those that people named, merged, split or wrote facts for; the most told first.',
    params: inRoom,
    reply: Strict({ stories: Type.Array(StoryLine) }),
  }),
  story: route({
    method: 'GET',
    path: '/api/rooms/:roomId/stories/:storyId',
    access: 'member',
    says: 'A story with its volume, its fact sheet in all versions, and the sent replies that were checked against an older sheet.',
    params: onStory,
    reply: StoryPage,
  }),
  nameStory: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/stories/:storyId',
    access: { ability: 'triage' },
    says: 'Give a story its title; an empty one brings the words of its first post back.',
    params: onStory,
    body: Strict({ title: Title }),
    reply: StoryReply,
  }),
  mergeStory: route({
    method: 'POST',
    path: '/api/rooms/:roomId/stories/:storyId/merge',
    access: { ability: 'triage' },
    says: 'Merge this story into another: its cards and what is posted alike later belong there. Every card keeps its own clocks.',
    params: onStory,
    body: Strict({ into: Id, reason: WhyText }),
    reply: StoryReply,
  }),
  splitStory: route({
    method: 'POST',
    path: '/api/rooms/:roomId/stories/:storyId/split',
    access: { ability: 'triage' },
    says: 'Take cards with their posts out of a story; they become a story of their own.',
    params: onStory,
    body: Strict({ cardIds: Type.Array(Id, { minItems: 1, maxItems: 500 }), title: Title, reason: WhyText }),
    reply: StoryReply,
  }),
  facts: route({
    method: 'GET',
    path: '/api/rooms/:roomId/stories/:storyId/facts',
    access: 'member',
    says: 'The approved fact sheet of a story; null where nothing is approved.',
    params: onStory,
    reply: Strict({ sheet: Nullable(FactSheet) }),
  }),
  writeFacts: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/stories/:storyId/facts',
    access: { ability: 'draft' },
    says: 'Write the next version of the fact sheet. `after` is the version you saw, 0 when there was none; a newer one refuses.',
    params: onStory,
    body: Strict({
      facts: Type.Array(Fact, { maxItems: SHEET_LIMITS.facts }),
      after: Type.Integer({ minimum: 0 }),
    }),
    reply: SheetReply,
  }),
  approveFacts: route({
    method: 'POST',
    path: '/api/rooms/:roomId/stories/:storyId/facts/approve',
    access: { ability: 'sign' },
    says: 'Approve exactly the facts with this fingerprint, in a role you hold. Unsent replies of the story are judged by them at once; where the plan says that signatures are about the fact sheet, those are void.',
    params: onStory,
    body: Strict({
      version: Type.Integer({ minimum: 1 }),
      fingerprint: Type.String({ maxLength: 100 }),
      role: Type.String({ maxLength: 40 }),
    }),
    reply: SheetReply,
  }),
} as const;
