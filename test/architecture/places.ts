// Where a file stands in the architecture: which kind of place, which room, and its part in that room.

export type Kind =
  | 'package'
  | 'web'
  | 'compose'
  | 'config'
  | 'deps'
  | 'flow'
  | 'db'
  | 'http'
  | 'live'
  | 'coedit'
  | 'room'
  | 'test'
  | 'script'
  | 'settings'
  | 'unknown';

export interface Place {
  kind: Kind;
  /** The package or server folder; empty elsewhere. */
  room: string;
  /** `repository`, `service`, `routes`, or the name of the file without its ending. */
  part: string;
}

const rootFiles: Record<string, Kind> = {
  main: 'compose',
  app: 'compose',
  'command-line': 'compose',
  'installation-routes': 'compose',
  config: 'config',
  deps: 'deps',
};

export function placeOf(path: string): Place {
  const part = partOf(path);
  if (/\.test\.(ts|mjs)$/.test(path) || path.startsWith('test/')) return { kind: 'test', room: '', part };
  const inPackage = /^packages\/([^/]+)\/src\//.exec(path);
  if (inPackage) return { kind: 'package', room: inPackage[1] ?? '', part };
  if (path.startsWith('web/src/')) return { kind: 'web', room: 'web', part };
  if (path.startsWith('scripts/')) return { kind: 'script', room: 'scripts', part };
  const inServer = /^server\/src\/(?:([^/]+)\/)?[^/]/.exec(path);
  if (inServer) return inServerPlace(inServer[1] ?? '', part);
  return /^(web\/)?[^/]+\.ts$/.test(path) ? { kind: 'settings', room: '', part } : { kind: 'unknown', room: '', part };
}

function inServerPlace(folder: string, part: string): Place {
  if (folder === '') {
    const kind = rootFiles[part] ?? (/^(flow|clockwork)/.test(part) ? 'flow' : 'unknown');
    return { kind, room: '', part };
  }
  if (folder === 'db' || folder === 'http' || folder === 'live' || folder === 'coedit')
    return { kind: folder, room: folder, part };
  return { kind: 'room', room: folder, part };
}

function partOf(path: string): string {
  const name = path.split('/').at(-1) ?? '';
  const role = /\.(repository|service|routes)\.ts$/.exec(name);
  return role?.[1] ?? name.replace(/(\.svelte)?\.[a-z]+$/, '');
}
