// What the duty page knows: the roster and the contacts, kept current by the room's own events and by the passing of time.
import type { DutyView, ShiftView } from '@rejoinder/contracts/duty';
import { attempt, type Problem } from '#lib/api.ts';
import type { LiveRoom } from '#lib/live.svelte.ts';
import { ticker } from '#lib/ticker.ts';

const TOLD_BY = new Set(['shift.planned', 'shift.cancelled', 'duty.handedOver', 'contact.reached', 'playbook.adopted']);

export class DutyPage {
  readonly room: LiveRoom;
  duty: DutyView | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  readonly running = $derived(this.#shifts((shift, now) => shift.from <= now && now < shift.until));
  readonly coming = $derived(this.#shifts((shift, now) => now < shift.from));
  /** Newest first. */
  readonly over = $derived(this.#shifts((shift, now) => shift.until <= now).reverse());

  constructor(room: LiveRoom) {
    this.room = room;
  }

  /** Loads, and loads again when the log tells of it; answers how to stop. */
  follow(): () => void {
    void this.load();
    return this.room.subscribe((events) => {
      if (events.some((event) => TOLD_BY.has(event.type))) void this.load();
    });
  }

  async load(): Promise<void> {
    const outcome = await attempt('duty', { params: { roomId: this.room.roomId } });
    this.problem = outcome.ok ? null : (outcome.problem ?? null);
    if (outcome.ok) this.duty = outcome.reply;
  }

  /** Whether somebody may plan, end and hand over for others. */
  get leads(): boolean {
    return this.room.can('raise_level') || this.room.can('manage_people');
  }

  #shifts(is: (shift: ShiftView, now: string) => boolean): ShiftView[] {
    const now = new Date(ticker.slow).toISOString();
    return (this.duty?.shifts ?? []).filter((shift) => is(shift, now));
  }
}
