// How the web app is built: a static single page app, its content policy, and the route addresses baked in at build time.

import { ROUTES } from '@rejoinder/contracts/routes';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';

const server = process.env.REJOINDER_SERVER ?? 'http://localhost:3000';

/** Browsers that know `light-dark()` and nesting; the bundle is not made for older ones. */
const browsers = ['chrome123', 'edge123', 'firefox128', 'safari17.5'];

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

export default defineConfig({
  plugins: [
    addresses(),
    sveltekit({
      adapter: adapter({ pages: 'build', assets: 'build', fallback: 'index.html', strict: false }),
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
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
    rolldownOptions: { treeshake: { manualPureFunctions: ['Type', 'Strict', 'Nullable', 'PerLevel'] } },
  },
  server: {
    proxy: {
      '/api': server,
      '/live': { target: server, ws: true },
      '/yjs': { target: server, ws: true },
    },
  },
});
