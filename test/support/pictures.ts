// Pictures for tests: plain ones, one that tells where it was taken, and files that are meant to do harm.
import { deflateSync } from 'node:zlib';
import type { CardView } from '@rejoinder/contracts/cards';
import type { KeptPicture } from '@rejoinder/contracts/pictures';
import sharp from 'sharp';
import type { Journey } from './journey.ts';
import type { Person } from './world.ts';

/** A small plain picture of one colour. */
export const plain = (colour: string, form: 'png' | 'jpeg' | 'webp' = 'png'): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 20, channels: 3, background: colour } })
    .toFormat(form)
    .toBuffer();

export const SECRET_PLACE = '51/1 30/1 0/1';

/** A photo that lies on its side, with the name of its maker, where it was taken and a comment. */
export const photo = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 30, channels: 3, background: '#336699' } })
    .withExif({
      IFD0: { Copyright: 'Mara Secret', Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: SECRET_PLACE },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

/** A PNG whose header says these dimensions and whose pixels are `rows` rows of nothing. */
export function pngSaying(width: number, height: number, depth = 8, rows = 1): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, 6, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc(Math.min(rows, 64) * 1024), { level: 9 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** The same picture as one that moves: says so before its pixels, as an APNG does. */
export function moving(png: Buffer): Buffer {
  const control = chunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]));
  return Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]);
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc(body));
  return Buffer.concat([size, body, check]);
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

/** Sends a file to a card as somebody; answers the status and what came. */
export async function upload(
  j: Journey,
  who: Person,
  card: CardView,
  file: Buffer,
  type = 'image/png',
): Promise<{
  status: number;
  picture?: KeptPicture;
  problem?: { code: string; says: string };
  refused?: { rule: string };
}> {
  const response = await fetch(`${j.w.origin}/api/rooms/${j.w.room.id}/cards/${card.id}/pictures`, {
    method: 'POST',
    headers: {
      cookie: who.cookie,
      origin: j.w.app.deps.config.publicOrigin,
      'operation-id': crypto.randomUUID(),
      'content-type': type,
    },
    body: new Uint8Array(file),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

/** Uploads and puts these pictures on the reply, each with the description. */
export async function attach(
  j: Journey,
  who: Person,
  card: CardView,
  files: readonly { file: Buffer; alt: string }[],
): Promise<CardView> {
  const pictures = [];
  for (const { file, alt } of files) {
    const { picture } = await upload(j, who, card, file);
    if (!picture) throw new Error('the picture was not taken');
    pictures.push({ hash: picture.hash, alt });
  }
  const seen = ((await j.card(card.id)).draft?.pictures?.items ?? []).map(({ hash }) => hash);
  return (await who.call('setPictures', { params: j.params(card), body: { pictures, seen } })).card;
}
