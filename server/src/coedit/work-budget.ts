// What one person may cost the draft loop: so many milliseconds of work a second, however many sockets they have open (D8, T8).

const WORK_PER_SECOND = 50;
const WORK_SAVED_UP = 250;
const LONGEST_PAUSE_MS = 5_000;

/** A socket that can be left unread for a while. */
type Readable = { pause: () => void; resume: () => void };

export class WorkBudget {
  #work = WORK_SAVED_UP;
  #at = performance.now();
  #paused = false;
  readonly #sockets = new Set<Readable>();

  /** Who comes while the person's other sockets are not read waits with them. */
  join(socket: Readable): void {
    this.#sockets.add(socket);
    if (this.#paused) socket.pause();
  }

  leave(socket: Readable): void {
    this.#sockets.delete(socket);
  }

  /** Counts work done for this person; who costs too much is not read for a while, and nobody else waits for them. */
  charge(ms: number): void {
    this.#earn();
    this.#work -= ms;
    if (this.#work >= 0 || this.#paused) return;
    this.#paused = true;
    for (const socket of this.#sockets) socket.pause();
    const pause = Math.min(LONGEST_PAUSE_MS, (-this.#work / WORK_PER_SECOND) * 1_000);
    setTimeout(() => this.#resume(), pause).unref();
  }

  /** False once nobody is here and nothing is owed: forgetting it then gives nothing away. */
  get isNeeded(): boolean {
    this.#earn();
    return this.#sockets.size > 0 || this.#work < WORK_SAVED_UP;
  }

  #resume(): void {
    this.#paused = false;
    for (const socket of this.#sockets) socket.resume();
  }

  #earn(): void {
    const now = performance.now();
    this.#work = Math.min(WORK_SAVED_UP, this.#work + ((now - this.#at) / 1_000) * WORK_PER_SECOND);
    this.#at = now;
  }
}
