import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#console/kit/Button.tsx'
import type { Gap } from './stretches.ts'
import styles from './Timeline.module.css'
import type { Side } from './useStretches.ts'

/**
 * What lies between and was not fetched. It fills when the reader comes near, from the side he comes from, so that what
 * he reads stays where it is; by hand too, and by key downwards, as one reads. Whoever stands on the line when it fills
 * goes on at what came.
 */
export function GapLine({
  gap,
  box,
  busy,
  waits,
  onFill,
}: {
  gap: Gap
  box: RefObject<HTMLElement | null>
  busy: boolean
  /** Something else is on its way first. */
  waits: boolean
  onFill: (side: Side, how: { byItself: boolean; goesOn: boolean }) => void
}) {
  const { t } = useTranslation('timeline')
  const line = useRef<HTMLDivElement>(null)
  const latest = useRef(onFill)
  latest.current = onFill
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again after each part that came
  useEffect(() => {
    if (waits || !line.current) return
    const near = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return
        const goesOn = line.current?.contains(document.activeElement) ?? false
        latest.current(goesOn ? 'above' : sideOf(line.current, box.current), { byItself: true, goesOn })
      },
      { root: box.current, rootMargin: '800px 0px' },
    )
    near.observe(line.current)
    return () => near.disconnect()
  }, [box, waits, gap.count])
  return (
    <div ref={line} className={styles.gap}>
      <Button
        look="quiet"
        size="small"
        busy={busy}
        data-gap=""
        onClick={({ detail }) => {
          const goesOn = detail === 0
          onFill(goesOn ? 'above' : sideOf(line.current, box.current), { byItself: false, goesOn })
        }}
      >
        {t('between', { count: gap.count })}
      </Button>
    </div>
  )
}

/** A line in the lower half is reached by reading on, one in the upper half by going back. */
function sideOf(line: HTMLElement | null, box: HTMLElement | null): Side {
  if (!line || !box) return 'above'
  const around = box.getBoundingClientRect()
  return line.getBoundingClientRect().top > around.top + around.height / 2 ? 'above' : 'below'
}
