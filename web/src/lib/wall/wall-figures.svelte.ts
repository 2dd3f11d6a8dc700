// The figures of the wall, computed from the live board by the same function as the server's, and the tide of mentions.
import { measures } from '@rejoinder/measure/wall';
import { awaitedSigners, noReply } from '@rejoinder/playbook/who-waits';
import type { LiveRoom } from '#lib/live.svelte.ts';
import { serverNow } from '#lib/server-clock.ts';
import { ticker } from '#lib/ticker.ts';
import { addToTide, readTide, startTide, type Tide } from './tide.ts';

/** Data older than this is marked on the whole wall. */
export const STALE_WALL = 30_000;
/** Data older than this is said to be old: within ten seconds of losing it, the second between two looks included. */
export const OLD_DATA = 8_000;

export class WallFigures {
  readonly #room: LiveRoom;
  #tide: Tide | null = null;

  readonly figures = $derived.by(() => {
    const { board, playbook } = this.#room;
    if (board === null || playbook === null) return null;
    const now = new Date(ticker.slow).toISOString();
    return measures({
      state: board,
      stages: playbook.stages,
      roleTitles: Object.fromEntries(playbook.roles.map((r) => [r.id, r.name])),
      awaited: (card) => awaitedSigners(playbook, card, board.room.level, now),
      noReply: noReply(playbook),
      now,
    });
  });

  readonly tide = $derived.by(() => {
    const count = this.#room.board?.mentionCount ?? 0;
    return count >= 0 && this.#tide !== null ? readTide(this.#tide, ticker.slow) : [];
  });

  /** Mentions a minute, over the last five whole minutes that are known. */
  readonly perMinute = $derived.by(() => {
    const known = this.tide.slice(-6, -1).filter((n) => n !== null);
    return known.length === 0 ? 0 : known.reduce((sum, n) => sum + n, 0) / known.length;
  });

  readonly age = $derived.by(() => (ticker.second > 0 ? this.#room.age() : 0));
  readonly old = $derived(this.age > OLD_DATA);
  readonly stale = $derived(this.age > STALE_WALL);

  constructor(room: LiveRoom) {
    this.#room = room;
    if (room.board) this.#tide = startTide(room.board);
  }

  /** Keeps the tide going; answers how to stop. */
  follow(): () => void {
    return this.#room.subscribe((events) => {
      if (this.#tide) addToTide(this.#tide, events, serverNow());
    });
  }
}
