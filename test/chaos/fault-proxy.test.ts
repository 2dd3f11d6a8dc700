import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../coedit/typist.ts';
import { type FaultProxy, faultProxy } from './fault-proxy.ts';

describe('the fault proxy', () => {
  let echo: Server;
  let proxy: FaultProxy;
  let heard: Buffer[] = [];
  const open: Socket[] = [];

  beforeAll(async () => {
    echo = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        heard.push(chunk);
        socket.write(chunk);
      });
    });
    await new Promise<void>((ready) => echo.listen(0, '127.0.0.1', ready));
  });
  beforeEach(async () => {
    heard = [];
    proxy = await faultProxy({ port: (echo.address() as AddressInfo).port });
  });
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.destroy();
    await proxy.close();
  });
  afterAll(() => new Promise((done) => echo.close(done)));

  async function dial() {
    const socket = connect({ host: '127.0.0.1', port: proxy.port });
    open.push(socket);
    const said: Buffer[] = [];
    let end = '';
    socket.on('data', (chunk) => said.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      end = error.code ?? 'error';
    });
    socket.on('close', () => {
      end ||= 'closed';
    });
    await once(socket, 'connect');
    return { socket, said: () => Buffer.concat(said).toString(), end: () => end };
  }

  it('[CH-1] passes everything in order, also slowly and drop by drop', async () => {
    const line = await dial();
    for (const fault of [{ do: 'pass' }, { do: 'slow', ms: 10 }, { do: 'drip', bytes: 3, ms: 1 }] as const) {
      proxy.set(fault);
      line.socket.write('0123456789');
    }
    await until(() => line.said() === '0123456789'.repeat(3), 'everything came back');
    expect(proxy.injected).toEqual(
      new Map([
        ['slow', 1],
        ['drip', 1],
      ]),
    );
  });

  it('[CH-1] keeps silent without a word to either end, and goes on when that is over', async () => {
    const line = await dial();
    line.socket.write('a');
    await until(() => line.said() === 'a', 'open');
    proxy.set({ do: 'silent' });
    line.socket.write('b');
    await until(() => proxy.connections() === 1 && line.socket.bytesWritten === 2, 'written');
    expect([line.said(), line.end(), Buffer.concat(heard).toString()]).toEqual(['a', '', 'a']);
    proxy.set({ do: 'pass' });
    await until(() => line.said() === 'ab', 'healed');
  });

  it('[CH-1] breaks off after so many bytes there or back, all at once, and refuses', async () => {
    proxy.fate(() => ({ do: 'reset-after', bytes: 4 }));
    const there = await dial();
    there.socket.write('abcdef');
    await until(() => there.end() !== '', 'broken off');
    expect(Buffer.concat(heard).toString()).toBe('abcd');
    proxy.fate(() => ({ do: 'reset-after', bytes: 2, back: true }));
    const back = await dial();
    back.socket.write('ghijkl');
    await until(() => back.end() !== '', 'broken off');
    expect(back.said()).toBe('gh');
    expect(Buffer.concat(heard).toString()).toBe('abcdghijkl');
    proxy.fate(null);
    const [one, two] = [await dial(), await dial()];
    await until(() => proxy.connections() === 2, 'two there');
    expect(proxy.reset()).toBe(2);
    await until(() => one.end() === 'ECONNRESET' && two.end() === 'ECONNRESET', 'reset');
    proxy.set({ do: 'refuse' });
    await expect(dial().then(({ socket }) => once(socket, 'close'))).rejects.toThrow('ECONNRESET');
    expect(Object.fromEntries(proxy.injected)).toEqual({ 'reset-after': 2, reset: 2, refuse: 1 });
  });
});
