// A process of its own that reads files meant to fill its memory, and tells what became of each and how large it grew.
import { readFileSync } from 'node:fs';
import { encodePicture } from '../../server/src/drafts/encode-picture.ts';

const heard: Record<string, string> = {};
const before = process.resourceUsage().maxRSS;
for (const file of process.argv.slice(2))
  heard[file] = await encodePicture(readFileSync(file), 1_000_000).then(
    ({ width, height }) => `${width} × ${height}`,
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  );
const grownMiB = (process.resourceUsage().maxRSS - before) / 1024;
console.info(JSON.stringify({ heard, grownMiB }));
