// Answers: how each platform names a person, a post and its address, and how long a post may be. All hosts end in .example.
import type { Random } from './random.ts';

export type Platform = {
  id: string;
  /** Share of people who post there. */
  share: number;
  limit: number;
  /** Whether people can answer each other, and whether they are called by handle. */
  threads: boolean;
  handles: boolean;
  edits: boolean;
  followers: boolean;
};

export const platforms: readonly Platform[] = [
  { id: 'x', share: 46, limit: 280, threads: true, handles: true, edits: true, followers: true },
  { id: 'bluesky', share: 24, limit: 300, threads: true, handles: true, edits: false, followers: true },
  { id: 'mastodon', share: 12, limit: 500, threads: true, handles: true, edits: true, followers: true },
  { id: 'reviews', share: 10, limit: 900, threads: false, handles: false, edits: true, followers: false },
  { id: 'forum', share: 8, limit: 900, threads: true, handles: false, edits: true, followers: false },
];

export function platformOf(id: string): Platform {
  const found = platforms.find((platform) => platform.id === id);
  if (found === undefined) throw new Error(`no platform ${id}`);
  return found;
}

const instances = ['kettle.example', 'mossy.example', 'lanterns.example', 'towpath.example'];

/** A handle in the manner of the platform, from a stem of letters, digits and underscores. */
export function handleOn(platform: string, stem: string, random: Random): string {
  const bare = stem.toLowerCase().replace(/_/g, '');
  if (platform === 'bluesky') return `${bare}.example`;
  if (platform === 'mastodon') return `${stem.toLowerCase()}@${random.pick(instances)}`;
  return stem;
}

/** The platform's own id for the `count`-th post of the storm, unique for each count, and its address. */
export function addressOf(
  platform: string,
  handle: string,
  atMs: number,
  count: number,
): { nativeId: string; url: string } {
  const ms = BigInt(Math.floor(atMs));
  if (platform === 'x') {
    const id = String(((ms - 1288834974657n) << 22n) | BigInt(count & 0x3fffff));
    return { nativeId: id, url: `https://x.example/${handle}/status/${id}` };
  }
  if (platform === 'bluesky') {
    const key = base32((ms * 1000n + BigInt(count % 1000)) * 1024n + BigInt(count & 1023));
    const did = `did:plc:${base32(BigInt(stemNumber(handle)) * 1048583n + 7n).padStart(24, 'k')}`;
    return {
      nativeId: `at://${did}/app.bsky.feed.post/${key}`,
      url: `https://bluesky.example/profile/${handle}/post/${key}`,
    };
  }
  if (platform === 'mastodon') {
    const id = String((ms << 16n) | BigInt(count & 0xffff));
    const [name = handle, host = 'kettle.example'] = handle.split('@');
    return { nativeId: id, url: `https://${host}/@${name}/${id}` };
  }
  if (platform === 'reviews') {
    const id = `rv_${((count * 2654435761) % 2 ** 32).toString(16).padStart(8, '0')}${count.toString(16)}`;
    return { nativeId: id, url: `https://reviews.example/drovewell/${id}` };
  }
  return {
    nativeId: `post-${480_000 + count}`,
    url: `https://forum.example/t/drovewell-marlstock/p/${480_000 + count}`,
  };
}

function base32(value: bigint): string {
  const letters = '234567abcdefghijklmnopqrstuvwxyz';
  let text = '';
  for (let left = value; left > 0n; left >>= 5n) text = letters.charAt(Number(left & 31n)) + text;
  return text;
}

function stemNumber(handle: string): number {
  let number = 17;
  for (let index = 0; index < handle.length; index += 1)
    number = (number * 131 + handle.charCodeAt(index)) % 9007199254;
  return number;
}
