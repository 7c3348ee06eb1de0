import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox'
import { Switch as BaseSwitch } from '@base-ui/react/switch'
import { type ReactNode, useId } from 'react'
import styles from './Field.module.css'
import { Icon } from './Icon.tsx'

interface ChoiceProps {
  checked: boolean
  onChange: (checked: boolean) => void
  label: ReactNode
  hint?: ReactNode
  disabled?: boolean
}

/** Chosen now, takes effect with the form. */
export function Checkbox({ checked, onChange, label, hint, disabled }: ChoiceProps) {
  const id = useId()
  return (
    <label className={styles.choice} htmlFor={id}>
      <BaseCheckbox.Root
        id={id}
        className={styles.box}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
      >
        <BaseCheckbox.Indicator>
          <Icon name="check" size={14} />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <Words label={label} hint={hint} id={`${id}-hint`} />
    </label>
  )
}

/** Takes effect at once. */
export function Switch({ checked, onChange, label, hint, disabled }: ChoiceProps) {
  const id = useId()
  return (
    <label className={styles.choice} htmlFor={id}>
      <BaseSwitch.Root
        id={id}
        className={styles.switch}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
      >
        <BaseSwitch.Thumb className={styles.thumb} />
      </BaseSwitch.Root>
      <Words label={label} hint={hint} id={`${id}-hint`} />
    </label>
  )
}

function Words({ label, hint, id }: { label: ReactNode; hint?: ReactNode; id: string }) {
  return (
    <span className={styles.choiceWords}>
      {label}
      {hint && (
        <span className={styles.hint} id={id}>
          {hint}
        </span>
      )}
    </span>
  )
}
