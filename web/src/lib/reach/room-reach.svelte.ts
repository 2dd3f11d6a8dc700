// What the page of a room's reach knows: its channels and what became of messages, kept fresh while it is open.
import type { MessageView, ReachTest, RoomChannelKind, RoomChannelView } from '@rejoinder/contracts/reaching';
import { attempt, type Problem } from '#lib/api.ts';
import { replyOrTell } from '#lib/tell.ts';

export class RoomReach {
  readonly roomId: string;
  channels: readonly RoomChannelView[] | null = $state.raw(null);
  messages: readonly MessageView[] = $state.raw([]);
  problem: Problem | null = $state.raw(null);
  tests: Partial<Record<RoomChannelKind, ReachTest>> = $state.raw({});
  testing: RoomChannelKind | null = $state(null);

  constructor(roomId: string) {
    this.roomId = roomId;
  }

  /** Loads now and every ten seconds; answers how to stop. */
  follow(): () => void {
    void this.load();
    const timer = setInterval(() => document.visibilityState === 'visible' && void this.load(), 10_000);
    return () => clearInterval(timer);
  }

  async load(): Promise<void> {
    const outcome = await attempt('roomReach', { params: { roomId: this.roomId } });
    this.problem = outcome.ok ? null : (outcome.problem ?? null);
    if (!outcome.ok) return;
    this.channels = outcome.reply.channels;
    this.messages = outcome.reply.messages;
  }

  of(channel: RoomChannelKind): RoomChannelView | undefined {
    return this.channels?.find((each) => each.channel === channel);
  }

  async test(channel: RoomChannelKind): Promise<void> {
    this.testing = channel;
    const reply = replyOrTell(await attempt('testChannel', { params: { roomId: this.roomId }, body: { channel } }));
    this.testing = null;
    if (reply) this.tests = { ...this.tests, [channel]: reply.test };
    await this.load();
  }

  async drop(channel: RoomChannelKind): Promise<void> {
    replyOrTell(await attempt('dropChannel', { params: { roomId: this.roomId, channel } }));
    this.tests = { ...this.tests, [channel]: undefined };
    await this.load();
  }
}
