import { Button as Base } from '@base-ui/react/button'
import type { ComponentProps, ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import styles from './Nav.module.css'

/** For links of the router that stand in the rail. */
export const navClass = styles.link

/** A row of the rail that does something instead of going somewhere. */
export function NavButton({
  icon,
  lead,
  end,
  count,
  children,
  ...rest
}: Omit<ComponentProps<typeof Base>, 'className'> & {
  icon?: IconName
  lead?: ReactNode
  /** A quiet word at the end: a key. */
  end?: ReactNode
  /** How much waits there; stays where the rail is folded. */
  count?: ReactNode
}) {
  return (
    <Base type="button" className={styles.link} {...rest}>
      {icon ? <Icon name={icon} /> : lead}
      <span className={styles.name}>{children}</span>
      {end && <span className={styles.end}>{end}</span>}
      {count && <span className={styles.count}>{count}</span>}
    </Base>
  )
}
