/*
 * Service worker of the citizens' pages: a booking or number that was looked at on this phone is shown again when the net
 * is away, with a line that says so. Nothing else about anybody is kept.
 */
const PAGES = "yiting-pages-1";
const ASSETS = "yiting-assets-1";
const OFFLINE = "/offline";
const KEPT = /^\/[at]\/[^/]+$/;
const CITIZENS = /^\/($|(h|a|t|m|my|search|offline)(\/|$))/;
const DAYS = 14;
const MOST = { pages: 20, assets: 120 };

try {
  importScripts("/sw-push.js");
} catch {
  // An installation without messages to browsers.
}

self.addEventListener("install", (event) => event.waitUntil(keep(OFFLINE).catch(() => undefined).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));
self.addEventListener("message", (event) => {
  const { type, path } = event.data ?? {};
  if (type === "yiting-keep" && KEPT.test(path)) event.waitUntil(keep(path).catch(() => undefined));
  if (type === "yiting-forget") event.waitUntil(forget());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && CITIZENS.test(url.pathname)) event.respondWith(fetch(request).catch((error) => shown(url.pathname, error)));
  else if (url.pathname.startsWith("/_next/static/")) event.respondWith(fetch(request).catch(async (error) => (await caches.match(request, { cacheName: ASSETS })) ?? Promise.reject(error)));
});

/** Reads a page as this phone sees it and keeps it with what it needs to look right. */
async function keep(path) {
  const answer = await fetch(path, { credentials: "same-origin", cache: "no-store" });
  const pages = await caches.open(PAGES);
  // A link that is not valid any more is not shown any more either.
  if (!answer.ok || answer.redirected) return void (await pages.delete(path));
  const html = await answer.text();
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  await pages.put(path, new Response(html, { headers }));
  const assets = await caches.open(ASSETS);
  const wanted = [...new Set(html.match(/\/_next\/static\/[^"'\\\s)]+?\.(?:js|css)/g) ?? [])];
  await Promise.all(wanted.map((address) => assets.add(address).catch(() => undefined)));
  await tidy();
}

/** Keeps neither old pages nor more than a few. */
async function tidy() {
  const pages = await caches.open(PAGES);
  for (const request of await pages.keys()) {
    const at = (await pages.match(request)).headers.get("X-Kept-At");
    if (new URL(request.url).pathname !== OFFLINE && Date.parse(at) < Date.now() - DAYS * 86_400_000) await pages.delete(request);
  }
  for (const [name, most] of [[PAGES, MOST.pages], [ASSETS, MOST.assets]]) {
    const cache = await caches.open(name);
    const requests = await cache.keys();
    for (const request of requests.slice(0, Math.max(0, requests.length - most))) if (new URL(request.url).pathname !== OFFLINE) await cache.delete(request);
  }
}

async function forget() {
  const pages = await caches.open(PAGES);
  for (const request of await pages.keys()) if (new URL(request.url).pathname !== OFFLINE) await pages.delete(request);
}

/** The page as it was seen last, with the line that says so; for any other page the list of what is kept. */
async function shown(path, error) {
  const pages = await caches.open(PAGES);
  const kept = KEPT.test(path) ? await pages.match(path) : undefined;
  const answer = kept ?? (await pages.match(OFFLINE));
  if (!answer) throw error;
  const html = await answer.text();
  return new Response(kept ? html.replace(/<body[^>]*>/, (tag) => tag + line(html, answer.headers.get("X-Kept-At"))) : html, { headers: answer.headers });
}

/** An element that the page itself does not have: its scripts leave it alone. The text comes with the page, in its language. */
function line(html, at) {
  const [zone, text] = (/<meta name="yiting-offline" content="([^"]*)"/.exec(html)?.[1] ?? "Asia/Shanghai|{time}").split("|");
  const format = (options) => new Intl.DateTimeFormat("sv-SE", { timeZone: zone, ...options });
  const day = format({ month: "2-digit", day: "2-digit" });
  const clock = format({ hour: "2-digit", minute: "2-digit" }).format(new Date(at));
  const time = day.format(new Date(at)) === day.format(new Date()) ? clock : `${day.format(new Date(at))} ${clock}`;
  return `<aside role="status" data-offline style="padding:.75rem 1rem;background:#fff4dc;color:#6b4000;border-bottom:1px solid #8a5300;font-weight:600;text-align:center">${text.replace("{time}", time)}</aside>`;
}
