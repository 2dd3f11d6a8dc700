import { describe, expect, it } from 'vitest';
import { pageWithFirstWave } from './first-wave.ts';

const HTML = [
  '<head><link href="/_app/first.css" rel="stylesheet"><link href="/_app/dialog.css" rel="stylesheet">',
  '<link href="/_app/door.js" rel="modulepreload"><link href="/_app/start.js" rel="modulepreload"></head>',
].join('');
const WAVE = {
  '+error.svelte': ['_app/first.css', '_app/first.js'],
  'rooms/+page.svelte': ['_app/rooms.js'],
  'rooms/[roomId]/+page.svelte': ['_app/board.js', '_app/start.js'],
  'rooms/[roomId]/wall/+page.svelte': ['_app/wall.css', '_app/wall.js'],
  always: ['_app/inter.woff2'],
  never: ['_app/door.js'],
};
const page = pageWithFirstWave(HTML, WAVE);

describe('the first wave', () => {
  it('[PG-1] a page names everything its route and its layouts need, once', () => {
    const board = page('/rooms/room_1');
    expect(board).toContain('<link href="/_app/board.js" rel="modulepreload">');
    expect(board).toContain('<link href="/_app/first.js" rel="modulepreload">');
    expect(board).toContain('<link href="/_app/inter.woff2" rel="preload" as="font" type="font/woff2" crossorigin>');
    expect(board.split('/_app/start.js')).toHaveLength(2);
    expect(board).not.toContain('wall');
    expect(page('/rooms/room_1/wall')).toContain('<link href="/_app/wall.css" rel="stylesheet">');
    expect(page('/rooms/')).toContain('/_app/rooms.js');
  });

  it('[PG-1] what only hands on, and styles of what comes later, are left out; an unknown address gets the page as built', () => {
    expect(page('/rooms/room_1')).not.toMatch(/door\.js|dialog\.css/);
    expect(page('/nowhere')).toBe(HTML);
    expect(pageWithFirstWave(HTML, {})('/rooms/room_1')).toBe(HTML);
  });
});
