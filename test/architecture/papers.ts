// The written papers against the tree: every rule has a test, every number a rule, every link an end.
import path from 'node:path';
import { testNames } from './habits.ts';
import type { SourceFile } from './tree.ts';

const number = /\[([A-Z]{1,4}-\d+[a-z]?)\]/g;

export function ruleFaults(rulesText: string, tests: SourceFile[]): string[] {
  const rows = [...rulesText.matchAll(/^\|\s*([A-Z]{1,4}-\d+[a-z]?)\s*\|\s*(.*?)\s*\|/gm)].map((row) => row[1] ?? '');
  const rules = new Set(rows);
  const borne = new Map<string, string>();
  for (const file of tests) {
    for (const name of testNames(file)) {
      for (const match of name.matchAll(number)) borne.set(match[1] ?? '', file.path);
    }
  }
  return [
    ...rows.filter((id, at) => rows.indexOf(id) !== at).map((id) => `${id} stands twice in docs/rules.md`),
    ...[...rules].filter((id) => !borne.has(id)).map((id) => `${id} has no test whose name carries [${id}]`),
    ...[...borne]
      .filter(([id]) => !rules.has(id))
      .map(([id, file]) => `${file} names [${id}], which is not in docs/rules.md`),
  ];
}

/** `exists` answers for a path from the root; `read` gives the text of a Markdown file, for its headings. */
export function linkFaults(
  file: SourceFile,
  exists: (name: string) => boolean,
  read: (name: string) => string | undefined,
): string[] {
  const prose = file.text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  const links = [...prose.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map((match) => match[1] ?? '');
  return links.flatMap((link) => {
    if (/^[a-z][a-z+.-]*:/i.test(link)) return [];
    const [target = '', anchor] = link.split('#');
    const name = target === '' ? file.path : path.posix.join(path.posix.dirname(file.path), decodeURIComponent(target));
    if (!exists(name.replace(/\/$/, ''))) return [`${file.path}: ${link} leads nowhere`];
    const text = anchor && name.endsWith('.md') ? read(name) : undefined;
    return text !== undefined && anchor && !headingsOf(text).includes(anchor)
      ? [`${file.path}: ${link} names no heading`]
      : [];
  });
}

function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#{1,6}\s+(.+?)\s*$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
