// Settings: sensible without any, refused all at once when wrong, and no rehearsal beside real work.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigFault, readConfig, readSettings, secretKeyOf } from './config.ts';

const faultsOf = (env: Record<string, string>): string => {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof ConfigFault) return error.message;
    throw error;
  }
  return '';
};

describe('readSettings', () => {
  it('[CF-1] needs no setting at all', () => {
    const config = readSettings({});
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicOrigin: 'http://localhost:3000',
      production: false,
    });
    expect(config).toMatchObject({
      databaseUrl: undefined,
      allowPrivateAddresses: false,
      trustedProxies: [],
      rehearsal: true,
    });
    expect(path.isAbsolute(config.dataDir)).toBe(true);
    expect(path.basename(config.dataDir)).toBe('.data');
  });

  it('[CF-1] lets the public origin follow the port, and takes empty settings as left out', () => {
    expect(readSettings({ PORT: '4000', HOST: '', PUBLIC_ORIGIN: ' ' })).toMatchObject({
      host: '127.0.0.1',
      publicOrigin: 'http://localhost:4000',
    });
  });

  it('[CF-1] reads lists and switches, and a data folder from where the person stands', () => {
    const config = readSettings(
      { TRUSTED_PROXIES: '10.0.0.0/8, loopback', ALLOW_PRIVATE_ADDRESSES: 'yes', DATA_DIR: 'kept' },
      '/srv',
    );
    expect(config).toMatchObject({
      trustedProxies: ['10.0.0.0/8', 'loopback'],
      allowPrivateAddresses: true,
      dataDir: path.resolve('/srv/kept'),
    });
  });

  it('[CF-2] names every fault at once, each with what to do', () => {
    const said = faultsOf({
      PORT: '70000',
      HOST: 'a b',
      PUBLIC_ORIGIN: 'rejoinder.example.org/app',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      REDIS_URL: 'nowhere',
      SECRET_KEY: 'short',
      NODE_ENV: 'prod',
      LOG_LEVEL: 'loud',
      ALLOW_PRIVATE_ADDRESSES: 'perhaps',
      REHEARSAL: 'perhaps',
    });
    const named = said
      .split('\n')
      .slice(1)
      .map((line) => /^- (\w+)/.exec(line)?.[1]);
    expect(new Set(named)).toEqual(
      new Set([
        'PORT',
        'HOST',
        'PUBLIC_ORIGIN',
        'DATABASE_URL',
        'REDIS_URL',
        'SECRET_KEY',
        'NODE_ENV',
        'LOG_LEVEL',
        'ALLOW_PRIVATE_ADDRESSES',
        'REHEARSAL',
      ]),
    );
    expect(said).not.toContain('hunter2');
  });

  it('[CF-2] asks for https in production, except on this very machine', () => {
    expect(faultsOf({ NODE_ENV: 'production', PUBLIC_ORIGIN: 'http://rejoinder.example.org' })).toContain('https://');
    expect(faultsOf({ NODE_ENV: 'production' })).toBe('');
    expect(readSettings({ NODE_ENV: 'production', PUBLIC_ORIGIN: 'https://r.example.org/' }).publicOrigin).toBe(
      'https://r.example.org',
    );
  });

  it('[CF-3] rehearses only on the embedded database outside production', () => {
    expect(readSettings({}).rehearsal).toBe(true);
    expect(readSettings({ REHEARSAL: 'false' }).rehearsal).toBe(false);
    expect(readSettings({ NODE_ENV: 'production' }).rehearsal).toBe(false);
    expect(readSettings({ DATABASE_URL: 'postgres://u:p@db/x' }).rehearsal).toBe(false);
    expect(faultsOf({ NODE_ENV: 'production', REHEARSAL: 'true' })).toContain('never shares');
    expect(faultsOf({ DATABASE_URL: 'postgres://u:p@db/x', REHEARSAL: 'true' })).toContain('never shares');
  });

  it('[CF-1] takes a mail server only with a bare address it comes from, and keeps its password out of the fault', () => {
    const mail = { SMTP_URL: 'smtps://user:hush@mail.example:465', MAIL_FROM: 'warroom@example.org' };
    expect(readSettings(mail)).toMatchObject({ smtpUrl: mail.SMTP_URL, mailFrom: mail.MAIL_FROM });
    expect(readSettings({})).toMatchObject({ smtpUrl: undefined, mailFrom: undefined });
    expect(faultsOf({ SMTP_URL: mail.SMTP_URL })).toMatch(/MAIL_FROM is not/);
    expect(faultsOf({ ...mail, MAIL_FROM: 'War room <w@example.org>' })).toMatch(/bare e-mail address/);
    const wrong = faultsOf({ ...mail, SMTP_URL: 'https://user:hush@mail.example' });
    expect(wrong).toMatch(/SMTP_URL is not an address of the right kind/);
    expect(wrong).not.toContain('hush');
  });
});

describe('secretKeyOf', () => {
  it('[CF-4] makes a key once, keeps it from other eyes, and prefers a configured one', () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'rejoinder-config-'));
    try {
      const made = secretKeyOf({ secretKey: undefined, dataDir });
      const file = path.join(dataDir, 'secret-key');
      expect(made).toHaveLength(43);
      expect(statSync(file).mode & 0o077).toBe(0);
      expect(readFileSync(file, 'utf8').trim()).toBe(made);
      expect(secretKeyOf({ secretKey: undefined, dataDir })).toBe(made);
      expect(secretKeyOf({ secretKey: 'configured', dataDir })).toBe('configured');
      expect(readConfig({ DATA_DIR: dataDir }).secretKey).toBe(made);
      writeFileSync(file, '');
      expect(() => secretKeyOf({ secretKey: undefined, dataDir })).toThrow('no usable key');
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
