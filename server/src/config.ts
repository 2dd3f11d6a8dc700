// What the environment asks of the server: read once at the start, every fault told at once with what to do.
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Config {
  port: number;
  host: string;
  /** Absolute path. */
  dataDir: string;
  /** Scheme, host and port as browsers send it in `Origin`; no slash at the end. */
  publicOrigin: string;
  /** An external PostgreSQL; undefined means the embedded one. */
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  /** At least 32 characters: the one configured, else the one kept in the data folder. */
  secretKey: string;
  production: boolean;
  logLevel: (typeof logLevels)[number];
  /** Proxies whose X-Forwarded-For is believed: addresses, CIDR ranges or Fastify's names such as `loopback`. */
  trustedProxies: string[];
  /** Whether feeds and webhooks may reach addresses inside the own network. */
  allowPrivateAddresses: boolean;
  /** How many bytes the pictures of one room may take. */
  pictureBytes: number;
  /** The generated storm and its one-click personas: only ever on an embedded database outside production. */
  rehearsal: boolean;
  /** The mail server messages to our own people go out by; undefined: no e-mail. */
  smtpUrl: string | undefined;
  /** Whom those messages come from. */
  mailFrom: string | undefined;
}

/** What the environment alone says, before the data folder is touched. */
export type Settings = Omit<Config, 'secretKey'> & { secretKey: string | undefined };

/** The settings are wrong; `message` lists every fault. */
export class ConfigFault extends Error {}

/** @throws ConfigFault with every fault. Makes the data folder and the key in it when there is none yet. */
export function readConfig(env: Record<string, string | undefined>, cwd?: string): Config {
  const settings = readSettings(env, cwd);
  return { ...settings, secretKey: secretKeyOf(settings) };
}

export function readSettings(env: Record<string, string | undefined>, cwd: string = process.cwd()): Settings {
  const faults: string[] = [];
  const text = (name: string): string | undefined => env[name]?.trim() || undefined;
  const port = portOf(text('PORT') ?? '3000', faults);
  const production = productionOf(text('NODE_ENV'), faults);
  const databaseUrl = urlOf(
    'DATABASE_URL',
    text('DATABASE_URL'),
    ['postgres:', 'postgresql:'],
    'postgres://user:password@host:5432/name',
    faults,
  );
  const wantsRehearsal = switchOf('REHEARSAL', text('REHEARSAL'), !production && databaseUrl === undefined, faults);
  if (wantsRehearsal && (production || databaseUrl !== undefined)) {
    faults.push(
      `REHEARSAL is on, but ${production ? 'NODE_ENV is production' : 'DATABASE_URL names an external database'}. Take REHEARSAL out: a rehearsal never shares a place with real work.`,
    );
  }
  const smtpUrl = urlOf(
    'SMTP_URL',
    text('SMTP_URL'),
    ['smtp:', 'smtps:'],
    'smtps://user:password@mail.host:465',
    faults,
  );
  const dataDir = text('DATA_DIR');
  const settings: Settings = {
    port,
    host: hostOf(text('HOST') ?? '127.0.0.1', faults),
    // A path that was given is meant from where the person stands; the default lies in the project, wherever it is called from.
    dataDir: dataDir ? path.resolve(cwd, dataDir) : path.join(root, '.data'),
    publicOrigin: originOf(text('PUBLIC_ORIGIN') ?? `http://localhost:${port}`, production, faults),
    databaseUrl,
    redisUrl: urlOf('REDIS_URL', text('REDIS_URL'), ['redis:', 'rediss:'], 'redis://host:6379', faults),
    secretKey: secretOf(text('SECRET_KEY'), faults),
    production,
    logLevel: levelOf(text('LOG_LEVEL') ?? (production ? 'info' : 'warn'), faults),
    trustedProxies: (text('TRUSTED_PROXIES') ?? '')
      .split(',')
      .map((proxy) => proxy.trim())
      .filter(Boolean),
    allowPrivateAddresses: switchOf('ALLOW_PRIVATE_ADDRESSES', text('ALLOW_PRIVATE_ADDRESSES'), false, faults),
    pictureBytes: mebibytesOf('ROOM_PICTURES_MIB', text('ROOM_PICTURES_MIB') ?? '500', faults),
    rehearsal: wantsRehearsal,
    smtpUrl,
    mailFrom: senderOf(text('MAIL_FROM'), smtpUrl, faults),
  };
  if (faults.length > 0)
    throw new ConfigFault(`The settings cannot be used:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  return settings;
}

/** The key that signs sessions and seals stored secrets: the one configured, else one made once and kept 0600 in the data folder. */
export function secretKeyOf(config: Pick<Settings, 'secretKey' | 'dataDir'>): string {
  if (config.secretKey) return config.secretKey;
  const file = path.join(config.dataDir, 'secret-key');
  if (!existsSync(file)) {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o711 });
    const whole = `${file}.${process.pid}`;
    writeFileSync(whole, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    try {
      linkSync(whole, file);
    } catch (error) {
      // Another process was quicker; its key counts.
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(whole, { force: true });
    }
  }
  const kept = readFileSync(file, 'utf8').trim();
  if (kept.length < 32)
    throw new ConfigFault(
      `${file} holds no usable key. Put the old key back, or delete it: everybody signs in again and stored secrets must be entered anew.`,
    );
  return kept;
}

function portOf(given: string, faults: string[]): number {
  const port = Number(given);
  if (/^\d+$/.test(given) && port <= 65_535) return port;
  faults.push(`PORT is "${given}". Give a number from 1 to 65535, such as 3000.`);
  return 3000;
}

function mebibytesOf(name: string, given: string, faults: string[]): number {
  const mebibytes = Number(given);
  if (/^\d+$/.test(given) && mebibytes >= 1 && mebibytes <= 1_000_000) return mebibytes * 1024 * 1024;
  faults.push(`${name} is "${given}". Give a whole number of MiB, such as 500.`);
  return 0;
}

function hostOf(given: string, faults: string[]): string {
  if (/^[A-Za-z0-9.:-]+$/.test(given)) return given;
  faults.push(`HOST is "${given}". Give the address to listen on: 127.0.0.1 for this machine only, 0.0.0.0 for all.`);
  return '127.0.0.1';
}

function productionOf(given: string | undefined, faults: string[]): boolean {
  if (given !== undefined && !['production', 'development', 'test'].includes(given)) {
    faults.push(`NODE_ENV is "${given}". Set production, development or test, or leave it out.`);
  }
  return given === 'production';
}

function originOf(given: string, production: boolean, faults: string[]): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const bare = url && (url.pathname === '/' || url.pathname === '') && !url.search && !url.hash && !url.username;
  if (!url || !bare || !['http:', 'https:'].includes(url.protocol)) {
    faults.push(
      `PUBLIC_ORIGIN is "${given}". Give what stands in the browser's address bar without any path, such as https://rejoinder.example.org.`,
    );
    return 'http://localhost:3000';
  }
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (production && url.protocol !== 'https:' && !local) {
    faults.push(
      `PUBLIC_ORIGIN is "${given}". In production it must begin with https://, else sessions travel in the clear.`,
    );
  }
  return url.origin;
}

