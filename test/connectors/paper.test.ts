// The runnable example of docs/api.md, run as it stands there: by bash, openssl and curl, which know nothing of our code.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { verifyAction } from '../support/verify-action.ts';
import { world } from '../support/world.ts';

it('[HT-5] the curl example of docs/api.md delivers a post', async () => {
  await using w = await world();
  const text = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
  const example = /```bash\n([\s\S]*?)```/.exec(text)?.[1] ?? 'exit 9';
  const hook = await w.webhook();
  const { result } = await verifyAction(w, () =>
    promisify(execFile)('bash', ['-euc', example], {
      env: {
        PATH: process.env.PATH,
        SECRET: hook.secret,
        ADDRESS: `${w.origin}/api/hooks/${w.room.id}/${hook.sourceId}`,
      },
    }),
  );
  expect(JSON.parse(result.stdout)).toEqual({ stored: 1, known: 0, edited: 0, deleted: 0, repeated: false });
  expect((await w.board()).mentions).toMatchObject([
    { platform: 'test', text: expect.stringMatching(/never arrived/) },
  ]);
});
