import { Autocomplete as Base } from '@base-ui/react/autocomplete'
import fieldStyles from './Field.module.css'
import styles from './floating.module.css'

interface Option {
  id: string
  label: string
}

/** Free text that offers what is known. The options come from outside, already found. */
export function Suggest({
  value,
  onChange,
  options,
  onPick,
  label,
  placeholder,
}: {
  value: string
  onChange: (typed: string) => void
  options: Option[]
  onPick: (option: Option) => void
  /** Only outside a Field, which brings its own. */
  label?: string
  placeholder?: string
}) {
  return (
    <Base.Root
      items={options}
      mode="none"
      value={value}
      onValueChange={(next) => {
        const picked = options.find((option) => option.label === next)
        if (picked) onPick(picked)
        else onChange(next)
      }}
      itemToStringValue={(option: Option) => option.label}
    >
      <Base.Input
        className={fieldStyles.input}
        autoComplete="off"
        aria-label={label}
        placeholder={placeholder}
      />
      {options.length > 0 && (
        <Base.Portal>
          <Base.Positioner sideOffset={4} className={styles.positioner}>
            <Base.Popup className={styles.popup}>
              <Base.List className={styles.menu}>
                {(option: Option) => (
                  <Base.Item key={option.id} value={option} className={styles.item}>
                    <span className={styles.grow}>{option.label}</span>
                  </Base.Item>
                )}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      )}
    </Base.Root>
  )
}
