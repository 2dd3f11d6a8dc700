// The pictures of a reply: keeps what is uploaded, puts it on the draft in an order, voids what was signed over others, reads the bytes.
import type { CardView } from '@rejoinder/contracts/cards';
import { CHANNELS, type ChannelCan } from '@rejoinder/contracts/channels';
import type { Actor } from '@rejoinder/contracts/people';
import {
  type KeptPicture,
  PICTURE_LIMITS,
  type PictureList,
  type PicturesSeen,
  type PictureView,
} from '@rejoinder/contracts/pictures';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { VOICE } from '@rejoinder/contracts/voice-numbers';
import { coversPictures } from '@rejoinder/playbook/awaiting';
import { normalise } from '@rejoinder/signoff/fingerprint';
import { findings } from '@rejoinder/voice/voice';
import { picturesOf, readCard } from '../cards/card-view.service.ts';
import { updateCard } from '../cards/cards.repository.ts';
import { cardNow, changeCard, type OnCard } from '../cards/cards.service.ts';
import type { Db, Executor, Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { accountsOf } from '../rooms/rooms.repository.ts';
import { lockDraftOfCard, updateDraft } from './drafts.repository.ts';
import { textState } from './drafts.service.ts';
import { encodePicture, hashOf } from './encode-picture.ts';
import { asRow, judgeDraft } from './judging.ts';
import { deleteUnused, insertPicture, keepAgain, lockWeight, readPicture } from './pictures.repository.ts';
import { voidOtherWords } from './voiding.ts';

const DAY = 86_400_000;
const MIB = 1024 * 1024;

/** Keeps an uploaded picture for the room; the same picture is kept once. It stands on no reply yet. */
export async function keepPicture(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  file: Buffer,
): Promise<{ picture: KeptPicture }> {
  const card = await readCard(deps.db, on.roomId, on.cardId);
  if (!card) throw new Problem('not-found');
  const { account, can } = await channelOf(deps.db, on.roomId, card);
  if (can.pictures.most === 0) throw refuseForChannel(account, 'can post no pictures');
  const { data, ...picture } = await encodePicture(file, can.pictures.bytes);
  await deps.db.transaction().execute(async (tx) => {
    const taken = await lockWeight(tx, on.roomId);
    if ((await keepAgain(tx, on.roomId, [picture.hash], deps.now())).length > 0) return;
    if (taken + picture.bytes > deps.config.pictureBytes)
      throw refuse(
        'PI-3',
        'Pictures',
        `The pictures of this room may take ${Math.floor(deps.config.pictureBytes / MIB)} MiB, and this one no longer fits. Take unused ones out; they are forgotten after a day. An administrator can allow more.`,
      );
    const { hash, type, width, height, bytes: size } = picture;
    const kept = { kept_by: actor.id, kept_at: deps.now() };
    await insertPicture(tx, { room_id: on.roomId, hash, type, width, height, size, bytes: data, ...kept });
  });
  return { picture };
}

/** Puts the whole list in place of the one this person saw; what was signed over others is void in the same transaction (PI-6). */
export function setPictures(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  input: { pictures: readonly { hash: string; alt: string }[]; seen: readonly string[] },
): Promise<{ card: CardView }> {
  return changeCard(deps, actor, on, 'draft', ['pictures', input], async ({ tx, now, log }, { card, playbook }) => {
    const clause = playbook.stages.find((stage) => stage.id === card.stage)?.clause ?? 'Draft';
    const draft = await lockDraftOfCard(tx, on.roomId, on.cardId);
    if (!draft) throw new Problem('not-found', 'This card has no draft yet.');
    if (textState(playbook, card.stage) !== 'editable')
      throw refuse('DR-2', clause, 'In this stage the reply stands still. Move the card back to change its pictures.');
    const before = picturesOf(draft);
    if (input.seen.join() !== before.map(({ hash }) => hash).join())
      throw refuse('CA-1', clause, 'Somebody changed the pictures meanwhile. Look at them as they are now.', [
        { do: 'reload', says: 'Show the pictures as they are now' },
      ]);
    const { account, can } = await channelOf(tx, on.roomId, card);
    const items = await found(tx, on.roomId, input.pictures, now);
    refuseUndescribed(items, clause);
    refuseUnsayable(playbook, card.platform, items);
    const says = whyNotThese(items, account, can);
    if (says !== null) throw refuse('PI-7', clause, says, [{ do: 'open-draft', from: null, to: null, says: FEWER }]);
    if (!isOther(items, before)) return null;
    await updateCard(tx, on.roomId, on.cardId, {});
    // Without words nothing was judged yet, and the pictures may be the whole reply (PI-11).
    const judged = draft.empty ? asRow(await judgeDraft(tx, playbook, { roomId: on.roomId, card }, draft.text)) : {};
    const changed = { ...judged, pictures: asList(playbook, items), changed_at: now };
    await updateDraft(tx, on.roomId, draft.draft_id, changed);
    if (draft.signed) {
      const why = 'The pictures changed after the signature.';
      const signOffs = await voidOtherWords(tx, await cardNow(tx, on), on.roomId, draft.draft_id, now, why);
      if (signOffs.length > 0) log({ type: 'draft.voided', data: { card: await cardNow(tx, on), signOffs, why } });
    }
    return (after) => ({ type: 'draft.picturesChanged', data: { card: after } });
  });
}

const FEWER = 'Change the pictures';

/** As the row keeps a list; null without any. */
const asList = (playbook: Playbook, items: PictureView[]): string | null =>
  items.length === 0 ? null : JSON.stringify({ covered: coversPictures(playbook), items } satisfies PictureList);

/** The same pictures under this plan: whether a signature is about them is the plan's to say. */
export const picturesUnder = (playbook: Playbook, row: { pictures: string | null }): string | null =>
  asList(playbook, picturesOf(row));

/** Whether a list of pictures shows or says anything else than another. */
export const isOther = (a: PicturesSeen, b: PicturesSeen): boolean =>
  JSON.stringify(a.map(({ hash, alt }) => [hash, alt])) !== JSON.stringify(b.map(({ hash, alt }) => [hash, alt]));

async function found(
  tx: Tx,
  roomId: string,
  asked: readonly { hash: string; alt: string }[],
  now: string,
): Promise<PictureView[]> {
  const kept = new Map(
    (
      await keepAgain(
        tx,
        roomId,
        asked.map(({ hash }) => hash),
        now,
      )
    ).map((row) => [row.hash, row]),
  );
  if (new Set(asked.map(({ hash }) => hash)).size < asked.length)
    throw new Problem('not-valid', 'The same picture stands in the list twice.');
  return asked.map(({ hash, alt }) => {
    const row = kept.get(hash);
    if (!row) throw new Problem('not-valid', 'One of these pictures is not kept here any more. Upload it again.');
    return { hash, type: row.type, width: row.width, height: row.height, bytes: row.size, alt: normalise(alt).trim() };
  });
}

/** Who cannot see a picture is told what it shows; that is signed as well. */
function refuseUndescribed(items: readonly PictureView[], clause: string): void {
  const place = items.findIndex(({ alt }) => alt === '');
  if (place >= 0)
    throw refuse('PI-5', clause, `Picture ${place + 1} has no description. Say in a sentence what it shows.`, [
      { do: 'open-draft', from: null, to: null, says: 'Describe it' },
    ]);
}

const SAID_NOWHERE: readonly string[] = [VOICE.phrase, VOICE.personalData, VOICE.leftover];

/** A description is posted like the words: what they may not say it may not say either (PI-10). */
function refuseUnsayable(playbook: Playbook, platform: string, items: readonly PictureView[]): void {
  for (const [i, { alt }] of items.entries()) {
    const found = findings(playbook.voice, alt, platform).find(
      ({ rule, strength }) => strength === 'block' && SAID_NOWHERE.includes(rule),
    );
    if (found)
      throw refuse('PI-10', found.clause, `In the description of picture ${i + 1}, “${found.match}”: ${found.says}`, [
        { do: 'open-draft', from: null, to: null, says: 'Describe it in other words' },
      ]);
  }
}

/** Why the account's channel cannot post these pictures, in a sentence; null when it can (PI-7). */
export function whyNotThese(items: readonly PictureView[], account: string, can: ChannelCan): string | null {
  const { most, types, bytes } = can.pictures;
  if (items.length > most)
    return most === 0
      ? `${account} can post no pictures. Take them out.`
      : `${account} posts at most ${most} pictures with one reply; these are ${items.length}. Take some out.`;
  const odd = items.findIndex((item) => !types.includes(item.type) || item.bytes > bytes);
  if (odd < 0) return null;
  return `Picture ${odd + 1} is of a kind or size that ${account} cannot post. Upload it again, and it is made to fit.`;
}

/** What the account of a card can do; before there is one, what every account can. */
export async function channelOf(
  db: Executor,
  roomId: string,
  card: Pick<CardView, 'account'>,
): Promise<{ account: string; can: ChannelCan }> {
  const account = (await accountsOf(db, roomId)).find((each) => each.account_id === card.account);
  return { account: account?.name ?? 'This platform', can: CHANNELS[account?.channel ?? 'webhook'] };
}

const refuseForChannel = (account: string, what: string) => refuse('PI-7', 'Pictures', `${account} ${what}.`);

/** The kept bytes of a picture with their hash taken anew. @throws Problem `not-found` */
export async function pictureBytes(db: Executor, roomId: string, hash: string) {
  const row = await readPicture(db, roomId, hash);
  if (!row) throw new Problem('not-found');
  return { type: row.type, bytes: Buffer.from(row.bytes) };
}

/** A picture was changed or lost where it is kept. */
export const NOT_THOSE = 'A kept picture is not the one that was named any more. Take it out and upload it again.';

/** The bytes of a reply's pictures in their order, each hashed anew; null when one is gone or not what was named (PI-8). */
export async function picturesToSend(
  db: Executor,
  roomId: string,
  items: readonly PictureView[],
): Promise<(PictureView & { data: Buffer })[] | null> {
  const read: (PictureView & { data: Buffer })[] = [];
  for (const item of items) {
    const row = await readPicture(db, roomId, item.hash);
    if (!row || hashOf(row.bytes) !== item.hash || row.type !== item.type) return null;
    read.push({ ...item, data: Buffer.from(row.bytes) });
  }
  return read;
}

/** Forgets what was uploaded a day ago or more and is used nowhere (PI-3). */
export const forgetUnusedPictures = (db: Db, now: string): Promise<number> =>
  deleteUnused(db, new Date(Date.parse(now) - DAY).toISOString());

/** @throws Problem `too-large` before a byte of it was read, where the sender says how much it is */
export function refuseLarge(length: string | undefined): void {
  if (Number(length ?? 0) > PICTURE_LIMITS.uploadBytes)
    throw new Problem(
      'too-large',
      `A picture may have at most ${PICTURE_LIMITS.uploadBytes / MIB} MiB. Make it smaller.`,
    );
}
