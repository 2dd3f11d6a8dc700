// What every room of the server is given: the database, the log of events, the clock, ids, and what was configured.
import type { Config } from './config.ts';
import type { Db } from './db/database.ts';
import type { EventLog } from './db/event-log.ts';
import type { Sealer } from './db/sealed.ts';
import type { SignIn } from './people/sign-in.ts';

/** The part of pino that the rooms use. */
export type Log = {
  info: (fields: object, says: string) => void;
  warn: (fields: object, says: string) => void;
  error: (fields: object, says: string) => void;
};

export type Deps = {
  config: Config;
  db: Db;
  events: EventLog;
  log: Log;
  /** The server's wall clock as ISO 8601 UTC; tests set it. */
  now: () => string;
  newId: (prefix: string) => string;
  sealer: Sealer;
  signIn: SignIn;
};
