// The instants a person may name for the next update: a few round ones, and the latest the plan allows.
import type { RoomPromise } from '@rejoinder/contracts/crisis';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { type Audience, nextUpdateBy } from '@rejoinder/playbook/room-promises';
import { writeSpan, writeTime } from '#lib/format.ts';
import { serverNow } from '#lib/server-clock.ts';
import { ticker } from '#lib/ticker.ts';
import { WORDS_CRISIS } from '#lib/words-crisis.ts';
import type { CrisisPage } from './crisis-page.svelte.ts';

/** What a form asks with about the next update: its choices follow the plan, the level and the clock, what was picked stays. */
export class NextUpdate {
  picked = $state('0');
  readonly #page: () => CrisisPage;
  readonly #audience: () => Audience | null;
  readonly #instants = $derived.by(() => {
    const [page, audience] = [this.#page(), this.#audience()];
    const { playbook } = page.room;
    if (!playbook || audience === null || ticker.slow === 0) return [];
    const at = { level: page.level, audience, now: serverNow(), zone: page.zone };
    return nextChoices(playbook, page.crisis?.promises ?? [], at);
  });
  readonly choices = $derived(this.#instants.map(({ name }, i) => ({ id: String(i), name })));

  /** @param audience whose next update; null while none is asked for */
  constructor(page: () => CrisisPage, audience: () => Audience | null) {
    this.#page = page;
    this.#audience = audience;
  }

  /** The instant that was picked; null where no time is named. */
  get at(): string | null {
    return this.#instants[Number(this.picked)]?.id || null;
  }
}

const MINUTES = [15, 30, 60, 120, 240];

/** The first is what the form begins with: the latest the plan allows, or no time where it asks for none. */
function nextChoices(
  playbook: Playbook,
  promises: readonly RoomPromise[],
  at: { level: number; audience: Audience; now: number; zone: string | undefined },
): { id: string; name: string }[] {
  const w = WORDS_CRISIS.update;
  const running = promises.find(({ id }) => id === `update:${at.audience}`);
  const now = new Date(at.now).toISOString();
  const latest = running ? nextUpdateBy(playbook, at.level, at.audience, running.startedAt, now) : null;
  const round = MINUTES.map((minutes) => ({ minutes, at: new Date(at.now + minutes * 60_000).toISOString() }))
    .filter((each) => latest === null || each.at < latest)
    .map(({ minutes, at: id }) => ({ id, name: w.in(writeSpan(minutes * 60_000, 'long'), writeTime(id, at.zone)) }));
  const first = latest === null ? { id: '', name: w.open } : { id: latest, name: w.latest(writeTime(latest, at.zone)) };
  return [first, ...round.reverse()];
}
