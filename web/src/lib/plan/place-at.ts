// Where in a plan a caret stands, read off the lines alone, because while somebody writes the text is rarely whole.

export type Place =
  | { at: 'prose' }
  /** On the line that introduces a block: what kind it is to be, or its id. */
  | { at: 'fence'; part: 'kind' | 'id'; kind: string; from: number; typed: string }
  /**
   * Inside a block; `kind` is null in the front matter. `path` leads here by keys, list places left out. `item` is a place of a
   * list, `flow` one between brackets. `typed` begins at `from`. `present` are the keys that stand beside.
   */
  | {
      at: 'block';
      kind: string | null;
      path: string[];
      wants: 'key' | 'value' | 'item';
      flow: boolean;
      from: number;
      typed: string;
      present: string[];
    };

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const KEY = /^("[^"]*"|'[^']*'|[^\s\-#{}[\],:"'][^:#{}[\],]*?)\s*:(?=\s|$)(.*)$/;

export function placeAt(text: string, offset: number): Place {
  const lines = text.slice(0, offset).split('\n');
  const line = lines.at(-1) ?? '';
  const block = blockAround(lines.slice(0, -1));
  if (block === 'prose') return onFence(line, offset);
  if (block.kind === undefined) return { at: 'prose' };
  const after = text.slice(offset).split('\n').slice(1);
  return inYaml(lines.slice(block.first), after, block.kind, offset);
}

/** The block the line after these stands in; `kind` undefined in fences that declare nothing. */
function blockAround(lines: readonly string[]): 'prose' | { kind: string | null | undefined; first: number } {
  let open: { mark: string; kind: string | null | undefined; first: number } | null = null;
  for (const [i, line] of lines.entries()) {
    if (i === 0 && line.trimEnd() === '---') open = { mark: '---', kind: null, first: 1 };
    else if (open?.mark === '---') {
      if (line.trimEnd() === '---') open = null;
    } else {
      const [, mark, info = ''] = FENCE.exec(line) ?? [];
      if (mark === undefined) continue;
      if (open === null) open = { mark, kind: /^yaml[ \t]+(\S+)/.exec(info.trim())?.[1], first: i + 1 };
      else if (mark.startsWith(open.mark) && info.trim() === '') open = null;
    }
  }
  return open === null ? 'prose' : { kind: open.kind, first: open.first };
}

function onFence(line: string, offset: number): Place {
  const [, info] = /^ {0,3}(?:`{3,}|~{3,})yaml[ \t]+(.*)$/.exec(line) ?? [];
  if (info === undefined) return { at: 'prose' };
  const [kind = '', id, ...more] = info.split(/[ \t]+/);
  if (more.length > 0) return { at: 'prose' };
  const typed = id ?? kind;
  return { at: 'fence', part: id === undefined ? 'kind' : 'id', kind, from: offset - typed.length, typed };
}

type Entry = { dash: number | null; column: number; key: string | null; rest: string };

/** A line of YAML: where its first dash and its content begin, and its key, if it has one. */
function entryOf(line: string): Entry {
  const [, blank = '', dashes = '', content = ''] = /^(\s*)((?:-(?:\s+|$))*)(.*)$/.exec(line) ?? [];
  const column = blank.length + dashes.length;
  const [, key, rest = ''] = KEY.exec(content) ?? [];
  const dash = dashes === '' ? null : blank.length;
  return key === undefined ? { dash, column, key: null, rest: content } : { dash, column, key: bare(key), rest };
}

const bare = (key: string): string => key.trim().replace(/^["']|["']$/g, '');

function inYaml(lines: readonly string[], after: readonly string[], kind: string | null, offset: number): Place {
  const here = entryOf(lines.at(-1) ?? '');
  const { path, present } = parentsOf(here, lines.slice(0, -1), after);
  const value = here.rest.trimStart();
  const within = [...path, ...(here.key === null ? [] : [here.key])];
  const flow = /^[{[]/.test(value) ? readFlow(value) : null;
  const place = (more: {
    path: string[];
    wants: 'key' | 'value' | 'item';
    typed: string;
    present: string[];
  }): Place => ({
    at: 'block',
    kind,
    flow: flow !== null,
    from: offset - more.typed.length,
    ...more,
  });
  if (flow !== null) return place({ ...flow, path: [...within, ...flow.path] });
  if (here.key !== null) return place({ path: within, wants: 'value', typed: value, present: [] });
  return place({ path, wants: here.dash === null ? 'key' : 'item', typed: value, present });
}

/** The keys above that hold this line, outermost first, and those that stand beside it. */
function parentsOf(here: Entry, above: readonly string[], below: readonly string[]) {
  const path: string[] = [];
  const present: string[] = [];
  let limit = here.dash === null ? here.column : here.dash + 1;
  let beside = true;
  for (const line of above.toReversed()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const entry = entryOf(line);
    if (beside && here.dash === null && entry.column === here.column && entry.key !== null) present.push(entry.key);
    if ((entry.dash ?? entry.column) < limit && entry.column >= limit) beside = false;
    if (entry.key === null || entry.column >= limit) continue;
    beside = false;
    path.unshift(entry.key);
    limit = entry.dash === null ? entry.column : entry.dash + 1;
  }
  for (const line of here.dash === null ? below : []) {
    if (/^\s*(#|$)/.test(line)) continue;
    const entry = entryOf(line);
    if (FENCE.test(line) || (entry.dash ?? entry.column) < here.column || line.trimEnd() === '---') break;
    if (entry.column === here.column && entry.dash === null && entry.key !== null) present.push(entry.key);
  }
  return { path, present };
}

type Frame = { opens: '{' | '['; key: string | null; keys: string[]; from: number };

/** What is open at the end of a value written between brackets; null when all of it is closed again. */
function readFlow(
  text: string,
): { path: string[]; wants: 'key' | 'value' | 'item'; typed: string; present: string[] } | null {
  const frames: Frame[] = [];
  let quote = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    const top = frames.at(-1);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '{' || char === '[') frames.push({ opens: char, key: null, keys: [], from: i + 1 });
    else if (top === undefined) continue;
    else if (char === '}' || char === ']') frames.pop();
    else if (char === ',') Object.assign(top, { key: null, from: i + 1 });
    else if (char === ':' && top.opens === '{' && top.key === null && /^(\s|$)/.test(text.slice(i + 1))) {
      top.key = bare(text.slice(top.from, i));
      top.keys.push(top.key);
      top.from = i + 1;
    }
  }
  const top = frames.at(-1);
  if (top === undefined) return null;
  const path = frames.flatMap(({ key }) => (key === null ? [] : [key]));
  const typed = text.slice(top.from).trimStart();
  const wants = top.opens === '[' ? 'item' : top.key === null ? 'key' : 'value';
  return { path, wants, typed, present: wants === 'key' ? top.keys : [] };
}
