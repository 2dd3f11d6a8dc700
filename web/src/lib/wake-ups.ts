// When a page must look whether it is current: each second, on coming back to the tab, on coming back online.

/** Answers how to stop. */
export function onWakeUps({ eachSecond, back }: { eachSecond: () => void; back: () => void }): () => void {
  const timer = setInterval(eachSecond, 1_000);
  const seen = () => document.visibilityState === 'visible' && back();
  document.addEventListener('visibilitychange', seen);
  addEventListener('online', back);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', seen);
    removeEventListener('online', back);
  };
}
