import { type KeyboardEvent, type RefObject, useState } from 'react'

export interface Suggestion {
  id: string
  label: string
  hint?: string
  /** What takes the place of the sign and what was typed after it. */
  insert: string
}
interface Open {
  from: number
  to: number
  found: Suggestion[]
}

/** Offers after a sign at the beginning of a word: @ a colleague, / a saved reply. */
export function useSuggestions(
  area: RefObject<HTMLTextAreaElement | null>,
  value: string,
  onChange: (text: string) => void,
  bySign: Record<string, Suggestion[]>,
) {
  const [open, setOpen] = useState<Open | null>(null)
  const [active, setActive] = useState(0)
  const look = (element: HTMLTextAreaElement) => {
    const caret = element.selectionStart
    const match = /(^|\s)([@/])([^\n@/]{0,40})$/u.exec(element.value.slice(0, caret))
    const sign = match?.[2] ?? ''
    const typed = (match?.[3] ?? '').toLowerCase()
    const found = (bySign[sign] ?? []).filter((each) => each.label.toLowerCase().includes(typed)).slice(0, 6)
    setActive(0)
    setOpen(match && found.length > 0 ? { from: caret - typed.length - 1, to: caret, found } : null)
  }
  const take = (index: number) => {
    const suggestion = open?.found[index]
    if (!open || !suggestion) return
    onChange(value.slice(0, open.from) + suggestion.insert + value.slice(open.to))
    setOpen(null)
    const caret = open.from + suggestion.insert.length
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(caret, caret)
    })
  }
  return {
    open: open !== null,
    found: open?.found ?? [],
    active,
    look,
    take,
    close: () => setOpen(null),
    /** Answers whether the key was for the list. */
    key: (event: KeyboardEvent): boolean => {
      if (!open) return false
      const count = open.found.length
      if (event.key === 'ArrowDown') setActive((active + 1) % count)
      else if (event.key === 'ArrowUp') setActive((active + count - 1) % count)
      else if (event.key === 'Enter' || event.key === 'Tab') take(active)
      else if (event.key === 'Escape') setOpen(null)
      else return false
      event.preventDefault()
      return true
    },
  }
}
export type Offer = ReturnType<typeof useSuggestions>
