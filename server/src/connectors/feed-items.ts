// An item of a feed as a mention: RSS, RDF, Atom and JSON Feed in one form, mark-up reduced to plain text.
import { createHash } from 'node:crypto';
import type { SourceMention } from '@rejoinder/contracts/mentions';
import type { parseFeed } from 'feedsmith';

type Parsed = ReturnType<typeof parseFeed>;
type Item = {
  id: string | undefined;
  url: string | undefined;
  title: string;
  body: string;
  author: string;
  postedAt: unknown;
  editedAt: unknown;
};

const LONGEST = 20_000;

/** The platform name of everything that comes from a feed. It can be watched, not answered. */
export const FEED = 'feed';

/** Items in the order of the document. One without any id or address is told apart by its content. */
export function readItems(parsed: Parsed, now: number): SourceMention[] {
  return itemsOf(parsed).flatMap((item) => {
    const text = [plain(item.title), plain(item.body)].filter(Boolean).join('\n\n').slice(0, LONGEST);
    if (text === '') return [];
    const posted = Date.parse(String(item.postedAt ?? item.editedAt ?? ''));
    const edited = Date.parse(String(item.editedAt ?? ''));
    return [
      {
        platform: FEED,
        nativeId: (item.id ?? item.url ?? createHash('sha256').update(text).digest('hex')).slice(0, 500),
        url: item.url && /^https?:/i.test(item.url) ? item.url.slice(0, 2000) : null,
        author: {
          handle: (item.author || feedTitle(parsed) || FEED).slice(0, 300),
          name: (item.author || feedTitle(parsed)).slice(0, 300),
          followers: null,
        },
        text,
        postedAt: new Date(Number.isFinite(posted) ? posted : now).toISOString(),
        editedAt:
          Number.isFinite(edited) && Number.isFinite(posted) && edited > posted ? new Date(edited).toISOString() : null,
        inReplyTo: null,
        lang: null,
      },
    ];
  });
}

function itemsOf(parsed: Parsed): Item[] {
  if (parsed.format === 'atom') {
    return (parsed.feed.entries ?? []).map((e) => ({
      id: e.id,
      url: e.links?.find((link) => !link.rel || link.rel === 'alternate')?.href,
      title: e.title?.value ?? '',
      body: e.content?.value ?? e.summary?.value ?? '',
      author: e.authors?.[0]?.name ?? '',
      postedAt: e.published,
      editedAt: e.updated,
    }));
  }
  if (parsed.format === 'json') {
    return (parsed.feed.items ?? []).map((i) => ({
      id: i.id,
      url: i.url,
      title: i.title ?? '',
      body: i.content_text ?? i.content_html ?? i.summary ?? '',
      author: i.authors?.[0]?.name ?? '',
      postedAt: i.date_published,
      editedAt: i.date_modified,
    }));
  }
  if (parsed.format === 'rdf') {
    return (parsed.feed.items ?? []).map((i) => ({
      id: i.link,
      url: i.link,
      title: i.title ?? '',
      body: i.description ?? '',
      author: i.dc?.creators?.[0] ?? '',
      postedAt: i.dc?.dates?.[0],
      editedAt: undefined,
    }));
  }
  return (parsed.feed.items ?? []).map((i) => ({
    id: i.guid?.value,
    url: i.link,
    title: i.title ?? '',
    body: i.content?.encoded ?? i.description ?? '',
    author: i.dc?.creators?.[0] ?? (i.authors?.[0] as { name?: string } | undefined)?.name ?? '',
    postedAt: i.pubDate,
    editedAt: undefined,
  }));
}

function feedTitle(parsed: Parsed): string {
  const { title } = parsed.feed;
  return plain(typeof title === 'string' ? title : (title?.value ?? ''));
}

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  rsquo: '’',
  lsquo: '‘',
  rdquo: '”',
  ldquo: '“',
};

const BREAKS = new Set(['br', '/p', '/div', '/li', '/h1', '/h2', '/h3', '/h4', '/h5', '/h6']);

/** Mark-up to plain text: what stands between tags, breaks where blocks end. Never shown as HTML anywhere. */
export function plain(html: string): string {
  return withoutTags(html)
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => entity(name) ?? whole)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

/** One pass, whatever a stranger's feed holds: an expression with a lazy middle takes quadratic time (T26). */
function withoutTags(html: string): string {
  const lower = html.toLowerCase();
  let out = '';
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at);
    const close = open < 0 ? -1 : html.indexOf('>', open);
    if (close < 0) return out + html.slice(at);
    out += html.slice(at, open);
    const [, tag = ''] = /^<(\/?[a-z][a-z0-9]*)/.exec(lower.slice(open, open + 12)) ?? [];
    if (BREAKS.has(tag)) out += '\n';
    at = close + 1;
    if (tag !== 'script' && tag !== 'style') continue;
    const end = lower.indexOf(`</${tag}`, at);
    if (end < 0) return out;
    at = end;
  }
  return out;
}

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return NAMED[name.toLowerCase()];
  const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
}
