import styles from './SuggestionList.module.css'
import type { Offer } from './useSuggestions.ts'

export function SuggestionList({ id, label, offer }: { id: string; label: string; offer: Offer }) {
  return (
    <div className={styles.list} role="listbox" id={id} aria-label={label}>
      {offer.found.map((each, index) => (
        // The keys are handled by the text field, which keeps the focus.
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div
          key={each.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === offer.active}
          className={styles.option}
          onPointerDown={(event) => {
            event.preventDefault()
            offer.take(index)
          }}
        >
          <span>{each.label}</span>
          {each.hint && <span className={styles.hint}>{each.hint}</span>}
        </div>
      ))}
    </div>
  )
}
