/** What of a keyboard event says which key it is. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/**
 * The key as commands name it, under any layout: `j`, `Shift+j`, `?`, `ArrowDown`, `Mod+k`. Letters of a layout
 * without Latin ones are told by their place on the keyboard, so that Russian hands find the same keys.
 * Null: a modifier alone, or a chord that is not ours.
 */
export function keyOf({ key, code, shiftKey, ctrlKey, metaKey, altKey }: Pressed): string | null {
  if (['Shift', 'Control', 'Meta', 'Alt', 'AltGraph', 'CapsLock', 'Dead', 'Process'].includes(key))
    return null
  const mod = ctrlKey || metaKey
  if (altKey) return null
  const letter = letterOf(key, code)
  const shift = shiftKey && (letter !== null || key.length > 1)
  return `${mod ? 'Mod+' : ''}${shift ? 'Shift+' : ''}${letter ?? signOf(key, code)}`
}

/** A character typed by hand: what WCAG 2.1.4 lets a person switch off. Arrows and Enter are none. */
export const isCharacter = (key: string): boolean =>
  !key.startsWith('Mod+') && [...key.split(' ')[0]!.replace(/^Shift\+(?=.)/, '')].length === 1

function letterOf(key: string, code: string): string | null {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase()
  const place = /^Key([A-Z])$/.exec(code)?.[1]
  return place && isForeign(key) ? place.toLowerCase() : null
}
/** A letter of another script, or whatever such a layout has on the place of a letter. */
const isForeign = (key: string) => key.length === 1 && !/[\p{Script=Latin}\d]/u.test(key)

/** On the Russian layout `/` and `?` have another place; their Latin place means them too. */
function signOf(key: string, code: string): string {
  if (code === 'Slash' && key === '.') return '/'
  if (code === 'Slash' && key === ',') return '?'
  return key
}

const names: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Enter: '↵',
  Shift: '⇧',
}
/** A key as people see it: `Mod+k` → `Ctrl K` or `⌘ K`; one entry per cap. */
export function caps(keys: string, apple = isApple): string[] {
  const parts = keys.split(' ').flatMap((chord) => (chord === '+' ? ['+'] : chord.split('+')))
  const modified = keys.includes('Mod+') || keys.includes('Shift+')
  return parts.map((part) => {
    if (part === 'Mod') return apple ? '⌘' : 'Ctrl'
    return names[part] ?? (modified ? part.toUpperCase() : part)
  })
}
const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)
