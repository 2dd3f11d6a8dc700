// The rehearsal: a room with three personas, and the generated storm that streams into it by the same way as real sources.

import type { Actor, Me, Persona } from '@rejoinder/contracts/people';
import { company, personas } from '@rejoinder/scenario/company';
import { rehearsalStorm, type StormItem } from '@rejoinder/scenario/crisis';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import { ingestBatch } from '../ingest/ingest.service.ts';
import { allRooms } from '../rooms/rooms.repository.ts';
import { openRoom } from '../rooms/rooms.service.ts';
import { insertSource, runningOfKind, type SourceRow, sourcesOf, updateSource } from './sources.repository.ts';

const HOST: Actor = { kind: 'system', id: 'system:rehearsal', name: 'Rehearsal', roles: [] };
const SEED = 'drovewell-1';
/** A storm that was left alone for longer goes on from now instead of delivering everything at once. */
const LONGEST_GAP_MS = 10 * 60_000;

/** A persona's line reads "who: what"; the page shows the two apart. */
export const rehearsalPersonas = (): Persona[] =>
  personas.map(({ id, name, title, roles }) => {
    const [who = title, what = ''] = title.split(': ', 2);
    return { id, name, title: who, says: what.charAt(0).toUpperCase() + what.slice(1), roles: [...roles] };
  });

/** Opens the rehearsal room when the installation has no room at all, and gives it its storm. Safe to repeat at every start. */
export async function prepareRehearsal(deps: Deps): Promise<void> {
  const rooms = await allRooms(deps.db);
  const room =
    rooms.find((r) => r.kind === 'rehearsal')?.room_id ?? (rooms.length === 0 ? await openRehearsal(deps) : null);
  if (room === null || (await sourcesOf(deps.db, room)).some((source) => source.kind === 'rehearsal')) return;
  await insertSource(deps.db, {
    room_id: room,
    source_id: deps.newId('src'),
    kind: 'rehearsal',
    name: 'Generated storm',
    state: 'running',
    url: null,
    secret_sealed: null,
    every_seconds: 1,
    cursor: JSON.stringify({ startAt: deps.now(), delivered: '0' }),
    next_poll_at: null,
    last_item_at: null,
    last_checked_at: null,
    received: 0,
    says: 'Invented people, invented posts. Nothing here reaches the outside.',
  });
}

async function openRehearsal(deps: Deps): Promise<string> {
  const members = [];
  for (const [i, persona] of personas.entries()) {
    const known = await deps.signIn.findByEmail(persona.email);
    const userId =
      known?.userId ??
      (await deps.signIn.createPerson({
        name: persona.name,
        email: persona.email,
        password: deps.signIn.derivedPassword(persona.id),
        admin: false,
      }));
    members.push({ userId, name: persona.name, roles: [...persona.roles], hue: i * 3 });
  }
  const room = await openRoom(deps, HOST, {
    name: company.roomName,
    zone: 'Europe/London',
    kind: 'rehearsal',
    members,
    accounts: Object.entries(company.handles).map(([platform, name]) => ({
      platform,
      name,
      channel: 'rehearsal' as const,
    })),
  });
  return room.id;
}

/** Signs in as a persona. Only where there is a rehearsal. */
export async function becomePersona(deps: Deps, personaId: string): Promise<{ me: Me; cookies: string[] }> {
  const persona = personas.find((p) => p.id === personaId);
  if (!deps.config.rehearsal || !persona) throw new Problem('not-found');
  const cookies = await deps.signIn.cookiesFor(persona.email, deps.signIn.derivedPassword(persona.id));
  const found = await deps.signIn.findByEmail(persona.email);
  return { me: { userId: found?.userId ?? '', name: persona.name, email: persona.email, admin: false }, cookies };
}

type Playing = { storm: Iterator<StormItem>; next: StormItem | null; delivered: number; shiftMs: number };

/** Plays the storms: each second, everything whose time has come, as one batch. The place in the storm is saved with the batch. */
export function createRehearsalPlayer(deps: Deps): { play: () => Promise<void> } {
  const playing = new Map<string, Playing>();
  return {
    async play() {
      for (const source of await runningOfKind(deps.db, 'rehearsal')) {
        const state = playing.get(source.source_id) ?? resume(deps, source);
        playing.set(source.source_id, state);
        try {
          await deliver(deps, source, state);
        } catch (error) {
          // Items were taken and not stored: the place in the storm is found again from the saved cursor.
          playing.delete(source.source_id);
          throw error;
        }
      }
    },
  };
}

/** The storm is a function of its seed, so a place in it is a number of items. */
function resume(deps: Deps, source: SourceRow): Playing {
  const cursor = source.cursor ?? {};
  const storm = rehearsalStorm({ seed: SEED, startAt: cursor.startAt ?? deps.now() })[Symbol.iterator]();
  const delivered = Number(cursor.delivered ?? 0);
  const state: Playing = { storm, next: null, delivered, shiftMs: Number(cursor.shiftMs ?? 0) };
  for (let i = 0; i <= delivered; i++) state.next = take(storm);
  return state;
}

async function deliver(deps: Deps, source: SourceRow, state: Playing): Promise<void> {
  const now = Date.parse(deps.now());
  const late = state.next ? now - (Date.parse(state.next.at) + state.shiftMs) : 0;
  if (state.delivered > 0 && late > LONGEST_GAP_MS) state.shiftMs += late;
  const due: StormItem[] = [];
  while (state.next && Date.parse(state.next.at) + state.shiftMs <= now && due.length < 200) {
    due.push(state.next);
    state.next = take(state.storm);
  }
  if (due.length === 0) return;
  const delivered = state.delivered + due.length;
  await ingestBatch(deps, {
    roomId: source.room_id,
    sourceId: source.source_id,
    events: due.map((item) => shifted(item, state.shiftMs)),
    async alongside(tx) {
      await updateSource(tx, source.room_id, source.source_id, {
        cursor: JSON.stringify({ ...source.cursor, delivered: String(delivered), shiftMs: String(state.shiftMs) }),
        last_checked_at: deps.now(),
      });
      return true;
    },
  });
  state.delivered = delivered;
}

function take(storm: Iterator<StormItem>): StormItem | null {
  const { done, value } = storm.next();
  return done ? null : value;
}

/** Moves the times of an item, for a storm that paused while nobody ran it. */
function shifted({ event }: StormItem, ms: number): StormItem['event'] {
  if (ms === 0) return event;
  const later = (instant: string): string => new Date(Date.parse(instant) + ms).toISOString();
  if (event.type === 'deleted') return { ...event, at: later(event.at) };
  const { mention } = event;
  return {
    ...event,
    mention: { ...mention, postedAt: later(mention.postedAt), editedAt: mention.editedAt && later(mention.editedAt) },
  };
}
