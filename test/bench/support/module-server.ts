// Serves our own modules to a real browser as they stand, types stripped: what runs there is what the page runs, without a build.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';

const ROOT = new URL('../../../', import.meta.url);
/** `@rejoinder/x/y` is packages/x/src/y.ts. */
const PACKAGES = ['board', 'contracts', 'playbook', 'signoff', 'voice'];
const imports = Object.fromEntries(PACKAGES.map((name) => [`@rejoinder/${name}/`, `/packages/${name}/src/`]));
const PAGE = `<!doctype html><meta charset="utf-8"><title>Bench</title>
<script type="importmap">${JSON.stringify({ imports })}</script>`;

/** `data` is served as /data.json. Answers the address and how to stop. */
export async function serveModules(data: unknown): Promise<{ origin: string; close: () => void }> {
  const json = JSON.stringify(data);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://bench').pathname;
    const send = (type: string, body: string): void => {
      response.setHeader('content-type', `${type}; charset=utf-8`);
      response.end(body);
    };
    if (path === '/') return send('text/html', PAGE);
    if (path === '/data.json') return send('application/json', json);
    try {
      const file = path.endsWith('.ts') ? path : `${path}.ts`;
      return send('text/javascript', stripTypeScriptTypes(readFileSync(new URL(`.${file}`, ROOT), 'utf8')));
    } catch {
      response.statusCode = 404;
      return response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
