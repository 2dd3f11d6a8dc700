// Short messages that pass: done, or why not. Nothing that must be read later goes here.
import { toast } from 'svelte-sonner';
import type { Outcome } from './api.ts';

export const tell = {
  done: (says: string, undo?: { label: string; onClick: () => void }) => toast(says, undo ? { action: undo } : {}),
  /** Why something that was pressed does nothing now. */
  why: (says: string) => toast(says, { id: 'why' }),
  fault: (says: string, more?: string) =>
    toast.error(says, { duration: 10_000, ...(more ? { description: more } : {}) }),
};

/** Says why an outcome is a no; answers its reply when it is a yes. */
export function replyOrTell<T>(outcome: Outcome<T>): T | null {
  if (outcome.ok) return outcome.reply;
  const missing = outcome.refused?.missing.map((m) => m.says).join(' ');
  tell.fault(outcome.refused?.says ?? outcome.problem?.says ?? '', missing);
  return null;
}
