// Collects everything wrong in one reading of a document, with places, so that all of it is told at once.
import type { Fault } from '@rejoinder/contracts/playbooks';

/** A place in the original document; both count from 1. */
export type Place = { line: number; column: number };

/** More faults than anyone reads: the rest is counted, not listed. */
const MOST = 200;

export class FaultList {
  readonly #faults: Fault[] = [];
  #more = 0;

  add(at: Place, says: string, wants: string, clause?: string): void {
    if (this.#faults.length >= MOST) {
      this.#more += 1;
      return;
    }
    const short = says.length > 300 ? `${says.slice(0, 299)}…` : says;
    // A value that stands for every level is read once for each; what is wrong with it is told once.
    if (this.#faults.some((each) => each.line === at.line && each.column === at.column && each.says === short)) return;
    this.#faults.push({
      line: at.line,
      column: at.column,
      says: short,
      wants,
      ...(clause === undefined ? {} : { clause }),
    });
  }

  count(): number {
    return this.#faults.length + this.#more;
  }

  /** Every fault in document order. */
  all(): Fault[] {
    const sorted = [...this.#faults].sort((a, b) => a.line - b.line || a.column - b.column);
    const last = sorted.at(-1);
    if (this.#more > 0 && last) {
      sorted.push({
        line: last.line,
        column: last.column,
        says: `${this.#more} more faults follow.`,
        wants: 'these mended first',
      });
    }
    return sorted;
  }
}
