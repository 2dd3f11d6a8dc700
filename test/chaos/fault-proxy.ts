// Stands between two ends of a TCP connection and spoils it on purpose: slow, dripping, silent, broken off, refused. Counts what it did.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * `silent` is a half-open connection: nothing passes in either direction and nobody is told. `reset-after` lets so many bytes
 * from the client (or, with `back`, from the server) pass and then breaks off.
 */
export type Fault =
  | { do: 'pass' }
  | { do: 'slow'; ms: number }
  | { do: 'drip'; bytes: number; ms: number }
  | { do: 'silent' }
  | { do: 'refuse' }
  | { do: 'reset-after'; bytes: number; back?: boolean };

export type FaultProxy = {
  port: number;
  /** For every connection that is there and every one to come; those with a fate of their own keep it. */
  set: (fault: Fault) => void;
  /** What happens to each new connection, asked once at its beginning; null leaves it to `set`. */
  fate: (choose: (() => Fault | null) | null) => void;
  /** Breaks off what is there: `cut` says goodbye, `reset` does not. Answers how many connections that were. */
  cut: () => number;
  reset: () => number;
  /** How often each fault was put on a connection that was there or came. */
  injected: Map<string, number>;
  connections: () => number;
  close: () => Promise<void>;
};

type Way = { from: Socket; to: Socket; passed: number; back: boolean };

export async function faultProxy(target: { host?: string; port: number }): Promise<FaultProxy> {
  const links = new Set<{ ends: [Socket, Socket]; own: Fault | null }>();
  const injected = new Map<string, number>();
  let common: Fault = { do: 'pass' };
  let choose: (() => Fault | null) | null = null;
  /** Those who wait for the fault to be over. */
  let waiting: (() => void)[] = [];
  const count = (what: string, times = 1): void => {
    if (what !== 'pass') injected.set(what, (injected.get(what) ?? 0) + times);
  };
  const wake = (): void => {
    for (const go of waiting.splice(0)) go();
  };

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const own = choose?.() ?? null;
    const first = own ?? common;
    count(first.do);
    client.on('error', () => undefined);
    if (first.do === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect({
      host: target.host ?? '127.0.0.1',
      port: target.port,
      allowHalfOpen: true,
      noDelay: true,
    });
    const link = { ends: [client, upstream] as [Socket, Socket], own };
    links.add(link);
    const faultNow = (): Fault => link.own ?? common;
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      const way: Way = { from, to, passed: 0, back: from === upstream };
      let last = Promise.resolve();
      from.on('data', (chunk: Buffer) => {
        from.pause();
        last = last
          .then(() => pass(way, chunk, faultNow))
          .then(
            () => void from.resume(),
            () => breakOff(link.ends),
          );
      });
      from.on('end', () => {
        last = last.then(
          () => void to.end(),
          () => undefined,
        );
      });
      from.on('error', () => to.resetAndDestroy());
      from.on('close', () => {
        links.delete(link);
        to.destroySoon();
        wake();
      });
    }
  });

  async function pass(way: Way, chunk: Buffer, faultNow: () => Fault): Promise<void> {
    while (faultNow().do === 'silent') {
      if (way.from.destroyed || way.to.destroyed) return;
      await new Promise<void>((go) => waiting.push(go));
    }
    const fault = faultNow();
    if (fault.do === 'slow') await pause(fault.ms);
    if (fault.do === 'drip')
      for (let at = 0; at < chunk.length; at += fault.bytes) {
        way.to.write(chunk.subarray(at, at + fault.bytes));
        await pause(fault.ms);
        if (way.to.destroyed) return;
      }
    else if (fault.do === 'reset-after' && (fault.back ?? false) === way.back) {
      const left = fault.bytes - way.passed;
      way.passed += chunk.length;
      if (left > 0) way.to.write(chunk.subarray(0, left));
      // What was let through arrives before the end does.
      if (chunk.length > left) await pause(5).then(() => Promise.reject(new Error('broken off')));
    } else way.to.write(chunk);
  }

  const breakAll = (what: string, ending: (socket: Socket) => void): number => {
    const there = [...links];
    links.clear();
    count(what, there.length);
    for (const { ends } of there) for (const end of ends) ending(end);
    wake();
    return there.length;
  };
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    port: (server.address() as AddressInfo).port,
    set(fault) {
      common = fault;
      count(fault.do, [...links].filter(({ own }) => own === null).length);
      wake();
    },
    fate(next) {
      choose = next;
    },
    cut: () => breakAll('cut', (socket) => socket.destroy()),
    reset: () => breakAll('reset', (socket) => socket.resetAndDestroy()),
    injected,
    connections: () => links.size,
    async close() {
      common = { do: 'pass' };
      for (const { ends } of links) for (const end of ends) end.destroy();
      wake();
      waiting = [];
      await new Promise((done) => server.close(done));
    },
  };
}

function breakOff(ends: [Socket, Socket]): void {
  for (const end of ends) end.resetAndDestroy();
}

export const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));

/** The same address behind a proxy. */
export const through = (url: string, proxy: FaultProxy): string => {
  const moved = new URL(url);
  moved.hostname = '127.0.0.1';
  moved.port = String(proxy.port);
  return moved.href;
};
