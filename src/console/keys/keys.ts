// Single keys. One listener; the innermost part of the screen that knows a key gets it. Off while typing, in open
// menus and dialogs, and when the person switched single keys off (WCAG 2.1.4).
import { useEffect, useRef } from 'react'

export type KeyMap = Record<string, (event: KeyboardEvent) => void>
const maps: { current: KeyMap }[] = []
let enabled = true
let prefix: string | null = null
let prefixTimer: number | undefined

export const setSingleKeys = (on: boolean) => {
  enabled = on
}

/** `g m` is written as two keys with a space. */
export function useKeys(map: KeyMap): void {
  const latest = useRef(map)
  latest.current = map
  useEffect(() => {
    maps.push(latest)
    if (maps.length === 1) window.addEventListener('keydown', onKey)
    return () => {
      maps.splice(maps.indexOf(latest), 1)
      if (maps.length === 0) window.removeEventListener('keydown', onKey)
    }
  }, [])
}

function onKey(event: KeyboardEvent) {
  if (
    !enabled ||
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    busy(event.target)
  )
    return
  const plain = latin(event)
  const key = prefix ? `${prefix} ${plain}` : plain
  setPrefix(null)
  for (let index = maps.length - 1; index >= 0; index -= 1) {
    const act = maps[index]?.current[key]
    if (act) {
      event.preventDefault()
      act(event)
      return
    }
  }
  if (key === 'g') setPrefix('g')
}

/** The letter on the key under any layout, so that Russian hands find the same keys. */
function latin(event: KeyboardEvent): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]
  if (letter && !/^[a-z]$/i.test(event.key)) return letter.toLowerCase()
  return event.key.length === 1 && /[A-Z]/.test(event.key) && !event.shiftKey
    ? event.key.toLowerCase()
    : event.key
}

function setPrefix(next: string | null) {
  window.clearTimeout(prefixTimer)
  prefix = next
  if (next) prefixTimer = window.setTimeout(() => setPrefix(null), 1500)
}

function busy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  // A popup that is on its way out still holds the focus for a moment; a quick hand's next key is not for it.
  if (target.closest('[data-closed]')) return false
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], [role="menu"], [role="listbox"]') !== null
  )
}
