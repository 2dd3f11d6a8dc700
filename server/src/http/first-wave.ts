// Names in each page the scripts and styles its route needs at once, so that a browser asks for all of them in one go.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Route file -> files below the page's root, as the web build wrote it; `always` go with every page, `never` with none. */
export type FirstWave = Record<string, readonly string[]>;

const KINDS: Record<string, string> = {
  '.css': 'rel="stylesheet"',
  '.woff2': 'rel="preload" as="font" type="font/woff2" crossorigin',
};

export function readFirstWave(folder: string): FirstWave {
  const list = path.join(folder, '_app', 'first-wave.json');
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as FirstWave) : {};
}

/** Answers the page for an address: the html as built, with what the address's route and its layouts need. */
export function pageWithFirstWave(html: string, wave: FirstWave): (pathname: string) => string {
  const pages = Object.keys(wave)
    .filter((file) => file.endsWith('+page.svelte'))
    .map((file) => ({ matches: patternOf(file), html: withLinks(html, filesFor(file, wave), new Set(wave.never)) }))
    // A name says more than a parameter, which would match it too.
    .sort((a, b) => Number(a.matches.source.includes('[^/]+')) - Number(b.matches.source.includes('[^/]+')));
  return (pathname) => pages.find(({ matches }) => matches.test(pathname))?.html ?? html;
}

function patternOf(file: string): RegExp {
  const parts = file.split('/').slice(0, -1);
  const pattern = parts.map((part) => (part.startsWith('[') ? '[^/]+' : part.replace(/[^\w-]/g, '\\$&'))).join('/');
  return new RegExp(`^/${pattern}/?$`);
}

function filesFor(page: string, wave: FirstWave): Set<string> {
  const parts = page.split('/').slice(0, -1);
  const folders = ['', ...parts.map((_, i) => `${parts.slice(0, i + 1).join('/')}/`)];
  const around = folders.flatMap((at) => [`${at}+layout.svelte`, `${at}+error.svelte`]);
  return new Set([...around, page, 'always'].flatMap((file) => wave[file] ?? []));
}

/** Styles of parts that are fetched later are left to them. */
function withLinks(built: string, files: Set<string>, never: Set<string>): string {
  const html = built.replace(/\s*<link href="\/([^"]+)" rel="(\w+)">/g, (link, file: string, rel: string) =>
    never.has(file) || (rel === 'stylesheet' && !files.has(file)) ? '' : link,
  );
  const links = [...files]
    .filter((file) => !html.includes(`"/${file}"`))
    .map((file) => `<link href="/${file}" ${KINDS[path.extname(file)] ?? 'rel="modulepreload"'}>`);
  return html.replace('</head>', `${links.join('')}</head>`);
}
