// The server dies without a word while people type: nothing that was called saved is lost, nothing typed is lost, nothing doubles.
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type FreshDatabase, freshDatabase } from '../support/cluster.ts';
import { type TableStore, tableStore } from './table-store.ts';
import { type Typist, typist, until } from './typist.ts';

const CHILD = path.join(import.meta.dirname, 'loop-child.ts');
const ROUNDS = 4;
const PEOPLE = 6;

describe('a killed server', () => {
  let database: FreshDatabase;
  let table: TableStore;
  let child: ChildProcess | null = null;

  beforeAll(async () => {
    database = await freshDatabase();
    table = tableStore(database.url);
  });
  afterAll(async () => {
    child?.kill('SIGKILL');
    await table.end();
    await database.drop();
  });

  const start = async (draftId: string): Promise<string> => {
    child = spawn(process.execPath, [CHILD, database.url, 'room_1', draftId], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (!child.stdout) throw new Error('no output');
    for await (const line of createInterface({ input: child.stdout })) return line;
    throw new Error('the child said nothing');
  };
  const kill = (): Promise<void> =>
    new Promise((gone) => {
      child?.once('exit', () => gone());
      child?.kill('SIGKILL');
    });

  it('[F1] has lost nothing it had called saved, and every page converges on the log after the restart', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const key = { roomId: 'room_1', draftId: `drf_kill_${round}`, generation: 1 };
      await table.start(key);
      const name = `${key.roomId}/${key.draftId}.1`;
      const docs = Array.from({ length: PEOPLE }, () => new Y.Doc());
      let people = await come(await start(key.draftId), name, docs);
      const acknowledged = docs.map(() => '');
      const stop = typing(people, acknowledged);
      await new Promise((next) => setTimeout(next, 200 + round * 70));
      await kill();
      stop();
      const stored = new Y.Doc();
      for (const update of (await table.load(key)).updates) Y.applyUpdate(stored, update);
      const words = stored.getText('text').toString();
      for (const word of acknowledged.flatMap((list) => list.split(' ')).filter(Boolean)) expect(words).toContain(word);
      for (const person of people) person.provider.destroy();
      people = await come(await start(key.draftId), name, docs);
      await until(() => people.every((p) => p.allSaved()), 'all saved after the restart');
      await until(() => new Set(docs.map((doc) => doc.getText('text').toString())).size === 1, 'one text');
      const text = docs[0]?.getText('text').toString() ?? '';
      expect(await table.text(key)).toBe(text);
      const typed = text.split(' ').filter(Boolean);
      expect(new Set(typed).size).toBe(typed.length);
      for (const person of people) person.leave();
      await kill();
    }
  }, 60_000);
});

async function come(base: string, name: string, docs: Y.Doc[]): Promise<Typist[]> {
  const people = docs.map((doc, i) => typist(base, name, `p${i}`, doc));
  await until(() => people.every((p) => p.provider.synced), 'synced');
  return people;
}

/** Everyone types numbered words at the end; what is typed when `saved` equals `sent` counts as acknowledged. */
function typing(people: Typist[], acknowledged: string[]): () => void {
  let n = 0;
  const typed = people.map(() => '');
  const timer = setInterval(() => {
    n += 1;
    for (const [i, person] of people.entries()) {
      if (person.allSaved()) acknowledged[i] = typed[i] ?? '';
      const word = `w${i}x${n} `;
      typed[i] += word;
      person.text.insert(person.text.length, word);
    }
  }, 12);
  return () => clearInterval(timer);
}
