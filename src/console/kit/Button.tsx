import { Button as Base } from '@base-ui/react/button'
import type { ComponentProps, ReactNode } from 'react'
import styles from './Button.module.css'
import { Icon, type IconName } from './Icon.tsx'
import { tip } from './Tooltip.tsx'

/**
 * What a button is for: the one main act of its place, an ordinary one, a quiet one in a row, one that asks before
 * something is destroyed, one that destroys it; or, in a form, a field whose choice opens.
 */
export type ButtonLook = 'main' | 'plain' | 'quiet' | 'remove' | 'danger' | 'comment' | 'field'
export interface ButtonProps extends Omit<ComponentProps<typeof Base>, 'className'> {
  look?: ButtonLook
  icon?: IconName
  size?: 'normal' | 'small'
  /** At work: stays focusable, says so, and takes no second click. */
  busy?: boolean
  wide?: boolean
  children?: ReactNode
}

export function buttonClass(look: ButtonLook = 'plain', size: 'normal' | 'small' = 'normal', wide = false) {
  return [styles.button, styles[look], size === 'small' && styles.small, wide && styles.wide]
    .filter(Boolean)
    .join(' ')
}

export function Button({ look, icon, size, busy, wide, children, disabled, ...rest }: ButtonProps) {
  return (
    <Base
      type="button"
      className={buttonClass(look, size, wide)}
      disabled={disabled || busy}
      focusableWhenDisabled={busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {icon && <Icon name={icon} />}
      {children}
      {look === 'field' && <Icon name="chevron" />}
    </Base>
  )
}

/** Words or a picture that can be pressed and look like what they are: a subject, a thumbnail, a folded line. */
export function BareButton({
  className = '',
  ...rest
}: Omit<ComponentProps<typeof Base>, 'className'> & { className?: string }) {
  return <Base type="button" className={`${styles.bare} ${className}`} {...rest} />
}

/** An icon alone: its words are the tooltip and the name for screen readers. */
export function IconButton({
  name,
  label,
  keys,
  ...rest
}: Omit<ButtonProps, 'icon' | 'children'> & { name: IconName; label: string; keys?: string }) {
  return (
    <Button look="quiet" {...rest} {...tip(label, keys)} aria-label={label}>
      <Icon name={name} />
    </Button>
  )
}
