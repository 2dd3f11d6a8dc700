// Many replies that are ready to be published, each in words of its own and signed: copies of one that went the whole way.
import { fingerprint, normalise } from '@rejoinder/signoff/fingerprint';
import { type Kysely, sql } from 'kysely';
import type { Journey } from '../support/journey.ts';
import { plain, upload } from '../support/pictures.ts';

/** `picture` is the hash of the one it has, or nothing. */
export type ReadyReply = {
  cardId: string;
  text: string;
  picture: string;
  fingerprint: string;
  operationId: string;
  answered: boolean;
};

/** One reply in so many has a picture. */
const PICTURED = 5;

/** What a reply may hold and a channel may spoil: letters composed and not, other scripts, line ends, signs of JSON, blanks at the end. */
const ODD = [
  'Zoë',
  'Zoe\u0308',
  'Łódź',
  '日本語',
  'مرحبا',
  '👩🏽‍🚒',
  '"quoted"',
  'back\\slash',
  'line\r\nbreak',
  '<b>',
  '\u2028',
  '  ',
];

/** One card is brought to Publish as people would; the others are its rows again under other names and in other words. */
export async function readyReplies(j: Journey, count: number): Promise<ReadyReply[]> {
  const card = await j.to('publish');
  const { db } = j.w.app.deps;
  const { picture } = await upload(j, j.ria, card, await plain('#336699'));
  if (!picture) throw new Error('the picture was not taken');
  const pictured = { covered: true, items: [{ ...picture, alt: 'A new parcel.' }] };
  const replies: ReadyReply[] = [];
  const account = card.account ?? '';
  const rows = { cards: [] as object[], clocks: [] as object[], drafts: [] as object[], sign_offs: [] as object[] };
  for (let i = 0; i < count; i++) {
    const cardId = `${card.id}x${i}`;
    const draft_id = `${card.draft?.id}x${i}`;
    const replyTo = `copy-${i}`;
    const text = `We are sorry, number ${i}. ${ODD[i % ODD.length]} ${ODD[Math.floor(i / ODD.length) % ODD.length]}. Ria`;
    const own = i % PICTURED === 0 ? pictured : null;
    const pictures = own && JSON.stringify(own);
    const print = fingerprint({ text: normalise(text), account, replyTo, pictures: own?.items });
    rows.cards.push({ card_id: cardId, author_handle: `copy${i}.example`, reply_to_native: replyTo });
    rows.clocks.push({ card_id: cardId });
    rows.drafts.push({ card_id: cardId, draft_id, text, pictures });
    rows.sign_offs.push({
      card_id: cardId,
      draft_id,
      sign_off_id: `sig_copy${i}`,
      text: normalise(text),
      fingerprint: print,
      pictures,
    });
    replies.push({
      cardId,
      text: normalise(text),
      picture: own ? picture.hash : '',
      fingerprint: print,
      operationId: crypto.randomUUID(),
      answered: false,
    });
  }
  for (const [table, copies] of Object.entries(rows)) await copyRows(db, table, card.id, copies);
  return replies;
}

async function copyRows<T>(db: Kysely<T>, table: string, cardId: string, copies: object[]): Promise<void> {
  await sql`
    insert into ${sql.table(table)}
    select copy.* from ${sql.table(table)} kept, jsonb_array_elements(${JSON.stringify(copies)}::jsonb) other,
      jsonb_populate_record(kept, other) copy
    where kept.card_id = ${cardId}`.execute(db);
}
