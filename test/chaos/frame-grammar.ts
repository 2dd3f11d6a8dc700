// Frames for the draft socket as a broken or hostile client sends them: grammar first, then spoiled; all from one seed.
import type { Random } from '@rejoinder/scenario/random';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { answerFrame, askFrame, awarenessFrame, updateFrame } from '../../server/src/coedit/wire.ts';

/** A client with a document of its own, which types what it likes; its frames are valid until they are spoiled. */
export type Author = { doc: Y.Doc; type: () => Uint8Array };

export function author(random: Random): Author {
  const doc = new Y.Doc();
  doc.clientID = random.int(1, 2 ** 32 - 1);
  const text = doc.getText('text');
  const letters = ['a', 'é', '🙂', '\r\n', ' ', 'ß', '\ud800', '日本', 'x'.repeat(40)];
  return {
    doc,
    type() {
      const before = Y.encodeStateVector(doc);
      if (text.length > 60) text.delete(0, text.length - 5);
      else text.insert(random.int(0, text.length), random.pick(letters));
      return Y.encodeStateAsUpdate(doc, before);
    },
  };
}

function blob(random: Random, most: number): Uint8Array {
  const bytes = new Uint8Array(random.int(0, most));
  for (let i = 0; i < bytes.length; i++) bytes[i] = random.int(0, 255);
  return bytes;
}

type Kind = (random: Random, by: Author, others: readonly Author[]) => Uint8Array;

/** A few of a kind that is dear to build, made once. */
function fewOf(make: (nth: number) => Uint8Array): (random: Random) => Uint8Array {
  const made: Uint8Array[] = [];
  return (random) => {
    const nth = random.int(0, 7);
    made[nth] ??= make(nth);
    return made[nth];
  };
}

const built = (make: (doc: Y.Doc) => void): Uint8Array => {
  const doc = new Y.Doc();
  make(doc);
  return Y.encodeStateAsUpdate(doc);
};

/** Every kind by name with its odds. */
export const FRAMES: [name: string, odds: number, kind: Kind][] = [
  ['noise', 12, (r) => Uint8Array.from([r.int(0, 6), ...blob(r, 60)])],
  ['anything', 3, (r) => blob(r, 300)],
  ['update', 20, (_, by) => updateFrame(by.type())],
  ['whole', 4, (_, by) => answerFrame(Y.encodeStateAsUpdate(by.doc))],
  ['another’s update', 4, (r, _, others) => updateFrame(r.pick(others).type())],
  ['another’s whole', 2, (r, _, others) => answerFrame(Y.encodeStateAsUpdate(r.pick(others).doc))],
  ['ask', 4, (_, by) => askFrame(Y.encodeStateVector(by.doc))],
  ['ask with noise', 4, (r) => askFrame(blob(r, 40))],
  ['update of noise', 6, (r) => updateFrame(blob(r, 120))],
  ['presence', 4, (r, by) => presence(r, by.doc.clientID, '{"cursor":null}')],
  [
    'presence of another',
    2,
    (r, _, others) => presence(r, r.pick(others).doc.clientID, '{"user":{"name":"<b>Boss</b>"}}'),
  ],
  ['presence too large', 1, (r, by) => presence(r, by.doc.clientID, JSON.stringify({ note: 'x'.repeat(2_000) }))],
  ['presence of no object', 2, (r, by) => presence(r, by.doc.clientID, r.pick(['[]', '1', '"', 'null', '{', '']))],
  ['presence of a crowd', 1, (r) => crowd(r)],
  ['query', 2, () => Uint8Array.of(3)],
  ['the server’s own', 3, (r) => Uint8Array.from([r.pick([4, 5, 2]), ...blob(r, 20)])],
  [
    'no such opcode',
    2,
    (r) => Uint8Array.from([r.int(6, 255), r.int(128, 255), 255, 255, 255, 255, 255, 255, 255, 255]),
  ],
  ['no such step', 2, (r) => Uint8Array.from([0, r.int(3, 127), r.int(0, 5), 1, 2])],
  [
    'a length that lies',
    4,
    (r) => Uint8Array.from([r.int(0, 1), r.int(0, 2), 255, 255, 255, 255, r.int(0, 15), ...blob(r, 9)]),
  ],
  ['another root', 2, fewOf((n) => updateFrame(built((doc) => doc.getMap(n % 2 ? 'x' : 'text').set('a', n))))],
  ['rich text', 1, fewOf(() => updateFrame(built((doc) => doc.getText('text').insert(0, 'b', { bold: true }))))],
  ['nested types', 1, fewOf(() => updateFrame(built((doc) => doc.getArray('text').insert(0, [new Y.Map()]))))],
  ['a NUL', 1, fewOf(() => updateFrame(built((doc) => doc.getText('text').insert(0, '\u0000'))))],
  ['a run of deleted millions', 1, (r) => updateFrame(deletedRun(r))],
  ['too many authors', 1, fewOf((n) => updateFrame(manyAuthors(14 + n)))],
  ['too long', 1, fewOf(() => updateFrame(built((doc) => doc.getText('text').insert(0, 'x'.repeat(10_001)))))],
  ['too large', 1, fewOf((n) => updateFrame(new Uint8Array(65_533 + n)))],
  ['empty', 1, () => new Uint8Array()],
];

