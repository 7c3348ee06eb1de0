import styles from './OfferList.module.css'
import type { Offer } from './offers.ts'

/** Keys are handled by the field, which keeps the focus; a finger or a mouse takes what it points at. */
export function OfferList({
  id,
  label,
  found,
  active,
  onTake,
  below,
}: {
  id: string
  label: string
  found: readonly Offer[]
  active: number
  onTake: (index: number) => void
  /** Under the field instead of over it. */
  below?: boolean
}) {
  return (
    <div
      className={styles.list}
      data-below={below || undefined}
      role="listbox"
      id={id}
      aria-label={label}
      // It scrolls: who reaches it by Tab can move it.
      tabIndex={0}
      onMouseDown={(event) => event.preventDefault()}
    >
      {found.map((each, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
        <div
          key={each.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={styles.option}
          ref={index === active ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
          onPointerDown={(event) => {
            event.preventDefault()
            onTake(index)
          }}
        >
          {each.lead && (
            <span className={styles.lead} aria-hidden="true">
              {each.lead}
            </span>
          )}
          <span className={styles.label}>{each.label}</span>
          {each.hint && <span className={styles.hint}>{each.hint}</span>}
        </div>
      ))}
    </div>
  )
}
