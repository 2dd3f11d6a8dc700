// Files people upload for a reply: what is taken, what is made of it, how much is kept, and who sees it.
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../server/src/drafts/encode-picture.ts';
import { forgetUnusedPictures } from '../../server/src/drafts/pictures.service.ts';
import { type Journey, journey } from '../support/journey.ts';
import { attach, moving, photo, plain, pngSaying, SECRET_PLACE, upload } from '../support/pictures.ts';

let j: Journey;
beforeAll(async () => {
  j = await journey({ config: { pictureBytes: 400_000 } });
});
afterAll(() => j[Symbol.asyncDispose]());

const address = (hash: string) => `${j.w.origin}/api/rooms/${j.w.room.id}/pictures/${hash}`;
const read = (hash: string) => fetch(address(hash), { headers: { cookie: j.ria.cookie } });

describe('what is taken', () => {
  it('[PI-2] is encoded anew the right way up, without place, name or comment, and named by its bytes', async () => {
    const card = await j.to('drafting');
    const file = await photo();
    expect(file.includes('Mara Secret')).toBe(true);
    const { picture } = await upload(j, j.ria, card, file, 'image/jpeg');
    expect(picture).toMatchObject({ type: 'image/jpeg', width: 30, height: 60 });
    const bytes = Buffer.from(await (await read(picture?.hash ?? '')).arrayBuffer());
    expect(hashOf(bytes)).toBe(picture?.hash);
    for (const secret of ['Mara Secret', 'Exif', 'GPS', SECRET_PLACE, 'http'])
      expect(bytes.includes(secret)).toBe(false);
    expect(await sharp(bytes).metadata()).not.toHaveProperty('exif');
    // A picture that carries a page behind its pixels loses it.
    const two = Buffer.concat([await plain('#00ff00', 'jpeg'), Buffer.from('<script>alert(1)</script>')]);
    const cleaned = await upload(j, j.ria, card, two, 'image/png');
    const clean = Buffer.from(await (await read(cleaned.picture?.hash ?? '')).arrayBuffer());
    expect(clean.includes('script')).toBe(false);
    const webp = await upload(j, j.ria, card, await plain('#123456', 'webp'), 'image/webp');
    expect(webp.picture?.type).toBe('image/jpeg');
  });

  it('[PI-1] is known by its header before a pixel is read: bombs, other kinds, what moves and what is broken are refused with a reason', async () => {
    const card = await j.to('drafting');
    const still = await plain('#ff0000');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>');
    const gif = await sharp(still).gif().toBuffer();
    const photoFile = await plain('#0000ff', 'jpeg');
    const frames = Buffer.concat([Buffer.alloc(300), Buffer.alloc(300, 255)]);
    const webp = await sharp(frames, { raw: { width: 10, height: 20, channels: 3, pageHeight: 10 } })
      .webp()
      .toBuffer();
    const bad: [string, Buffer, string][] = [
      ['a page', Buffer.from('<html><script>alert(1)</script></html>'), 'neither'],
      ['an SVG', svg, 'neither'],
      ['a GIF', gif, 'neither'],
      ['a GIF that says PNG', Buffer.concat([gif.subarray(0, 6), still]), 'neither'],
      ['nothing', Buffer.alloc(0), ''],
      ['a moving PNG', moving(still), 'moves'],
      ['a moving WebP', webp, 'moves'],
      ['half a JPEG', photoFile.subarray(0, photoFile.length - 120), 'damaged'],
      ['half a PNG', still.subarray(0, still.length - 30), 'damaged'],
      ['a head without pixels', pngSaying(40, 20, 8, 0), 'damaged'],
      ['100,000 × 100,000 in a kilobyte', pngSaying(100_000, 100_000), '100000 × 100000 pixels'],
      ['24 million pixels of 16 bits', pngSaying(6000, 4000, 16), '8 bits'],
    ];
    const heard: string[] = [];
    for (const [name, file, says] of bad) {
      const { status, problem } = await upload(j, j.ria, card, file);
      if (![400, 422].includes(status) || !problem?.says.includes(says))
        heard.push(`${name}: ${status} ${problem?.says}`);
    }
    expect(heard).toEqual([]);
    const heavy = await upload(j, j.ria, card, Buffer.alloc(10 * 1024 * 1024 + 1));
    expect(heavy).toMatchObject({ status: 413, problem: { says: expect.stringContaining('10 MiB') } });
    expect(await upload(j, j.ria, card, still, 'image/svg+xml')).toMatchObject({ status: 415 });
  });

  it('[PI-3] is kept once, within the room’s bytes, and forgotten a day later where nothing names it', async () => {
    const card = await j.to('drafting');
    j.w.at('09:00');
    const used = await plain('#010203');
    const [one, again] = [await upload(j, j.ria, card, used), await upload(j, j.ria, card, used)];
    expect(again.picture).toEqual(one.picture);
    await j.ria.call('startDraft', { params: j.params(card), body: {} });
    await attach(j, j.ria, card, [{ file: used, alt: 'Plain.' }]);
    const unused = (await upload(j, j.ria, card, await plain('#030201'))).picture?.hash ?? '';
    const noise = Buffer.from(Array.from({ length: 400 * 300 * 3 }, (_, i) => (i * 7919 + ((i * i) % 251)) % 256));
    const large = await sharp(noise, { raw: { width: 400, height: 300, channels: 3 } })
      .png()
      .toBuffer();
    const first = await upload(j, j.ria, card, large);
    const second = await upload(j, j.ria, card, await sharp(large).negate().png().toBuffer());
    const third = await upload(j, j.ria, card, await sharp(large).flip().png().toBuffer());
    expect([first.status, second.status, third.status]).toContain(409);
    expect(third).toMatchObject({ refused: { rule: 'PI-3' } });
    const { db } = j.w.app.deps;
    expect(await forgetUnusedPictures(db, '2026-03-02T20:00:00.000Z')).toBe(0);
    expect(await forgetUnusedPictures(db, '2026-03-03T10:00:00.000Z')).toBeGreaterThan(0);
    expect((await read(unused)).status).toBe(404);
    expect((await read(one.picture?.hash ?? '')).status).toBe(200);
  });

  it('[PI-4] is seen by members of its room alone, as a picture that can do nothing', async () => {
    const card = await j.to('drafting');
    const { picture } = await upload(j, j.ria, card, await plain('#0a0b0c'));
    const hash = picture?.hash ?? '';
    const shown = await read(hash);
    expect(shown.status).toBe(200);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-cache',
    });
    const known = await fetch(address(hash), { headers: { cookie: j.ria.cookie, 'if-none-match': `"${hash}"` } });
    expect([known.status, (await known.arrayBuffer()).byteLength]).toEqual([304, 0]);
    const outsider = await j.w.person('Olga', [], { member: false });
    expect((await fetch(address(hash), { headers: { cookie: outsider.cookie } })).status).toBe(404);
    expect((await fetch(address(hash))).status).toBe(401);
    expect((await read('f'.repeat(64))).status).toBe(404);
  });
});
