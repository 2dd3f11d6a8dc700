// What exactly a person signs: the one normalisation of a reply's text, and the fingerprint of text, account and post answered.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/**
 * What a sign-off covers. `account` is the room account's id; `replyTo` the platform's own id of the post that is answered;
 * `facts` the fingerprint of the approved fact sheet, where the plan says that a signature is about it too; `about` what a correction
 * or retraction is of, left out for a first reply; `pictures` those of the reply in their order, where the plan says that a signature
 * is about them too: a reply without any has the fingerprint it always had.
 */
export type Signable = {
  text: string;
  account: string;
  replyTo: string;
  facts?: string | null;
  about?: { kind: string; supersedes: string } | undefined;
  pictures?: readonly { hash: string; alt: string }[] | undefined;
};

/**
 * The text as it is shown to the signer, hashed and sent; nothing else may be sent. In this order:
 *
 * 1. U+0000 goes (no store keeps it) and a lone surrogate becomes U+FFFD (no wire carries it);
 * 2. CR LF and CR become LF;
 * 3. Unicode composition NFC, so that the same letters typed on two systems are the same text;
 * 4. white space at the very end goes. Inside the text and at line ends every blank stays: it can be seen and it is signed.
 *
 * Idempotent: a part of an NFC text is NFC, so cutting last undoes nothing.
 */
export const normalise = (text: string): string =>
  text.replaceAll('\0', '').toWellFormed().replace(/\r\n?/g, '\n').normalize('NFC').trimEnd();

/**
 * `sha256:<64 hex digits>` over the normalised text, the account and the post answered. Synchronous and the same in the
 * browser and on the server. Every part is preceded by its length in bytes, so that no two replies share an encoding.
 */
export function fingerprint({ text, account, replyTo, facts = null, about, pictures = [] }: Signable): string {
  const parts = [normalise(text), account, replyTo];
  if (facts !== null) parts.push('facts', facts);
  if (about !== undefined) parts.push('about', about.kind, about.supersedes);
  if (pictures.length > 0)
    parts.push('pictures', String(pictures.length), ...pictures.flatMap(({ hash, alt }) => [hash, normalise(alt)]));
  return digest('rejoinder reply 1\n', parts);
}

/** The same over the facts of a story, in their order: what is approved, and what a signature over a reply refers to. */
export function factsFingerprint(storyId: string, facts: readonly { text: string; source: string }[]): string {
  const parts = facts.flatMap((fact) => [normalise(fact.text), normalise(fact.source)]);
  return digest('rejoinder facts 1\n', [storyId, ...parts]);
}

/** The same over a statement: its words, and which cleared text of the plan it began with. */
export const statementFingerprint = (planId: string, text: string): string =>
  digest('rejoinder statement 1\n', [planId, normalise(text)]);

function digest(kind: string, parts: readonly string[]): string {
  const hash = sha256.create().update(utf8.encode(kind));
  for (const part of parts) {
    const bytes = utf8.encode(part);
    hash.update(utf8.encode(`${bytes.length}:`)).update(bytes);
  }
  return `sha256:${bytesToHex(hash.digest())}`;
}

const utf8 = new TextEncoder();
