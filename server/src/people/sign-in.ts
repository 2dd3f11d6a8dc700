// Sign-in: better-auth over its own pool. Owns accounts, passwords and sessions; knows nothing of rooms.
import { createHmac } from 'node:crypto';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import type pg from 'pg';
import { openPool } from '../db/database.ts';
import { Problem } from '../http/problems.ts';

export type SignedIn = { sessionId: string; userId: string; name: string; email: string; admin: boolean };
export type NewPerson = { name: string; email: string; password: string; admin: boolean };

export type SignIn = {
  /** better-auth's own routes below /api/auth: a web Request in, a web Response out. */
  handle: (request: Request) => Promise<Response>;
  sessionOf: (headers: Headers) => Promise<SignedIn | null>;
  /** Those of the given session ids that are still good. */
  liveSessions: (ids: string[]) => Promise<Set<string>>;
  createPerson: (person: NewPerson) => Promise<string>;
  /** Null when there is an administrator already; of several at once only one succeeds (PE-4). */
  createFirstAdmin: (person: Omit<NewPerson, 'admin'>) => Promise<string | null>;
  findByEmail: (email: string) => Promise<{ userId: string; name: string } | null>;
  emailOf: (userId: string) => Promise<string | null>;
  hasAdmin: () => Promise<boolean>;
  endSessions: (userId: string) => Promise<void>;
  /** Signs a person in by password and answers the cookies to set. */
  cookiesFor: (email: string, password: string) => Promise<string[]>;
  /** A password only this installation can compute; for the rehearsal's personas. */
  derivedPassword: (id: string) => string;
  close: () => Promise<void>;
};

/** The advisory lock of making the first administrator; any number nobody else uses. */
const FIRST_ADMIN = 7_405_001;

export type SignInSettings = { databaseUrl: string; origin: string; secret: string; onError: (error: Error) => void };

function options(
  pool: pg.Pool,
  settings: { origin: string; secret: string; onError?: (error: Error) => void },
): BetterAuthOptions {
  return {
    appName: 'Rejoinder',
    baseURL: settings.origin,
    basePath: '/api/auth',
    secret: settings.secret,
    trustedOrigins: [settings.origin],
    database: pool,
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 200 },
    user: { additionalFields: { admin: { type: 'boolean', required: false, defaultValue: false, input: false } } },
    session: { expiresIn: 60 * 60 * 12, updateAge: 60 * 30 },
    // Limits are the gate's matter (http/limits): one set of rules, one form of answer.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'rejoinder',
      useSecureCookies: settings.origin.startsWith('https:'),
      ipAddress: { ipAddressHeaders: ['x-forwarded-for'] },
    },
    telemetry: { enabled: false },
    // Into our own log, in its form and at its level; by itself it writes to the console.
    logger: { level: 'error', log: (_level, message) => settings.onError?.(new Error(`sign-in: ${message}`)) },
  };
}

/** Creates or widens the sign-in tables. Runs before any instance is made, as better-auth asks. */
export async function migrateSignIn(pool: pg.Pool): Promise<void> {
  const { runMigrations } = await getMigrations(
    options(pool, { origin: 'http://localhost', secret: 'only for migration, never used to sign' }),
  );
  await runMigrations();
}

export function createSignIn(settings: SignInSettings): SignIn {
  const config = {
    connectionString: settings.databaseUrl,
    max: 4,
    connectionTimeoutMillis: 10_000,
    query_timeout: 15_000,
    keepAlive: true,
    application_name: 'rejoinder sign-in',
  };
  const pool = openPool(config, settings.onError);
  const auth = betterAuth(options(pool, settings));
  const signIn: SignIn = {
    handle: (request) => auth.handler(request),
    async sessionOf(headers) {
      // better-auth hides why it failed; a session that cannot be looked up is no reason to call someone signed out.
      const found = await auth.api.getSession({ headers }).catch((error: Error) => {
        settings.onError(error);
        throw new Problem('not-ready');
      });
      if (!found) return null;
      const { user, session } = found;
      return {
        sessionId: session.id,
        userId: user.id,
        name: user.name,
        email: user.email,
        admin: (user as { admin?: boolean }).admin === true,
      };
    },
    async liveSessions(ids) {
      if (ids.length === 0) return new Set();
      const { rows } = await pool.query<{ id: string }>(
        'select id from "session" where id = any($1) and "expiresAt" > now()',
        [ids],
      );
      return new Set(rows.map((row) => row.id));
    },
    async createPerson({ name, email, password, admin }) {
      const context = await auth.$context;
      const known = await context.internalAdapter.findUserByEmail(email.toLowerCase());
      if (known)
        throw new Problem('not-valid', 'There is an account with this e-mail already.', [
          { path: '/email', says: 'in use' },
        ]);
      const user = await context.internalAdapter.createUser(
        { name, email: email.toLowerCase(), emailVerified: true, admin },
        { method: 'email-password' },
      );
      const hash = await context.password.hash(password);
      await context.internalAdapter.linkAccount({
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: hash,
      });
      return user.id;
    },
    async createFirstAdmin({ name, email, password }) {
      const lock = await pool.connect();
      try {
        await lock.query('begin');
        // Tried, not awaited: whoever waits here holds a connection that the one inside needs.
        const { rows } = await lock.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [
          FIRST_ADMIN,
        ]);
        if (!rows[0]?.mine || (await signIn.hasAdmin())) return null;
        return await signIn.createPerson({ name, email, password, admin: true });
      } finally {
        await lock.query('rollback').catch(() => undefined);
        lock.release();
      }
    },
    async findByEmail(email) {
      const { rows } = await pool.query<{ id: string; name: string }>('select id, name from "user" where email = $1', [
        email.toLowerCase(),
      ]);
      return rows[0] ? { userId: rows[0].id, name: rows[0].name } : null;
    },
    async emailOf(userId) {
      const { rows } = await pool.query<{ email: string }>('select email from "user" where id = $1', [userId]);
      return rows[0]?.email ?? null;
    },
    async hasAdmin() {
      const { rows } = await pool.query('select 1 from "user" where admin limit 1');
      return rows.length > 0;
    },
    async endSessions(userId) {
      await pool.query('delete from "session" where "userId" = $1', [userId]);
    },
    async cookiesFor(email, password) {
      const response = await auth.api.signInEmail({ body: { email, password }, asResponse: true });
      if (!response.ok) throw new Problem('wrong-password');
      return response.headers.getSetCookie();
    },
    derivedPassword: (id) => createHmac('sha256', settings.secret).update(`persona ${id}`).digest('base64url'),
    close: () => pool.end(),
  };
  return signIn;
}
