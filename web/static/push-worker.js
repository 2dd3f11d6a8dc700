// Shows what was pushed and opens its page. It keeps nothing and answers no request: every page comes from the server.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('push', (event) => event.waitUntil(show(event.data)));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.path ?? '/'));
});

/** A push must always show something; one that cannot be read leads to the start. */
function show(data) {
  let message = {};
  try {
    message = data?.json() ?? {};
  } catch {
    // Said in general words below.
  }
  const { title = 'Rejoinder', body = 'Something waits for you.', tag, urgent = false, link = '/' } = message;
  return self.registration.showNotification(title, {
    body,
    tag,
    requireInteraction: urgent,
    icon: '/mark.svg',
    data: { path: ownPath(link) },
  });
}

/** Only a page of this origin is ever opened. */
function ownPath(link) {
  try {
    const url = new URL(link, self.location.origin);
    return url.origin === self.location.origin ? url.pathname + url.search + url.hash : '/';
  } catch {
    return '/';
  }
}

/** In a window that is open already, else in a new one. */
async function open(path) {
  const [page] = await self.clients.matchAll({ type: 'window' });
  if (!page) return self.clients.openWindow(path);
  await page.focus();
  return page.navigate(path);
}
