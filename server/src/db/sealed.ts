// Keeps secrets of sources and accounts sealed in the database: AES-256-GCM, the key outside, the record's id bound in.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export type Sealer = {
  seal: (text: string, record: string) => string;
  open: (sealed: string, record: string) => string;
};

/** @param secretKey the installation's SECRET_KEY; another key cannot open what this one sealed */
export function createSealer(secretKey: string): Sealer {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'rejoinder sealed secrets', 32));
  return {
    seal(text, record) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(record));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    },
    /** @throws when the record's id or the key is another one, or the bytes were changed */
    open(sealed, record) {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
        .setAAD(Buffer.from(record))
        .setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}
