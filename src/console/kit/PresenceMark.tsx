import { initials } from './Avatar.tsx'
import styles from './PresenceMark.module.css'
import { tip } from './Tooltip.tsx'

export type PresenceGrade = 'replying' | 'commenting' | 'editing' | 'viewing' | 'away'
const highestFirst: PresenceGrade[] = ['replying', 'commenting', 'editing', 'viewing', 'away']

/** Who else is here: initials in a ring, the ring says what the busiest of them does. All names on hover. */
export function PresenceMark({
  people,
  words,
  size = 16,
}: {
  people: readonly { name: string; doing: PresenceGrade }[]
  /** what each of them does, in words */
  words: string
  size?: number
}) {
  const doing = highestFirst.find((grade) => people.some((person) => person.doing === grade))
  const first = people.find((person) => person.doing === doing)
  if (!first) return null
  return (
    <span className={styles.mark} data-doing={doing} style={{ height: size, minWidth: size }} {...tip(words)}>
      <span aria-hidden="true">{people.length > 1 ? people.length : initials(first.name).slice(0, 1)}</span>
      <span className={styles.words}>{words}</span>
    </span>
  )
}
