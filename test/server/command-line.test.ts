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

describe('render-playbook and diff-playbook', () => {
  const shop = path.join(root, 'server/playbooks/small-shop.md');

  it('[PB-18] prints every rule as a sentence under its heading', () => {
    const { code, says } = rejoinder('render-playbook', shipped);
    expect(code).toBe(0);
    expect(says).toContain('# When people complain about us in public\n\nPlan consumer-brand, version 1');
    expect(says).toContain('- §4 “Class” and “Department” are filled in.');
    expect(says).not.toContain('```yaml');
    expect(rejoinder('render-playbook', path.join(folder, 'missing.md')).code).toBe(2);
  });

  it('[PB-19] lists what differs, rule by rule', () => {
    const file = path.join(folder, 'next.md');
    writeFileSync(
      file,
      readFileSync(shipped, 'utf8').replace('version: 1', 'version: 2').replace('cards: 60', 'cards: 80'),
    );
    expect(rejoinder('diff-playbook', shipped, file)).toEqual({
      code: 0,
      says: [
        'consumer-brand version 1 to consumer-brand version 2',
        '~ New §3: At most 80 cards stand here; more only with a reason.',
        '  was New §3: At most 60 cards stand here; more only with a reason.',
        '1 rule(s) differ.',
        '',
      ].join('\n'),
    });
    expect(rejoinder('diff-playbook', shipped, shipped).says).toContain('They say the same.');
    expect(rejoinder('diff-playbook', shipped, shop).says).toContain('- stage sign-off, Sign-off');
    expect(rejoinder('diff-playbook', shipped, path.join(folder, 'missing.md')).code).toBe(2);
  });
});
