// The native library that reads and writes pictures, loaded with the first of them: a server without a build of it runs and says so.
import type Sharp from 'sharp';
import { Problem } from '../http/problems.ts';

let loading: Promise<typeof Sharp> | null = null;

/** @throws Problem `not-ready` where the library has no build for this platform; everything but pictures works there (PI-13) */
export function pictureLibrary(): Promise<typeof Sharp> {
  loading ??= load();
  return loading;
}

async function load(): Promise<typeof Sharp> {
  const { default: sharp } = await import('sharp').catch(() => {
    throw new Problem(
      'not-ready',
      `This server cannot read pictures: its picture library has no build for ${process.platform} on ${process.arch}. Replies without pictures go out as ever; docs/operations.md says on what it runs.`,
    );
  });
  // Of the many formats the library knows three are read, from memory alone: the others (SVG, PDF, TIFF …) are doors nobody needs (T20).
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'] });
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}
