import { useEffect, useState } from 'react'

export interface AskedForward {
  number: number
  /** the message */
  item: string
}
const listeners = new Set<(asked: AskedForward) => void>()

/** Opens the box that passes a message on to somebody outside, in the conversation that is on screen. */
export function askForward(asked: AskedForward): void {
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
    return () => {
      listeners.delete(listen)
    }
  }, [number, onAsked])
  return item
}
