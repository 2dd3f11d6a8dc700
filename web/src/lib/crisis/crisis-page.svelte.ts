// What the page of the crisis knows beside the room: criteria, volume, updates, what is held and statements; kept current by the log.
import type { CrisisState } from '@rejoinder/contracts/crisis';
import { attempt, type Problem, type ReplyOf } from '#lib/api.ts';
import type { LiveRoom } from '#lib/live.svelte.ts';

type Shown = ReplyOf<'crisis'> & ReplyOf<'statements'>;
/** Criteria begin and cease to hold by the passing of time too. */
const AGAIN_MS = 15_000;

export class CrisisPage {
  readonly room: LiveRoom;
  shown: Shown | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  readonly crisis = $derived.by(() => this.room.board?.room.crisis ?? null);
  readonly level = $derived.by(() => this.room.board?.room.level ?? 1);
  readonly zone = $derived.by(() => this.room.board?.room.zone);
  readonly isOver = $derived.by(() => isOver(this.crisis?.state ?? 'watching'));

  constructor(room: LiveRoom) {
    this.room = room;
  }

  /** Loads, and loads again when the log tells of it or time has passed; answers how to stop. */
  follow(): () => void {
    void this.load();
    const timer = setInterval(() => document.visibilityState === 'visible' && void this.load(), AGAIN_MS);
    const stop = this.room.subscribe((events) => {
      if (events.some(({ type }) => /^(crisis|statement)\.|^room\.level|^playbook\.adopted/.test(type)))
        void this.load();
    });
    return () => {
      clearInterval(timer);
      stop();
    };
  }

  async load(): Promise<void> {
    const params = { roomId: this.room.roomId };
    const [page, statements] = await Promise.all([attempt('crisis', { params }), attempt('statements', { params })]);
    this.problem = page.ok ? null : (page.problem ?? null);
    if (page.ok && statements.ok) this.shown = { ...page.reply, ...statements.reply };
  }

  roleName = (id: string): string => this.room.playbook?.roles.find((role) => role.id === id)?.name ?? id;
}

export const isOver = (state: CrisisState): boolean => state === 'stood_down' || state === 'reviewed';
