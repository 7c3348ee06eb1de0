import type { ReactNode } from 'react'
import styles from './List.module.css'

/** Rows under each other with a hairline between: a table for people. */
export function List({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <ul className={styles.list} aria-label={label}>
      {children}
    </ul>
  )
}

/** A row: what it is, a quieter line about it, and what can be done at its end. */
export function ListRow({
  title,
  words,
  lead,
  end,
  onClick,
  long,
}: {
  title: ReactNode
  words?: ReactNode
  lead?: ReactNode
  end?: ReactNode
  onClick?: () => void
  /** Its words are many: on the phone they have the row to themselves, the end stands below. */
  long?: boolean
}) {
  const main = (
    <>
      <span className={styles.title}>{title}</span>
      {words && <span className={styles.words}>{words}</span>}
    </>
  )
  return (
    <li className={styles.row} data-long={long || undefined}>
      {lead}
      {onClick ? (
        <button type="button" className={`${styles.main} ${styles.press}`} onClick={onClick}>
          {main}
        </button>
      ) : (
        <div className={styles.main}>{main}</div>
      )}
      {end && <div className={styles.end}>{end}</div>}
    </li>
  )
}

/** A page with a heading and readable width: settings, logs. */
export function Page({
  title,
  words,
  acts,
  lead,
  children,
}: {
  title: string
  words?: ReactNode
  acts?: ReactNode
  /** Before the heading: the way to the rail on the phone. */
  lead?: ReactNode
  children: ReactNode
}) {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <div className={styles.headLine}>
            {lead}
            <h1 className={styles.heading}>{title}</h1>
          </div>
          {words && <p className={styles.words}>{words}</p>}
        </div>
        {acts && <div className={styles.end}>{acts}</div>}
      </header>
      {children}
    </div>
  )
}

/** A part of a page under its own small heading. */
export function Section({
  title,
  words,
  children,
}: {
  title: string
  words?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={styles.section}>
      <h2 className={styles.sectionTitle}>{title}</h2>
      {words && <p className={styles.words}>{words}</p>}
      {children}
    </section>
  )
}
