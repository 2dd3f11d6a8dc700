// The pictures of a reply: what is kept of one, their order, and how much of them is taken.
import { type Static, Type } from 'typebox';
import { Extended, Strict } from './shapes.ts';

/** SHA-256 of the bytes as they are kept and posted, in hexadecimal: a picture's name in its room. */
export const PictureHash = Type.String({ pattern: '^[0-9a-f]{64}$' });

export const PictureType = Type.Union([Type.Literal('image/jpeg'), Type.Literal('image/png')]);

/** A picture as it is kept: encoded anew, without anything but its pixels. `bytes` is its size. */
export const KeptPicture = Strict({
  hash: PictureHash,
  type: PictureType,
  width: Type.Integer({ minimum: 1 }),
  height: Type.Integer({ minimum: 1 }),
  bytes: Type.Integer({ minimum: 1 }),
});

/** A picture of a reply with the words for those who do not see it. */
export const PictureView = Extended(KeptPicture, { alt: Type.String() });

/** The pictures somebody saw, in their order, with their descriptions. */
export const PicturesSeen = Type.Array(Strict({ hash: PictureHash, alt: Type.String({ maxLength: 2000 }) }), {
  maxItems: 20,
});

/** The pictures of a reply in the order they are posted. `covered`: a signature over the words is about them too. */
export const PictureList = Strict({ covered: Type.Boolean(), items: Type.Array(PictureView) });

/**
 * What is taken at most: bytes of a file, pixels of its picture, bytes of those pixels once decoded, pixels a side after it was
 * encoded anew, UTF-16 units of its description.
 */
export const PICTURE_LIMITS = {
  uploadBytes: 10 * 1024 * 1024,
  pixels: 24_000_000,
  decodedBytes: 128 * 1024 * 1024,
  side: 2048,
  altLength: 1000,
} as const;

/** Where the bytes of a picture are read. */
export const pictureAddress = (roomId: string, hash: string): string => `/api/rooms/${roomId}/pictures/${hash}`;

export type KeptPicture = Static<typeof KeptPicture>;
export type PictureView = Static<typeof PictureView>;
export type PicturesSeen = readonly Static<typeof PicturesSeen>[number][];
export type PictureList = Static<typeof PictureList>;
