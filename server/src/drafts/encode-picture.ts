// Makes of whatever file somebody uploads a picture that is safe to show and to post: its pixels alone, encoded anew, or says why not.
import { createHash } from 'node:crypto';
import { type KeptPicture, PICTURE_LIMITS } from '@rejoinder/contracts/pictures';
import type Sharp from 'sharp';
import { Problem } from '../http/problems.ts';
import { pictureLibrary } from './picture-library.ts';

export type Encoded = KeptPicture & { data: Buffer };

/** Pictures are decoded one after the other, so that their pixels never lie in memory side by side. */
const MOST_WAITING = 8;
const SECONDS = 10;
let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * The picture within `most` bytes, the right way up, at most PICTURE_LIMITS.side a side, without EXIF, place, profile or comment (PI-2).
 * Nothing is decoded before the header alone told its kind and its size (PI-1).
 * @throws Problem `not-valid` with what is wrong with the file, `not-ready` while too many wait
 */
export function encodePicture(file: Buffer, most: number): Promise<Encoded> {
  if (waiting >= MOST_WAITING)
    throw new Problem('not-ready', 'Many pictures are being read just now. Try again in a moment.');
  waiting += 1;
  const done = last.then(() => encode(file, most)).finally(() => (waiting -= 1));
  last = done.catch(() => undefined);
  return done;
}

async function encode(file: Buffer, most: number): Promise<Encoded> {
  if (!isKnown(file)) throw refused('It is neither a JPEG, a PNG nor a WebP picture. Save it as one of these.');
  if (moves(file)) throw refused('It moves. Only a picture that stands still can be posted; save one frame of it.');
  const sharp = await pictureLibrary();
  const head = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw broken(cause);
    });
  const pixels = head.width * head.height;
  if ((head.pages ?? 1) > 1) throw refused('It holds several pictures. Save one of them by itself.');
  if (pixels > PICTURE_LIMITS.pixels)
    throw refused(
      `It has ${head.width} × ${head.height} pixels; at most ${PICTURE_LIMITS.pixels / 1_000_000} million are read. Make it smaller.`,
    );
  if (pixels * head.channels * (head.depth === 'uchar' ? 1 : 2) > PICTURE_LIMITS.decodedBytes)
    throw refused('Its colours are finer than anybody can show. Save it with 8 bits a colour.');
  const keepsClear = head.hasAlpha || head.format === 'png';
  return shrinkUntil(sharp, file, most, keepsClear);
}

/** A PNG that stays too large becomes a JPEG on white where nothing of it is clear, else a smaller PNG. */
async function shrinkUntil(sharp: typeof Sharp, file: Buffer, most: number, asPng: boolean): Promise<Encoded> {
  const tries = asPng
    ? [['png', 1] as const, ...STEPS.map(([side]) => ['jpeg', side] as const)]
    : STEPS.map(([side]) => ['jpeg', side] as const);
  for (const [form, share] of tries) {
    const side = Math.round(PICTURE_LIMITS.side * share);
    const quality = STEPS.find(([step]) => step === share)?.[1] ?? 85;
    const made = await render(sharp, file, form, side, quality).catch((cause: unknown) => {
      throw broken(cause);
    });
    if (made.data.byteLength <= most) return made;
  }
  throw refused('It stays too large however it is saved. Choose a simpler picture.');
}

/** Share of the longest side, and the quality of the JPEG at it. */
const STEPS = [
  [1, 85],
  [0.99, 70],
  [0.7, 75],
  [0.45, 70],
  [0.25, 60],
] as const;

async function render(
  sharp: typeof Sharp,
  file: Buffer,
  form: 'png' | 'jpeg',
  side: number,
  quality: number,
): Promise<Encoded> {
  const pixels = sharp(file, { limitInputPixels: PICTURE_LIMITS.pixels, failOn: 'error' })
    .timeout({ seconds: SECONDS })
    .autoOrient()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true });
  const drawn =
    form === 'png'
      ? pixels.png({ compressionLevel: 9, palette: false })
      : pixels.flatten({ background: '#ffffff' }).jpeg({ quality });
  const { data, info } = await drawn.toBuffer({ resolveWithObject: true });
  return {
    data,
    hash: hashOf(data),
    type: form === 'png' ? 'image/png' : 'image/jpeg',
    width: info.width,
    height: info.height,
    bytes: data.byteLength,
  };
}

/** The name of a picture's bytes. */
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** By its first bytes, whatever its name or its sender say. */
const isKnown = (file: Buffer): boolean =>
  file.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) ||
  file.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) ||
  (file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WEBP');

/** A PNG says that it moves before its first pixels, where the library does not look; a WebP in its first chunk. */
function moves(file: Buffer): boolean {
  const pixels = file.indexOf('IDAT', 8, 'latin1');
  const movesAsPng =
    file[0] === 0x89 && file.subarray(0, pixels < 0 ? file.length : pixels).includes('acTL', 8, 'latin1');
  const movesAsWebp = file.toString('latin1', 12, 16) === 'VP8X' && ((file[20] ?? 0) & 2) !== 0;
  return movesAsPng || movesAsWebp;
}

const refused = (why: string): Problem => new Problem('not-valid', `This picture cannot be taken. ${why}`);

function broken(cause: unknown): Problem {
  return cause instanceof Problem ? cause : refused('Its file is damaged or cut off. Save it anew and try again.');
}