function urlOf(
  name: string,
  given: string | undefined,
  schemes: string[],
  example: string,
  faults: string[],
): string | undefined {
  if (given === undefined) return undefined;
  if (URL.canParse(given) && schemes.includes(new URL(given).protocol)) return given;
  // The value itself stays out of the message: it may hold a password.
  faults.push(`${name} is not an address of the right kind. Give one like ${example}, or leave it out.`);
  return undefined;
}

function senderOf(given: string | undefined, smtpUrl: string | undefined, faults: string[]): string | undefined {
  if (given === undefined && smtpUrl === undefined) return undefined;
  if (given !== undefined && /^[^\s@<>"]+@[^\s@<>"]+$/.test(given)) return given;
  faults.push(
    given === undefined
      ? 'SMTP_URL is set, but MAIL_FROM is not. Give the address e-mail comes from, such as warroom@example.org.'
      : `MAIL_FROM is "${given}". Give a bare e-mail address, such as warroom@example.org.`,
  );
  return undefined;
}

function secretOf(given: string | undefined, faults: string[]): string | undefined {
  if (given === undefined || given.length >= 32) return given;
  faults.push('SECRET_KEY is shorter than 32 characters. Make one with: openssl rand -base64 32');
  return undefined;
}

function levelOf(given: string, faults: string[]): Config['logLevel'] {
  const level = logLevels.find((name) => name === given);
  if (!level) faults.push(`LOG_LEVEL is "${given}". Set one of ${logLevels.join(', ')}.`);
  return level ?? 'info';
}

function switchOf(name: string, given: string | undefined, otherwise: boolean, faults: string[]): boolean {
  if (given === undefined) return otherwise;
  if (['true', '1', 'yes', 'on'].includes(given.toLowerCase())) return true;
  if (['false', '0', 'no', 'off'].includes(given.toLowerCase())) return false;
  faults.push(`${name} is "${given}". Set true or false, or leave it out.`);
  return otherwise;
}
