// Files that are small and become large, read by a process of its own whose memory is watched.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pngSaying } from '../support/pictures.ts';

const child = new URL('../support/picture-bombs.ts', import.meta.url).pathname;
const wide = { create: { width: 5990, height: 4000, channels: 4 as const, background: '#24538aee' } };

describe('bombs', () => {
  it('[PI-1] the largest that are read, and larger ones that are not, stay under 256 MiB beside a heap of 64', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'rj-bombs-'));
    try {
      const files = {
        'interlaced.png': await sharp(wide).png({ progressive: true }).toBuffer(),
        'progressive.jpg': await sharp(wide).withMetadata({ orientation: 6 }).jpeg({ progressive: true }).toBuffer(),
        'lies.png': pngSaying(60_000, 60_000),
        'deep.png': pngSaying(5000, 4500, 16),
        'long.png': pngSaying(1, 23_000_000),
      };
      const paths: string[] = [];
      for (const [name, bytes] of Object.entries(files)) {
        expect(bytes.byteLength).toBeLessThan(1_000_000);
        paths.push(path.join(folder, name));
        await writeFile(paths.at(-1) ?? '', bytes);
      }
      const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=64', child, ...paths]);
      const { heard, grownMiB } = JSON.parse(stdout) as { heard: Record<string, string>; grownMiB: number };
      const told = Object.fromEntries(Object.entries(heard).map(([file, says]) => [path.basename(file), says]));
      expect(told).toMatchObject({
        'interlaced.png': '2048 × 1368',
        'progressive.jpg': '1368 × 2048',
        'lies.png': expect.stringContaining('60000 × 60000 pixels'),
        'deep.png': expect.stringContaining('8 bits'),
        'long.png': expect.stringContaining('damaged'),
      });
      expect(grownMiB).toBeLessThan(256);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 20_000);
});
