import { useEffect, useState } from 'react'

export interface AskedForward {
  number: number
  /** the message */
  item: string
}
const listeners = new Set<(asked: AskedForward) => void>()
/** Asked for before the box was there to hear it. */
let early: AskedForward | null = null

/** Opens the box that passes a message on to somebody outside, in the conversation that is on screen. */
export function askForward(asked: AskedForward): void {
  early = listeners.size === 0 ? asked : null
  for (const listener of listeners) listener(asked)
}

/** The message to be passed on, once somebody has asked for it here. */
export function useForwardAsked(number: number, onAsked: () => void): string | null {
  const [item, setItem] = useState<string | null>(null)
  useEffect(() => {
    const listen = (asked: AskedForward) => {
      if (asked.number !== number) return
      setItem(asked.item)
      onAsked()
    }
    listeners.add(listen)
    if (early) listen(early)
    early = null
    return () => {
      listeners.delete(listen)
    }
  }, [number, onAsked])
  return item
}
