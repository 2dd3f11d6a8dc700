// Addresses of the installation itself: whether it is well, what a first visitor needs, and the rehearsal's personas.
import { PROTOCOL } from '@rejoinder/contracts/live';
import { becomePersona, rehearsalPersonas } from './connectors/rehearsal.ts';
import { holdOf } from './db/installation.ts';
import type { Deps } from './deps.ts';
import { createLimit, PERSONAS_BY_NETWORK } from './http/limits.ts';
import { type Mounting, mount } from './http/mount.ts';

export const VERSION = '0.1.0';

export function installationRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'health', async ({ reply }) => {
    // Anyone may ask, so what exactly the database said goes to the log alone.
    const database = await deps.db
      .selectNoFrom((eb) => eb.lit(1).as('one'))
      .execute()
      .then(
        () => 'ok',
        (err: unknown) => {
          deps.log.warn({ err }, 'the database does not answer');
          return 'away';
        },
      );
    const ready = database === 'ok';
    if (!ready) void reply.code(503).header('retry-after', '2');
    return { ready, says: ready ? 'Ready.' : 'The database does not answer.', checks: { database } };
  });
  mount(mounting, 'installation', async () => {
    const { rehearsal } = deps.config;
    return {
      rehearsal,
      needsSetUp: !rehearsal && !(await deps.signIn.hasAdmin()),
      personas: rehearsal ? rehearsalPersonas() : [],
      version: VERSION,
      protocol: PROTOCOL,
      onHold: await holdOf(deps.db),
    };
  });
  mount(
    mounting,
    'becomePersona',
    async ({ params, reply }) => {
      const { me, cookies } = await becomePersona(deps, params.personaId);
      void reply.header('set-cookie', cookies);
      return { me };
    },
    createLimit(mounting.app, PERSONAS_BY_NETWORK),
  );
}
