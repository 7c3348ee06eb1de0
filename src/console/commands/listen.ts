// One listener for all keys. Single characters rest while one types, in open menus and dialogs, and when the person
// switched them off (WCAG 2.1.4); chords with Ctrl/⌘ work while typing too.
import { isCharacter, keyOf } from './keyOf.ts'
import { runKey, startsSequence } from './registry.ts'

let singleKeys = true
let prefix: string | null = null
let prefixTimer: number | undefined

/** The person's own choice. */
export const setSingleKeys = (on: boolean): void => {
  singleKeys = on
}
export const singleKeysOn = (): boolean => singleKeys

export function listen(): () => void {
  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}

/** Letters meant for a line that is on its way; null: none is. */
let early: string | null = null
let earlyTimer: number | undefined
const earlyFor = 5000

/** From now on letters are kept for what is about to open, instead of doing what they do on the desk. */
export function keepLetters(): void {
  early ??= ''
  window.clearTimeout(earlyTimer)
  earlyTimer = window.setTimeout(takeLetters, earlyFor)
}
/** What was typed meanwhile; from here on keys are the desk's again. */
export function takeLetters(): string {
  const typed = early ?? ''
  early = null
  window.clearTimeout(earlyTimer)
  return typed
}

function keptEarly(event: KeyboardEvent): boolean {
  if (early === null || event.ctrlKey || event.metaKey || event.altKey) return false
  if (event.target instanceof Element && event.target.closest(popups)) return false
  if (event.key === 'Backspace') early = early.slice(0, -1)
  else if ([...event.key].length === 1) early += event.key
  else return false
  event.preventDefault()
  return true
}

function onKey(event: KeyboardEvent) {
  if (!event.defaultPrevented && !event.isComposing && keptEarly(event)) return
  const pressed = event.defaultPrevented || event.isComposing ? null : keyOf(event)
  if (pressed === null || isElsewhere(pressed, event.target)) return
  const key = prefix ? `${prefix} ${pressed}` : pressed
  setPrefix(null)
  if (!singleKeys && isCharacter(key)) return
  if (runKey(key, event)) event.preventDefault()
  else if (startsSequence(key)) setPrefix(key)
}

function setPrefix(next: string | null) {
  window.clearTimeout(prefixTimer)
  prefix = next
  if (next) prefixTimer = window.setTimeout(() => setPrefix(null), 1500)
}

const popups = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'
const typing = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])'
const controls = 'a, button, summary, [role="button"], [role="tab"], [role="option"], [role="checkbox"]'

/** Whether a key belongs to what has the focus, not to the desk. */
function isElsewhere(key: string, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  // A popup that is on its way out still holds the focus for a moment; a quick hand's next key is not for it.
  if (target.closest('[data-closed]')) return false
  // A toast asks for nothing: whoever has just clicked its button is back at the desk.
  if (target.closest('[data-toast]')) return key === 'Enter' || key === 'Escape'
  if (target.closest(popups)) return true
  if (target.closest(typing)) return !key.startsWith('Mod+')
  // On a focused link or button Enter keeps its own meaning.
  return key === 'Enter' && target.closest(controls) !== null
}
