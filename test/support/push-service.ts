// A push service and a browser in the test's process: takes what is pushed, checks who signed it (VAPID, RFC 8292) and decrypts it (RFC 8291) by itself.
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { type Act, type Received, type Receiver, receiver } from './receiver.ts';

export type Pushed = {
  payload: Record<string, unknown>;
  jwt: { aud: string; sub: string; exp: number };
  headers: Received['headers'];
};
export type PushService = Pick<Receiver, 'script' | 'gets' | 'received' | 'close'> & {
  /** A new browser's subscription, as it would hand it to the page. */
  browser: () => {
    subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
    read: (received: Received, publicKey: string) => Pushed;
  };
};

export async function pushService(choose?: () => Act): Promise<PushService> {
  const door = await receiver(choose ?? (() => ({ do: 'answer', status: 201 })));
  const origin = new URL(door.url).origin;
  let browsers = 0;
  return {
    script: door.script,
    gets: door.gets,
    received: door.received,
    close: door.close,
    browser() {
      const pair = createECDH('prime256v1');
      pair.generateKeys();
      const auth = randomBytes(16);
      const endpoint = `${origin}/push/browser-${++browsers}`;
      return {
        subscription: {
          endpoint,
          keys: { p256dh: pair.getPublicKey().toString('base64url'), auth: auth.toString('base64url') },
        },
        read: (received, publicKey) => ({
          payload: JSON.parse(decrypt(received.bytes, pair, auth)) as Record<string, unknown>,
          jwt: checkSigned(received.headers.authorization ?? '', publicKey),
          headers: received.headers,
        }),
      };
    },
  };
}

/** RFC 8188 with the keys of RFC 8291: salt, record size, the sender's key, one record. */
function decrypt(body: Buffer, own: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const theirs = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), theirs]);
  const secret = Buffer.from(hkdfSync('sha256', own.computeSecret(theirs), auth, info, 32));
  const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12));
  const opened = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(record.subarray(-16));
  const plain = Buffer.concat([opened.update(record.subarray(0, -16)), opened.final()]);
  // The last record ends with 0x02 and padding.
  return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8');
}

/** @throws when the header is no VAPID header of this key, or its signature does not hold */
function checkSigned(header: string, publicKey: string): Pushed['jwt'] {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(\S+)$/.exec(header) ?? [];
  if (key !== publicKey) throw new Error(`signed with another key: ${header}`);
  const point = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const [head = '', body = '', signature = ''] = token.split('.');
  const holds = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!holds) throw new Error('the VAPID signature does not hold');
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Pushed['jwt'];
}
