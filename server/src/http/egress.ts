// The only way out: resolves a name once, refuses addresses inside the own network unless allowed, follows no redirect.
import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP } from 'node:net';

export type EgressRequest = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  timeoutMs: number;
  maxBytes?: number;
};
export type EgressResponse = { status: number; headers: Headers; body: string };
export type Egress = { fetch: (url: string, request: EgressRequest) => Promise<EgressResponse> };

/** The address may not be asked at all; nothing was sent. */
export class Blocked extends Error {}

const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6');

/** Whether an address belongs to nobody outside: loopback, private, link-local, multicast, also as IPv4 in IPv6. */
export function isInside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return inside.check(mapped, 'ipv4');
  return inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** @throws Blocked when the text is no http(s) address */
export function checkUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Blocked(`"${text}" is not an address. Write it whole, such as https://example.org/feed.`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Blocked('Only http and https addresses can be reached.');
  if (url.username || url.password) throw new Blocked('An address may not carry a user name or password.');
  return url;
}

export function createEgress(allowInside: boolean): Egress {
  return {
    async fetch(text, request) {
      const url = checkUrl(text);
      const host = url.hostname.replace(/^\[|\]$/g, '');
      const { address, family } = isIP(host) ? { address: host, family: isIP(host) } : await lookup(host);
      if (!allowInside && isInside(address)) {
        throw new Blocked(
          `${url.hostname} lies inside the own network. Set ALLOW_PRIVATE_ADDRESSES=true if that is meant.`,
        );
      }
      return send(url, { address, family }, request);
    },
  };
}

/** Sends to the one address that was checked, so that a second look-up cannot lead elsewhere (T3). */
function send(url: URL, target: { address: string; family: number }, request: EgressRequest): Promise<EgressResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<EgressResponse>();
  const client = url.protocol === 'https:' ? https : http;
  const outgoing = client.request(url, {
    method: request.method ?? 'GET',
    headers: {
      'user-agent': 'rejoinder',
      accept: '*/*',
      ...request.headers,
      ...(request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }),
    },
    lookup: (_host, options, callback) => {
      if (options.all) callback(null, [target]);
      else callback(null, target.address, target.family);
    },
    agent: false,
  });
  const timer = setTimeout(() => {
    reject(new Error('no answer in time'));
    outgoing.destroy();
  }, request.timeoutMs);
  outgoing.on('error', reject);
  outgoing.on('close', () => clearTimeout(timer));
  outgoing.on('response', (response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('error', reject);
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= (request.maxBytes ?? 1_048_576)) chunks.push(chunk);
      else {
        reject(new Error('the answer is too large'));
        outgoing.destroy();
      }
    });
    response.on('end', () => {
      const headers = new Headers();
      for (const [name, value] of Object.entries(response.headers))
        if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
      resolve({ status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString('utf8') });
    });
  });
  outgoing.end(request.body);
  return promise;
}
