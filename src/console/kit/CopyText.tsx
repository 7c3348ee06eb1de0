import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './CopyText.module.css'
import { say } from './Toast.tsx'
import { tip } from './Tooltip.tsx'

/** Copies and says so; where the browser has no clipboard (a plain http address) it says that too. */
export async function copyText(value: string, done: string, failed: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(value)
    say(done)
  } catch {
    say(failed, { tone: 'broken' })
  }
}

/** A value that a click copies: an address, a number. */
export function CopyText({ value, children }: { value: string; children?: ReactNode }) {
  const { t } = useTranslation('console')
  return (
    <button
      type="button"
      className={styles.copy}
      {...tip(t('copy'))}
      onClick={() => void copyText(value, t('copied', { value }), t('copyFailed'))}
    >
      {children ?? value}
    </button>
  )
}
