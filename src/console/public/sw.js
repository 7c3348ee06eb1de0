// Keeps the shell of the console so that a reload without the server opens. It never sees an answer of the API: those
// are kept by the console itself, per person. Online the page always comes from the server; what has a hash in its
// name never changes. FILES and VERSION are put in by the build.
const FILES = [] /* files */
const VERSION = 'dev' /* version */
const shell = `foyer-shell-${VERSION}`

self.addEventListener('install', (event) => {
  const fill = async () => {
    const cache = await caches.open(shell)
    await cache.addAll(FILES)
    await self.skipWaiting()
  }
  event.waitUntil(fill())
})

self.addEventListener('activate', (event) => {
  const tidy = async () => {
    // The one before stays: a tab opened with it may still ask for its parts.
    const old = (await caches.keys()).filter((name) => name.startsWith('foyer-shell-') && name !== shell)
    await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)))
    await self.clients.claim()
  }
  event.waitUntil(tidy())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate' && !/^\/(api|live)\//.test(url.pathname)) event.respondWith(page(request))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(part(request))
})

async function page(request) {
  try {
    const answer = await fetch(request)
    if (answer.status < 500) return answer
    return (await kept()) ?? answer
  } catch (error) {
    const shown = await kept()
    if (shown) return shown
    throw error
  }
}
const kept = async () => (await caches.open(shell)).match('/')

const part = async (request) => (await caches.match(request)) ?? fetch(request)

// A push: said on screen, unless one of our windows is being looked at, where it appears anyway.
self.addEventListener('push', (event) => {
  const words = event.data?.json()
  if (words) event.waitUntil(show(words))
})
async function show({ title, body, tag, path, test }) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (!test && windows.some((each) => each.focused && each.visibilityState === 'visible')) return
  await self.registration.showNotification(title, { body, tag, icon: '/icons/icon-192.png', data: { path } })
}

// A click brings a window of ours to the front and there, or opens one.
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(go(event.notification.data.path))
})
async function go(path) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const [window] = windows
  if (!window) return self.clients.openWindow(path)
  await window.focus()
  window.postMessage({ kind: 'go', path })
}
