// Taking another plan: what it would do is asked for first, and only what was shown is agreed to.
import type { PlanPreview, PlanVersion } from '@rejoinder/contracts/plan-versions';
import type { Refusal } from '@rejoinder/contracts/problems';
import type { PlanDiff } from '@rejoinder/playbook/diff';
import { attempt, type Problem } from '#lib/api.ts';

/** A text nobody has run yet, or a version that ran before. */
export type Wanted = { text: string } | { earlier: Pick<PlanVersion, 'id' | 'version'> };

export class TakePlan {
  readonly wanted: Wanted;
  preview: PlanPreview | null = $state.raw(null);
  refused: Refusal | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  busy = $state(false);
  reason = $state('');
  readonly isEarlier: boolean;
  readonly diff = $derived(this.preview?.diff as PlanDiff | undefined);
  readonly #roomId: string;

  constructor(roomId: string, wanted: Wanted) {
    this.#roomId = roomId;
    this.wanted = wanted;
    this.isEarlier = 'earlier' in wanted;
  }

  async look(): Promise<void> {
    const text = await this.#text();
    if (text === null) return;
    const outcome = await attempt('previewPlaybook', { params: { roomId: this.#roomId }, body: { text } });
    this.problem = outcome.ok ? null : (outcome.problem ?? null);
    if (outcome.ok) this.preview = outcome.reply;
  }

  /** True when the room runs it now. When the board changed since the look, it is shown anew. */
  async take(): Promise<boolean> {
    const { preview } = this;
    if (preview === null || this.busy) return false;
    this.busy = true;
    const agreed = preview.goes.map(({ cardId, to }) => ({ cardId, to }));
    const params = { roomId: this.#roomId };
    const outcome =
      'text' in this.wanted
        ? await attempt('adoptPlaybook', { params, body: { text: this.wanted.text, agreed } })
        : await attempt('rollBackPlaybook', {
            params,
            body: {
              playbookId: this.wanted.earlier.id,
              version: this.wanted.earlier.version,
              reason: this.reason.trim(),
              agreed,
            },
          });
    this.busy = false;
    this.refused = outcome.ok ? null : (outcome.refused ?? null);
    this.problem = outcome.ok ? null : (outcome.problem ?? null);
    if (this.refused) await this.look();
    return outcome.ok;
  }

  async #text(): Promise<string | null> {
    if ('text' in this.wanted) return this.wanted.text;
    const { id, version } = this.wanted.earlier;
    const params = { roomId: this.#roomId, playbookId: id, version: String(version) };
    const outcome = await attempt('planVersion', { params });
    if (!outcome.ok) this.problem = outcome.problem ?? null;
    return outcome.ok ? outcome.reply.text : null;
  }
}
