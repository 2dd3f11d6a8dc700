// Are Dockerfile, docker-compose.yml and Caddyfile well formed, and do they keep what they promise? No engine needed.
import { parseDocument } from 'yaml';

const instructions = [
  'FROM',
  'ARG',
  'ENV',
  'WORKDIR',
  'COPY',
  'RUN',
  'USER',
  'VOLUME',
  'EXPOSE',
  'HEALTHCHECK',
  'CMD',
  'ENTRYPOINT',
  'LABEL',
];

export function dockerfileFaults(text: string): string[] {
  const faults: string[] = [];
  const lines = text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim());
  const steps = lines.map((line) => ({
    word: line.split(/\s/, 1)[0] ?? '',
    rest: line.replace(/^\S+\s*/, ''),
    line: line.slice(0, 60),
  }));
  const stages = new Set<string>();
  for (const { word, rest, line } of steps) {
    if (!instructions.includes(word)) faults.push(`unknown instruction: ${line}`);
    if (word === 'FROM') {
      if (!/^[\w./-]+:[\w.-]*\d[\w.-]*( AS [a-z]+)?$/.test(rest)) faults.push(`an image without a version: ${line}`);
      stages.add(/ AS ([a-z]+)$/.exec(rest)?.[1] ?? '');
    }
    const stage = /--from=(\S+)/.exec(rest)?.[1];
    if (stage && !stages.has(stage)) faults.push(`no stage called ${stage}`);
    const list = /^(?:.*?\bCMD\s+)?(\[.*)$/.exec(rest)?.[1];
    if (['CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(word) && !(list && isList(list)))
      faults.push(`not a list of words, so signals get lost: ${line}`);
  }
  if (steps[0]?.word !== 'FROM') faults.push('it begins with FROM');
  const last = steps.slice(steps.map((step) => step.word).lastIndexOf('FROM'));
  const user = last.filter((step) => step.word === 'USER').at(-1)?.rest;
  if (!user || /^(root|0)\b/.test(user)) faults.push('the server runs as root');
  if (!last.some((step) => step.word === 'HEALTHCHECK')) faults.push('no HEALTHCHECK');
  if (/pnpm(\.mjs)? deploy/.test(steps.map((step) => step.rest).join('\n')))
    faults.push('pnpm deploy breaks TypeScript packages');
  if (!steps.some((step) => step.word === 'RUN' && /run\.mjs build|--frozen-lockfile/.test(step.rest)))
    faults.push('not installed from the lock file');
  return faults;
}

function isList(text: string): boolean {
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) && read.every((word) => typeof word === 'string');
  } catch {
    return false;
  }
}

interface Service {
  image?: string;
  build?: string;
  restart?: string;
  ports?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  healthcheck?: { test?: unknown };
  depends_on?: Record<string, { condition?: string }>;
}

const serviceKeys = [
  'image',
  'build',
  'restart',
  'init',
  'ports',
  'environment',
  'volumes',
  'healthcheck',
  'depends_on',
  'command',
];

/** `settings` is the text of .env.example; a service that is built gets its health check from the Dockerfile. */
export function composeFaults(text: string, settings: string): string[] {
  const document = parseDocument(text, { strict: true, uniqueKeys: true });
  const faults = [...document.errors, ...document.warnings].map((error) => error.message);
  if (faults.length > 0) return faults;
  const file = document.toJS() as { services?: Record<string, Service>; volumes?: Record<string, unknown> };
  const services = file.services ?? {};
  const known = new Set([...settings.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]));
  for (const [, name] of text.matchAll(/\$\{([A-Z_]+)/g))
    if (!known.has(name)) faults.push(`${name} is not in .env.example`);
  for (const extra of Object.keys(file))
    if (!['services', 'volumes'].includes(extra)) faults.push(`unknown section ${extra}`);
  for (const [name, service] of Object.entries(services)) {
    faults.push(
      ...serviceFaults(service, services, new Set(Object.keys(file.volumes ?? {}))).map((fault) => `${name}: ${fault}`),
    );
  }
  const open = Object.entries(services).filter(([, service]) => service.ports?.length);
  if (open.length !== 1) faults.push('exactly one service, the proxy, is reachable from outside');
  return faults;
}

function serviceFaults(service: Service, all: Record<string, Service>, volumes: Set<string>): string[] {
  const faults = Object.keys(service)
    .filter((key) => !serviceKeys.includes(key))
    .map((key) => `unknown key ${key}`);
  if (!service.build && !/^[\w./-]+:[\w.-]*\d[\w.-]*$/.test(service.image ?? ''))
    faults.push('an image without a version');
  if (service.restart !== 'unless-stopped') faults.push('does not come back after a restart of the machine');
  for (const volume of service.volumes ?? []) {
    const source = volume.split(':')[0] ?? '';
    if (!source.startsWith('.') && !volumes.has(source)) faults.push(`volume ${source} is not declared`);
  }
  for (const [key, value] of Object.entries(service.environment ?? {})) {
    if (/PASSWORD|SECRET|KEY/.test(key) && !/^\$\{/.test(String(value))) faults.push(`${key} stands in the file`);
    if (/:\/\/[^:/]+:(?!\$\{)[^@]+@/.test(String(value))) faults.push(`${key} holds a password`);
  }
  for (const [needed, how] of Object.entries(service.depends_on ?? {})) {
    const other = all[needed];
    if (!other) faults.push(`depends on ${needed}, which is not there`);
    else if (how.condition === 'service_healthy' && !other.healthcheck && !other.build)
      faults.push(`waits for the health of ${needed}, which has no check`);
  }
  return faults;
}

export function caddyfileFaults(text: string, compose: string): string[] {
  const bare = text.replace(/#.*$/gm, '').replace(/\{\$[A-Z_]+\}/g, '');
  const faults = (bare.match(/\{/g) ?? []).length === (bare.match(/\}/g) ?? []).length ? [] : ['braces do not match'];
  const target = /reverse_proxy (\S+):(\d+)/.exec(text);
  if (!target) faults.push('no reverse_proxy');
  else if (!new RegExp(`^  ${target[1]}:$`, 'm').test(compose))
    faults.push(`${target[1]} is no service of docker-compose.yml`);
  return faults;
}
