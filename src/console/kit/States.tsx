import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, buttonClass } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'
import styles from './States.module.css'

/** Nothing here: what this place is for, and what to do next. */
export function EmptyState({
  title,
  words,
  icon,
  heading,
  children,
}: {
  title: string
  words?: ReactNode
  icon?: IconName
  /** It is the page's own heading: nothing else stands there. */
  heading?: boolean
  children?: ReactNode
}) {
  return (
    <div className={styles.state}>
      {icon && <Icon name={icon} size={28} className={styles.icon} />}
      {heading ? <h1 className={styles.title}>{title}</h1> : <p className={styles.title}>{title}</p>}
      {words && <p className={styles.words}>{words}</p>}
      {children && <div className={styles.acts}>{children}</div>}
    </div>
  )
}

/** It could not be loaded: what happened, and a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('console')
  const words = error instanceof Error && 'code' in error ? error.message : t('errorUnknown')
  if (error instanceof Error && 'status' in error && error.status === 404)
    return (
      <EmptyState title={t('notFoundTitle')} words={t('notFoundWords')}>
        <a href="/" className={buttonClass('plain')}>
          {t('toQueue')}
        </a>
      </EmptyState>
    )
  return (
    <div className={styles.state} role="alert">
      <Icon name="warning" size={28} className={styles.broken} />
      <p className={styles.title}>{t('errorTitle')}</p>
      <p className={styles.words}>{words}</p>
      {onRetry && (
        <div className={styles.acts}>
          <Button onClick={onRetry}>{t('tryAgain')}</Button>
        </div>
      )}
    </div>
  )
}

/**
 * Grey lines where words will stand; only after 400 ms, so that a quick answer never flickers.
 * @param row px a row is high: from 36 on a name and words, of 48 to 56 with a face before them
 */
export function Skeleton({ lines = 3, row }: { lines?: number; row?: number }) {
  const late = useLate(400)
  const { t } = useTranslation('console')
  if (!late) return null
  return (
    <div className={styles.skeleton} role="status" aria-label={t('loading')} data-skeleton="">
      {Array.from({ length: lines }, (_, index) => index).map((line) => (
        <div
          key={line}
          className={styles.bar}
          data-row={row && row >= 36 ? (row >= 48 && row <= 56 ? 'face' : 'words') : undefined}
          style={{ height: row, width: row ? undefined : width(line) }}
        />
      ))}
    </div>
  )
}
const width = (index: number) => `${[92, 74, 84, 58][index % 4]}%`

export function useLate(milliseconds: number): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), milliseconds)
    return () => window.clearTimeout(timer)
  }, [milliseconds])
  return late
}
