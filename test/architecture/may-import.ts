// Who may import whom: the table of ARCHITECTURE.md as code. Says why not, or undefined when it is allowed.
import type { Import } from './imports.ts';
import { type Place, placeOf } from './places.ts';

/** The one small pure library a package may lean on. A new line here is a decision. */
const pureLibraries: Record<string, string[]> = {
  contracts: ['typebox'],
  // Temporal is the platform's own calendar; the polyfill goes when Node has it (ADR 7).
  playbook: ['yaml', 'temporal-polyfill'],
  signoff: ['@noble/hashes'],
};

/**
 * In pipeline order: a room may read the rooms before it. Ingest stands before connectors, since a connector hands what it
 * fetched to ingest, and ingest knows no connector.
 */
const rooms = [
  'people',
  'playbooks',
  'rooms',
  'duty',
  'reaching',
  'ingest',
  'connectors',
  'stories',
  'triage',
  'cards',
  'drafts',
  'comments',
  'approvals',
  'publishing',
  'sheets',
  'escalation',
  'adopting',
  'crisis',
  'measuring',
  'wall',
  'rehearsal',
];

const webPackages = ['contracts', 'board', 'playbook', 'voice', 'signoff', 'measure'];

export function whyNot({ from, to, inside, typeOnly }: Import): string | undefined {
  const here = placeOf(from);
  if (here.kind === 'test' || here.kind === 'settings') return undefined;
  return inside ? whyNotInside(here, placeOf(to)) : whyNotOutside(here, to, typeOnly);
}

function whyNotInside(here: Place, there: Place): string | undefined {
  if (here.kind === there.kind && here.room === there.room && here.kind !== 'room') return undefined;
  switch (here.kind) {
    case 'package':
      return there.kind === 'package' && there.room === 'contracts' && here.room !== 'contracts'
        ? undefined
        : here.room === 'contracts'
          ? 'contracts imports nothing of ours'
          : 'a package imports contracts and nothing else of ours';
    case 'web':
      if (there.kind === 'package' && webPackages.includes(there.room)) return undefined;
      return `the web app imports only ${webPackages.join(', ')}`;
    case 'script':
      return 'scripts run before anything is installed and import only each other';
    case 'compose':
      return there.kind === 'web' || there.kind === 'test'
        ? 'the server never imports the web app or tests'
        : undefined;
    case 'unknown':
      return 'this file has no place in the architecture: name it in test/architecture/places.ts';
    default:
      return whyNotInServer(here, there);
  }
}

function whyNotInServer(here: Place, there: Place): string | undefined {
  if (there.kind === 'compose') return 'main, app and command-line are imported by nobody';
  if (there.kind === 'package') {
    return here.part === 'repository' && there.room !== 'contracts'
      ? 'a repository is SQL only: of the packages it knows contracts'
      : undefined;
  }
  if (there.kind === 'web' || there.kind === 'test' || there.kind === 'script')
    return 'the server imports only server and packages';
  const asked = `${there.room}/${there.part}`;
  switch (here.kind) {
    case 'config':
      return 'config imports nothing of ours';
    case 'deps':
      return there.kind === 'config' || there.kind === 'db' || there.room === 'people'
        ? undefined
        : 'deps knows config, db and people';
    case 'db':
      if (here.part === 'migrate' && asked === 'people/sign-in') return undefined;
      return there.kind === 'config' || asked === 'http/problems'
        ? undefined
        : 'db imports only db, config and http/problems';
    case 'http':
      return ['config', 'deps', 'db'].includes(there.kind) || ['people/session', 'people/sign-in'].includes(asked)
        ? undefined
        : 'http imports only config, deps, db, people/session and people/sign-in';
    case 'flow':
      if (there.kind !== 'room') return undefined;
      return there.part === 'repository' || there.part === 'routes' ? 'flow and clockwork call services' : undefined;
    case 'live':
    case 'coedit':
      return whyNotInSocket(here, there, asked);
    case 'room':
      return whyNotInRoom(here, there, asked);
    default:
      return undefined;
  }
}

