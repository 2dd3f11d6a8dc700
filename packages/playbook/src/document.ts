// What the Markdown document is made of: front matter, headings, prose and fenced blocks, each with its line. Linear time.

/** A fenced block that declares something: ```yaml KIND [id]. `line` is the line of the fence, `body` starts one below. */
export type FencedRule = {
  at: 'rule';
  line: number;
  kind: string;
  id: string | null;
  body: string;
  heading: string;
  purpose: string;
};
export type Heading = { at: 'heading'; line: number; depth: number; text: string };
export type Prose = { at: 'paragraph' | 'quote' | 'code'; line: number; text: string };
export type List = { at: 'list'; line: number; ordered: boolean; items: string[] };
export type Part = FencedRule | Heading | Prose | List;
export type PlanDocument = {
  frontMatter: { line: number; body: string } | null;
  parts: Part[];
  /** Fences whose info string begins with yaml but cannot be read, and fences that never close. */
  troubles: { line: number; column: number; says: string; wants: string }[];
};

const FENCE = /^( {0,3})(`{3,}|~{3,})(.*)$/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/;
const ITEM = /^ {0,3}(?:[-*+]|(\d{1,9})[.)])[ \t]+(.*)$/;

/** Splits a document into its parts. Never throws; takes any text. */
export function splitDocument(text: string): PlanDocument {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const out: PlanDocument = { frontMatter: null, parts: [], troubles: [] };
  let at = readFrontMatter(lines, out);
  let heading = '';
  let purpose: string[] = [];
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const fence = FENCE.exec(line);
    const head = HEADING.exec(line);
    if (fence) {
      at = readFence(lines, at, fence, out, heading, purpose);
    } else if (head) {
      heading = (head[2] ?? '').replace(/[ \t]#+[ \t]*$/, '').trim();
      purpose = [];
      out.parts.push({ at: 'heading', line: at + 1, depth: head[1]?.length ?? 1, text: heading });
      at += 1;
    } else if (line.trim() === '') {
      at += 1;
    } else {
      const start = at;
      const taken: string[] = [];
      while (at < lines.length && isProse(lines[at] ?? '')) {
        taken.push(lines[at] ?? '');
        at += 1;
      }
      const part = prose(taken, start + 1);
      if (part.at === 'paragraph') purpose.push(part.text);
      out.parts.push(part);
    }
  }
  return out;
}

function readFrontMatter(lines: string[], out: PlanDocument): number {
  if ((lines[0] ?? '').trimEnd() !== '---') return 0;
  const end = lines.findIndex((line, i) => i > 0 && line.trimEnd() === '---');
  if (end < 0) {
    out.troubles.push({ line: 1, column: 1, says: 'The front matter never ends.', wants: 'a line `---` below it' });
    return lines.length;
  }
  out.frontMatter = { line: 2, body: lines.slice(1, end).join('\n') };
  return end + 1;
}

function readFence(
  lines: string[],
  at: number,
  fence: RegExpExecArray,
  out: PlanDocument,
  heading: string,
  purpose: string[],
): number {
  const mark = fence[2] ?? '```';
  const info = (fence[3] ?? '').trim();
  let end = at + 1;
  while (end < lines.length && !closes(lines[end] ?? '', mark)) end += 1;
  const body = lines.slice(at + 1, end).join('\n');
  const line = at + 1;
  if (end >= lines.length)
    out.troubles.push({ line, column: 1, says: 'This fenced block never ends.', wants: `a line \`${mark}\` below it` });
  const words = info.split(/[ \t]+/);
  if (words[0] !== 'yaml' || words.length < 2) {
    out.parts.push({ at: 'code', line, text: body });
  } else if (words.length > 3) {
    const says = `The block is introduced by \`${info.slice(0, 80)}\`.`;
    out.troubles.push({ line, column: 1, says, wants: '`yaml KIND` or `yaml KIND id`' });
  } else {
    const said = purpose.join(' ');
    out.parts.push({ at: 'rule', line, kind: words[1] ?? '', id: words[2] ?? null, body, heading, purpose: said });
  }
  return end + 1;
}

function closes(line: string, mark: string): boolean {
  const found = FENCE.exec(line);
  const run = found?.[2] ?? '';
  return run.startsWith(mark) && (found?.[3] ?? '').trim() === '';
}

function isProse(line: string): boolean {
  return line.trim() !== '' && !FENCE.test(line) && !HEADING.test(line);
}

function prose(lines: string[], line: number): Prose | List {
  const first = ITEM.exec(lines[0] ?? '');
  if (first) {
    const items: string[] = [];
    for (const each of lines) {
      const item = ITEM.exec(each);
      if (item) items.push((item[2] ?? '').trim());
      else items.push(`${items.pop() ?? ''} ${each.trim()}`.trim());
    }
    return { at: 'list', line, ordered: first[1] !== undefined, items };
  }
  if ((lines[0] ?? '').trimStart().startsWith('>')) {
    return { at: 'quote', line, text: lines.map((each) => each.trim().replace(/^>[ \t]?/, '')).join(' ') };
  }
  return { at: 'paragraph', line, text: lines.map((each) => each.trim()).join(' ') };
}
