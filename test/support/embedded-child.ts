// A process of its own that holds an embedded database, for tests that kill it: `node embedded-child.ts DATA_DIR ELSEWHERE`.
import { startDatabase } from '../../server/src/db/embedded.ts';

const [dataDir = '', elsewhere] = process.argv.slice(2);
const cut = new AbortController();
const starting = startDatabase({ dataDir, elsewhere, log: () => undefined, signal: cut.signal });
process.on('SIGTERM', () => {
  cut.abort(new Error('asked to stop'));
  // A start that is cut ends its own half-started PostgreSQL; it has to be awaited all the same.
  void starting.then((database) => database.stop()).finally(() => process.exit(0));
});
try {
  const database = await starting;
  console.log(JSON.stringify({ url: database.url, adopted: database.adopted }));
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.log(JSON.stringify({ failed: error instanceof Error ? error.message : String(error) }));
  process.exitCode = 1;
}
