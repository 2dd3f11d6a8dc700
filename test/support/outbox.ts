// The outbox of one room as a test watches it: what the receiver will say next, when everything due has been sent, and what came out.
import { until } from '../coedit/typist.ts';
import type { Act, Receiver } from './receiver.ts';
import type { World } from './world.ts';

/** What the receiver answers to the next reply, by the dice; most are taken. */
const ACTS: readonly Act[] = [
  { do: 'accept' },
  { do: 'answer', status: 400, body: 'no' },
  { do: 'accept' },
  { do: 'answer', status: 429, headers: { 'retry-after': '60' } },
  { do: 'accept' },
  { do: 'answer', status: 500 },
  { do: 'wait' },
];

export class Outbox {
  readonly #w: World;
  readonly #post: Receiver;
  /** The job the receiver holds back, while it does. */
  #held: string | null = null;
  #holds = false;
  #awaited = 0;
  /** Requests before this room's first. */
  readonly #from: number;

  constructor(w: World, post: Receiver) {
    this.#w = w;
    this.#post = post;
    this.#from = post.received.length;
  }

  /** Scripts the answer to what is sent next. */
  next(dice: number): void {
    const act = ACTS[dice % ACTS.length] ?? { do: 'accept' };
    this.#post.forget();
    this.#post.script(act);
    this.#holds = act.do === 'wait';
    this.#awaited = this.#post.received.length + 1;
  }

  /** What the receiver was sent by this room, in order. */
  sent(): { fingerprint: string; text: string }[] {
    return this.#post.received
      .slice(this.#from)
      .map(({ body }) => (JSON.parse(body) as { data: { fingerprint: string; text: string } }).data);
  }

  /** Waits until all that is due is sent and answered, but for what the receiver holds back. */
  async rest(): Promise<void> {
    await until(async () => {
      this.#w.app.publishing.wake();
      const now = this.#w.now();
      const jobs = await this.#jobs();
      const out = jobs.filter((job) => job.state === 'sending');
      if (this.#holds && out.length === 1) {
        await this.#post.gets(this.#awaited);
        this.#held = out[0]?.job_id ?? null;
        this.#holds = false;
      }
      // What is on its way in this process is not given up before its answer or its time; the clock here stands still for it.
      const others = jobs.filter((job) => job.job_id !== this.#held);
      const isDue = others.some(({ state, run_at }) => state === 'sending' || (state === 'approved' && run_at <= now));
      return !isDue;
    }, 'the outbox rests');
  }

  /** The receiver takes what it held back: the reply stands in public, whatever was thought of it meanwhile. */
  async letGo(): Promise<void> {
    this.#post.forget();
    this.#holds = false;
    const held = this.#held;
    if (held === null) return;
    this.#held = null;
    this.#post.letGo();
    await until(
      async () => (await this.#jobs()).some((job) => job.job_id === held && job.state === 'published'),
      'what was held back is told as published',
    );
  }

  #jobs() {
    return this.#w.app.deps.db
      .selectFrom('publish_jobs')
      .select(['job_id', 'state', 'run_at'])
      .where('room_id', '=', this.#w.room.id)
      .execute();
  }
}
