// What the room owes by when at a level: the next updates, the confirmation of the freeze, and the clocks that run for the room as a whole.
import type { CrisisState, FreezeView, RoomPromise } from '@rejoinder/contracts/crisis';
import type { Cadence, LevelUpdates, Playbook } from '@rejoinder/contracts/playbooks';
import { clockFor } from './clocks.ts';
import { atLevel, sayRoles } from './levels.ts';
import { whyStill } from './pauses.ts';

export type Audience = 'internal' | 'public';
export const AUDIENCES: readonly Audience[] = ['internal', 'public'];
/** Events of the whole room that may start a clock of the plan. */
const ROOM_STARTS: readonly string[] = ['level_raised', 'update_posted'];

/** How the room stands when its promises are reckoned. `raised`: the level has just gone up, or a crisis was declared. */
export type RoomStanding = {
  level: number;
  state: CrisisState;
  /** What is frozen since when; null where nothing is. */
  freeze: FreezeView | null;
  now: string;
  raised: boolean;
};

/** Nobody owes an update once it is over. */
export const isOver = (state: CrisisState): boolean => state === 'stood_down' || state === 'reviewed';

/** The plan's words on updates at exactly this level. */
export const updatesAt = (playbook: Playbook, level: number): LevelUpdates | undefined =>
  playbook.updates.find((each) => each.level === level);

/**
 * The promises of the room as they stand now, made from those that run. What was promised earlier for an earlier hour stays; a rise
 * can only bring an hour forward. What the level does not ask for ends.
 */
export function promisesNow(
  playbook: Playbook,
  standing: RoomStanding,
  running: readonly RoomPromise[],
): RoomPromise[] {
  if (isOver(standing.state)) return running.flatMap((each) => stillPromise(playbook, standing, each));
  const was = (id: string): RoomPromise | undefined => running.find((each) => each.id === id);
  return [
    ...AUDIENCES.flatMap((audience) => updatePromise(playbook, standing, audience, was(`update:${audience}`))),
    ...freezePromise(playbook, standing, was('freeze')),
    ...clockPromises(playbook, standing, was),
  ];
}

/** Of what the room owes, clocks that the plan pauses for a stand-down stand still until it goes on (CK-18); everything else ends. */
function stillPromise(playbook: Playbook, { state, now }: RoomStanding, promise: RoomPromise): RoomPromise[] {
  const clock = playbook.clocks.find(({ id }) => promise.id === `clock:${id}`);
  const why = whyStill(clock, { waitsForAuthor: false, stoodDown: state === 'stood_down' });
  if (why.length === 0 || promise.missedAt !== null) return [];
  return [{ ...promise, paused: promise.paused ?? { since: now, why } }];
}

/** The promise of the next update once one was posted; `nextAt` is what it named. */
export function afterUpdate(
  playbook: Playbook,
  { level, now }: Pick<RoomStanding, 'level' | 'now'>,
  running: RoomPromise,
  nextAt: string | null,
): RoomPromise {
  const audience = running.id === 'update:public' ? 'public' : 'internal';
  const latest = nextUpdateBy(playbook, level, audience, running.startedAt, now) ?? now;
  return { ...running, dueAt: nextAt !== null && nextAt < latest ? nextAt : latest, missedAt: null };
}

/** The latest instant the plan allows for the update after one at `now`; null where the level asks for none. */
export function nextUpdateBy(
  playbook: Playbook,
  level: number,
  audience: Audience,
  since: string,
  now: string,
): string | null {
  const cadence = updatesAt(playbook, level)?.[audience] ?? null;
  return cadence && later(now, paceAt(cadence, since, now));
}

/** True when the clock runs for the room as a whole, not for a card. */
export const isRoomClock = (clock: Playbook['clocks'][number]): boolean => ROOM_STARTS.includes(clock.starts);

function paceAt(cadence: Cadence, since: string, now: string): number {
  if (cadence.for === null || cadence.afterwards === null) return cadence.every;
  return now < later(since, cadence.for) ? cadence.every : cadence.afterwards;
}

function updatePromise(
  playbook: Playbook,
  { level, now }: RoomStanding,
  audience: Audience,
  was: RoomPromise | undefined,
): RoomPromise[] {
  const rule = updatesAt(playbook, level);
  const cadence = rule?.[audience] ?? null;
  if (!rule || cadence === null) return [];
  const next = later(now, cadence.every);
  const name = audience === 'internal' ? 'Update to colleagues' : 'Update to the public';
  if (was !== undefined) {
    // Posting starts no new cadence; another level does.
    const startedAt = was.clause === rule.clause ? was.startedAt : now;
    return [{ ...was, clause: rule.clause, startedAt, dueAt: earlier(was.dueAt, next) }];
  }
  return [{ ...begun(`update:${audience}`, name, rule.clause, now), dueAt: next }];
}

function freezePromise(
  playbook: Playbook,
  { level, freeze }: RoomStanding,
  was: RoomPromise | undefined,
): RoomPromise[] {
  const rule = playbook.freeze;
  if (rule === null || freeze === null || freeze.confirmed !== null) return [];
  const due = later(freeze.since, atLevel(rule.within, level) ?? 0);
  const name = `Freeze confirmed by ${sayRoles(playbook, rule.confirmedBy)}`;
  const dueAt = was && was.dueAt < due ? was.dueAt : due;
  return [{ ...(was ?? begun('freeze', name, rule.clause, freeze.since)), clause: rule.clause, dueAt }];
}

function clockPromises(
  playbook: Playbook,
  { level, now, raised }: RoomStanding,
  was: (id: string) => RoomPromise | undefined,
): RoomPromise[] {
  return playbook.clocks.filter(isRoomClock).flatMap((clock) => {
    const id = `clock:${clock.id}`;
    const running = was(id);
    if (running === undefined && !(raised && clock.starts === 'level_raised')) return [];
    return clockPromise(playbook, clock.id, level, running?.startedAt ?? now, running, now);
  });
}

/** A clock of the room from its start, as the plan wants it at this level; nothing where it does not run there. */
export function clockPromise(
  playbook: Playbook,
  clockId: string,
  level: number,
  startedAt: string,
  was: RoomPromise | undefined,
  now: string,
): RoomPromise[] {
  const clock = playbook.clocks.find((each) => each.id === clockId);
  const still = was?.paused ? [{ from: was.paused.since, until: now, why: was.paused.why }] : [];
  const stoodStill = [...(was?.stoodStill ?? []), ...still];
  const deadlines = clockFor(playbook, clockId, level, startedAt, stoodStill);
  if (!clock || !deadlines) return [];
  const { warnAt, dueAt, clause } = deadlines;
  if (!was) return [{ ...begun(`clock:${clockId}`, clock.name, clause, startedAt), warnAt, dueAt }];
  if (was.missedAt !== null) return [was];
  // Points that another level moves into the past are told already by the change itself.
  const warned = Math.max(was.warned, warnAt.filter((point) => point <= now).length);
  const { paused: _, ...kept } = was;
  return [{ ...kept, clause, warnAt, dueAt, warned, ...(stoodStill.length > 0 ? { stoodStill } : {}) }];
}

const begun = (id: string, name: string, clause: string, now: string): RoomPromise => ({
  id,
  name,
  clause,
  startedAt: now,
  warnAt: [],
  dueAt: now,
  warned: 0,
  missedAt: null,
});

const later = (from: string, seconds: number): string => new Date(Date.parse(from) + seconds * 1000).toISOString();

const earlier = (a: string, b: string): string => (b < a ? b : a);
