// A page that lacks one of its scripts: a browser never asks again for one it once could not fetch, so the page begins anew.
import { attempt } from './api.ts';

/** How often (ms) it looks whether the server answers, and how much of that is left to chance, so that not all pages come at once. */
const LOOK = { everyMs: 1_000, chanceMs: 2_000 };
/** Where beginning anew did not help, it is not tried again for this long (ms). */
const NOT_AGAIN_FOR = 60_000;
const MARK = 'rejoinder:begun-anew';

let looking = false;

/** Loads the page again as soon as the server answers and nobody is typing. What is typed into drafts is kept anyway. */
export function beginAnew(): void {
  if (looking) return;
  looking = true;
  void look();
}

async function look(): Promise<void> {
  const isBack = (await attempt('health', {}, { quiet: true })).ok;
  const isTyping = document.activeElement?.matches('input, textarea, [contenteditable="true"]') === true;
  if (isBack && !isTyping && Date.now() - Number(sessionStorage.getItem(MARK) ?? 0) > NOT_AGAIN_FOR) {
    sessionStorage.setItem(MARK, String(Date.now()));
    location.reload();
    return;
  }
  setTimeout(() => void look(), LOOK.everyMs + Math.random() * LOOK.chanceMs);
}
