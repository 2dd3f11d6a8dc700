// Messages made to cost the draft loop as much as they can: what once stood a server still for seconds (M7), and kin of it.
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { answerFrame, askFrame, awarenessFrame, updateFrame } from '../../../server/src/coedit/wire.ts';

export type Crafted = { name: string; frames: Uint8Array[] };

const built = (make: (doc: Y.Doc) => void): Uint8Array => {
  const doc = new Y.Doc();
  make(doc);
  return Y.encodeStateAsUpdate(doc);
};

/** `count` people who each wrote once; `make` is what each wrote. */
function crowd(count: number, make: (doc: Y.Doc, nth: number) => void): Uint8Array {
  const updates: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const doc = new Y.Doc();
    doc.clientID = i + 1;
    make(doc, i);
    updates.push(Y.encodeStateAsUpdate(doc));
  }
  return Y.mergeUpdates(updates);
}

/** One character after the other, each put before the last: as many structs as characters. */
function prepended(count: number): Uint8Array {
  return built((doc) => {
    const text = doc.getText('text');
    doc.transact(() => {
      for (let i = 0; i < count; i++) text.insert(0, 'x');
    });
  });
}

/** Typed and taken away again, over and over: almost nothing but deletions. */
function churned(count: number): Uint8Array {
  return built((doc) => {
    const text = doc.getText('text');
    for (let i = 0; i < count; i++) {
      text.insert(0, 'ab');
      text.delete(1, 1);
    }
  });
}

const oneKey = (doc: Y.Doc): void => void doc.getMap('text').set('k', 1);

/** Every message that should cost little, by what it is. */
export function craftedUpdates(): Crafted[] {
  return [
    { name: 'one map key by 1,400 authors, 64 kB', frames: [updateFrame(crowd(1_400, oneKey))] },
    { name: 'one map key by 6,000 authors', frames: [updateFrame(crowd(6_000, oneKey))] },
    { name: 'text by 1,500 authors', frames: [updateFrame(crowd(1_500, (doc) => doc.getText('text').insert(0, 'x')))] },
    {
      name: 'text by 16 authors, 3,900 characters each put before the last',
      frames: [
        updateFrame(
          crowd(16, (doc) => {
            for (let i = 0; i < 240; i++) doc.getText('text').insert(0, 'x');
          }),
        ),
      ],
    },
    { name: '5,000 characters each put before the last', frames: [updateFrame(prepended(5_000))] },
    { name: '40,000 characters each put before the last', frames: [updateFrame(prepended(40_000))] },
    { name: 'typed and taken away 4,000 times', frames: [updateFrame(churned(4_000))] },
    {
      name: '60 kB of text at once',
      frames: [updateFrame(built((doc) => doc.getText('text').insert(0, 'é'.repeat(30_000))))],
    },
    {
      name: '9,900 characters at once',
      frames: [updateFrame(built((doc) => doc.getText('text').insert(0, 'lorem ipsum '.repeat(825))))],
    },
    { name: 'a state vector of 6,000 authors', frames: [askFrame(vectorOf(6_000))] },
    {
      name: 'presence of 5,000 people',
      frames: [awarenessFrame(Array.from({ length: 5_000 }, (_, i) => ({ clientId: i, clock: 1, state: '{}' })))],
    },
    { name: '2,000 messages of one character', frames: singles(2_000) },
    { name: 'the same whole text 50 times', frames: Array.from({ length: 50 }, () => answerFrame(prepended(1_000))) },
    { name: '5 MB', frames: [updateFrame(new Uint8Array(5_000_000))] },
  ];
}

function vectorOf(count: number): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, count);
    for (let i = 0; i < count; i++) {
      encoding.writeVarUint(encoder, i + 1);
      encoding.writeVarUint(encoder, 5);
    }
  });
}

function singles(count: number): Uint8Array[] {
  const frames: Uint8Array[] = [];
  const doc = new Y.Doc();
  doc.on('update', (update) => frames.push(updateFrame(update)));
  for (let i = 0; i < count; i++) doc.getText('text').insert(0, 'x');
  return frames;
}
