import { useEffect, useState } from 'react'

const usual = 16

/** How much larger than usual the reader's letters are: 2 at 200 %, never under 1. For what has its height in px. */
export function useLetters(): number {
  const [scale, setScale] = useState(read)
  useEffect(() => {
    const ruler = document.body.appendChild(document.createElement('div'))
    ruler.style.cssText = 'position:absolute;width:1rem;visibility:hidden;pointer-events:none'
    const growth = new ResizeObserver(() => setScale(read))
    growth.observe(ruler)
    return () => {
      growth.disconnect()
      ruler.remove()
    }
  }, [])
  return scale
}

function read(): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return Math.max(1, size / usual || 1)
}
