// A platform for which the picture library has no build: the server loads, and says so to whoever brings a picture.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const WITHOUT = `import { registerHooks } from 'node:module';
registerHooks({ resolve(name, context, next) {
  if (name === 'sharp') throw new Error('Could not load the "sharp" module');
  return next(name, context);
} });`;
const at = (file: string): string => JSON.stringify(new URL(`../../server/src/${file}`, import.meta.url).href);
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('without the picture library', () => {
  it('[PI-13] the server starts as ever, and a picture is refused with what is missing', async () => {
    const script = `
      const { createApp } = await import(${at('app.ts')});
      const { encodePicture } = await import(${at('drafts/encode-picture.ts')});
      for (let time = 0; time < 2; time++)
        await encodePicture(Buffer.from('${PNG}', 'base64'), 1000000).catch(({ code, message }) =>
          console.log(JSON.stringify({ code, message, server: typeof createApp })));`;
    const hooks = `data:text/javascript,${encodeURIComponent(WITHOUT)}`;
    const flags = ['--import', hooks, '--input-type=module', '-e', script];
    const { stdout } = await promisify(execFile)(process.execPath, flags, { timeout: 60_000 });
    const said = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const missing = { code: 'not-ready', message: expect.stringContaining('no build for'), server: 'function' };
    expect(said).toEqual([missing, missing]);
  }, 60_000);
});
