import type { ReactNode } from 'react'
import styles from './Figures.module.css'

/** Numbers beside each other, each with what it counts. */
export const Figures = ({ label, children }: { label: string; children: ReactNode }) => (
  <dl className={styles.figures} aria-label={label}>
    {children}
  </dl>
)

/** One number; a link inside opens what is behind it. */
export function Figure({
  name,
  words,
  tone,
  children,
}: {
  name: string
  words?: ReactNode
  tone?: 'warm'
  children: ReactNode
}) {
  return (
    <div className={styles.figure}>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value} data-tone={tone}>
        {children}
      </dd>
      {words && <dd className={styles.words}>{words}</dd>}
    </div>
  )
}
