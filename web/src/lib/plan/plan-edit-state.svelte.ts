// The plan somebody writes: its text, what is wrong with it, what it would be, and that nothing typed is lost.
import { PLAN_DRAFT } from '@rejoinder/contracts/drafts';
import type { BoardState } from '@rejoinder/contracts/rooms';
import type { Outside } from '@rejoinder/playbook/lint';
import { createContext } from 'svelte';
import { attempt } from '../api.ts';
import type { DraftSession } from '../draft/draft-session.svelte.ts';
import { forgetUnsaved, keepUnsaved, readUnsaved } from '../draft/unsaved.ts';
import type { LiveRoom } from '../live.svelte.ts';
import { serverInstant } from '../server-clock.ts';
import { session } from '../session.svelte.ts';
import { WORDS_PLAN_EDIT } from '../words-plan-edit.ts';
import { openPlanChecker, type PlanChecker } from './plan-checker.ts';
import { countFindings, type PlanCheck, type PlanFinding, type ReadPlan } from './plan-checking.ts';
import type { PlanEditor } from './plan-editor.ts';
import type { Names } from './plan-offers.ts';

/** The plan a text began from. */
type Base = { id: string; version: number };
type Kept = { base: Base; text: string };

const CHECK_AFTER = 250;
const KEEP_AFTER = 600;

/** How long the shared text may take to come before the page says that it cannot be reached. */
const LOADED_WITHIN = 10_000;

/** A text of one's own, kept in this browser; or the one text of the room that several write, and then `shared` keeps it. */
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
  /** The text everybody writes; null while this is a text of one's own. */
  shared: DraftSession | null = $state.raw(null);
  /** What the word at the caret means. */
  help: string | null = $state(null);

  readonly counts = $derived(countFindings(this.findings));
  readonly changed = $derived(this.text !== this.#original);
  /** The room took another plan since this text was begun. */
  readonly overtaken = $derived.by(() => {
    const running = this.room.board?.room.playbook;
    return running !== undefined && (running.id !== this.base.id || running.version !== this.base.version);
  });

  /** Whoever may adopt a plan, and whoever looks after it, writes the shared text. */
  readonly mayShare = $derived.by(() => {
    const { actor, playbook } = this.room;
    return this.room.can('adopt_playbook') || (actor?.roles.includes(playbook?.owner ?? '') ?? false);
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
    await session.met;
    const kept = await this.#kept();
    if (kept !== null && kept.text !== this.#original) {
      this.base = kept.base;
      this.text = kept.text;
      this.restored = true;
    }
    this.#startChecking();
  }

  /** Opens the text everybody writes, begun from the room's plan where nobody has; answers why it cannot be opened. */
  async openTogether(): Promise<string | null> {
    this.#begin();
    await session.met;
    const userId = session.me?.userId;
    const generation = await this.#generation();
    if (typeof generation === 'string') return generation;
    if (userId === undefined) return WORDS_PLAN_EDIT.together.unreachable;
    const { DraftSession } = await import('../draft/draft-session.svelte.ts');
    const shared = new DraftSession({ roomId: this.room.roomId, draftId: PLAN_DRAFT, generation, userId });
    this.shared = shared;
    await shared.open();
    const until = Date.now() + LOADED_WITHIN;
    while (!shared.loaded && shared.closed === null && Date.now() < until) await pause(40);
    if (!shared.loaded) return WORDS_PLAN_EDIT.together.unreachable;
    this.text = shared.text;
    this.#startChecking();
    return null;
  }

  /** Hands the text to everybody, unless one is there already; answers why not. */
  async share(): Promise<string | null> {
    const body = this.changed ? { text: this.text } : {};
    const outcome = await attempt('startPlanDraft', { params: { roomId: this.room.roomId }, body });
    return outcome.ok ? null : (outcome.problem?.says ?? outcome.refused?.says ?? '');
  }

  /** Those who may not write it may read what others write. */
  async #generation(): Promise<number | string> {
    const params = { roomId: this.room.roomId };
    if (this.mayShare) {
      const begun = await attempt('startPlanDraft', { params, body: {} });
      return begun.ok ? begun.reply.draft.generation : (begun.problem?.says ?? begun.refused?.says ?? '');
    }
    const there = await attempt('planDraft', { params });
    if (!there.ok) return there.problem?.says ?? there.refused?.says ?? '';
    return there.reply.draft?.generation ?? WORDS_PLAN_EDIT.together.none;
  }

  #startChecking(): void {
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
    this.shared?.close();
  }

  /** The editor's text changed. */
  typed(text: string): void {
    this.text = text;
    this.current = false;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#checker?.read(text, this.#outside()), CHECK_AFTER);
    if (this.shared !== null) return;
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
    // Before what was kept has been read there is nothing to settle, and nothing may be forgotten.
    if (this.#checker === null || this.room.plan?.text !== this.text) return;
    this.#begin();
    this.restored = false;
    if (this.shared === null) void this.#store();
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

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** How many people of the room hold each role. */
function staffing(board: BoardState | null): Record<string, number> {
  const staffed: Record<string, number> = {};
  for (const person of Object.values(board?.people ?? {}))
    for (const role of person.roles) staffed[role] = (staffed[role] ?? 0) + 1;
  return staffed;
}

const [get, set] = createContext<PlanEdit>();
export const planEditContext = { get, set };
