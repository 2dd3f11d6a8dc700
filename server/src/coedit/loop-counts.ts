// What the draft loop has done, for the metrics page: counts, and how long the last writes took.
const KEPT = 500;

export type LoopMetrics = {
  rooms: number;
  connections: number;
  frames: number;
  rows: number;
  updates: number;
  refused: number;
  failures: number;
  compactions: number;
  closed: Record<string, number>;
  appendMs: { p50: number; p95: number; p99: number };
};

export class LoopCounts {
  frames = 0;
  rows = 0;
  updates = 0;
  refused = 0;
  failures = 0;
  compactions = 0;
  readonly closedBy: Record<string, number> = {};
  #took: number[] = [];

  wrote(ms: number, updates: number): void {
    this.rows += 1;
    this.updates += updates;
    this.#took.push(ms);
    if (this.#took.length > KEPT) this.#took = this.#took.slice(-KEPT / 2);
  }

  closed(code: string): void {
    this.closedBy[code] = (this.closedBy[code] ?? 0) + 1;
  }

  read(rooms: number, connections: number): LoopMetrics {
    const sorted = [...this.#took].sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    const { frames, rows, updates, refused, failures, compactions } = this;
    const appendMs = { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
    return {
      rooms,
      connections,
      frames,
      rows,
      updates,
      refused,
      failures,
      compactions,
      closed: { ...this.closedBy },
      appendMs,
    };
  }
}
