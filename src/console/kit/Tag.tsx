import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './Icon.tsx'
import styles from './Tag.module.css'

/** A free label. `whole`: where there is room for all of it and it is what the row is about. */
export function Tag({
  children,
  onRemove,
  whole,
}: {
  children: string
  onRemove?: () => void
  whole?: boolean
}) {
  const { t } = useTranslation('console')
  return (
    <span className={styles.tag} data-whole={whole || undefined}>
      <span className={styles.words}>{children}</span>
      {onRemove && (
        <button
          type="button"
          className={styles.remove}
          onClick={onRemove}
          aria-label={t('tagRemove', { tag: children })}
        >
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  )
}

export type Tone = 'neutral' | 'accent' | 'warm' | 'broken' | 'comment'
/** A short word about a state. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {children}
    </span>
  )
}
/** A key as printed on the keyboard. */
export const Key = ({ children }: { children: ReactNode }) => <kbd className={styles.key}>{children}</kbd>
