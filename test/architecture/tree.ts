// Which files the project consists of, as the checks see them: path from the root with forward slashes, and text.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SourceFile {
  path: string;
  text: string;
}

export const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = ['packages', 'server', 'web', 'test', 'scripts', 'docs', '.ci'];
const neverEntered = new Set(['node_modules', '.svelte-kit', 'build', '.out']);

export function readTree(): SourceFile[] {
  const names = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile());
  const all = [...names.map((entry) => entry.name), ...folders.flatMap(under)];
  return all
    .filter((name) => /\.(ts|mjs|svelte|md|json)$/.test(name))
    .map((name) => ({ path: name, text: readFileSync(path.join(root, name), 'utf8') }));
}

export const isCode = (file: { path: string }): boolean => /\.(ts|mjs|svelte)$/.test(file.path);
export const isTest = (file: { path: string }): boolean => /\.test\.(ts|mjs)$|^test\/e2e\/.*\.ts$/.test(file.path);

export function fileExists(name: string): boolean {
  return existsSync(path.join(root, name));
}

function under(folder: string): string[] {
  if (!fileExists(folder)) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return neverEntered.has(entry.name) ? [] : under(`${folder}/${entry.name}`);
    return entry.isFile() ? [`${folder}/${entry.name}`] : [];
  });
}
