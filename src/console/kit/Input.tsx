import { Field } from '@base-ui/react/field'
import type { ComponentProps } from 'react'
import styles from './Field.module.css'

export interface InputProps extends Omit<ComponentProps<'input'>, 'onChange'> {
  onChange?: (value: string) => void
  /** Looks like text until touched. */
  bare?: boolean
}
export function Input({ onChange, bare, ...rest }: InputProps) {
  return (
    <Field.Control
      className={bare ? `${styles.input} ${styles.bare}` : styles.input}
      onValueChange={(value) => onChange?.(String(value))}
      {...(rest as ComponentProps<typeof Field.Control>)}
    />
  )
}

export interface TextareaProps extends Omit<ComponentProps<'textarea'>, 'onChange'> {
  onChange?: (value: string) => void
}
export function Textarea({ onChange, ...rest }: TextareaProps) {
  return (
    <Field.Control
      className={`${styles.input} ${styles.textarea}`}
      onValueChange={(value) => onChange?.(String(value))}
      render={<textarea />}
      {...(rest as ComponentProps<typeof Field.Control>)}
    />
  )
}
