// Every kind of block a plan may have, in the order in which the reference tells of them.
import { breakGlass, retrospective } from './after.ts';
import type { Block } from './block.ts';
import { calendars } from './calendars.ts';
import { clock } from './clock.ts';
import { contacts } from './contacts.ts';
import { crisis } from './crisis.ts';
import { ladder } from './ladder.ts';
import { levels } from './levels.ts';
import { roles } from './people.ts';
import { channels, privately } from './publics.ts';
import { measures, rehearsal, wall } from './showing.ts';
import { signOff } from './sign-off.ts';
import { stage } from './stage.ts';
import { statements } from './statements.ts';
import { freeze, standDown, updates } from './storm.ts';
import { triage } from './triage.ts';
import { voice } from './voice.ts';

export const BLOCKS: readonly Block[] = [
  roles,
  contacts,
  calendars,
  levels,
  crisis,
  triage,
  stage,
  signOff,
  clock,
  ladder,
  voice,
  channels,
  privately,
  statements,
  freeze,
  updates,
  standDown,
  retrospective,
  breakGlass,
  wall,
  rehearsal,
  measures,
];
