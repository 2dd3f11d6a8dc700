// Starts one PostgreSQL for a whole vitest run, migrates one template in it, and takes everything away at the end.
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { runningDatabase, startDatabase } from '../../server/src/db/embedded.ts';
import { migrate } from '../../server/src/db/migrate.ts';
import { isAlive } from '../../server/src/db/postmaster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    clusterUrl: string;
  }
}

const prefix = 'rejoinder-test-';
export const templateName = 'rejoinder_template';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, remove } = await startTestCluster();
  project.provide('clusterUrl', url);
  return remove;
}

/** The PostgreSQL of one run, with the migrated template in it, and how to take it away. */
export async function startTestCluster(): Promise<{ url: string; remove: () => Promise<void> }> {
  await sweep();
  const dataDir = await mkdtemp(path.join(tmpdir(), prefix));
  // PostgreSQL may run as another account than the tests do.
  await chmod(dataDir, 0o711);
  const database = await startDatabase({ dataDir, log: () => undefined }).catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  const remove = async () => {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await makeTemplate(database.url);
  } catch (error) {
    await remove();
    throw error;
  }
  return { url: database.url, remove };
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${templateName}`);
    await migrate(url.replace(/\/[^/]*$/, `/${templateName}`));
    await client.query(`ALTER DATABASE ${templateName} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`);
  } finally {
    await client.end();
  }
}

/** A run that was killed leaves its PostgreSQL behind; the next run takes it away. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const dataDir = path.join(tmpdir(), name);
    const holder = await readFile(path.join(dataDir, 'holder.json'), 'utf8').catch(() => undefined);
    if (holder === undefined || isAlive((JSON.parse(holder) as { pid: number }).pid)) continue;
    if (await runningDatabase(dataDir)) await (await startDatabase({ dataDir, log: () => undefined })).stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
