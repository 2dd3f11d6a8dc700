// New mentions as they are stored: made clean, with an id, as a view, an identity and a row.
import type { MentionView, SourceMention } from '@rejoinder/contracts/mentions';
import { newId } from '../db/ids.ts';
import type { KeyRow } from './mentions.repository.ts';

/** An id carries the instant its row is partitioned by, so both come from the one `now` of the change. */
export const idAt = (now: string): string => newId('men', Date.parse(now));

export const iso = (instant: string): string => new Date(instant).toISOString();

/** PostgreSQL keeps no NUL and JSON no lone surrogate; both mean nothing in a post. An address that is no web page is none (T1). */
export function clean(mention: SourceMention): SourceMention {
  const tidy = (text: string): string => text.replaceAll('\0', '').toWellFormed();
  const { author, url, inReplyTo, lang } = mention;
  const followers = author.followers === null ? null : Math.min(author.followers, Number.MAX_SAFE_INTEGER);
  return {
    ...mention,
    text: tidy(mention.text),
    author: { handle: tidy(author.handle), name: tidy(author.name), followers },
    url: url && /^https?:\/\//i.test(url) ? tidy(url) : null,
    inReplyTo: inReplyTo && tidy(inReplyTo),
    lang: lang && tidy(lang),
  };
}

export function asView(mention: SourceMention, id: string, sourceId: string, now: string): MentionView {
  const { platform, nativeId, url, author, text, postedAt, editedAt, inReplyTo, lang } = mention;
  return {
    id,
    sourceId,
    platform,
    nativeId,
    url,
    author,
    text,
    postedAt: iso(postedAt),
    receivedAt: now,
    editedAt: editedAt && iso(editedAt),
    deletedAt: null,
    inReplyTo,
    lang,
    severity: null,
    reasons: [],
    storyId: null,
    cardId: null,
  };
}

export const keyRow = (roomId: string, view: MentionView): KeyRow => ({
  room_id: roomId,
  platform: view.platform,
  native_id: view.nativeId,
  mention_id: view.id,
  received_at: view.receivedAt,
  revised_at: view.editedAt,
  deleted_at: null,
});

export function mentionRow(roomId: string, view: MentionView) {
  return {
    room_id: roomId,
    received_at: view.receivedAt,
    mention_id: view.id,
    source_id: view.sourceId,
    platform: view.platform,
    native_id: view.nativeId,
    url: view.url,
    author_handle: view.author.handle,
    author_name: view.author.name,
    author_followers: view.author.followers,
    text: view.text,
    posted_at: view.postedAt,
    edited_at: view.editedAt,
    deleted_at: null,
    in_reply_to: view.inReplyTo,
    lang: view.lang,
  };
}
