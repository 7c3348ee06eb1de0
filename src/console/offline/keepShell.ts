import i18next from 'i18next'
import { say } from '../kit/Toast.tsx'

/** Installs what keeps the shell, in a quiet moment. Only where the browser allows it: https and localhost. */
export function keepShell(): void {
  // A desk on a plain address in the house works as ever, it only needs its server for a reload.
  if (import.meta.env.PROD && 'serviceWorker' in navigator)
    window.setTimeout(() => void navigator.serviceWorker.register('/sw.js').catch(() => {}), 4000)
  // Who wants it installed finds it in the browser's menu; nobody is asked.
  window.addEventListener('beforeinstallprompt', (event) => event.preventDefault())
  // A part of the version this page was opened with is gone: a new one was put in place. What is written is kept.
  // Where the house itself is away nothing is new: what is missing is fetched when it is back.
  let told = false
  window.addEventListener('vite:preloadError', async () => {
    const there = await fetch('/healthz').then(
      ({ ok }) => ok,
      () => false,
    )
    if (!there || told) return
    told = true
    say(i18next.t('console:updated'), {
      act: { label: i18next.t('console:reload'), run: () => location.reload() },
    })
  })
}
