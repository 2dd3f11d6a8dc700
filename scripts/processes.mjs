// How child processes are run: captured, in the foreground with signals passed on, or several together.
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';

/** An end that is told in one line, without a stack. */
export class Stop extends Error {}

/** Progress goes to stderr, so that the output of a command stays clean. */
export function say(line) {
  process.stderr.write(`rejoinder: ${line}\n`);
}

export function fail(line) {
  process.stderr.write(`rejoinder: stopped. ${line}\n`);
}

/** Runs to its end with the terminal shared; resolves to the exit code. `limit` in ms ends a hanging child. */
export function runForeground(file, args, { cwd, env, ipc = false, limit = 0 } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = ipc ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit';
    const child = spawn(file, args, { cwd, env, stdio });
    const release = forwardSignals([child]);
    const timer = limit > 0 ? setTimeout(() => endHanging(child, limit), limit) : undefined;
    child.on('error', (error) => {
      release();
      clearTimeout(timer);
      reject(new Stop(`${file} could not be run: ${error.message}`));
    });
    child.on('exit', (code, signal) => {
      release();
      clearTimeout(timer);
      if (ipc && child.connected) child.disconnect();
      resolve(exitCode(code, signal));
    });
  });
}

/** Runs several children; when one ends the others are asked to end too. Resolves to the first exit code. */
export function runTogether(list) {
  return new Promise((resolve, reject) => {
    const children = list.map(([file, args, options]) => spawn(file, args, { ...options, stdio: 'inherit' }));
    const release = forwardSignals(children);
    let first;
    let open = children.length;
    for (const child of children) {
      child.on('error', (error) => reject(new Stop(error.message)));
      child.on('exit', (code, signal) => {
        first ??= exitCode(code, signal);
        for (const other of children) if (other !== child && other.exitCode === null) other.kill('SIGTERM');
        open -= 1;
        if (open > 0) return;
        release();
        resolve(first);
      });
    }
  });
}

/** Runs quietly; returns { ok, out } with what it printed. */
export function capture(file, args, options = {}) {
  const done = spawnSync(file, args, { encoding: 'utf8', ...options });
  const out = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error ? done.error.message : ''}`;
  return { ok: done.status === 0, out };
}

function exitCode(code, signal) {
  if (signal) return 128 + (constants.signals[signal] ?? 1);
  return code ?? 1;
}

function forwardSignals(children) {
  const pass = (signal) => {
    // Ctrl-C in a terminal reaches the whole process group by itself; passing it on would make it two.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    for (const child of children) if (child.exitCode === null) child.kill(signal);
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const name of names) process.on(name, pass);
  return () => {
    for (const name of names) process.off(name, pass);
  };
}

function endHanging(child, limit) {
  fail(`a step took longer than ${Math.round(limit / 60_000)} minutes and is ended.`);
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
}
