// Short messages that pass: done, or why not. Nothing that must be read later goes here.
import type { Outcome } from './api.ts';
import { Later } from './later.svelte.ts';

type Messages = typeof import('svelte-sonner');
/** What draws them; nobody needs it before there is something to say. */
export const messages = new Later<Messages>(() => import('svelte-sonner'));
const say = (show: (toast: Messages['toast']) => unknown): void =>
  void messages
    .get()
    .then(({ toast }) => show(toast))
    .catch(() => undefined);

let lastWhy: string | number | null = null;

export const tell = {
  done: (says: string, undo?: { label: string; onClick: () => void }) =>
    say((toast) => toast(says, undo ? { action: undo } : {})),
  /** Why something that was pressed does nothing now. */
  why: (says: string) =>
    say((toast) => {
      // The one before is answered by this one; the newest stands in front of all others.
      if (lastWhy !== null) toast.dismiss(lastWhy);
      lastWhy = toast(says);
    }),
  fault: (says: string, more?: string) =>
    say((toast) => toast.error(says, { duration: 10_000, ...(more ? { description: more } : {}) })),
};

/** Says why an outcome is a no; answers its reply when it is a yes. */
export function replyOrTell<T>(outcome: Outcome<T>): T | null {
  if (outcome.ok) return outcome.reply;
  const missing = outcome.refused?.missing.map((m) => m.says).join(' ');
  tell.fault(outcome.refused?.says ?? outcome.problem?.says ?? '', missing);
  return null;
}
