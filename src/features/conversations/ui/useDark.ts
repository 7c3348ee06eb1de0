import { useSyncExternalStore } from 'react'

const system = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}
let observer: MutationObserver | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (!observer) {
    observer = new MutationObserver(tell)
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    system.addEventListener('change', tell)
  }
  return () => void listeners.delete(listener)
}

/** Whether the desk is dark now, by the person's choice or the system's. */
export function useDark(): boolean {
  return useSyncExternalStore(subscribe, () => {
    const chosen = document.documentElement.dataset.theme
    return chosen ? chosen === 'dark' : system.matches
  })
}
