// Private messages from a source find their card: the author's open one, or one that is opened without showing a word (PV-4).
import type { RoomEvent } from '@rejoinder/contracts/events';
import { isPrivateStage, privateStage } from '@rejoinder/playbook/private-talk';
import type { Change } from '../db/event-log.ts';
import type { Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { accountsOf } from '../rooms/rooms.repository.ts';
import { heldContext, type RoomContext } from '../rooms/rooms.service.ts';
import { readCard, readCards } from './card-view.service.ts';
import { insertCards, lockCards, newestCardsOf, updateCard } from './cards.repository.ts';
import { insertClocks } from './clocks.repository.ts';
import { clocksThatBegin } from './clocks.ts';
import { entriesById, giveToCard } from './private-talk.repository.ts';
import { writeFigures } from './private-talk.service.ts';
import { authorsWrote } from './standing-still.ts';

type Entry = Row<'private_entries'>;

/** Handles `private.received`. A message belongs to one card, so a repeated run joins nothing anew. */
export async function cardsFromMessages(
  deps: Deps,
  change: Change,
  roomId: string,
  events: RoomEvent[],
): Promise<void> {
  const data = events.flatMap((event) => (event.type === 'private.received' ? [event.data] : []));
  const fresh = await entriesById(change.tx, roomId, [...new Set(data.flatMap((each) => each.created))]);
  const changed = await entriesById(change.tx, roomId, [...new Set(data.flatMap((each) => each.changed))]);
  const byAuthor = new Map<string, Entry[]>();
  for (const entry of fresh) {
    if (entry.card_id !== null) continue;
    const author = `${entry.platform} ${entry.author_handle}`;
    byAuthor.set(author, [...(byAuthor.get(author) ?? []), entry]);
  }
  const authors = [...byAuthor.values()].flatMap(([first]) =>
    first ? [{ platform: first.platform ?? '', handle: first.author_handle ?? '' }] : [],
  );
  const touched = changed.flatMap((entry) => entry.card_id ?? []);
  const known = await newestCardsOf(change.tx, roomId, authors);
  await lockCards(change.tx, roomId, [...known.map((card) => card.card_id), ...touched]);
  // Read again under the lock: the card may just have been closed.
  const open = new Map(
    (await newestCardsOf(change.tx, roomId, authors))
      .filter((card) => card.closed_at === null)
      .map((card) => [`${card.platform} ${card.author_handle}`, card.card_id]),
  );
  const context = await heldContext(change.tx, roomId);
  const made: string[] = [];
  const joined = new Set(touched);
  for (const [author, entries] of byAuthor) {
    const openCard = open.get(author);
    const cardId = openCard ?? (await openFor(deps, change, context, entries));
    const ids = entries.map((entry) => entry.entry_id);
    await giveToCard(change.tx, roomId, cardId, ids);
    const first = entries.map((entry) => entry.said_at).sort()[0] ?? change.now;
    await authorsWrote(change.tx, context, new Map([[cardId, first]]), change.now);
    if (openCard === undefined) made.push(cardId);
    else joined.add(cardId);
  }
  for (const cardId of [...made, ...joined]) {
    const card = await readCard(change.tx, roomId, cardId);
    const anew = made.includes(cardId) || fresh.length > 0;
    if (card) await writeFigures(change.tx, { roomId, cardId }, card, context.playbook, { now: change.now, anew });
  }
  const cards = await readCards(change.tx, roomId, made);
  if (cards.length > 0) change.log({ type: 'card.opened', data: { cards, mentions: [] } });
  const heard = await readCards(change.tx, roomId, [...joined]);
  if (heard.length > 0) change.log({ type: 'card.privateHeard', data: { cards: heard } });
}

/**
 * A card that shows no word: it stands where private talks are held, so that those who may read them see it first. It has no
 * public clock and no account, for nothing in public can be answered yet.
 */
async function openFor(deps: Deps, { tx, now }: Change, context: RoomContext, entries: Entry[]): Promise<string> {
  const { room, playbook } = context;
  const said = entries.map((entry) => entry.said_at).sort();
  const [first] = entries;
  const cardId = deps.newId('card');
  const stage = (privateStage(playbook) ?? playbook.stages[0])?.id ?? 'new';
  await insertCards(tx, [
    {
      room_id: room.room_id,
      card_id: cardId,
      version: 1,
      stage,
      entered_stage_at: now,
      opened_at: now,
      closed_at: null,
      platform: first?.platform ?? '',
      author_handle: first?.author_handle ?? '',
      author_name: first?.said_by ?? '',
      author_followers: first?.author_followers ?? null,
      excerpt: '',
      posts_count: 0,
      posts_unseen: 0,
      first_posted_at: said[0] ?? now,
      last_posted_at: said.at(-1) ?? now,
      reply_to_mention: first?.entry_id ?? '',
      reply_to_native: '',
      reply_to_url: null,
      account_id: null,
      story_id: null,
      severity: 0,
      heat: 0,
      fields: '{}',
      owner_id: null,
      owner_accepted_at: null,
      follow_up: null,
      remedy: null,
    },
  ]);
  await insertClocks(tx, clocksThatBegin(context, cardId, { opened: now, entered: { stage, at: now } }));
  return cardId;
}

/** True of a card that began with a private message: there is nothing in public yet that could be answered. */
export const isOnlyPrivate = (card: Pick<Row<'cards'>, 'reply_to_native'>): boolean => card.reply_to_native === '';

/** Its author now wrote in public too: from here on it is a card like the others, and its public clock starts with that post. */
export async function becomePublic(
  { tx, now }: Change,
  context: RoomContext,
  card: Row<'cards'>,
  firstPostedAt: string,
): Promise<void> {
  const { room_id: roomId, card_id: cardId } = card;
  const { playbook } = context;
  const account = (await accountsOf(tx, roomId)).find((each) => each.platform === card.platform);
  await updateCard(tx, roomId, cardId, { account_id: account?.account_id ?? null, first_posted_at: firstPostedAt });
  // One that reopens has its clocks anew already.
  if (card.closed_at === null) await insertClocks(tx, clocksThatBegin(context, cardId, { posted: firstPostedAt }));
  const view = await readCard(tx, roomId, cardId);
  if (!view || !isPrivateStage(playbook, view.stage)) return;
  // It is in private already, and now there is something in public to come back to.
  const talk = {
    ...(view.private ?? { redactAt: null, entries: 0, redacted: 0, lastAt: null }),
    since: now,
    backAt: null,
  };
  await writeFigures(tx, { roomId, cardId }, { ...view, private: talk }, playbook, { now, anew: false });
}