function whyNotInSocket(here: Place, there: Place, asked: string): string | undefined {
  if (['deps', 'config', 'db'].includes(there.kind) || ['people/session', 'http/gate', 'http/problems'].includes(asked))
    return undefined;
  if (here.kind === 'coedit' && asked === 'drafts/service') return undefined;
  if (here.part === 'routes' && asked === 'http/mount') return undefined;
  return here.kind === 'live'
    ? 'live imports db/event-log, people/session, http/gate and contracts'
    : 'coedit imports the service of drafts, people/session, http/gate and contracts';
}

function whyNotInRoom(here: Place, there: Place, asked: string): string | undefined {
  if (!rooms.includes(here.room)) return `${here.room} is not among the rooms of test/architecture/may-import.ts`;
  if (there.kind === 'flow') return 'a room never calls flow or clockwork: they call it';
  if (there.kind === 'live' || there.kind === 'coedit') return 'rooms know nothing of sockets';
  const same = there.kind === 'room' && there.room === here.room;
  if (there.kind === 'room' && !same && rooms.indexOf(there.room) > rooms.indexOf(here.room)) {
    return `${there.room} comes after ${here.room}: look back by import, go forward by event`;
  }
  if (here.part === 'repository') {
    return there.kind === 'db' || (same && there.part === 'repository')
      ? undefined
      : 'a repository imports db and contracts';
  }
  if (here.part === 'routes') {
    if (['http', 'deps', 'config'].includes(there.kind) || (same && there.part !== 'repository')) return undefined;
    return asked === 'people/session' ? undefined : 'routes import http, deps and their own service';
  }
  if (['deps', 'db', 'config'].includes(there.kind) || ['http/problems', 'http/egress'].includes(asked))
    return undefined;
  if (there.kind === 'http') return 'a service knows nothing of HTTP';
  if (there.part === 'routes') return 'nobody imports routes but app';
  // A repository of an earlier room may be called with the caller's own transaction (docs/adr/0003-services-use-earlier-repositories.md): later ones are stopped above.
  return undefined;
}

function whyNotOutside(here: Place, name: string, typeOnly: boolean): string | undefined {
  const is = (...names: string[]): boolean => names.some((one) => name === one || name.startsWith(`${one}/`));
  if (here.kind === 'package') {
    return is(...(pureLibraries[here.room] ?? []))
      ? undefined
      : `${name} is not a library of ${here.room} (packages are pure)`;
  }
  if (here.kind === 'script')
    return name.startsWith('node:') ? undefined : 'scripts run before anything is installed: node: only';
  if (here.kind === 'web') {
    if (name.startsWith('node:')) return 'the web app runs in a browser';
    if (is('socket.io-client') && here.part !== 'live-socket') return 'only lib/live-socket opens a socket';
    return undefined;
  }
  if (here.kind === 'compose') return undefined;
  if (is('fastify') || name.startsWith('@fastify/')) {
    return here.kind === 'http' || here.part === 'routes' ? undefined : 'Fastify is known to http, routes and app only';
  }
  if (is('socket.io')) return here.kind === 'live' ? undefined : 'live is the only socket.io user';
  if (is('ws', 'y-protocols', 'lib0'))
    return here.kind === 'coedit' ? undefined : 'coedit is the only user of the Yjs wire';
  if (is('yjs'))
    return here.kind === 'coedit' || here.room === 'drafts' ? undefined : 'Yjs is known to drafts and coedit only';
  if (is('kysely', 'pg')) {
    const sql =
      typeOnly || here.kind === 'db' || here.part === 'repository' || `${here.room}/${here.part}` === 'people/sign-in';
    return sql ? undefined : 'SQL stands in repositories only';
  }
  return undefined;
}
