// The plan somebody writes: its text, what is wrong with it, what it would be, and that nothing typed is lost.
import type { BoardState } from '@rejoinder/contracts/rooms';
import type { Outside } from '@rejoinder/playbook/lint';
import { createContext } from 'svelte';
import { forgetUnsaved, keepUnsaved, readUnsaved } from '../draft/unsaved.ts';
import type { LiveRoom } from '../live.svelte.ts';
import { serverInstant } from '../server-clock.ts';
import { session } from '../session.svelte.ts';
import { openPlanChecker, type PlanChecker } from './plan-checker.ts';
import { countFindings, type PlanCheck, type PlanFinding, type ReadPlan } from './plan-checking.ts';
import type { PlanEditor } from './plan-editor.ts';
import type { Names } from './plan-offers.ts';

/** The plan a text began from. */
type Base = { id: string; version: number };
type Kept = { base: Base; text: string };

const CHECK_AFTER = 250;
const KEEP_AFTER = 600;

/**
 * The editor writes through `typed` and is written to through `#put`; a shared text would take the place of these two and of
 * what is kept in the browser, and everything else would stay.
 */
export class PlanEdit {
  readonly room: LiveRoom;
  #original = $state.raw('');
  text: string = $state.raw('');
  base: Base = $state.raw({ id: '', version: 0 });
  /** True while what is typed is not yet kept in this browser. */
  keeping = $state(false);
  /** Text of an earlier visit was taken up again. */
  restored = $state(false);
  findings: readonly PlanFinding[] = $state.raw([]);
  names: Names | null = $state.raw(null);
  /** The last text that reads; `current` says whether it is the text as it stands. */
  plan: ReadPlan | null = $state.raw(null);
  current = $state(false);
  /** What the word at the caret means. */
  help: string | null = $state(null);

  readonly counts = $derived(countFindings(this.findings));
  readonly changed = $derived(this.text !== this.#original);
  /** The room took another plan since this text was begun. */
  readonly overtaken = $derived.by(() => {
    const running = this.room.board?.room.playbook;
    return running !== undefined && (running.id !== this.base.id || running.version !== this.base.version);
  });

  #editor: PlanEditor | null = null;
  #checker: PlanChecker | null = null;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #keep: ReturnType<typeof setTimeout> | undefined;

  constructor(room: LiveRoom) {
    this.room = room;
  }

  /** Begins from the room's plan, or from what was typed here before; answers once the text stands. */
  async open(): Promise<void> {
    this.#begin();
    const kept = await this.#kept();
    if (kept !== null && kept.text !== this.#original) {
      this.base = kept.base;
      this.text = kept.text;
      this.restored = true;
    }
    this.#checker = openPlanChecker((check, text) => this.#checked(check, text));
    this.#checker.read(this.text, this.#outside());
  }

  attach(editor: PlanEditor | null): void {
    this.#editor = editor;
    this.#editor?.setFindings(this.findings);
  }

  close(): void {
    clearTimeout(this.#soon);
    clearTimeout(this.#keep);
    if (this.keeping) void this.#store();
    this.#checker?.close();
  }

  /** The editor's text changed. */
  typed(text: string): void {
    this.text = text;
    this.current = false;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#checker?.read(text, this.#outside()), CHECK_AFTER);
    this.keeping = true;
    clearTimeout(this.#keep);
    this.#keep = setTimeout(() => void this.#store(), KEEP_AFTER);
  }

  goTo(line: number, column: number | null = null): void {
    this.#editor?.goTo(line, column);
  }

  /** Lets go of what was typed and begins anew from the plan the room runs. The editor's undo brings it back. */
  startAgain(): void {
    this.#begin();
    this.restored = false;
    this.#editor?.put(this.text);
  }

  /** The room runs exactly this text now: it is no change any more. */
  settle(): void {
    if (this.room.plan === null || this.room.plan.text !== this.text) return;
    this.#begin();
    this.restored = false;
    void this.#store();
  }

  #begin(): void {
    const running = this.room.board?.room.playbook;
    this.#original = this.room.plan?.text ?? '';
    this.text = this.#original;
    this.base = { id: running?.id ?? '', version: running?.version ?? 0 };
  }

  #checked(check: PlanCheck, text: string): void {
    this.findings = check.findings;
    this.names = check.names;
    this.plan = check.plan ?? this.plan;
    this.current = check.plan !== null && text === this.text;
    this.#editor?.setFindings(check.findings);
  }

  #outside(): Outside {
    return { today: serverInstant().slice(0, 10), staffed: staffing(this.room.board) };
  }

  get #name(): string {
    return `plan ${this.room.roomId}`;
  }

  async #store(): Promise<void> {
    const userId = session.me?.userId;
    if (userId === undefined) return;
    if (this.changed) {
      const kept: Kept = { base: this.base, text: this.text };
      await keepUnsaved(userId, this.#name, new TextEncoder().encode(JSON.stringify(kept)));
    } else await forgetUnsaved(userId, this.#name);
    this.keeping = false;
  }

  async #kept(): Promise<Kept | null> {
    const userId = session.me?.userId;
    const bytes = userId === undefined ? null : await readUnsaved(userId, this.#name);
    return bytes === null ? null : (JSON.parse(new TextDecoder().decode(bytes)) as Kept);
  }
}

/** How many people of the room hold each role. */
function staffing(board: BoardState | null): Record<string, number> {
  const staffed: Record<string, number> = {};
  for (const person of Object.values(board?.people ?? {}))
    for (const role of person.roles) staffed[role] = (staffed[role] ?? 0) + 1;
  return staffed;
}

const [get, set] = createContext<PlanEdit>();
export const planEditContext = { get, set };
