import { Combobox as Base } from '@base-ui/react/combobox'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './floating.module.css'
import { Icon } from './Icon.tsx'
import type { Choice, ComboboxProps, ComboboxShared, MultiComboboxProps } from './popups.ts'

export function ComboboxPopup({ value, onChange, ...rest }: ComboboxProps) {
  const chosen = rest.options.find((option) => option.id === value) ?? null
  return (
    <Base.Root
      items={rest.options}
      value={chosen}
      onValueChange={(next: Choice | null) => next && onChange(next.id)}
      isItemEqualToValue={(a: Choice, b: Choice) => a.id === b.id}
      open={rest.open}
      onOpenChange={rest.onOpenChange}
      autoHighlight
    >
      <Inside {...rest} />
    </Base.Root>
  )
}

export function MultiComboboxPopup({ value, onChange, onCreate, ...rest }: MultiComboboxProps) {
  const [typed, setTyped] = useState('')
  const known = new Set(rest.options.map((option) => option.label.toLowerCase()))
  const fresh = typed.trim()
  const options =
    onCreate && fresh && !known.has(fresh.toLowerCase())
      ? [...rest.options, { id: `+${fresh}`, label: fresh, hint: '+' }]
      : rest.options
  return (
    <Base.Root
      multiple
      items={options}
      value={rest.options.filter((option) => value.includes(option.id))}
      onValueChange={(next: Choice[]) => {
        const created = next.find((option) => option.id.startsWith('+'))
        if (created) onCreate?.(created.label)
        else onChange(next.map((option) => option.id))
      }}
      isItemEqualToValue={(a: Choice, b: Choice) => a.id === b.id}
      onInputValueChange={setTyped}
      open={rest.open}
      onOpenChange={rest.onOpenChange}
      autoHighlight
    >
      <Inside {...rest} />
    </Base.Root>
  )
}

function Inside({ trigger, placeholder, label = placeholder }: ComboboxShared) {
  const { t } = useTranslation('console')
  const own = trigger as ReactElement<Record<string, unknown>>
  const isNamed = own.props['aria-label'] !== undefined || own.props.label !== undefined
  return (
    <>
      <Base.Trigger aria-label={isNamed ? undefined : label} render={own} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className={styles.positioner}>
          <Base.Popup className={styles.popup} aria-label={placeholder}>
            <Base.Input className={styles.filter} placeholder={placeholder} aria-label={placeholder} />
            <Base.Empty className={styles.empty}>{t('nothingFound')}</Base.Empty>
            <Base.List className={styles.menu}>
              {(option: Choice) => (
                <Base.Item key={option.id} value={option} className={styles.item}>
                  {option.lead}
                  <span className={styles.grow}>{option.label}</span>
                  {option.hint && <span className={styles.hint}>{option.hint}</span>}
                  <span className={styles.tick}>
                    <Base.ItemIndicator>
                      <Icon name="check" />
                    </Base.ItemIndicator>
                  </span>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </>
  )
}
