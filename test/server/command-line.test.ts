// The command line as a shell sees it: what it prints and what it exits with.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const shipped = path.join(root, 'server/playbooks/default.md');
const folder = mkdtempSync(path.join(tmpdir(), 'rejoinder-'));
afterAll(() => rmSync(folder, { recursive: true }));

function rejoinder(...args: string[]): { code: number | null; says: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/src/command-line.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { code: status, says: stdout + stderr };
}

describe('lint-playbook', () => {
  it('[LI-12] exits 0 for the shipped playbook', () => {
    expect(rejoinder('lint-playbook', shipped)).toMatchObject({ code: 0, says: expect.stringContaining('reads well') });
  });

  it('[LI-12] names every fault at its line and column, and exits 1', () => {
    const file = path.join(folder, 'faulty.md');
    writeFileSync(
      file,
      readFileSync(shipped, 'utf8')
        .replace('stops: public_reply_published', 'stops: never')
        .replace('text: none', 'txet: none'),
    );
    const { code, says } = rejoinder('lint-playbook', file);
    const places = says.split('\n').filter((line) => /^.+\.md:\d+:\d+ /.test(line));
    expect(code).toBe(1);
    expect(places.join('\n')).toMatch(/never/);
    expect(places.join('\n')).toMatch(/txet/);
  });

  it('[LI-12] says why a file cannot be read, and how it is used', () => {
    expect(rejoinder('lint-playbook', path.join(folder, 'missing.md'))).toMatchObject({
      code: 2,
      says: expect.stringContaining('cannot be read'),
    });
    expect(rejoinder('lint')).toMatchObject({ code: 2, says: expect.stringContaining('Usage') });
  });
});
