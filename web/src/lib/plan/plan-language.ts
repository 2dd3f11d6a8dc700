// How a plan is coloured while it is written: headings, fences, keys and words of YAML; nothing cleverer.
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';

type Where = { in: 'prose' | 'yaml' | 'front'; first: boolean };

const plan = StreamLanguage.define<Where>({
  name: 'plan',
  startState: () => ({ in: 'prose', first: true }),
  token(stream, where) {
    const first = where.first;
    where.first = false;
    if (stream.sol()) {
      if (first && stream.match(/^---\s*$/)) return begin(where, 'front', 'processingInstruction');
      if (where.in === 'front' && stream.match(/^---\s*$/)) return begin(where, 'prose', 'processingInstruction');
      if (stream.match(/^ {0,3}(`{3,}|~{3,})/)) {
        const opens = where.in === 'prose' && stream.match(/^yaml\s/, false) !== null;
        stream.skipToEnd();
        return begin(where, opens ? 'yaml' : 'prose', 'processingInstruction');
      }
      if (where.in === 'prose' && stream.match(/^#{1,6}\s.*/)) return 'heading';
    }
    return where.in === 'prose' ? proseToken(stream) : yamlToken(stream);
  },
});

type Stream = { match: (pattern: RegExp) => unknown; next: () => unknown; skipToEnd: () => void };

function begin(where: Where, next: Where['in'], token: string): string {
  where.in = next;
  return token;
}

function proseToken(stream: Stream): string | null {
  if (stream.match(/^\*\*[^*]+\*\*/)) return 'strong';
  if (stream.match(/^`[^`]+`/)) return 'monospace';
  stream.next();
  return null;
}

function yamlToken(stream: Stream): string | null {
  if (stream.match(/^\s+/)) return null;
  if (stream.match(/^#.*/)) return 'comment';
  if (stream.match(/^("[^"]*"|'[^']*')(?=\s*:(\s|$))/)) return 'propertyName';
  if (stream.match(/^("[^"]*"|'[^']*')/)) return 'string';
  if (stream.match(/^[\w-][\w -]*(?=:(\s|$))/)) return 'propertyName';
  if (stream.match(/^(true|false|null|\d[\d:.-]*[smhd%]?)(?![\w-])/)) return 'atom';
  if (stream.match(/^[{}[\],:-]/)) return 'punctuation';
  if (!stream.match(/^[^\s{}[\],:#"']+/)) stream.next();
  return null;
}

const colours = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '600' },
  { tag: tags.strong, fontWeight: '600' },
  { tag: tags.processingInstruction, color: 'var(--muted)' },
  { tag: tags.propertyName, color: 'var(--action)' },
  { tag: tags.atom, color: 'var(--level-2)' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: [tags.comment, tags.punctuation], color: 'var(--muted)' },
]);

export const planLanguage: Extension = [plan, syntaxHighlighting(colours)];
