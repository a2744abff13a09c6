/* Web push of a call: part of the service worker, taken in by importScripts. */
self.addEventListener("push", (event) => {
  let message = {};
  try {
    message = event.data ? event.data.json() : {};
  } catch {
    // Not ours: a notification must be shown all the same, or the browser shows one of its own.
  }
  const { title = "一厅", text = "", link = "/", tag = "yiting" } = message;
  event.waitUntil(self.registration.showNotification(title, { body: text, tag, renotify: true, requireInteraction: true, data: { link }, vibrate: [400, 200, 400] }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const path = new URL((event.notification.data && event.notification.data.link) || "/", self.location.origin);
  // Only pages of this installation are opened, whatever address it is reached by.
  const target = self.location.origin + path.pathname + path.search;
  event.waitUntil(self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((open) => {
    const shown = open.find((client) => client.url === target);
    return shown ? shown.focus() : self.clients.openWindow(target);
  }));
});
