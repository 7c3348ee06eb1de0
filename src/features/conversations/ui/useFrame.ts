import { type RefObject, useEffect, useState } from 'react'

/** Heights as they turned out, so that a mail opened again doesn't grow under the eye. The oldest go. */
const heights = new Map<string, number>()
const remembered = 2000
/** px; longer mails scroll inside */
const highest = 30_000

function remember(id: string, height: number) {
  heights.delete(id)
  heights.set(id, height)
  const oldest = heights.keys().next().value
  if (heights.size > remembered && oldest !== undefined) heights.delete(oldest)
}

/** Makes a frame as high as its document, and lets the desk's keys pass out of it. */
export function useFrame(
  frame: RefObject<HTMLIFrameElement | null>,
  id: string,
  source: string,
  folded: boolean,
) {
  /** null: not measured yet */
  const [height, setHeight] = useState(heights.get(id) ?? null)
  useEffect(() => {
    const element = frame.current
    if (!element || source === '') return
    let growth: ResizeObserver | undefined
    const settle = () => {
      const inside = element.contentDocument
      if (!inside?.body?.childNodes.length) return
      inside.documentElement.toggleAttribute('data-folded', folded)
      inside.onkeydown = (event) => passOn(event, element)
      const measure = () => {
        const next = Math.min(highest, Math.ceil(inside.documentElement.getBoundingClientRect().height))
        if (next === 0) return
        remember(id, next)
        setHeight(next)
      }
      growth?.disconnect()
      growth = new ResizeObserver(measure)
      growth.observe(inside.documentElement)
      measure()
    }
    element.addEventListener('load', settle)
    if (element.contentDocument?.readyState === 'complete') settle()
    return () => {
      element.removeEventListener('load', settle)
      growth?.disconnect()
    }
  }, [frame, id, source, folded])
  return height
}

/** A click into a mail must not take the desk's keys away. */
function passOn(event: KeyboardEvent, frame: HTMLIFrameElement) {
  const { key, code, shiftKey, ctrlKey, metaKey, altKey } = event
  const copy = new KeyboardEvent('keydown', {
    key,
    code,
    shiftKey,
    ctrlKey,
    metaKey,
    altKey,
    bubbles: true,
    cancelable: true,
  })
  if (!frame.parentElement?.dispatchEvent(copy)) event.preventDefault()
}
