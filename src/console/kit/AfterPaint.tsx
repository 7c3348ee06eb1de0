import { type ReactNode, startTransition, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** What stood in each place last, as it looked, and how high. */
const looks = new Map<string, { node: Node; height: number }>()

/**
 * A part that may come a moment later: what is waited for is painted first. Until then its place keeps the look of what
 * stood there before, which answers to nothing, so that nothing jumps or blinks.
 * @param name of the place; the first one there is made at once
 * @param now a hand asks for it: it is made without waiting
 */
export function AfterPaint({ name, now, children }: { name: string; now?: boolean; children: ReactNode }) {
  const [painted, setPainted] = useState(() => !looks.has(name))
  const place = useRef<HTMLDivElement>(null)
  const shown = painted || now === true
  useEffect(() => {
    if (!painted) return afterPaint(() => startTransition(() => setPainted(true)))
  }, [painted])
  useLayoutEffect(() => {
    const element = place.current
    const look = looks.get(name)
    if (!shown && look) element?.append(look.node)
    if (!shown || !element) return
    // Watched, as asking at the end would have everything laid out once more.
    let height = 0
    const size = new ResizeObserver(([entry]) => {
      height = entry?.contentRect.height ?? 0
    })
    size.observe(element)
    // Before what is inside is taken apart.
    return () => {
      size.disconnect()
      looks.set(name, { node: element.cloneNode(true), height })
    }
  }, [name, shown])
  return shown ? (
    <div key="part" ref={place}>
      {children}
    </div>
  ) : (
    // As high as it will be, before there is anything in it: what is beside it is laid out once.
    <div key="look" ref={place} inert aria-hidden="true" style={{ height: looks.get(name)?.height }} />
  )
}

/** Runs it once the frame that is being made has been painted; where nothing is painted (another tab), soon. */
function afterPaint(run: () => void): () => void {
  let timer = window.setTimeout(run, 200)
  const frame = requestAnimationFrame(() => {
    window.clearTimeout(timer)
    timer = window.setTimeout(run)
  })
  return () => {
    window.clearTimeout(timer)
    cancelAnimationFrame(frame)
  }
}
