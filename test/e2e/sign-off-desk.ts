// A card in Sign-off for browser stories: its cast, its draft, and what hands do with it.
import type { Desk, House, Staff } from './house.ts';
import { editor, isSaved } from './on-the-board.ts';
import type { Page } from './story.ts';

export const TEXT = 'We are sorry, Marta. We will send a new parcel today. Rosa';

export type Card = { room: Desk; params: { roomId: string; cardId: string }; page: string };

/** A card in Sign-off whose draft is written by the first of the cast. */
export async function signOffDesk(house: House, cast: [Staff, string[]][]): Promise<Card> {
  const [[writer] = []] = cast;
  if (!writer) throw new Error('nobody writes');
  const room = await house.openRoom(cast);
  const mention = room.mention('My parcel was left in the rain, everything is ruined and nobody answers', {
    author: { handle: 'marta.example', name: 'Marta Okoye', followers: 900 },
  });
  const [card] = await room.cardsFrom([mention]);
  const params = { roomId: room.id, cardId: card?.id ?? '' };
  await writer.call('takeCard', { params, body: {} });
  await writer.call('moveCard', {
    params,
    body: { to: 'owned', fields: { class: 'complaint', department: 'logistics' } },
  });
  await writer.call('moveCard', { params, body: { to: 'drafting' } });
  await writer.call('startDraft', { params, body: {} });
  await writer.call('seePosts', { params, body: { count: 1 } });
  return { room, params, page: room.at(`/cards/${params.cardId}`) };
}

export async function write(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.type(text);
  await isSaved(page);
}

export const sign = async (who: Staff, { params }: Card, role: string) => {
  const { fingerprint } = await who.call('draftText', { params });
  return who.try('sign', { params, body: { fingerprint, role } });
};
