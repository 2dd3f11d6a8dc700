// Push messages in this browser: whether they can be had, and how they are switched on and off.

export type PushState = 'loading' | 'unsupported' | 'blocked' | 'on' | 'off';
export type Subscribed = { endpoint: string; keys: { p256dh: string; auth: string } };

const WORKER = '/push-worker.js';
/** As long as the server's mark of an address. */
const MARK = 12;

const canPush = (): boolean =>
  window.isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** What this browser is, given the marks of the person's devices on the server. */
export async function pushHere(marks: readonly string[]): Promise<{ state: PushState; mark: string | null }> {
  if (!canPush()) return { state: 'unsupported', mark: null };
  if (Notification.permission === 'denied') return { state: 'blocked', mark: null };
  const registration = await navigator.serviceWorker.getRegistration('/');
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription) return { state: 'off', mark: null };
  const mark = await markOf(subscription.endpoint);
  return { state: marks.includes(mark) ? 'on' : 'off', mark };
}

/** Asks the person, then the browser's push service. Null when the person said no. @throws when the push service did */
export async function subscribeHere(publicKey: string): Promise<Subscribed | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null;
  await navigator.serviceWorker.register(WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  // One made under another key, or for somebody else at this desk, would not open.
  await (await pushManager.getSubscription())?.unsubscribe();
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { endpoint, keys } = made.toJSON();
  return { endpoint: endpoint ?? '', keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } };
}

export async function unsubscribeHere(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration('/');
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/** A name people know their browser by. */
export function nameOfBrowser(agent = navigator.userAgent): string {
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : /Firefox\//.test(agent)
      ? 'Firefox'
      : /Chrome\//.test(agent)
        ? 'Chrome'
        : /Safari\//.test(agent)
          ? 'Safari'
          : 'Browser';
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(agent)?.[0]?.replace('Mac OS X', 'Mac');
  return system ? `${browser}, ${system}` : browser;
}

async function markOf(endpoint: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, MARK);
}
