// What the sources page knows: the list, kept fresh while it is open, and how a file import goes.
import type { SourceView } from '@rejoinder/contracts/rooms';
import { ApiProblem, ApiRefused, attempt, type Problem, type ReplyOf, upload } from '#lib/api.ts';

export type ImportProgress = ReplyOf<'importProgress'>;

export class SourcesPage {
  readonly roomId: string;
  sources: readonly SourceView[] | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  /** The running or last import of this page. */
  progress: ImportProgress | null = $state.raw(null);
  importFault: string | null = $state(null);
  #timer: ReturnType<typeof setInterval> | undefined;
  #gone = false;

  constructor(roomId: string) {
    this.roomId = roomId;
  }

  /** Loads now and every ten seconds; answers how to stop. */
  follow(): () => void {
    void this.load();
    this.#timer = setInterval(() => document.visibilityState === 'visible' && void this.load(), 10_000);
    return () => {
      this.#gone = true;
      clearInterval(this.#timer);
    };
  }

  async load(): Promise<void> {
    const outcome = await attempt('sources', { params: { roomId: this.roomId } });
    if (outcome.ok) this.sources = outcome.reply.sources;
    this.problem = outcome.ok ? null : (outcome.problem ?? null);
  }

  async setState(sourceId: string, state: 'running' | 'paused') {
    const outcome = await attempt('setSourceState', { params: { roomId: this.roomId, sourceId }, body: { state } });
    if (outcome.ok) this.put(outcome.reply.source);
    return outcome;
  }

  put(source: SourceView): void {
    const others = (this.sources ?? []).filter((s) => s.id !== source.id);
    this.sources = [...others, source];
  }

  /** Sends the file, then follows the import until it ends or the page is left. */
  async import(file: File): Promise<void> {
    this.importFault = null;
    this.progress = { state: 'running', lines: 0, stored: 0, known: 0, bad: [] };
    try {
      const params = { roomId: this.roomId };
      const started = await upload(
        'importMentions',
        { params, query: { name: file.name } },
        file,
        'application/x-ndjson',
      );
      await this.#followImport(started.importId);
    } catch (fault) {
      if (!(fault instanceof ApiProblem || fault instanceof ApiRefused)) throw fault;
      this.importFault = fault.message;
      this.progress = null;
    }
    await this.load();
  }

  async #followImport(importId: string): Promise<void> {
    while (!this.#gone && this.progress?.state === 'running') {
      const outcome = await attempt('importProgress', { params: { roomId: this.roomId, importId } });
      if (outcome.ok) this.progress = outcome.reply;
      if (this.progress.state === 'running') await new Promise((done) => setTimeout(done, 700));
    }
  }
}
