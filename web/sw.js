// Keeps the page for use without a network. A new version is taken as a whole once all of it is there.

importScripts('kept.js');

const { version, files } = self.KEPT;
const CACHE = `apportion-${version}`;

addEventListener('install', (event) => {
  const all = ['./', ...files];
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(all.map((file) => new Request(file, { cache: 'reload' })))).then(() => self.skipWaiting()));
});

addEventListener('activate', (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith('apportion-') && name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  event.respondWith(caches.open(CACHE).then(async (cache) => (await cache.match(request, { ignoreSearch: true })) ?? fetch(request)));
});
