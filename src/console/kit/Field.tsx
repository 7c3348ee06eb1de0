import { Field as Base } from '@base-ui/react/field'
import type { ReactNode } from 'react'
import styles from './Field.module.css'

/** A labelled control. The error says what to do and stands beside what was typed, which stays. */
export function Field({
  label,
  hint,
  error,
  children,
  optional,
}: {
  label: ReactNode
  hint?: ReactNode
  error?: string | null
  /** The word shown when the field may stay empty. */
  optional?: string
  children: ReactNode
}) {
  return (
    <Base.Root className={styles.field} invalid={Boolean(error)}>
      <Base.Label className={styles.label}>
        {label}
        {optional && <span className={styles.optional}> {optional}</span>}
      </Base.Label>
      {children}
      {hint && <Base.Description className={styles.hint}>{hint}</Base.Description>}
      {error && (
        <Base.Error className={styles.error} match>
          {error}
        </Base.Error>
      )}
    </Base.Root>
  )
}

/** A form of fields under each other, 16 px apart. */
export function Form({
  onSubmit,
  children,
  label,
}: {
  onSubmit: () => void
  children: ReactNode
  label?: string
}) {
  return (
    <form
      className={styles.form}
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
