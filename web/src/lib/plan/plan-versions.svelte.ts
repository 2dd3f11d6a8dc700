// The versions of a room's plan and who read them, kept current by the room's own events.
import type { PlanVersion } from '@rejoinder/contracts/plan-versions';
import { attempt, type Problem } from '#lib/api.ts';
import type { LiveRoom } from '#lib/live.svelte.ts';

export class PlanVersions {
  all: readonly PlanVersion[] | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  readonly running = $derived(this.all?.find((each) => each.running) ?? null);
  readonly #room: LiveRoom;

  constructor(room: LiveRoom) {
    this.#room = room;
  }

  /** Loads, and loads again when the log tells of a plan; answers how to stop. */
  follow(): () => void {
    void this.load();
    return this.#room.subscribe((events) => {
      if (events.some((event) => event.type === 'playbook.read' || event.type === 'playbook.adopted')) void this.load();
    });
  }

  async load(): Promise<void> {
    const outcome = await attempt('planVersions', { params: { roomId: this.#room.roomId } });
    this.problem = outcome.ok ? null : (outcome.problem ?? null);
    if (outcome.ok) this.all = outcome.reply.versions;
  }
}
