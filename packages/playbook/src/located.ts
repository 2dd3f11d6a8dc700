// A block's YAML (1.2 core) as plain values that remember their place. Aliases, tags and doubled keys are faults; depth is limited.
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { FaultList, Place } from './faults.ts';

export type Scalar = { is: 'scalar'; value: string | number | boolean | null; raw: string; at: Place };
export type ListNode = { is: 'list'; items: Located[]; at: Place };
export type MapNode = { is: 'map'; entries: Entry[]; at: Place };
export type Entry = { key: string; at: Place; value: Located };
export type Located = Scalar | ListNode | MapNode;

/** Bytes of one block. */
export const MAX_BLOCK = 32_768;
const MAX_DEPTH = 16;
const MAX_INDENT = 60;

/** Reads one block. `line` is the document's line of the body's first line. Null when a fault was found that hides the rest. */
export function readYaml(body: string, line: number, faults: FaultList): Located | null {
  if (!isHarmless(body, line, faults)) return null;
  const counter = new LineCounter();
  const place = (offset: number): Place => {
    const found = counter.linePos(offset);
    return { line: line + Math.max(found.line, 1) - 1, column: Math.max(found.col, 1) };
  };
  const parsed = parseDocument(body, {
    version: '1.2',
    schema: 'core',
    // Doubled keys are looked for below: the library compares every pair of keys.
    uniqueKeys: false,
    lineCounter: counter,
    prettyErrors: false,
    logLevel: 'silent',
    merge: false,
  });
  const before = faults.count();
  for (const wrong of [...parsed.errors, ...parsed.warnings]) {
    const says = wrong.message.split('\n')[0] ?? '';
    faults.add(
      place(wrong.pos[0]),
      `This is not readable YAML: ${says}`,
      'YAML 1.2, keys and values in line below each other',
    );
  }
  const tree = parsed.contents === null ? null : locate(parsed.contents, place, faults, { line, column: 1 }, 0);
  if (faults.count() > before) return null;
  return tree ?? { is: 'scalar', value: null, raw: '', at: { line, column: 1 } };
}

/** Stops documents that are built to be slow before the parser sees them. */
function isHarmless(body: string, line: number, faults: FaultList): boolean {
  if (body.length > MAX_BLOCK) {
    faults.add({ line, column: 1 }, `This block has ${body.length} characters.`, `at most ${MAX_BLOCK}`);
    return false;
  }
  let open = 0;
  let row = line;
  for (const text of body.split('\n')) {
    const lead = /^[ ]*/.exec(text)?.[0].length ?? 0;
    const marks = /^[ ]*((?:[-?:][ \t]+)*)/.exec(text)?.[1] ?? '';
    for (const char of text) open += char === '[' || char === '{' ? 1 : char === ']' || char === '}' ? -1 : 0;
    if (lead > MAX_INDENT || marks.length > MAX_DEPTH * 2 || open > MAX_DEPTH) {
      faults.add({ line: row, column: 1 }, 'This is nested too deeply.', `at most ${MAX_DEPTH} levels`);
      return false;
    }
    open = Math.max(open, 0);
    row += 1;
  }
  return true;
}

function locate(
  node: unknown,
  place: (offset: number) => Place,
  faults: FaultList,
  from: Place,
  depth: number,
): Located | null {
  const at = rangeOf(node, place) ?? from;
  if (depth > MAX_DEPTH) {
    faults.add(at, 'This is nested too deeply.', `at most ${MAX_DEPTH} levels`);
    return null;
  }
  if (isAlias(node)) {
    faults.add(at, 'This refers to another place with `*`.', 'the value itself; aliases are not read');
    return null;
  }
  const anchored = node as { anchor?: string; tag?: string } | null;
  if (anchored?.anchor !== undefined)
    faults.add(at, 'This is anchored with `&`.', 'the value alone; anchors are not read');
  if (isScalar(node)) {
    const { value } = node;
    const raw = node.source ?? '';
    if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
      return { is: 'scalar', value, raw, at };
    faults.add(at, 'This value is of a kind a plan does not use.', 'text, a number, true, false or nothing');
    return null;
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => locate(item, place, faults, at, depth + 1));
    return { is: 'list', items: items.filter((item) => item !== null), at };
  }
  if (isMap(node)) return { is: 'map', entries: entriesOf(node.items, place, faults, at, depth), at };
  return { is: 'scalar', value: null, raw: '', at };
}

function entriesOf(
  items: readonly Pair[],
  place: (offset: number) => Place,
  faults: FaultList,
  from: Place,
  depth: number,
): Entry[] {
  const seen = new Set<string>();
  const entries: Entry[] = [];
  for (const pair of items) {
    const at = rangeOf(pair.key, place) ?? from;
    if (!isScalar(pair.key)) {
      faults.add(at, 'This key is not a plain word.', 'a word or a number before the colon');
      continue;
    }
    const key = pair.key.source ?? '';
    if (seen.has(key)) faults.add(at, `\`${key.slice(0, 60)}\` stands here a second time.`, 'each key once');
    seen.add(key);
    const value = locate(pair.value, place, faults, at, depth + 1);
    if (value) entries.push({ key, at, value });
  }
  return entries;
}

function rangeOf(node: unknown, place: (offset: number) => Place): Place | null {
  const range = (node as Node | null)?.range;
  return range ? place(range[0]) : null;
}
