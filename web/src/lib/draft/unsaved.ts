// What was typed and not yet confirmed, kept in this browser: encrypted with a key that cannot be read out, forgotten once saved.

const DATABASE = 'rejoinder-unsaved';
const KEYS = 'keys';
const DRAFTS = 'drafts';

type Kept = { iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer };

/** Keeps the state of a draft for this person. Quietly does nothing where the browser has no such store. */
export async function keepUnsaved(userId: string, name: string, update: Uint8Array): Promise<void> {
  await quietly(async (db) => {
    const key = await keyFor(db, userId);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, Uint8Array.from(update));
    await ask(db, DRAFTS, 'readwrite', (store) => store.put({ iv, bytes } satisfies Kept, `${userId} ${name}`));
  });
}

/** What was kept, or null. Something that cannot be decrypted any more is thrown away. */
export async function readUnsaved(userId: string, name: string): Promise<Uint8Array | null> {
  const found = await quietly(async (db) => {
    const kept = await ask<Kept | undefined>(db, DRAFTS, 'readonly', (store) => store.get(`${userId} ${name}`));
    if (kept === undefined) return null;
    const key = await keyFor(db, userId);
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: kept.iv }, key, kept.bytes));
  });
  return found ?? null;
}

export async function forgetUnsaved(userId: string, name: string): Promise<void> {
  await quietly((db) => ask(db, DRAFTS, 'readwrite', (store) => store.delete(`${userId} ${name}`)));
}

/** Forgets everything of everybody in this browser; for signing out. */
export async function forgetAllUnsaved(): Promise<void> {
  await quietly(async (db) => {
    await ask(db, DRAFTS, 'readwrite', (store) => store.clear());
    await ask(db, KEYS, 'readwrite', (store) => store.clear());
  });
}

async function keyFor(db: IDBDatabase, userId: string): Promise<CryptoKey> {
  const known = await ask<CryptoKey | undefined>(db, KEYS, 'readonly', (store) => store.get(userId));
  if (known !== undefined) return known;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await ask(db, KEYS, 'readwrite', (store) => store.put(made, userId));
  return made;
}

/** A convenience of the browser must never stand in the way of typing. */
async function quietly<T>(work: (db: IDBDatabase) => Promise<T>): Promise<T | undefined> {
  // Without a secure context there is no crypto.subtle; then leaving the page asks first and nothing is stored.
  if (typeof indexedDB === 'undefined' || !globalThis.isSecureContext) return undefined;
  try {
    const db = await open();
    return await work(db).finally(() => db.close());
  } catch {
    return undefined;
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(KEYS);
    request.result.createObjectStore(DRAFTS);
  };
  return settled(request);
}

function ask<T>(
  db: IDBDatabase,
  name: string,
  mode: IDBTransactionMode,
  what: (store: IDBObjectStore) => IDBRequest,
): Promise<T> {
  const transaction = db.transaction(name, mode);
  const request = what(transaction.objectStore(name)) as IDBRequest<T>;
  if (mode === 'readonly') return settled(request);
  // What is written is kept once the transaction is complete, not when the request was taken.
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => failed(transaction.error ?? new Error('the browser could not store'));
  });
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error ?? new Error('the browser could not store'));
  });
}
