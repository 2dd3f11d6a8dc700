// Answers that are made once and sent often: as JSON, and the same packed for whoever takes it so.
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

/** An answer as JSON, and the same packed with gzip: a large board takes a sixth of the line. */
export type Packed = { json: string; packed: Buffer };

const pack = promisify(gzip);

export async function packed(answer: unknown): Promise<Packed> {
  const json = JSON.stringify(answer);
  return { json, packed: await pack(json, { level: constants.Z_BEST_SPEED }) };
}
