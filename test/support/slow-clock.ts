// A second opinion on a clock: minutes counted one by one on the wall clock of its zone, through plans, levels and pauses. Shares no code with the board.
import type { Calendar } from '@rejoinder/contracts/playbooks';
import { MINUTE, openMinutes, type Shown, wallClock } from '@rejoinder/playbook/slow-hours-for-tests';

/** A plan as this clock sees it. Targets and warning points are whole minutes. */
export type SlowPlan = {
  calendar: Omit<Calendar, 'id' | 'clause'>;
  targets: Record<number, number>;
  warnings: Record<number, number[]>;
  pauses: string[];
  /** The lowest level at which it runs. */
  from: number;
};
export type SlowPoint = { at: number; what: string };
const DAYS = 30;

/** The open minutes of a plan's calendar in the days after an instant; zones are watched once. */
export function minutesOf(plan: SlowPlan, from: number, walls: Map<string, Shown[]>): number[] {
  const key = `${plan.calendar.zone} ${from}`;
  const wall = walls.get(key) ?? wallClock(plan.calendar.zone, from, DAYS);
  walls.set(key, wall);
  return openMinutes({ ...plan.calendar, id: '', clause: '' }, wall);
}

export class SlowClock {
  readonly start: number;
  #open: number[];
  #plan: SlowPlan;
  #level: number;
  #still: [number, number][] = [];
  warn: number[] = [];
  due = 0;
  promised = 0;
  told = 0;
  breached = false;
  pausedAt: number | null = null;
  waits = false;
  down = false;
  /** Whether the card has it: a level below its own takes it away, the next raise begins it from its start. */
  has: boolean;

  constructor(start: number, plan: SlowPlan, open: number[], level: number, down: boolean) {
    this.start = start;
    this.#plan = plan;
    this.#open = open;
    this.#level = level;
    this.down = down;
    this.has = level >= plan.from;
    this.#reckon();
    this.promised = this.due;
    this.settle(start);
  }

  /** What is told up to an instant. */
  fire(now: number): SlowPoint[] {
    const until = this.pausedAt ?? now;
    const points: SlowPoint[] = [];
    for (;;) {
      if (this.breached || !this.has) return points;
      const next = this.warn[this.told];
      if (next !== undefined && next < this.promised) {
        if (next > until) return points;
        this.told += 1;
        points.push({ at: next, what: `warned ${this.told}` });
      } else {
        if (this.promised > until) return points;
        this.breached = true;
        points.push({ at: this.promised, what: 'breached' });
      }
    }
  }

  /** Stops to run, or goes on, as the plan says of what holds now. */
  settle(at: number): void {
    const holds =
      (this.waits && this.#plan.pauses.includes('waiting_for_author')) ||
      (this.down && this.#plan.pauses.includes('stood_down'));
    if (this.breached || !this.has) return;
    if (holds && this.pausedAt === null) {
      const from = Math.max(at, this.start, this.#still.at(-1)?.[1] ?? 0);
      if (this.promised > from) this.pausedAt = from;
    } else if (!holds && this.pausedAt !== null) {
      const from = this.pausedAt;
      const until = Math.max(at, from);
      this.pausedAt = null;
      const moved = (point: number): number => {
        if (point <= from) return point;
        const left = this.#open.filter((minute) => minute >= from && minute < point).length;
        return left === 0 ? until + point - from : this.#after(until, left, []);
      };
      this.warn = this.warn.map(moved);
      this.due = moved(this.due);
      this.promised = moved(this.promised);
      if (until > from) this.#still.push([from, until]);
    }
  }

  /** Another plan or level from now on. */
  change(now: number, plan: SlowPlan, open: number[], level: number): void {
    this.#plan = plan;
    this.#open = open;
    this.#level = level;
    // What has run out stays, and no level begins it again.
    if (this.breached) return;
    const had = this.has;
    this.has = level >= plan.from;
    if (!this.has) return;
    if (!had) {
      this.#begin(now);
      return;
    }
    this.settle(now);
    const at = this.pausedAt ?? now;
    // Its breach only waits to be told.
    if (this.promised <= at) return;
    this.#reckon();
    this.told = this.warn.filter((point) => point <= at).length;
    if (this.due > at) this.promised = this.due;
  }

  /** From its own start; what is late by then has its whole time from now on before it is breached. */
  #begin(now: number): void {
    this.#still = [];
    this.pausedAt = null;
    this.#reckon();
    this.told = this.warn.filter((point) => point <= now).length;
    this.promised = this.due > now ? this.due : this.#after(now, this.#plan.targets[this.#level] ?? 0, []);
    this.settle(now);
  }

  #reckon(): void {
    const target = this.#plan.targets[this.#level] ?? 0;
    this.warn = (this.#plan.warnings[this.#level] ?? []).map((minutes) =>
      this.#after(this.start, minutes, this.#still),
    );
    this.due = this.#after(this.start, target, this.#still);
  }

  /** When so many open minutes have passed, without those that stood still. */
  #after(from: number, minutes: number, still: [number, number][]): number {
    let left = minutes;
    for (const minute of this.#open) {
      if (minute < from || still.some(([a, b]) => minute >= a && minute < b)) continue;
      left -= 1;
      if (left === 0) return minute + MINUTE;
    }
    throw new Error('the days that were watched are too few');
  }
}
