// How folded steps of a draft's log are kept: many in one compressed piece, and in larger steps once there are too many.
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { HISTORY_LIMITS } from '@rejoinder/contracts/history';
import * as Y from 'yjs';

/** One committed change as it was written. */
export type Step = { n: number; at: string; bytes: Uint8Array };

const pack = promisify(deflateRaw);
const unpack = promisify(inflateRaw);
/** Before each change: how much its number and its milliseconds are above those before it, and its length. */
const HEAD = 4 + 6 + 4;
/** So many of the older steps become one when there are too many. */
const MERGED = 4;

export async function packSteps(steps: readonly Step[]): Promise<Uint8Array> {
  const whole = Buffer.alloc(steps.reduce((sum, step) => sum + HEAD + step.bytes.byteLength, 0));
  let at = 0;
  let before = { n: 0, ms: 0 };
  for (const step of steps) {
    // A clock that went back is told as one that stood still.
    const ms = Math.max(before.ms, Date.parse(step.at));
    whole.writeUInt32LE(step.n - before.n, at);
    whole.writeUIntLE(ms - before.ms, at + 4, 6);
    whole.writeUInt32LE(step.bytes.byteLength, at + 10);
    whole.set(step.bytes, at + HEAD);
    before = { n: step.n, ms };
    at += HEAD + step.bytes.byteLength;
  }
  return pack(whole);
}

export async function unpackSteps(packed: Uint8Array): Promise<Step[]> {
  const whole = await unpack(packed);
  const steps: Step[] = [];
  let [n, ms] = [0, 0];
  for (let at = 0; at < whole.byteLength; ) {
    n += whole.readUInt32LE(at);
    ms += whole.readUIntLE(at + 4, 6);
    const length = whole.readUInt32LE(at + 10);
    const bytes = new Uint8Array(whole.subarray(at + HEAD, at + HEAD + length));
    steps.push({ n, at: new Date(ms).toISOString(), bytes });
    at += HEAD + length;
  }
  return steps;
}

/** At most `most` steps: the older half is told in larger ones. No word is lost by it, only moments between. */
export function fewerSteps(steps: Step[], most: number = HISTORY_LIMITS.steps): Step[] {
  let left = steps;
  while (left.length > most) {
    const half = Math.ceil(left.length / 2);
    const larger: Step[] = [];
    for (let i = 0; i < half; i += MERGED) larger.push(merged(left.slice(i, Math.min(i + MERGED, half))));
    left = [...larger, ...left.slice(half)];
  }
  return left;
}

/** The older half as the text it led to: what was taken out of it again is gone. Asked only when the bytes are too many. */
export function forgetOldest(steps: Step[]): Step[] {
  const half = Math.ceil(steps.length / 2);
  const [last] = steps.slice(half - 1, half);
  if (!last || steps.length < 2) return steps;
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const step of steps.slice(0, half)) Y.applyUpdate(doc, step.bytes);
  });
  const bytes = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return [{ n: last.n, at: last.at, bytes }, ...steps.slice(half)];
}

function merged(steps: Step[]): Step {
  const [only] = steps;
  const last = steps.at(-1) ?? only;
  if (!last) throw new Error('nothing to merge');
  return steps.length === 1 ? last : { n: last.n, at: last.at, bytes: Y.mergeUpdates(steps.map((step) => step.bytes)) };
}
