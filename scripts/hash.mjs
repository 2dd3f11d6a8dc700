// One hash over files and folders: has anything changed since last time?
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const neverEntered = new Set(['node_modules', '.svelte-kit', 'build', '.out']);

/** `only` filters paths relative to root (with forward slashes); `also` is any further text that must be the same. */
export function hashOf(root, { files = [], folders = [], only = /./, also = '' }) {
  const names = [...files, ...folders.flatMap((folder) => filesUnder(root, folder))]
    .filter((name) => only.test(name))
    .sort();
  const hash = createHash('sha256').update(also);
  for (const name of names) {
    hash.update(`\0${name}\0`);
    try {
      hash.update(readFileSync(path.join(root, name)));
    } catch {
      hash.update('absent');
    }
  }
  return hash.digest('hex');
}

function filesUnder(root, folder) {
  let entries;
  try {
    entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return neverEntered.has(entry.name) ? [] : filesUnder(root, `${folder}/${entry.name}`);
    return [`${folder}/${entry.name}`];
  });
}
