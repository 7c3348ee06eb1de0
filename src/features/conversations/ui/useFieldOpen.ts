import { useEffect, useState } from 'react'

/** The field that is open, of which conversation. */
let openNow: string | null = null

/**
 * Whether a field's list is open. What one opened while the conversation was still on its way stays open when it has
 * come: another component stands there then.
 */
export function useFieldOpen(conversation: number, field: string): [boolean, (next: boolean) => void] {
  const id = `${conversation} ${field}`
  const [open, setOpen] = useState(() => openNow === id)
  useEffect(() => {
    if (!open) return
    openNow = id
    // On a narrow screen the line of fields scrolls: what is opened by key may stand outside of it.
    const button = document.querySelector('[data-fields] [aria-haspopup][aria-expanded="true"]')
    button?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    // Whoever follows in this place has looked already; whoever comes back later finds it closed.
    return () => {
      if (openNow === id) openNow = null
    }
  }, [open, id])
  return [open, setOpen]
}
