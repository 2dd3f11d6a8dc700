// The room's own channels, chat and signed webhook, and what became of the messages to its people.
import type { Actor } from '@rejoinder/contracts/people';
import type { MessageView, ReachTest, RoomChannelKind, RoomChannelView } from '@rejoinder/contracts/reaching';
import type { Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { newWebhookSecret, readUrl, roomContext } from '../rooms/rooms.service.ts';
import { channelsOf, dropChannel as drop, keepChannel } from './addresses.repository.ts';
import { type MessageRow, messagesAbout, newestMessages } from './messages.repository.ts';
import type { Posts } from './posts.ts';
import { aboutOf } from './sending.ts';

const SHOWN = 100;

export async function readRoomReach(
  deps: Deps,
  roomId: string,
): Promise<{ channels: RoomChannelView[]; messages: MessageView[] }> {
  const [channels, messages] = await Promise.all([channelsOf(deps.db, roomId), newestMessages(deps.db, roomId, SHOWN)]);
  return { channels: channels.map(asChannel), messages: messages.map(asMessage) };
}

/** What became of one ask, alarm or update. @throws Problem `not-found` where nothing was sent about it */
export async function readMessagesAbout(
  deps: Deps,
  roomId: string,
  aboutId: string,
): Promise<{ messages: MessageView[] }> {
  const messages = await messagesAbout(deps.db, roomId, aboutId);
  if (messages.length === 0) throw new Problem('not-found');
  return { messages: messages.map(asMessage) };
}

/** The address is a secret: it is sealed, and only its host is ever shown again (RE-13). */
export async function setChannel(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; channel: RoomChannelKind; url: string; operationId: string },
): Promise<{ channel: RoomChannelView; secret: string | null }> {
  const { roomId, channel, operationId } = input;
  const url = readUrl(input.url);
  const request = JSON.stringify(['setChannel', channel, url]);
  return deps.events.change({ roomId, actor, operationId, request, secret: true }, async ({ tx, log }) => {
    const { room } = await roomContext(tx, roomId);
    if (room.kind === 'rehearsal')
      throw refuse('RE-4', 'Rehearsal', 'A rehearsal reaches nobody outside, so it has no chat and no webhook.');
    const secret = channel === 'webhook' ? newWebhookSecret() : null;
    const record = `${roomId} ${channel}`;
    const row = {
      room_id: roomId,
      channel,
      url_sealed: deps.sealer.seal(url, record),
      secret_sealed: secret && deps.sealer.seal(secret, record),
      host: new URL(url).host,
      verified_at: null,
      last_test: null,
    };
    await keepChannel(tx, row);
    log({ type: 'reach.channelChanged', data: { channel, set: true, host: row.host } });
    return { channel: asChannel(row), secret };
  });
}

/** @throws Problem `not-found` */
export async function dropChannel(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; channel: RoomChannelKind; operationId: string },
): Promise<void> {
  const { roomId, channel, operationId } = input;
  await deps.events.change({ roomId, actor, operationId, request: `dropChannel ${channel}` }, async ({ tx, log }) => {
    const known = (await channelsOf(tx, roomId)).find((row) => row.channel === channel);
    if (!known || !(await drop(tx, roomId, channel))) throw new Problem('not-found');
    log({ type: 'reach.channelChanged', data: { channel, set: false, host: known.host } });
  });
}

/** @throws Problem `not-found` where the room has no such channel */
export async function testChannel(
  deps: Deps,
  posts: Posts,
  actor: Actor,
  { roomId, channel }: { roomId: string; channel: RoomChannelKind },
): Promise<{ test: ReachTest }> {
  const { room } = await roomContext(deps.db, roomId);
  if (!(await channelsOf(deps.db, roomId)).some((row) => row.channel === channel)) throw new Problem('not-found');
  const message = {
    id: deps.newId('test'),
    kind: 'test' as const,
    to: actor.name,
    room: room.name,
    urgent: false,
    title: 'Test of this channel',
    says: `${actor.name} asked for it. Nothing is the matter.`,
    link: `${deps.config.publicOrigin}/rooms/${roomId}`,
    at: deps.now(),
  };
  const way = channel === 'chat' ? 'chat' : 'test-webhook';
  const sent = await posts.send(way, message, { roomId, userId: null, phone: null });
  return { test: { at: deps.now(), ok: sent.outcome === 'delivered', says: sent.says } };
}

const asChannel = (row: Pick<Row<'room_channels'>, 'channel' | 'host' | 'verified_at' | 'last_test'>) => ({
  channel: row.channel as RoomChannelKind,
  host: row.host,
  verifiedAt: row.verified_at,
  lastTest: row.last_test,
});

const asMessage = (row: MessageRow): MessageView => ({
  id: row.message_id,
  about: aboutOf(row),
  to: row.to_name,
  title: row.title,
  urgent: row.urgent,
  state: row.state,
  ways: row.ways,
  way: row.way,
  answers: row.answers,
  at: row.queued_at,
  nextAt: row.state === 'waiting' || row.state === 'gathering' ? row.run_at : null,
});
