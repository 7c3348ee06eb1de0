import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import styles from './Tabs.module.css'

export function Tabs<T extends string>({
  value,
  onChange,
  tabs,
  label,
  flush,
  children,
}: {
  value: T
  onChange: (value: T) => void
  tabs: readonly { value: T; label: ReactNode; tone?: 'comment' }[]
  label: string
  /** The panel stands right under its tab, as one sheet with it. */
  flush?: boolean
  /** The panel of the chosen tab. */
  children: ReactNode
}) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next as T)}>
      <Base.List className={flush ? styles.flush : styles.list} aria-label={label}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className={styles.tab} data-tone={tab.tone}>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel
          key={tab.value}
          value={tab.value}
          className={flush ? undefined : styles.panel}
          tabIndex={-1}
        >
          {tab.value === value && children}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
