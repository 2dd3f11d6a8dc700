// How the web app is built: a static single page app, its content policy, and the route addresses baked in at build time.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ROUTES } from '@rejoinder/contracts/routes';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';
import { firstWave } from './first-wave.ts';

const server = process.env.REJOINDER_SERVER ?? 'http://localhost:3000';

/** Browsers that know `light-dark()` and nesting; the bundle is not made for older ones. */
const browsers = ['chrome123', 'edge123', 'firefox128', 'safari17.5'];

/** The script of app.html runs before the app; the policy names it by its hash. */
const early = /<script>([\s\S]*?)<\/script>/.exec(readFileSync('src/app.html', 'utf8'))?.[1] ?? '';
const earlyHash = `sha256-${createHash('sha256').update(early).digest('base64')}` as const;

/** `virtual:addresses` holds method and path of every route, so that no schema library travels to the browser. */
function addresses(): Plugin {
  const name = 'virtual:addresses';
  const table = Object.fromEntries(Object.entries(ROUTES).map(([key, r]) => [key, [r.method, r.path]]));
  return {
    name: 'rejoinder:addresses',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? `export default ${JSON.stringify(table)};` : undefined),
  };
}

/** Icons as fixed markup: the set's own component puts each together from data again and again, which a full board feels. */
function lightIcons(): Plugin {
  const svg = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"';
  return {
    name: 'rejoinder:light-icons',
    enforce: 'pre',
    transform(code, id) {
      const data =
        /\/@lucide\/svelte\/dist\/icons\/[^/]+\.svelte$/.test(id) && /const iconData = (\{.*\});/.exec(code)?.[1];
      if (!data) return null;
      const { node } = JSON.parse(data) as { node: [tag: string, attributes: Record<string, string>][] };
      const shapes = node.map(([tag, all]) => {
        const attributes = Object.entries(all).map(([key, value]) => ` ${key}="${value}"`);
        return `<${tag}${attributes.join('')} />`;
      });
      const sizes = 'width={size} height={size} stroke-width={strokeWidth}';
      const drawing = `<svg xmlns="http://www.w3.org/2000/svg" ${sizes} ${svg} aria-hidden="true">${shapes.join('')}</svg>`;
      return { code: `<script>let { size = 24, strokeWidth = 2 } = $props();</script>${drawing}`, map: null };
    },
  };
}

export default defineConfig({
  plugins: [
    addresses(),
    firstWave(),
    lightIcons(),
    sveltekit({
      adapter: adapter({ pages: 'build', assets: 'build', fallback: 'index.html', strict: false, precompress: true }),
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self', earlyHash],
          'style-src': ['self', 'unsafe-inline'],
          'img-src': ['self', 'data:'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
        },
      },
    }),
  ],
  build: {
    target: browsers,
    cssTarget: browsers,
    // Schemas are for the server; the browser needs their types and the constants beside them.
    rolldownOptions: {
      treeshake: { manualPureFunctions: ['Type', 'Strict', 'Extended', 'Nullable', 'OneOf', 'PerLevel'] },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/live': { target: server, ws: true },
      '/yjs': { target: server, ws: true },
    },
  },
});
