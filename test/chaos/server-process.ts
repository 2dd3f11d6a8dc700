// The real server as a process of its own on a database of the test cluster, to be killed and started again at one address.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = path.join(import.meta.dirname, '../../server/src/main.ts');

export type ServerProcess = {
  origin: string;
  /** Starts it and waits until it says that it is ready; answers how long that took. */
  start: () => Promise<number>;
  /** SIGKILL: no goodbye, no flush. Resolves when the process is gone. @throws when it ended by itself before */
  kill: () => Promise<void>;
  /** SIGSTOP: it stands still where it is, its sockets open. */
  freeze: () => void;
  thaw: () => void;
  /** Kills it for good. */
  end: () => Promise<void>;
};

export async function serverProcess(env: Record<string, string>): Promise<ServerProcess> {
  const port = await freePort();
  // Keeps what Node made of the sources between the starts, which are most of the time of such a test.
  const compiled = await mkdtemp(path.join(tmpdir(), 'rejoinder-compiled-'));
  let child: ChildProcess | null = null;
  const server: ServerProcess = {
    origin: `http://127.0.0.1:${port}`,
    async start() {
      const started = performance.now();
      const { PATH = '' } = process.env;
      child = spawn(process.execPath, [MAIN], {
        env: {
          PATH,
          PORT: String(port),
          HOST: '127.0.0.1',
          LOG_LEVEL: 'fatal',
          // A folder of its own: what another test's server noted there would look like a restored database (PU-22).
          DATA_DIR: path.join(compiled, 'data'),
          NODE_COMPILE_CACHE: compiled,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const heard: string[] = [];
      if (!child.stdout) throw new Error('the server has no output');
      for await (const line of createInterface({ input: child.stdout })) {
        heard.push(line);
        if (line.startsWith('Rejoinder is ready')) return performance.now() - started;
      }
      throw new Error(`the server ended before it was ready: ${heard.join(' ')}`);
    },
    async kill() {
      const dying = child;
      child = null;
      if (!dying) return;
      if (dying.exitCode !== null || dying.signalCode !== null)
        throw new Error(`the server ended by itself: ${dying.exitCode ?? dying.signalCode}`);
      const gone = new Promise<void>((tell) => dying.once('exit', () => tell()));
      dying.kill('SIGKILL');
      await gone;
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async end() {
      await server.kill();
      await rm(compiled, { recursive: true, force: true });
    },
  };
  return server;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}