const ODDS = FRAMES.map((frame) => [frame, frame[1]] as const);

/** One frame and what kind it is; four in ten are spoiled afterwards. */
export function nextFrame(random: Random, by: Author, others: readonly Author[]): { name: string; frame: Uint8Array } {
  const [name, , kind] = random.weighted(ODDS);
  const frame = kind(random, by, others);
  return random.chance(0.4) ? { name: `${name}, spoiled`, frame: spoiled(random, frame) } : { name, frame };
}

function spoiled(random: Random, frame: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(frame);
  const at = (): number => random.int(0, Math.max(0, copy.length - 1));
  switch (random.int(0, 4)) {
    case 0:
      for (let i = random.int(1, 4); i > 0 && copy.length > 0; i--) copy[at()] = random.int(0, 255);
      return copy;
    case 1:
      return copy.subarray(0, at());
    case 2:
      return Uint8Array.from([...copy.subarray(0, 4_000), ...blob(random, 12)]);
    case 3: {
      const cut = at();
      return Uint8Array.from([
        ...copy.subarray(0, Math.min(cut, 4_000)),
        ...copy.subarray(cut + random.int(1, 8), cut + 4_000),
      ]);
    }
    default:
      if (copy.length > 2) copy[random.int(2, Math.min(12, copy.length - 1))] = random.pick([0, 1, 127, 128, 255]);
      return copy;
  }
}

const presence = (random: Random, clientId: number, state: string): Uint8Array =>
  awarenessFrame([{ clientId, clock: random.int(0, 2 ** 31), state }]);

const crowd = (random: Random): Uint8Array =>
  awarenessFrame(Array.from({ length: random.int(2, 200) }, (_, i) => ({ clientId: i, clock: i, state: '{}' })));

function manyAuthors(count: number): Uint8Array {
  const each = Array.from({ length: count }, (_, i) => built((doc) => doc.getText('text').insert(0, String(i % 10))));
  return Y.mergeUpdates(each);
}

/** One deleted struct, a few bytes long, that claims to be millions. */
function deletedRun(random: Random): Uint8Array {
  return encoding.encode((encoder) => {
    for (const number of [1, 1, random.int(1, 2 ** 31), 0]) encoding.writeVarUint(encoder, number);
    encoding.writeUint8(encoder, 1);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, 'text');
    encoding.writeVarUint(encoder, random.int(500_000, 2 ** 31 - 1));
    encoding.writeVarUint(encoder, 0);
  });
}
