// Private messages among what a source reports: their words go to a table of their own and into no event (PV-4).
import type { SourceEvent, SourceMention } from '@rejoinder/contracts/mentions';
import type { Change } from '../db/event-log.ts';
import { newId } from '../db/ids.ts';
import { StoredMeanwhile } from './batch.ts';
import { claimKeys, type KeyRow, lockKeys, markAlive, markRevised } from './mentions.repository.ts';
import { iso } from './new-mentions.ts';
import { insertMessages, rewordMessage, takeBackMessage } from './private-messages.repository.ts';

type Counts = { stored: number; known: number; edited: number; deleted: number };

/** An identity of a private message carries this mark, so that no later report of the same id makes a public post of it. */
const MARK = 'pm';
const isMarked = (key: KeyRow): boolean => key.mention_id.startsWith(`${MARK}_`);
const isPrivate = (event: SourceEvent): boolean => event.type !== 'deleted' && event.mention.visibility === 'private';
const nameOf = (event: SourceEvent): { platform: string; nativeId: string } =>
  event.type === 'deleted' ? event : event.mention;

/** Takes what is private out of a batch and stores it; answers the rest, which is public. */
export async function takePrivate(
  change: Change,
  of: { roomId: string; sourceId: string },
  events: SourceEvent[],
  result: Counts,
): Promise<SourceEvent[]> {
  const later = events.filter((event) => event.type !== 'created');
  if (later.length === 0 && !events.some(isPrivate)) return events;
  const locked = await lockKeys(change.tx, of.roomId, later.map(nameOf));
  const keys = new Map(locked.map((key) => [`${key.platform} ${key.native_id}`, key]));
  const [created, changed]: [string[], string[]] = [[], []];
  const open: SourceEvent[] = [];
  for (const event of events) {
    const { platform, nativeId } = nameOf(event);
    const name = `${platform} ${nativeId}`;
    const key = keys.get(name);
    if (key !== undefined && isMarked(key)) {
      if (event.type !== 'created' && (await revise(change, of.roomId, key, event))) {
        changed.push(key.mention_id);
        result[event.type]++;
      } else result.known++;
    } else if (event.type === 'deleted' || event.mention.visibility !== 'private') open.push(event);
    else if (key?.deleted_at === null && event.type === 'edited') {
      // A post that was public is public no more: it is taken from the stream.
      open.push({ type: 'deleted', platform, nativeId, at: event.mention.editedAt ?? event.mention.postedAt });
    } else {
      const made = await store(change, of, event.mention);
      if (made === null) {
        if (!key && event.type === 'edited') throw new StoredMeanwhile();
        result.known++;
      } else {
        keys.set(name, made);
        created.push(made.mention_id);
        result.stored++;
      }
    }
  }
  if (created.length + changed.length > 0) {
    await markAlive(change.tx, of.roomId, of.sourceId, change.now);
    change.log({ type: 'private.received', data: { sourceId: of.sourceId, created, changed } });
  }
  return open;
}

async function store(
  { tx, now }: Change,
  { roomId, sourceId }: { roomId: string; sourceId: string },
  mention: SourceMention,
): Promise<KeyRow | null> {
  const tidy = (text: string): string => text.replaceAll('\0', '').toWellFormed();
  const { platform, nativeId, author } = mention;
  const saidAt = iso(mention.postedAt);
  const key: KeyRow = {
    room_id: roomId,
    platform,
    native_id: nativeId,
    mention_id: newId(MARK, Date.parse(now)),
    received_at: now,
    revised_at: mention.editedAt && iso(mention.editedAt),
    deleted_at: null,
  };
  if ((await claimKeys(tx, [key])).size === 0) return null;
  const entry = {
    room_id: roomId,
    entry_id: key.mention_id,
    card_id: null,
    kind: 'from_them' as const,
    text: tidy(mention.text),
    said_by: tidy(author.name || author.handle),
    said_at: saidAt,
    recorded_by: null,
    recorded_at: now,
    source_id: sourceId,
    platform,
    author_handle: tidy(author.handle),
    author_followers: author.followers === null ? null : Math.min(author.followers, Number.MAX_SAFE_INTEGER),
  };
  await insertMessages(tx, [entry]);
  return key;
}

/** False when this was known already, or is older than what is known. */
async function revise({ tx, now }: Change, roomId: string, key: KeyRow, event: SourceEvent): Promise<boolean> {
  if (event.type === 'created' || key.deleted_at !== null) return false;
  if (event.type === 'deleted') {
    key.deleted_at = iso(event.at);
    await markRevised(tx, roomId, key.mention_id, key, { deleted_at: key.deleted_at });
    await takeBackMessage(tx, roomId, key.mention_id, now, 'their author');
    return true;
  }
  const revisedAt = iso(event.mention.editedAt ?? event.mention.postedAt);
  if (key.revised_at !== null && key.revised_at >= revisedAt) return false;
  key.revised_at = revisedAt;
  await markRevised(tx, roomId, key.mention_id, key, { revised_at: revisedAt });
  await rewordMessage(tx, roomId, key.mention_id, event.mention.text.replaceAll('\0', '').toWellFormed());
  return true;
}
