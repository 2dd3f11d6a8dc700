// Which scripts and styles a page needs at once: one large file for the room, and a list by route that the server puts into the page.
import path from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/** Where the list lies in the build; the server reads it at its start. */
const LIST = '_app/first-wave.json';
const ROUTES = `${path.resolve('src/routes')}/`;
/** What goes into the one file: everything these import at once. Who comes here comes for a room. */
const ROOTS =
  /\/@sveltejs\/kit\/src\/runtime\/client\/client-entry\.js$|\/src\/routes\/\+(layout|error)\.svelte$|\/src\/routes\/rooms\/\[roomId\]\/\+(page|layout)\.svelte$/;
/** The kit's entries stay files of their own. */
const ENTRY = /\/@sveltejs\/kit\/src\/runtime\/client\/(client-)?entry\.js$/;
/** What the first entry imports stays small: it hands over what the page says before anything else may run. */
const BEFORE = /^\0|\/@sveltejs\/kit\/src\/runtime\/client\/payload\.js$/;
/** What no board needs before it is seen, and what one import too many brings along unseen. */
const HEAVY = /\/node_modules\/(temporal-polyfill|yaml|yjs|@codemirror)\//;
/** The font of most texts: without it at hand everything is laid out twice. */
const FONT = /\/inter-latin-wght-normal\.[^/]+\.woff2$/;

type Graph = {
  getModuleInfo: (id: string) => { importedIds: readonly string[]; importers: readonly string[] } | null;
};
type Chunks = ReadonlyMap<string, Rolldown.OutputChunk>;

export function firstWave(): Plugin {
  const roots = new Set<string>();
  let together: Set<string> | null = null;
  return {
    name: 'rejoinder:first-wave',
    applyToEnvironment: (environment) => environment.name === 'client',
    buildStart() {
      roots.clear();
      together = null;
    },
    moduleParsed({ id }) {
      if (ROOTS.test(id)) roots.add(id);
    },
    configEnvironment(name) {
      if (name !== 'client') return;
      const isTogether = (id: string, graph: Graph) => {
        together ??= reach(roots, graph);
        return together.has(id) && !ENTRY.test(id) ? 'first' : null;
      };
      const groups = [
        { name: 'before', test: BEFORE, priority: 1 },
        { name: isTogether, debugName: 'first' },
      ];
      return { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } };
    },
    generateBundle: {
      // Before what each import brings along is written down.
      order: 'pre',
      handler(_options, bundle) {
        const all = Object.values(bundle).flatMap((each) => (each.type === 'chunk' ? [each] : []));
        const chunks: Chunks = new Map(all.map((each) => [each.fileName, each]));
        for (const chunk of all) chunk.code = withoutDoors(chunk, chunks);
        const waves: Record<string, string[]> = {};
        for (const chunk of all) {
          const source = chunk.facadeModuleId ? this.getModuleInfo(chunk.facadeModuleId) : null;
          const route = source?.importedIds.find((id) => id.startsWith(ROUTES));
          if (route) waves[route.slice(ROUTES.length)] = filesOf(chunk, chunks);
        }
        waves.always = Object.keys(bundle).filter((file) => FONT.test(file));
        waves.never = all.filter((each) => doorOf(each) !== null).map((each) => each.fileName);
        this.emitFile({ type: 'asset', fileName: LIST, source: JSON.stringify(waves) });
      },
    },
  };
}

/** Everything the modules import statically, themselves included. @throws when something heavy is among it */
function reach(roots: Iterable<string>, graph: Graph): Set<string> {
  const seen = new Set(roots);
  for (const id of seen) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) seen.add(next);
  const heavy = [...seen].find((id) => HEAVY.test(id));
  if (heavy) {
    const by = graph.getModuleInfo(heavy)?.importers.filter((id) => seen.has(id)) ?? [];
    throw new Error(
      `${heavy} would be in the first file of the board, through ${by.join(', ')}: import it where it is needed`,
    );
  }
  return seen;
}

/** A file that only hands on what another one holds: its exports there, by name. Null for any other file. */
function doorOf(chunk: Rolldown.OutputChunk): { to: string; names: string } | null {
  const [, names, to] = /^export\s*\{([^}]*)\}\s*from\s*["'`]([^"'`]+)["'`];?\s*$/.exec(chunk.code) ?? [];
  if (names === undefined || to === undefined) return null;
  const pairs = names.split(',').map((pair) => pair.trim().split(/\s+as\s+/));
  if (!pairs.every(([inner, outer = inner]) => /^\w+$/.test(inner ?? '') && /^\w+$/.test(outer ?? ''))) return null;
  const object = pairs.map(([inner, outer = inner]) => `${outer}:m.${inner}`).join(',');
  return { to: path.posix.join(path.posix.dirname(chunk.fileName), to), names: object };
}

/** Imports that go through such a file go straight to the other one: a request less each. */
function withoutDoors(chunk: Rolldown.OutputChunk, chunks: Chunks): string {
  const here = path.posix.dirname(chunk.fileName);
  return chunk.code.replace(/import\((["'`])([^"'`]+)\1\)/g, (found, _quote, url: string) => {
    const target = chunks.get(path.posix.join(here, url));
    const door = target && doorOf(target);
    if (!door) return found;
    const straight = path.posix.relative(here, door.to);
    return `import(\`${straight.startsWith('.') ? straight : `./${straight}`}\`).then(m=>({${door.names}}))`;
  });
}

/** The files of a chunk and of all it imports at once, styles first; files that only hand on are passed by. */
function filesOf(chunk: Rolldown.OutputChunk, chunks: Chunks): string[] {
  const scripts = new Set([doorOf(chunk)?.to ?? chunk.fileName]);
  const styles = new Set<string>();
  for (const file of scripts) {
    const each = chunks.get(file);
    for (const style of each?.viteMetadata?.importedCss ?? []) styles.add(style);
    for (const next of each?.imports ?? []) scripts.add(next);
  }
  return [...styles, ...scripts];
}
