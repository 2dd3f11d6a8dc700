// Every HTTP address of the application, by name.
import { CARD_ROUTES } from './card-routes.ts';
import { COMMENT_ROUTES } from './comment-routes.ts';
import { CRISIS_ROUTES } from './crisis-routes.ts';
import { DUTY_ROUTES } from './duty-routes.ts';
import { HISTORY_ROUTES } from './history-routes.ts';
import { LADDER_ROUTES } from './ladder-routes.ts';
import { PEOPLE_ROUTES } from './people-routes.ts';
import { PICTURE_ROUTES } from './picture-routes.ts';
import { PLAN_ROUTES } from './plan-routes.ts';
import { PRIVATE_ROUTES } from './private-routes.ts';
import { PUBLISH_ROUTES } from './publish-routes.ts';
import { REACH_ROUTES } from './reach-routes.ts';
import { ROOM_ROUTES } from './room-routes.ts';
import { SOURCE_ROUTES } from './source-routes.ts';
import { STATEMENT_ROUTES } from './statement-routes.ts';
import { STORY_ROUTES } from './story-routes.ts';

export const ROUTES = {
  ...PEOPLE_ROUTES,
  ...ROOM_ROUTES,
  ...PLAN_ROUTES,
  ...SOURCE_ROUTES,
  ...CARD_ROUTES,
  ...PICTURE_ROUTES,
  ...PUBLISH_ROUTES,
  ...STORY_ROUTES,
  ...HISTORY_ROUTES,
  ...COMMENT_ROUTES,
  ...LADDER_ROUTES,
  ...PRIVATE_ROUTES,
  ...DUTY_ROUTES,
  ...CRISIS_ROUTES,
  ...STATEMENT_ROUTES,
  ...REACH_ROUTES,
} as const;

export type RouteName = keyof typeof ROUTES;
